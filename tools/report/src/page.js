// What pages of every kind are made of: the head, figures that redraw themselves, toggles, folded tables, sources and paper.
import { drawn, h, named } from './dom.js';
import { tooltip } from './cursor.js';
import { weakInputs } from './tables.js';
import { saveButtons } from './save.js';
import { zooming } from './zoom.js';

export const report = JSON.parse(document.getElementById('report').textContent);
export const basemap = JSON.parse(document.getElementById('basemap').textContent);
const plots = [];
export const redraw = () => plots.forEach((plot) => plot.redraw());

const nearer = new Map([['map', 'map'], ['string-line', 'train graph']]);  // figures with more in them than one screen shows
const fileName = () => document.title.split(' - ')[0];

/// A figure with its title and a plot that `draw(width, tip)` makes for any width.
export function figure(id, title, deck, draw, ...more) {
  const host = h('div', { class: 'plot' }), tip = tooltip(host), frame = h('figure', { id, 'aria-labelledby': `${id}-title` });
  drawn(host, (width) => draw(width, tip));
  plots.push(host);
  frame.append(h('figcaption', {}, h('h2', { id: `${id}-title` }, title), deck && h('p', {}, deck)), h('div', { class: 'stage' }, host, tip.box), h('div', { class: 'tools' }, nearer.has(id) && zooming(host, id, nearer.get(id)), saveButtons(frame, fileName())), ...more.filter(Boolean));
  return frame;
}

/// Check boxes that hide and show the entries of `list`, all but the last one. Colours are those of `number`; `changed` is called when others are shown.
export function toggles(list, changed = redraw) {
  if (list.length < 2) return null;
  return h('fieldset', { class: 'toggles' }, h('legend', {}, 'Shown'), list.map((one) => h('label', { class: `series-${one.number}` },
    h('input', { type: 'checkbox', checked: one.visible, onchange: (event) => {
      if (!event.target.checked && list.filter((other) => other.visible).length === 1) { event.target.checked = true; return; }
      one.visible = event.target.checked;
      changed();
    } }), h('span', { class: 'swatch' }), named(one.name))));
}

export function head({ kicker, title, question, answer, answers = answer ? [answer] : [], decks }) {
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

export const weakSection = (inputs) => h('section', { id: 'weak' }, h('h2', {}, inputs.length ? `${inputs.length} weakly known numbers lie under these windows` : 'Nothing under these windows is weakly known'),
  h('p', {}, 'The width of a window says how much the runs differ. How good the numbers below are, no number of runs can tell.'), weakInputs(inputs));

export const notModelledSection = () => h('section', { id: 'not-modelled' }, h('h2', {}, 'What is not modelled'), h('ul', {}, report.not_modelled.map((point) => h('li', {}, point.replaceAll('`', '')))));

export function parametersSection(pairs, remark) {
  return h('section', { id: 'parameters' }, h('h2', {}, 'Parameters'), h('dl', {}, [...pairs, ['Program', `railwindow ${report.version}`]].map(([name, value]) => [h('dt', {}, name), h('dd', {}, named(String(value)))])), remark && h('p', {}, remark));
}

export const sameNumbers = 'The same scenario, seed and program give the same numbers. Quantile p is the ceil(p n)-th smallest of n runs; errors are one standard error of the sampling, not of the model.';

export const footer = (hasMap = true) => h('footer', {}, h('p', {}, 'Made with railwindow. Networks', hasMap && ' and base map', ': ODbL 1.0; \u00a9 OpenStreetMap contributors; GeoNames (CC BY 4.0)',
  hasMap ? '; coasts, lakes and borders: made with Natural Earth, which covers 100\u2013142\u00b0 E, 20\u201356\u00b0 N here. Borders are drawn as in that source and take no position.' : '.'));

/// Where the base map ends, if it ends before the journey does.
export function beyondBasemap(stations) {
  const [west, south, east, north] = basemap.box;
  return stations.some(({ at: [x, y] }) => x < west || x > east || y < south || y > north)
    && h('p', { class: 'legend' }, 'Coasts, lakes and borders are known here only between 100\u00b0 and 142\u00b0 E, 20\u00b0 and 56\u00b0 N; beyond, the map is blank.');
}

export const count = (number) => number.toLocaleString('en-GB');

/// Puts the page into the document, and makes it ready for paper, which shows what a screen folds away.
export function show(main) {
  const folded = [];
  addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('details:not([open])')) { details.open = true; folded.push(details); }
    for (const plot of plots) plot.drawAt(plot.closest('.pair') ? 330 : 690);
  });
  addEventListener('afterprint', () => { for (const details of folded.splice(0)) details.open = false; redraw(); });
  document.getElementById('page').replaceWith(main);
}
