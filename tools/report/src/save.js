// A figure as a picture of its own and its tables as CSV, made in the page and handed over as files. Nothing is fetched or sent.
import { h, s } from './dom.js';

// What a style sheet may say of a shape, with what is so without one.
const looks = {
  fill: 'rgb(0, 0, 0)', 'fill-opacity': '1', stroke: 'none', 'stroke-width': '1px', 'stroke-opacity': '1', 'stroke-dasharray': 'none', 'stroke-linejoin': 'miter', 'stroke-linecap': 'butt', 'paint-order': 'normal', opacity: '1',
  'font-family': '', 'font-size': '', 'font-weight': '400', 'font-style': 'normal', 'font-variant-numeric': 'normal', 'letter-spacing': 'normal',
};
const inherited = new Set(['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linejoin', 'stroke-linecap', 'paint-order', 'font-family', 'font-size', 'font-weight', 'font-style', 'font-variant-numeric', 'letter-spacing']);

// A copy of `node` that has its looks in attributes; what only a hand or a keyboard needs is left out.
function inlined(node, outer) {
  if (node.nodeType !== 1) return node.cloneNode();
  const style = getComputedStyle(node);
  if (node.matches('.hit, .handle.outside, title') || style.visibility === 'hidden' || style.display === 'none' || (node.matches('.slider') && !node.childNodes.length)) return null;
  const copy = node.cloneNode(), now = {};
  for (const name of ['class', 'tabindex', 'role', 'visibility', 'data-index', 'font-size', ...copy.getAttributeNames().filter((one) => one.startsWith('aria-'))]) copy.removeAttribute(name);
  for (const [name, usual] of Object.entries(looks)) {
    now[name] = style.getPropertyValue(name);
    if (now[name] !== (inherited.has(name) ? outer[name] ?? usual : usual)) copy.setAttribute(name, now[name]);
  }
  copy.append(...[...node.childNodes].map((child) => inlined(child, now)).filter(Boolean));
  return copy;
}

// XML has no way to write these.
const xmlText = (text) => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '');

/// The charts of a figure below its title, as the text of one SVG.
export function svgOf(frame) {
  const body = getComputedStyle(document.body), charts = [...frame.querySelectorAll('.plot svg.chart')], title = frame.querySelector('h2').textContent;
  const text = (content, x, y, size, weight) => s('text', { x, y, 'font-family': body.fontFamily, 'font-size': size, 'font-weight': weight, fill: body.color }, content);
  const pad = 12, parts = [text(title, pad, pad + 16, 17, 700)];
  let y = pad + 28, width = 0;
  for (const chart of charts) {
    const { width: wide, height: high } = chart.viewBox.baseVal, head = chart.closest('.destination')?.querySelector('h3');
    if (head) { parts.push(text(head.textContent, pad, y + 14, 14, 600)); y += 24; }
    const copy = inlined(chart, {});
    for (const [name, value] of Object.entries({ x: pad, y, width: wide, height: high })) copy.setAttribute(name, value);
    parts.push(copy);
    y += high + pad;
    width = Math.max(width, wide);
  }
  const whole = s('svg', { viewBox: `0 0 ${width + 2 * pad} ${y}`, width: width + 2 * pad, height: y }, s('title', {}, title), s('rect', { width: '100%', height: '100%', fill: body.backgroundColor }), parts);
  return xmlText(`<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(whole)}\n`);
}

// RFC 4180. A text that a spreadsheet would take for a formula begins with an apostrophe: names come from files that somebody else may have written.
function field(text) {
  const plain = text.replace(/\u00a0/g, ' ').trim(), safe = /^[=@\t\r]|^[+-](?![\d:., ]*(%|min|h|$))/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/// Rows of a table with the texts of its cells; a cell over several rows or columns stands in the first.
function rowsOf(table) {
  const rows = [...table.rows].map(() => []);
  [...table.rows].forEach((row, r) => {
    let c = 0;
    for (const cell of row.cells) {
      while (rows[r][c] !== undefined) ++c;
      for (let down = 0; down < cell.rowSpan; ++down) for (let right = 0; right < cell.colSpan; ++right) if (rows[r + down]) rows[r + down][c + right] = down || (right && !row.matches('thead tr')) ? '' : cell.textContent;
      c += cell.colSpan;
    }
  });
  return rows;
}

const tablesOf = (frame) => [...(frame.querySelector('table.numbers') ? frame : document.getElementById(frame.getAttribute('aria-details')) ?? frame).querySelectorAll('table.numbers')];

/// The tables behind a figure as one CSV text, each under its caption, an empty line between them.
export function csvOf(frame) {
  const tables = tablesOf(frame).map((table) => {
    const said = table.caption?.textContent ?? (table.previousElementSibling?.matches('h3') ? table.previousElementSibling.textContent : '');
    return [...(said ? [[said]] : []), ...rowsOf(table)].map((row) => Array.from(row, (text) => field(text ?? '')).join(',') + '\r\n').join('');
  });
  return '\ufeff' + tables.join('\r\n');  // the mark tells spreadsheets that this is UTF-8
}

/// Hands `text` over as a file of the name.
export function saveText(text, type, name) {
  const address = URL.createObjectURL(new Blob([text], { type })), link = h('a', { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10e3);
}

/// The buttons that hand over the figure `frame` under the name of `page`.
export function saveButtons(frame, page) {
  const name = `${page.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[-.]+|-+$/g, '').slice(0, 80) || 'railwindow'}-${frame.id}`;
  const button = (kind, says, does) => h('button', { type: 'button', id: `${frame.id}-${kind}`, title: says, 'aria-labelledby': `${frame.id}-${kind} ${frame.id}-title`, onclick: does }, `Save ${kind}`);
  return h('span', { class: 'save' }, button('SVG', 'The picture, as a file', () => saveText(svgOf(frame), 'image/svg+xml', `${name}.svg`)), button('CSV', 'The table, as a file', () => saveText(csvOf(frame), 'text/csv;charset=utf-8', `${name}.csv`)));
}
