// Windows of several variants at one place, on one axis: of local time, or of hours since departure where they leave on different days.
import { scaleLinear } from './scale.js';
import { fitted, h, named, s, textWidth } from './dom.js';
import { hoursAxis, nightAreas, timeAxis } from './axis.js';
import { slider, whenPointedAt } from './cursor.js';
import { nestedBar } from './windows.js';
import { clockText, durationText, shortTime, zoneText } from './time.js';
import { percent } from './numbers.js';
import { columnHeads } from './tables.js';

const shownName = (one) => (one.base ? `${one.name} (base)` : one.name);
const edges = ['p5', 'p50', 'p95'];

const span = (values) => Math.max(...values) - Math.min(...values);

/// Days on which nothing happens would squeeze the windows: then time is counted from each one's departure.
export const countsFromDeparture = (list) => span(list.flatMap((one) => edges.map((name) => one.time[name].at))) > 4000 * span(list.flatMap((one) => edges.map((name) => one.elapsed_seconds[name]))) + 3600e3;

function axisOf(list) {
  const elapsed = countsFromDeparture(list), of = elapsed ? (one, name) => one.elapsed_seconds[name] * 1000 : (one, name) => one.time[name].at;
  return { elapsed, of, text: elapsed ? (one, name) => durationText(one.elapsed_seconds[name]) : (one, name) => shortTime(one.time[name]), values: list.flatMap((one) => edges.map((name) => of(one, name))) };
}

export function variantText(one) {
  return `${one.name}: arrives ${shortTime(one.time.p50)} in the middle, nine in ten runs between ${shortTime(one.time.p5)} and ${shortTime(one.time.p95)}, ${zoneText(one.time.p50.offset)}; ${durationText(one.elapsed_seconds.p50)} after departure`;
}

export function drawVariants(list, width, tip) {
  const phone = width < 620, axis = axisOf(list), column = 92;
  const longest = Math.max(60, ...list.map((one) => textWidth(shownName(one), 13, 500))), left = phone ? 0 : Math.min(260, longest + 16), columns = phone ? 0 : 3 * column + 12;
  const thick = phone ? 13 : 16, tall = phone ? 44 : 34, top = phone ? 8 : 30, from = Math.min(...axis.values), to = Math.max(...axis.values), slack = (to - from) * 0.015 + 60e3;
  const x = scaleLinear([from - slack, to + slack], [left + (phone ? 2 : 0), width - columns - 2]), bottom = top + list.length * tall + 4, height = bottom + 42;
  const svg = s('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Arrival window of each variant; the table below has the same numbers' });
  if (axis.elapsed) svg.append(hoursAxis(x, bottom, { grid: bottom - top, label: 'after its departure', gutter: left }));
  else {
    const { at } = list[0].place;
    svg.append(nightAreas(x, [{ at, y: top - 4 }, { at, y: bottom }]), timeAxis(x, list[0].time.p50.offset, bottom, 1, { place: '', grid: bottom - top, gutter: left }));
  }
  if (!phone) ['1 in 20 before', 'middle', '1 in 20 after'].forEach((text, i) => svg.append(s('text', { class: 'head', x: width - (2 - i) * column - 4, y: top - 10, 'text-anchor': 'end' }, text)));
  const point = (one, i, event) => {
    const box = svg.getBoundingClientRect();
    tip.show(variantNumbers(one), event ? event.clientX - box.left : x(axis.of(one, 'p95')), event ? event.clientY - box.top : top + (i + 0.5) * tall);
  };
  list.forEach((one, i) => {
    const y = top + i * tall, barTop = y + (phone ? 21 : 9), group = s('g', { class: 'row' }, s('rect', { class: 'hit', x: 0, y, width, height: tall }));
    group.append(nestedBar((name) => x(axis.of(one, name)), barTop, thick, one.number));
    group.append(s('text', { class: 'name', x: phone ? 0 : left - 14, y: phone ? y + 14 : barTop + thick - 3.5, 'text-anchor': phone ? 'start' : 'end' }, fitted(shownName(one), phone ? width - 190 : left - 14, 13, 500)));
    if (phone) group.append(s('text', { class: 'value', x: width, y: y + 14, 'text-anchor': 'end' }, `${axis.text(one, 'p5')} \u2013 ${axis.text(one, 'p95')}`));
    else edges.forEach((name, e) => group.append(s('text', { class: `value ${name}`, x: width - (2 - e) * column - 4, y: barTop + thick - 3.5, 'text-anchor': 'end' }, axis.text(one, name))));
    whenPointedAt(group, (event) => point(one, i, event), () => tip.hide());
    svg.append(group);
  });
  svg.append(slider('Variants', list, variantText, (one) => (one ? point(one, list.indexOf(one)) : tip.hide())));
  return svg;
}

function variantNumbers(one) {
  const row = (name, value) => h('tr', {}, h('th', {}, name), edges.map((edge) => h('td', { class: edge }, value(edge))));
  return [h('strong', {}, named(one.name)), h('table', {}, h('thead', {}, h('tr', {}, h('td'), ['1 in 20 before', 'middle', '1 in 20 after'].map((name) => h('th', {}, name)))),
    h('tbody', {}, row('arrives', (edge) => shortTime(one.time[edge])), row('after', (edge) => durationText(one.elapsed_seconds[edge])))), h('div', { class: 'notes' }, `${one.place.name}, clocks at ${zoneText(one.time.p50.offset)} \u00b7 ${percent(one.probability)} of the runs get there`)];
}

export function variantsTable(list, units) {
  const quantiles = Object.keys(list[0].time).sort((a, b) => +a.slice(1) - +b.slice(1));
  const length = (one) => [...new Set(one.routes.map((route) => route.length_km.toFixed(1) + (units === 'imperial' ? ` (${(route.length_km / 1.609344).toFixed(1)})` : '')))].join(', ');
  return h('table', { class: 'numbers variants' }, h('caption', {}, 'Local time by which so many per cent of the runs that arrive are there'),
    columnHeads('Variant', units === 'imperial' ? 'km (mi)' : 'km', 'Gauge changes', ...quantiles, 'Clocks', 'After', 'Error of the middle', 'Share of runs'),
    h('tbody', {}, list.map((one) => h('tr', {}, h('th', { scope: 'row' }, named(one.name)), h('td', { class: 'km' }, length(one)), h('td', {}, [...new Set(one.routes.map((route) => route.gauge_changes.length))].join(', ')),
      quantiles.map((name) => h('td', { class: name }, shortTime(one.time[name]))), h('td', {}, zoneText(one.time.p50.offset)), h('td', { class: 'elapsed' }, clockText(one.elapsed_seconds.p50)),
      h('td', { class: 'error' }, one.error_seconds.p50 === null ? 'too few runs' : `${(one.error_seconds.p50 / 60).toFixed(1)} min`), h('td', { class: 'share' }, percent(one.probability))))));
}
