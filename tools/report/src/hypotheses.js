// What is left open as probabilities over time: stacked areas that step where a report became known.
import { scaleLinear } from './scale.js';
import { fitted, h, named, s, textWidth } from './dom.js';
import { timeAxis } from './axis.js';
import { slider, whenPointedAt } from './cursor.js';
import { hour, shortTime } from './time.js';
import { percent } from './numbers.js';
import { columnHeads } from './tables.js';

export const whenKnown = (entry) => (entry.at ? shortTime(entry.at) : 'no report yet');
const reportsText = (entry) => entry.reports.join('; ');

/// Plain text of one step.
export function stepText(entry, panels) {
  return `${whenKnown(entry)}${entry.reports.length ? `, ${reportsText(entry)}` : ''}: ${panels.map((panel) => panel.options.map((odds) => `${odds.label} ${percent(entry.odds[odds.index].value)}`).join(', ')).join('; ')}`;
}

// Heights of labels: as near as can be to where they belong, `gap` from one another.
function apart(wanted, gap, bottom) {
  const placed = [];
  for (const y of wanted) placed.push(Math.max(y, (placed.at(-1) ?? -Infinity) + gap));
  for (let i = placed.length - 1, limit = bottom; i >= 0 && placed[i] > limit; --i, limit -= gap) placed[i] = limit;
  return placed;
}

// Where one option lies in the stack of its panel at one step.
function layersOf(panel, entry) {
  const whole = panel.options.reduce((sum, odds) => sum + entry.odds[odds.index].value, 0) || 1;
  let done = 0;
  return panel.options.map((odds) => { const from = done; done += entry.odds[odds.index].value / whole; return [from, done]; });
}

function drawPanel(panel, steps, { left, right, width, top, height }) {
  const y = scaleLinear([0, 1], [top, top + height]), group = s('g', { class: 'open' }), layers = steps.map(({ entry }) => layersOf(panel, entry)), middle = ([from, to]) => y((from + to) / 2);
  const first = layers[0].map(middle), last = layers.at(-1).map(middle), before = apart(first.map((at) => at + 4), 15, top + height + 2), after = apart(last.map((at) => at + 4), 16, top + height + 2);
  group.append(s('text', { class: 'panel', x: 0, y: top - 9 }, panel.question));
  panel.options.forEach((odds, i) => {
    const layer = s('g', { class: `layer series-${odds.number}` });
    steps.forEach(({ begin, end }, k) => layer.append(s('rect', { class: 'share', x: begin, y: y(layers[k][i][0]), width: Math.max(0, end - begin), height: Math.max(0, y(layers[k][i][1]) - y(layers[k][i][0])) })));
    const share = percent(steps.at(-1).entry.odds[odds.index].value), room = width - right - 18;
    layer.append(s('path', { class: 'tie', d: `M${right},${last[i]}L${right + 9},${after[i] - 4}` }), s('rect', { class: 'chip', x: right + 10, y: after[i] - 9, width: 9, height: 9 }),
      s('text', { class: 'value', x: right + 24, y: after[i] }, `${fitted(odds.label, room - 12 - textWidth(share, 12, 650), 12)} `, s('tspan', { class: 'p50' }, share)),
      s('text', { class: 'value p5', x: left - 8, y: before[i], 'text-anchor': 'end' }, percent(steps[0].entry.odds[odds.index].value)));
    group.append(layer);
  });
  return group;
}

export function drawHypotheses({ panels, timeline }, width, tip) {
  const phone = width < 620, left = 58, longest = Math.max(...panels.flatMap((panel) => panel.options.map((odds) => textWidth(odds.label, 12)))), right = width - Math.min(phone ? 140 : 300, longest + 84), known = timeline.filter(({ at }) => at), [from, to] = [known[0]?.at.at ?? 0, known.at(-1)?.at.at ?? hour], pad = Math.max(hour, 0.14 * (to - from));
  const x = scaleLinear([from - pad, to + pad], [left, right]), steps = timeline.map((entry, i) => ({ entry, begin: entry.at ? x(entry.at.at) : left, end: timeline[i + 1] ? x(timeline[i + 1].at.at) : right }));
  let top = 44;
  const places = panels.map((panel, i) => { const place = { left, right, width, top, height: Math.max(i === 0 ? 190 : 64, panel.options.length * 17) }; top += place.height + 34; return place; });
  const bottom = top - 34, height = bottom + (known.length ? 40 : 8);
  const svg = s('svg', { class: 'chart hypotheses', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Probabilities of what is left open as each report became known; the tables below have the same numbers' });
  svg.append(s('text', { class: 'head', x: left - 8, y: 12, 'text-anchor': 'end' }, 'before'), s('text', { class: 'head', x: right + 24, y: 12 }, 'after'));
  panels.forEach((panel, i) => svg.append(drawPanel(panel, steps, places[i])));
  let free = -Infinity;
  for (const { entry, begin } of steps.slice(1)) {
    for (const place of places) svg.append(s('line', { class: 'step', x1: begin, x2: begin, y1: place.top, y2: place.top + place.height }));
    if (begin < free) continue;
    free = begin + 14;
    svg.append(s('text', { class: 'tick', x: begin, y: 12, 'text-anchor': 'middle' }, String(entry.step)), s('line', { class: 'tie', x1: begin, x2: begin, y1: 16, y2: 22 }));
  }
  if (known.length) svg.append(timeAxis(x, known[0].at.offset, bottom + 2, 1, { place: '', gutter: left }));
  const chosen = s('rect', { class: 'chosen-step', y: places[0].top - 3, height: bottom - places[0].top + 6, visibility: 'hidden' });
  svg.append(chosen);
  const point = (step, px, py) => {
    chosen.setAttribute('visibility', step ? 'visible' : 'hidden');
    if (!step) return tip.hide();
    for (const [name, value] of Object.entries({ x: step.begin, width: Math.max(1, step.end - step.begin) })) chosen.setAttribute(name, value);
    tip.show(stepNumbers(step.entry, panels), px ?? step.end, py ?? places[0].top + 60);
  };
  whenPointedAt(svg, (event) => {
    const box = svg.getBoundingClientRect(), px = event.clientX - box.left;
    point(steps.findLast(({ begin }) => px >= begin && px <= right), px, event.clientY - box.top);
  }, () => point(null));
  svg.append(slider('Reports', steps, ({ entry }) => stepText(entry, panels), (step) => point(step)));
  return svg;
}

function stepNumbers(entry, panels) {
  return [h('strong', {}, whenKnown(entry)), entry.reports.map((report) => h('div', {}, named(report))),
    h('table', {}, h('tbody', {}, panels.flatMap((panel) => panel.options.map((odds) => h('tr', {}, h('th', {}, named(odds.label)), h('td', {}, percent(entry.odds[odds.index].value)))))))].flat();
}

const points = (share) => (100 * share).toFixed(1);

// Source of the steps: Kass, Raftery (1995), J. Amer. Stat. Assoc. 90, 773-795, section 3.2: 1 to 3, to 20, to 150, beyond.
export function factorText(factor) {
  if (factor === null) return 'only this fits';
  if (factor === 0) return 'ruled out';
  const either = Math.max(factor, 1 / factor);
  if (Math.abs(Math.log(either)) < 1e-9) return 'cannot tell';
  return `${either < 3 ? 'hardly ' : either < 20 ? '' : either < 150 ? 'strongly ' : 'beyond doubt '}${factor > 1 ? 'for' : 'against'} (${Number(factor.toPrecision(3))}\u00a0\u00d7)`;
}

export const oddsTable = (panel) => h('table', { class: 'numbers odds' }, h('caption', {}, h('strong', {}, panel.question), ': probabilities, and how many times better the sightings fit each than the others'),
  columnHeads('', 'Before', 'With what was said', 'With the sightings', 'After', '\u00b1 points', 'The sightings speak'),
  h('tbody', {}, panel.options.map((odds) => h('tr', {}, h('th', { scope: 'row' }, named(odds.label)), h('td', {}, percent(odds.before)), h('td', {}, percent(odds.with_what_was_said)), h('td', {}, percent(odds.with_sightings.value)), h('td', { class: 'p50' }, percent(odds.after.value)), h('td', {}, points(odds.after.error)), h('td', { class: 'speak' }, factorText(odds.factor))))));

export const stepsTable = ({ panels, timeline }) => h('table', { class: 'numbers steps' }, h('caption', {}, 'Probability after each report, with what had been said by then'),
  columnHeads('', 'Known', 'New', ...panels.flatMap((panel) => panel.options.map((odds) => odds.label)), 'Effective runs'),
  h('tbody', {}, timeline.map((entry) => h('tr', {}, h('th', { scope: 'row' }, String(entry.step)), h('td', { class: 'when' }, whenKnown(entry)), h('td', { class: 'source' }, named(reportsText(entry))), panels.flatMap((panel) => panel.options.map((odds) => h('td', {}, percent(entry.odds[odds.index].value)))), h('td', {}, entry.effective.toFixed(0))))));
