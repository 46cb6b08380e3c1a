// Windows by timing point on the way to one destination: pale without the reports, strong with them, and when the train was seen.
import { scaleLinear } from './scale.js';
import { fitted, h, named, s, textWidth } from './dom.js';
import { nightAreas, timeAxis } from './axis.js';
import { slider, whenPointedAt } from './cursor.js';
import { nestedBar } from './windows.js';
import { dateOf, shortTime, timeOf, zoneText } from './time.js';
import { percent, stationHead, verbOf } from './numbers.js';
import { columnHeads } from './tables.js';
import { sightingMark } from './sightings.js';
import { windowsTowards } from './inferred.js';

const edges = ['p5', 'p50', 'p95'], column = 92;

function rowText({ station, window }) {
  const { p5, p50, p95 } = window.after.time, before = window.before.known ? `; before the reports between ${shortTime(window.before.time.p5)} and ${shortTime(window.before.time.p95)}` : '';
  return `${station.name}, ${verbOf(window)} ${shortTime(p50)} in the middle, nine in ten journeys between ${shortTime(p5)} and ${shortTime(p95)}, ${zoneText(p50.offset)}${before}`;
}

export function drawTowards(inferred, destination, width, tip, units) {
  const rows = windowsTowards(inferred, destination), phone = width < 620, ids = new Set(rows.map(({ station }) => station.station)), seen = inferred.sightings.filter((one) => ids.has(one.station));
  const left = phone ? 0 : Math.min(250, Math.max(60, ...rows.map(({ station }) => textWidth(station.name, 13, 700))) + 16), columns = phone ? 0 : 3 * column + 12, pale = 6, thick = 13, tall = phone ? 64 : 32, top = phone ? 58 : 44;
  const times = [...rows.flatMap(({ window }) => [window.after, window.before].filter((state) => state.known).flatMap(({ time }) => [time.p5, time.p95])), ...seen.flatMap(({ low, high }) => [low, high].filter(Boolean))].map((time) => time.at);
  const [from, to] = [Math.min(...times), Math.max(...times)], slack = (to - from) * 0.01 + 60e3, x = scaleLinear([from - slack, to + slack], [left + 2, width - columns - 2]), bottom = top + rows.length * tall + 4, height = bottom + 54;
  const svg = s('svg', { class: 'chart towards', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': `Windows on the way to ${destination.name}, without and with the reports; the table below has the same numbers` });
  rows.forEach((row, i) => { row.y = top + i * tall; });
  const zones = [rows[0], rows.at(-1)].map(({ window }) => window.after.time.p50.offset);
  svg.append(nightAreas(x, rows.flatMap(({ station, y }) => [{ at: station.at, y }, { at: station.at, y: y + tall }])), timeAxis(x, zones[0], top - 4, -1, { place: '', gutter: left }), timeAxis(x, zones[1], bottom, 1, { place: '', grid: bottom - top, gutter: left }));
  if (phone) svg.append(s('text', { class: 'zone', x: width, y: 10, 'text-anchor': 'end' }, zoneText(zones[0])), s('text', { class: 'zone', x: width, y: height - 1, 'text-anchor': 'end' }, zoneText(zones[1])));
  else ['1 in 20 before', 'middle', '1 in 20 after'].forEach((text, i) => svg.append(s('text', { class: 'head', x: width - (2 - i) * column - 4, y: top - 10, 'text-anchor': 'end' }, text)));
  const point = (row, event) => {
    const box = svg.getBoundingClientRect();
    tip.show(rowNumbers(row, units), event ? event.clientX - box.left : x(row.window.after.time.p95.at), event ? event.clientY - box.top : row.y + tall / 2);
  };
  for (const row of rows) {
    const { window: { before, after }, station } = row, y = row.y + (phone ? 34 : 4), last = row === rows.at(-1), group = s('g', { class: last ? 'row end' : 'row' }, s('rect', { class: 'hit', x: 0, y: row.y, width, height: tall }));
    if (before.known) group.append(s('g', { class: 'prior' }, nestedBar((name) => x(before.time[name].at), y, pale, destination.number)));
    group.append(nestedBar((name) => x(after.time[name].at), y + pale + 4, thick, destination.number));
    const value = `${shortTime(after.time.p5)} \u2013 ${dateOf(after.time.p95) === dateOf(after.time.p5) ? timeOf(after.time.p95) : shortTime(after.time.p95)}`;
    group.append(s('text', { class: 'name', x: phone ? 0 : left - 14, y: phone ? row.y + 14 : y + pale + thick, 'text-anchor': phone ? 'start' : 'end' }, fitted(station.name, phone ? width - 100 : left - 14, 13, last ? 700 : 500)));
    if (phone) group.append(s('text', { class: 'value p50', x: width, y: row.y + 14, 'text-anchor': 'end' }, shortTime(after.time.p50)), s('text', { class: 'value p5', x: width, y: row.y + 29, 'text-anchor': 'end' }, `9 in 10: ${value}`));
    else edges.forEach((name, i) => group.append(s('text', { class: `value ${name}`, x: width - (2 - i) * column - 4, y: y + pale + thick, 'text-anchor': 'end' }, shortTime(after.time[name]))));
    whenPointedAt(group, (event) => point(row, event), () => tip.hide());
    svg.append(group);
  }
  for (const one of seen) svg.append(sightingMark(one, x, rows.find(({ station }) => station.station === one.station).y + (phone ? 34 : 4) + pale + 4 + thick / 2, tip));
  svg.append(slider('Timing points', rows, rowText, (row) => (row ? point(row) : tip.hide())));
  return svg;
}

function rowNumbers({ station, window }, units) {
  const line = (name, state) => state.known && h('tr', {}, h('th', {}, name), edges.map((edge) => h('td', { class: edge }, shortTime(state.time[edge]))));
  return [...stationHead(station, units), h('table', {}, h('thead', {}, h('tr', {}, h('td'), ['1 in 20 before', 'middle', '1 in 20 after'].map((name) => h('th', {}, name)))), h('tbody', {}, line('without reports', window.before), line(verbOf(window), window.after))),
    h('div', { class: 'notes' }, `Clocks at ${zoneText(window.after.time.p50.offset)} \u00b7 ${percent(window.after.probability)} of the journeys come there`)];
}

export function inferredTable({ windows }, units) {
  const quantiles = Object.keys(windows.find(({ after }) => after.known).after.time);
  const states = (window) => [['before', window.before], ['after', window.after]];
  return h('table', { class: 'numbers inferred' }, h('caption', {}, 'All timing points: local time by which so many per cent of the journeys that come there are there, without the reports and with them'),
    columnHeads('Station', '', units === 'imperial' ? 'km (mi)' : 'km', 'Reports', ...quantiles, 'Clocks', 'Error of the middle', 'Share of journeys'),
    h('tbody', {}, windows.flatMap((window) => states(window).map(([name, state], i) => h('tr', {}, i === 0 && h('th', { scope: 'row', rowspan: 2 }, named(window.name)), i === 0 && h('td', { rowspan: 2 }, verbOf(window)), i === 0 && h('td', { class: 'km', rowspan: 2 }, window.distance_km.toFixed(1) + (units === 'imperial' ? ` (${(window.distance_km / 1.609344).toFixed(1)})` : '')),
      h('td', {}, name), state.known ? [quantiles.map((quantile) => h('td', { class: quantile }, shortTime(state.time[quantile]))), h('td', {}, zoneText(state.time.p50.offset)), h('td', { class: 'error' }, state.errors.p50 === null ? 'too few runs' : `${(state.errors.p50 / 60).toFixed(1)} min`)] : [quantiles.map((quantile) => h('td', { class: quantile })), h('td', {}, 'in no journey that fits'), h('td')], h('td', { class: 'share' }, percent(state.probability)))))));
}
