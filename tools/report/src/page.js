// What pages of every kind are made of: the head, figures that redraw themselves, toggles, folded tables, sources and paper.
import { drawn, h, named } from './dom.js';
import { tooltip } from './cursor.js';
import { weakInputs } from './tables.js';
import { saveButtons } from './save.js';
import { zooming } from './zoom.js';
import { ask, askedOf, onAsked } from './asked.js';
import { madeSection } from './made.js';

export const report = JSON.parse(document.getElementById('report').textContent);
export const basemap = JSON.parse(document.getElementById('basemap').textContent);
const plots = [];
export const redraw = () => plots.forEach((plot) => plot.redraw());

const nearer = new Map([['map', 'map'], ['string-line', 'train graph']]);  // figures with more in them than one screen shows
const scenario = document.title.split(' - ')[0], fileName = () => scenario;  // before the title says more

/// A figure with its title and a plot that `draw(width, tip)` makes for any width.
export function figure(id, title, deck, draw, ...more) {
  const host = h('div', { class: 'plot' }), tip = tooltip(host), frame = h('figure', { id, 'aria-labelledby': `${id}-title` });
  drawn(host, (width) => draw(width, tip));
  plots.push(host);
  frame.append(h('figcaption', {}, h('h2', { id: `${id}-title` }, title), deck && h('p', {}, deck)), h('div', { class: 'stage' }, host, tip.box), h('div', { class: 'tools' }, nearer.has(id) && zooming(host, id, nearer.get(id), tip), saveButtons(frame, fileName())), ...more.filter(Boolean));
  return frame;
}

/// Check boxes that hide and show the entries of `list`, all but the last one. Colours are those of `number`; `changed` is called when others are shown.
/// What is asked of them stands in the address; `active` says whether that means this list.
export function toggles(list, changed = redraw, active = () => true) {
  if (list.length < 2) return null;
  const first = list.map((one) => one.visible), boxes = list.map((one, i) => h('input', { type: 'checkbox', checked: one.visible, onchange: ({ target }) => {
    if (!target.checked && list.filter((other) => other.visible).length === 1) { target.checked = true; return; }
    const shown = list.map((other, k) => (k === i ? target.checked : other.visible));
    ask('shown', shown.every((value, k) => value === first[k]) ? null : shown.flatMap((value, k) => (value ? [k] : [])));
  } }));
  const take = () => {
    const asked = active() ? askedOf('shown')?.filter((i) => i < list.length) : null;
    list.forEach((one, i) => { one.visible = asked?.length ? asked.includes(i) : first[i]; boxes[i].checked = one.visible; });
  };
  take();
  onAsked('shown', () => { take(); changed(); });
  return h('fieldset', { class: 'toggles' }, h('legend', {}, 'Shown'), list.map((one, i) => h('label', { class: `series-${one.number}` }, boxes[i], h('span', { class: 'swatch' }), named(one.name))));
}

export function head({ kicker, title, question, answer, answers = answer ? [answer] : [], decks }) {
  const plain = (content) => h('p', {}, content).textContent;
  document.title = `${plain(title)} \u2013 ${kicker.toLowerCase()}`;
  document.querySelector('meta[name=description]')?.setAttribute('content', [question ?? '', ...answers.map(plain)].join(' ').trim().slice(0, 300));
  return h('header', {}, h('p', { class: 'kicker' }, kicker), h('h1', {}, title), question && h('p', { class: 'question' }, named(question)), answers.map((one) => h('p', { class: 'answer' }, one)),
    decks.filter(Boolean).map((deck) => h('p', { class: 'deck' }, deck)));
}

/// What is folded away on a screen: the table behind a figure.
export function behind(title, ...content) {
  return h('details', { class: 'behind' }, h('summary', {}, title), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title }, ...content));
}

export function notesSection(...content) {
  const all = content.flat(Infinity).filter(Boolean);
  return all.length > 0 && h('section', { id: 'notes' }, h('h2', {}, 'To be read with it'), all);
}

export const weakSection = (inputs, answer = 'these windows') => h('section', { id: 'weak' }, h('h2', {}, inputs.length ? `${inputs.length} weakly known numbers lie under ${answer}` : `Nothing under ${answer} is weakly known`),
  answer === 'these windows' && h('p', {}, 'The width of a window says how much the runs differ. How good the numbers below are, no number of runs can tell.'), weakInputs(inputs));

// The five that matter most to a reader of windows, in short; the document has every one of them in full.
const notModelledInShort = ['Other trains: only where the scenario asks for them, and then in simple terms.', 'Curves and tunnels: the networks do not know where they lie.', 'Rescue: a run whose train stalls ends there.', 'Choice of route: the scenario says which ways are possible and how likely each is.', 'Fitting: no number is fitted automatically, but speeds of several lines were set by hand on recorded journeys.'];
export const notModelledSection = () => h('section', { id: 'not-modelled' }, h('h2', {}, 'What is not modelled'), h('ul', {}, notModelledInShort.map((point) => h('li', {}, point))),
  h('details', { class: 'more' }, h('summary', {}, `All ${report.not_modelled.length} points in full`), h('ul', { class: 'full' }, report.not_modelled.map((point) => h('li', {}, point.replaceAll('`', ''))))));

export function parametersSection(pairs, remark) {
  return h('section', { id: 'parameters' }, h('h2', {}, 'Parameters'), h('dl', {}, [...pairs, ['Program', `railwindow ${report.version}`]].map(([name, value]) => [h('dt', {}, name), h('dd', {}, named(String(value)))])), remark && h('p', {}, remark));
}

export const sameNumbers = 'The same scenario, seed and program give the same numbers. Quantile p is the ceil(p n)-th smallest of n runs; errors are one standard error of the sampling, not of the model.';

export const footer = (hasMap = true) => h('footer', {}, h('p', {}, 'Made with railwindow. Networks', hasMap && ' and base map', ': ODbL 1.0; \u00a9 OpenStreetMap contributors; GeoNames (CC BY 4.0)',
  hasMap ? '; coasts, lakes and borders: made with Natural Earth. Borders are drawn as in that source and take no position.' : '.'));

export const count = (number) => number.toLocaleString('en-GB');

/// Puts the page into the document, and makes it ready for paper: tables that a screen folds away stand at the end, and figures are drawn for its width,
/// somewhat wider than it, so that more of them go on a sheet.
export function show(main) {
  const moved = [], beside = h('div', { class: 'columns' }), appendix = h('section', { id: 'tables' }, h('h2', {}, 'Tables'), h('p', {}, 'On paper: timing points, and of several trains or ways the first. The page itself has all stations and all tables.'));
  addEventListener('beforeprint', () => {
    if (moved.length) return;
    // Stations come last. Where it was seen stays with its windows.
    for (const table of [...main.querySelectorAll('figure .behind:not(:has(.stations, .sightings))'), ...main.querySelectorAll('figure .behind:has(.stations)')]) {
      const place = document.createComment(''), title = table.closest('figure').querySelector('h2').textContent, was = table.open;
      table.replaceWith(place);
      table.open = true;
      appendix.append(h('div', { class: 'printed' }, h('h3', {}, named(title)), table));
      moved.push({ table, place, was });
    }
    for (const table of main.querySelectorAll('figure .behind:has(.sightings)')) { moved.push({ table, was: table.open }); table.open = true; }
    if (moved.length) main.insertBefore(appendix, main.querySelector('footer'));
    // A sheet with windows has room below them; the one at the end has not.
    if (report.command === 'run')
      for (const section of main.querySelectorAll('#notes, #not-modelled')) {
        const place = document.createComment('');
        section.replaceWith(place);
        moved.push({ table: section, place });
        beside.append(section);
        main.querySelector('#windows').after(beside);
      }
    for (const plot of plots) plot.drawAt(plot.closest('.pair') ? 500 : 900);
  });
  addEventListener('afterprint', () => {
    for (const { table, place, was } of moved.splice(0)) { place?.replaceWith(table); if (was !== undefined) table.open = was; }
    appendix.querySelectorAll('.printed').forEach((one) => one.remove());
    appendix.remove();
    beside.remove();
    redraw();
  });
  main.querySelector('footer').before(madeSection(report));
  document.getElementById('page').replaceWith(main);
}
