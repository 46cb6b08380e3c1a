// How the page was made, so that somebody else can make it again, and how to show it in another one.
import { h, named } from './dom.js';

// The page as an element of another page. On a server it is named by its address with what is asked of it, elsewhere by its file.
function snippet() {
  const quoted = (text) => text.replace(/[&"<>]/g, (sign) => ({ '&': '&amp;', '"': '&quot;', '<': '&lt;', '>': '&gt;' })[sign]);
  const source = /^https?:$/.test(location.protocol) ? location.href : location.pathname.split('/').at(-1) + location.hash;
  return `<iframe src="${quoted(source)}" title="${quoted(document.title)}" width="100%" height="900" loading="lazy"></iframe>`;
}

function embedding() {
  const code = h('textarea', { id: 'embed-code', readonly: true, rows: 3, spellcheck: 'false' }), said = h('span', { role: 'status' });
  const copy = h('button', { type: 'button', onclick: async () => {
    code.select();
    // A page that was opened as a file may not be allowed to.
    said.textContent = await navigator.clipboard?.writeText(code.value).then(() => 'Copied.', () => null) ?? 'It is selected: copy it with the keyboard.';
  } }, 'Copy');
  return h('details', { id: 'embed', ontoggle: () => { code.value = snippet(); } }, h('summary', {}, 'Show this page in another one'), h('label', { for: 'embed-code' }, 'HTML for that page; it shows what is asked here now'), code, h('p', { class: 'tools' }, copy, said));
}

/// Version, command and question. There is no date: files do not say when they were made, and a page that did would never be the same twice.
export function madeSection({ version, made: { command, scenarios } }) {
  return h('section', { id: 'made' }, h('h2', {}, 'How this page was made'), h('p', {}, `By railwindow ${version}`, command ? ', with' : '.'), command && h('pre', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Command' }, h('code', {}, command)),
    h('p', {}, 'The same version, files and seed make the same page to the byte; so it bears no date.'),
    scenarios.map(({ file, text }) => h('details', {}, h('summary', {}, 'The scenario: ', named(file)), h('pre', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Text of ${file}` }, h('code', {}, text)))), embedding());
}
