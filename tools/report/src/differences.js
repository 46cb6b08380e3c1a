// Variants against their base on the same draws: how much later one journey would have been, and how far the window moves.
import { scaleLinear } from './scale.js';
import { line } from './path.js';
import { fitted, h, named, s, textWidth } from './dom.js';
import { hoursAxis } from './axis.js';
import { slider, whenPointedAt } from './cursor.js';
import { nestedBar } from './windows.js';
import { clockText, durationText } from './time.js';
import { percent } from './numbers.js';
import { columnHeads } from './tables.js';

/// `5 h 51 min earlier`, `12 h 23 min later`, `at the same time`.
export const laterText = (seconds) => (Math.abs(seconds) < 30 ? 'at the same time' : `${durationText(Math.abs(seconds))} ${seconds < 0 ? 'earlier' : 'later'}`);
/// `84.0 % of the runs`
export const shareText = (share) => `${percent(share)} of the runs`;
const signed = (seconds) => (seconds >= 30 ? '+' : '') + clockText(seconds);
const minutes = (seconds) => (seconds === null ? 'too few runs' : `${(seconds / 60).toFixed(1)} min`);
const dots = Array.from({ length: 50 }, (_, i) => `p${2 * i + 1}`);

export function differenceText(one) {
  const { difference_seconds: by, earlier, later } = one.against;
  return `${one.name}: ${laterText(by.p50)} in the middle, nine in ten pairs between ${signed(by.p5)} and ${signed(by.p95)} hours; first in ${percent(earlier.value)}, last in ${percent(later.value)}`;
}

// Fifty dots, stacked where they would lie on one another.
function dotRow(one, x, y, tall) {
  const { difference_seconds: by } = one.against, levels = new Map();
  const size = 10, columnOf = (name) => Math.floor(x(by[name] * 1000) / size);
  const counts = dots.map(columnOf).reduce((of, column) => of.set(column, (of.get(column) ?? 0) + 1), new Map());
  const rise = Math.min(size, (tall - 8) / Math.max(...counts.values()));
  const group = s('g', { class: `dots series-${one.number}` });
  for (const name of dots) {
    const column = columnOf(name), level = levels.get(column) ?? 0;
    levels.set(column, level + 1);
    group.append(s('circle', { class: by[name] < 0 ? 'dot' : 'dot tail', cx: (column + 0.5) * size, cy: y + tall - 4 - (level + 0.5) * rise, r: size * 0.42 }, s('title', {}, laterText(by[name]))));
  }
  return group;
}

export function drawDifferences(list, base, width, tip) {
  if (list.length === 0) return nothingShown(width);
  const phone = width < 620, asBars = list.length > 4, names = [...dots, 'p5', 'p50', 'p95'];
  const left = phone ? 0 : Math.min(260, Math.max(60, ...list.map((one) => textWidth(one.name, 13, 500))) + 16), columns = phone ? 0 : 2 * 104;
  const tall = asBars ? (phone ? 46 : 32) : phone ? 118 : 96, top = 26, values = list.flatMap((one) => (asBars ? ['p5', 'p95'] : names).map((name) => one.against.difference_seconds[name] * 1000));
  const from = Math.min(0, ...values), to = Math.max(0, ...values), slack = (to - from) * 0.03 + 60e3;
  const x = scaleLinear([from - slack, to + slack], [left + 4, width - columns - 4]), bottom = top + list.length * tall + 4, height = bottom + 34;
  const svg = s('svg', { class: 'chart differences', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Difference from the base, pair by pair; the table below has the same numbers' });
  svg.append(hoursAxis(x, bottom, { grid: bottom - top, signed: true, gutter: left }));
  svg.append(s('line', { class: 'zero', x1: x(0), x2: x(0), y1: top - 4, y2: bottom }));
  const room = { left: x(0) - left, right: width - columns - x(0) };
  if (room.left > 60) svg.append(s('text', { class: 'direct', x: x(0) - 8, y: top - 10, 'text-anchor': 'end' }, '\u2190 earlier'));
  if (room.right > 60) svg.append(s('text', { class: 'direct', x: x(0) + 8, y: top - 10 }, 'later \u2192'));
  if (!phone) ['middle', 'comes first in'].forEach((text, i) => svg.append(s('text', { class: 'head', x: width - (1 - i) * 104 - 4, y: top - 10, 'text-anchor': 'end' }, text)));
  const point = (one, i, event) => {
    const box = svg.getBoundingClientRect();
    tip.show(differenceNumbers(one, base), event ? event.clientX - box.left : x(one.against.difference_seconds.p50 * 1000), event ? event.clientY - box.top : top + (i + 0.5) * tall);
  };
  list.forEach((one, i) => {
    const y = top + i * tall, by = one.against.difference_seconds, group = s('g', { class: 'row' }, s('rect', { class: 'hit', x: 0, y, width, height: tall })), at = phone ? y + 14 : asBars ? y + 20 : y + tall - 8;
    const markTop = phone ? y + 20 : y;
    if (asBars) group.append(nestedBar((name) => x(by[name] * 1000), markTop + (phone ? 4 : 8), 15, one.number));
    else group.append(dotRow(one, x, markTop, phone ? tall - 20 : tall), s('line', { class: 'middle', x1: x(by.p50 * 1000), x2: x(by.p50 * 1000), y1: markTop + 6, y2: y + tall - 2 }));
    if (!asBars) group.append(s('line', { class: 'floor', x1: left, x2: width - columns, y1: y + tall - 3, y2: y + tall - 3 }));
    group.append(s('text', { class: 'name', x: phone ? 0 : left - 14, y: at, 'text-anchor': phone ? 'start' : 'end' }, fitted(one.name, phone ? width - 200 : left - 14, 13, 500)));
    if (phone) group.append(s('text', { class: 'value', x: width, y: at, 'text-anchor': 'end' }, `${signed(by.p50)} h, first in ${percent(one.against.earlier.value)}`));
    else group.append(s('text', { class: 'value p50', x: width - 104 - 4, y: at, 'text-anchor': 'end' }, `${signed(by.p50)} h`), s('text', { class: 'value', x: width - 4, y: at, 'text-anchor': 'end' }, percent(one.against.earlier.value)));
    whenPointedAt(group, (event) => point(one, i, event), () => tip.hide());
    svg.append(group);
  });
  svg.append(slider('Variants', list, differenceText, (one) => (one ? point(one, list.indexOf(one)) : tip.hide())));
  return svg;
}

const nothingShown = (width) => s('svg', { class: 'chart', width, height: 30, viewBox: `0 0 ${width} 30`, role: 'img', 'aria-label': 'Nothing is shown but the base' }, s('text', { class: 'direct', x: 0, y: 18 }, 'Only the base is shown.'));

function differenceNumbers(one, base) {
  const { difference_seconds: by, mean_seconds: mean, mean_error_seconds: error, earlier, later, pairs } = one.against, row = (name, value) => h('tr', {}, h('th', {}, name), h('td', {}, value));
  return [h('strong', {}, named(one.name)), ' against ', named(base.name), h('table', {}, h('tbody', {}, row('1 in 20 before', signed(by.p5)), row('middle', signed(by.p50)), row('1 in 20 after', signed(by.p95)), row('mean', `${signed(mean)} \u00b1 ${minutes(error)}`),
    row('comes first in', `${percent(earlier.value)} \u00b1 ${percent(earlier.error)}`), row('comes last in', `${percent(later.value)} \u00b1 ${percent(later.error)}`))), h('div', { class: 'notes' }, `h:mm over ${pairs.toLocaleString('en-GB')} runs in which both arrive`)];
}

export function differencesTable(list) {
  const quantiles = ['p5', 'p10', 'p25', 'p50', 'p75', 'p90', 'p95'];
  return h('table', { class: 'numbers differences' }, h('caption', {}, 'Arrival of the variant less that of the base in the same run, h:mm; first and last count all runs'),
    columnHeads('Variant', ...quantiles, 'Mean', 'Its error', 'First', 'Last', 'Pairs'),
    h('tbody', {}, list.map((one) => h('tr', {}, h('th', { scope: 'row' }, named(one.name)), quantiles.map((name) => h('td', { class: name }, signed(one.against.difference_seconds[name]))), h('td', { class: 'mean' }, signed(one.against.mean_seconds)), h('td', { class: 'error' }, minutes(one.against.mean_error_seconds)),
      h('td', { class: 'first' }, percent(one.against.earlier.value)), h('td', { class: 'last' }, percent(one.against.later.value)), h('td', { class: 'pairs' }, String(one.against.pairs))))));
}

const shiftLevels = ['p5', 'p10', 'p25', 'p50', 'p75', 'p90', 'p95'];

export function drawShifts(list, width) {
  if (list.length === 0) return nothingShown(width);
  const height = 300, bottom = height - 40, top = 14;
  const bounds = list.flatMap((one) => shiftLevels.flatMap((name) => { const by = one.against.shift_seconds[name], error = one.against.shift_error_seconds[name] ?? 0; return [by - error, by + error]; }));
  const low = Math.min(0, ...bounds), high = Math.max(0, ...bounds), slack = (high - low) * 0.06 + 30;
  const y = scaleLinear([low - slack, high + slack], [bottom, top]);
  const hour = 3600, step = [1 / 60, 1 / 12, 1 / 6, 0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 120, 240, 480, 960, 2400, 4800, 9600].find((hours) => ((hours * hour) / (high - low + 2 * slack)) * (bottom - top) >= 28) ?? 24000;
  const ticks = [], written = (value) => (Math.abs(value) < 1 ? '0' : signed(value));
  for (let value = Math.ceil((low - slack) / (step * hour)) * step * hour; value <= high + slack; value += step * hour) ticks.push(value);
  const left = Math.max(46, ...ticks.map((value) => textWidth(written(value), 12) + 8)), right = width - 10, x = scaleLinear([0, 100], [left + 6, right - 6]);
  const svg = s('svg', { class: 'chart shifts', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': 'Shift of each quantile with its error: ' + list.map((one) => `${one.name}: ${shiftLevels.map((name) => `${name.slice(1)} % ${signed(one.against.shift_seconds[name])}`).join(', ')}`).join('; ') });
  for (const value of ticks)
    svg.append(s('line', { class: Math.abs(value) < 1 ? 'zero' : 'grid', x1: left, x2: right, y1: y(value), y2: y(value) }), s('text', { class: 'tick', x: left - 6, y: y(value) + 4, 'text-anchor': 'end' }, written(value)));
  for (const name of shiftLevels) svg.append(s('text', { class: 'tick', x: x(+name.slice(1)), y: bottom + 18, 'text-anchor': 'middle' }, name.slice(1)));
  svg.append(s('text', { class: 'tick', x: left, y: bottom + 34 }, 'per cent of the runs; h:mm later than the base'));
  const offset = (i) => (i - (list.length - 1) / 2) * Math.min(3, 12 / list.length);
  list.forEach((one, i) => {
    const group = s('g', { class: `series-${one.number} shift` }), place = (name) => x(+name.slice(1)) + offset(i), { shift_seconds: by, shift_error_seconds: errors } = one.against;
    group.append(s('path', { class: 'beside', d: line().x((name) => place(name)).y((name) => y(by[name]))(shiftLevels) }));
    for (const name of shiftLevels) {
      if (errors[name] !== null) group.append(s('path', { class: 'whisker', d: `M${place(name)},${y(by[name] - errors[name])}V${y(by[name] + errors[name])}m-3,0h6M${place(name) - 3},${y(by[name] - errors[name])}h6` }));
      group.append(s('circle', { class: 'dot', cx: place(name), cy: y(by[name]), r: 3 }, s('title', {}, `${one.name}, ${name.slice(1)} %: ${laterText(by[name])}, error ${minutes(errors[name])}`)));
    }
    svg.append(group);
  });
  return svg;
}

export function shiftsTable(list) {
  return h('table', { class: 'numbers shifts' }, h('caption', {}, 'Quantile of the variant less the same quantile of the base, h:mm, \u00b1 one standard error'),
    columnHeads('Variant', ...shiftLevels),
    h('tbody', {}, list.map((one) => h('tr', {}, h('th', { scope: 'row' }, named(one.name)), shiftLevels.map((name) => h('td', { class: name }, `${signed(one.against.shift_seconds[name])} \u00b1 ${minutes(one.against.shift_error_seconds[name])}`))))));
}
