// What a report would be worth: along the kilometres the width that it would leave, and place by place when to look.
import { scaleLinear } from './scale.js';
import { line } from './path.js';
import { fitted, h, named, s, textWidth } from './dom.js';
import { nightAreas, timeAxis } from './axis.js';
import { slider, whenPointedAt } from './cursor.js';
import { clockText, dateOf, durationText, shortTime, timeOf, zoneText } from './time.js';
import { percent, stationHead, verbOf } from './numbers.js';
import { columnHeads } from './tables.js';
import { niceSteps } from './profile.js';
import { eventText, offText } from './explained.js';
import { shareText } from './drivers.js';

const column = 100;
const lookText = ({ p5, p95 }) => `${shortTime(p5)} \u2013 ${dateOf(p5) === dateOf(p95) ? timeOf(p95) : shortTime(p95)}`;
const widthText = (seconds) => (seconds === null ? 'unknown' : clockText(seconds));
const errorText = (seconds) => (seconds === null ? '' : `${Math.round(seconds / 60)} min`);

const rowText = (report) => `${eventText(report)}: look between ${shortTime(report.time.p5)} and ${shortTime(report.time.p95)}, ${zoneText(report.time.p50.offset)}; a report leaves ${report.last.width_seconds === null ? 'an unknown width' : durationText(report.last.width_seconds)}`;

/// The same as elements.
export function reportNumbers(report, { whole }, units) {
  const row = (name, value, error) => h('tr', {}, h('th', {}, name), h('td', { class: 'p50' }, value), h('td', {}, error && `\u00b1 ${error}`));
  return [...(report.on ? stationHead(report.place, units) : [h('strong', {}, named(report.place.name))]), h('div', {}, `${verbOf(report)}: look ${lookText(report.time)}`),
    h('table', {}, h('tbody', {}, report.known.map((one) => row(`known to ${offText(one.off_seconds)}`, `${widthText(one.width_seconds)} h`, errorText(one.width_error_seconds))), row(`not by ${shortTime(report.time.p50)}`, `${widthText(report.not_by_p50.width_seconds)} h`, errorText(report.not_by_p50.width_error_seconds)), row('without a report', `${clockText(whole)} h`),
      report.last.named_right && row('destination named right', percent(report.last.named_right.value), ''))),
    h('div', { class: 'notes' }, `Clocks at ${zoneText(report.time.p50.offset)} \u00b7 ${durationText(report.ahead_seconds)} of the way left \u00b7 ${percent(report.probability)} of the journeys come there`)];
}

// Names of places below the strip, as far as they have room: the best one first and beside its tick, so that its neighbours have room on the other side.
function placeNames(along, x, y, width) {
  const group = s('g', {}), taken = [], seen = new Set();
  for (const one of [...along].sort((a, b) => b.best - a.best || Number(b.place.main) - Number(a.place.main))) {
    if (seen.has(one.visit)) continue;
    seen.add(one.visit);
    const weight = one.best ? 650 : 400, name = fitted(one.place.name, Math.min(150, width / 2), 11, weight), wide = textWidth(name, 11, weight), tick = x(one.place.distance_km), begins = [tick - wide / 2, tick - 4, tick + 4 - wide].map((at) => Math.max(0, Math.min(width - wide, at)));
    if (one.best) begins.shift();
    const apart = (row, at) => taken.every((other) => (other.row !== row || at + wide + 7 < other.from || at - 7 > other.to) && (row === 0 || other.row !== 0 || tick < other.from - 3 || tick > other.to + 3) && (other.row === 0 || other.tick < at - 3 || other.tick > at + wide + 3));
    const free = [0, 1].flatMap((row) => begins.map((at) => ({ row, from: at, to: at + wide, tick }))).find(({ row, from }) => apart(row, from));
    if (!free) continue;
    taken.push(free);
    group.append(s('line', { class: 'tie', x1: tick, x2: tick, y1: y, y2: y + 5 + free.row * 14 }), s('text', { class: one.best ? 'place end' : 'place', x: free.from, y: y + 16 + free.row * 14 }, name));
  }
  return group;
}

export function drawStrip(explained, width, tip, units) {
  const { along, whole, way, off } = explained, phone = width < 620, left = 44, right = width - 8, top = 22, bottom = top + (phone ? 190 : 230), height = bottom + 62, hours = whole / 3600;
  const highest = Math.max(hours, ...along.flatMap((one) => [...one.known.map((known) => known.width_seconds), one.not_by_p50.width_seconds]).filter((value) => value !== null).map((value) => value / 3600));
  const x = scaleLinear([0, Math.max(way.stations.at(-1).distance_km, 0.1)], [left, right]), y = scaleLinear([0, highest * 1.04], [bottom, top]);
  const svg = s('svg', { class: 'chart worth', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Width of the window that a report from each place would leave, along the way; the table below has the same numbers' });
  for (const tick of y.ticks(phone ? 4 : 6)) svg.append(s('line', { class: 'grid', x1: left, x2: right, y1: y(tick), y2: y(tick) }), s('text', { class: 'tick', x: left - 6, y: y(tick) + 4, 'text-anchor': 'end' }, `${tick} h`));
  for (const km of niceSteps(0, x.domain()[1], right - left, phone ? 50 : 70)) svg.append(s('text', { class: 'tick', x: x(km), y: bottom + 56, 'text-anchor': km === 0 ? 'start' : x(km) > width - 18 ? 'end' : 'middle' }, km === 0 ? '0 km' : String(km)));
  svg.append(s('line', { class: 'without', x1: left, x2: right, y1: y(hours), y2: y(hours) }), s('text', { class: 'direct', x: right, y: y(hours) - 6, 'text-anchor': 'end' }, `without a report ${clockText(whole)} h`), s('line', { class: 'half', x1: left, x2: right, y1: y(hours / 2), y2: y(hours / 2) }), s('text', { class: 'direct', x: left + 4, y: y(hours / 2) - 5 }, 'half of it'));
  const curve = (name, widthOf) => {
    const known = along.filter((one) => widthOf(one) !== null), path = line().x((one) => x(one.place.distance_km)).y((one) => y(widthOf(one) / 3600));
    svg.append(s('path', { class: `curve ${name}`, d: path(known) ?? '' }));
    for (const one of known) svg.append(s('circle', { class: `mark-${name}${one.best && name === 'last' ? ' best' : ''}`, cx: x(one.place.distance_km), cy: y(widthOf(one) / 3600), r: one.best && name === 'last' ? 6 : name === 'last' ? 3.6 : 2.4 }));
  };
  curve('unseen', (one) => one.not_by_p50.width_seconds);
  off.slice(0, -1).forEach((_, i) => curve('other', (one) => one.known[i].width_seconds));
  curve('last', (one) => one.last.width_seconds);
  svg.append(placeNames(along, x, bottom, width));
  const hair = s('line', { class: 'hair', y1: top, y2: bottom, visibility: 'hidden' });
  svg.append(hair);
  const point = (report, event) => {
    const box = svg.getBoundingClientRect(), at = x(report.place.distance_km);
    for (const [name, value] of Object.entries({ x1: at, x2: at, visibility: 'visible' })) hair.setAttribute(name, value);
    tip.show(reportNumbers(report, explained, units), event ? event.clientX - box.left : at, event ? event.clientY - box.top : y((report.last.width_seconds ?? whole) / 3600));
  }, hide = () => { hair.setAttribute('visibility', 'hidden'); tip.hide(); };
  const distance = (one, px, py) => Math.hypot(x(one.place.distance_km) - px, 0.2 * (y((one.last.width_seconds ?? whole) / 3600) - py));
  whenPointedAt(svg, (event) => {
    const box = svg.getBoundingClientRect(), px = event.clientX - box.left, py = event.clientY - box.top;
    point(along.reduce((best, one) => (distance(one, px, py) < distance(best, px, py) ? one : best)), event);
  }, hide);
  svg.append(slider('Places', along, rowText, (report) => (report ? point(report) : hide())));
  return svg;
}

/// The rows of the figure of when to look: all, or where these are many only the places that readers look for.
export const lookRows = ({ along }) => (along.length > 40 ? along.filter((one) => one.place.main || one.best) : along);

export function drawLook(explained, width, tip, units) {
  const rows = lookRows(explained), phone = width < 620, called = (one) => `${one.place.name} ${verbOf(one)}`;
  const left = phone ? 0 : Math.min(250, Math.max(60, ...rows.map((one) => textWidth(called(one), 13, 700))) + 16), columns = phone ? 0 : 3 * column + 12, tall = phone ? 58 : 26, top = phone ? 58 : 44, thick = 12;
  const times = rows.flatMap(({ time }) => [time.p5.at, time.p95.at]), [from, to] = [Math.min(...times), Math.max(...times)], slack = (to - from) * 0.01 + 60e3, bottom = top + rows.length * tall + 4, height = bottom + 54;
  const x = scaleLinear([from - slack, to + slack], [left + 2, width - columns - 2]), zones = [rows[0], rows.at(-1)].map(({ time }) => time.p50.offset);
  const svg = s('svg', { class: 'chart look', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'When the train would be seen at each place; the table below has the same numbers' });
  svg.append(nightAreas(x, rows.flatMap(({ place }, i) => [{ at: place.at, y: top + i * tall }, { at: place.at, y: top + (i + 1) * tall }])), timeAxis(x, zones[0], top - 4, -1, { place: '', gutter: left }), timeAxis(x, zones[1], bottom, 1, { place: '', grid: bottom - top, gutter: left }));
  if (phone) svg.append(s('text', { class: 'zone', x: width, y: 10, 'text-anchor': 'end' }, zoneText(zones[0])), s('text', { class: 'zone', x: width, y: height - 1, 'text-anchor': 'end' }, zoneText(zones[1])));
  else ['look from', 'until', 'width left'].forEach((text, i) => svg.append(s('text', { class: 'head', x: width - (2 - i) * column - 4, y: top - 10, 'text-anchor': 'end' }, text)));
  const point = (report, i, event) => {
    const box = svg.getBoundingClientRect();
    tip.show(reportNumbers(report, explained, units), event ? event.clientX - box.left : x(report.time.p95.at), event ? event.clientY - box.top : top + (i + 0.5) * tall);
  };
  rows.forEach((report, i) => {
    const y = top + i * tall, { time } = report, bar = y + (phone ? 37 : 7), text = phone ? y + 15 : y + 17, group = s('g', { class: report.best ? 'row end' : 'row' }, s('rect', { class: 'hit', x: 0, y, width, height: tall }));
    group.append(s('g', { class: 'bar' }, s('rect', { class: report.best ? 'band-1' : 'band-2', x: x(time.p5.at), y: bar, width: Math.max(1, x(time.p95.at) - x(time.p5.at)), height: thick, rx: 1.5 }), s('line', { class: 'median', x1: x(time.p50.at), x2: x(time.p50.at), y1: bar - 2, y2: bar + thick + 2 })));
    const leaves = `${widthText(report.last.width_seconds)} h`;
    group.append(s('text', { class: 'name', x: phone ? 0 : left - 14, y: text, 'text-anchor': phone ? 'start' : 'end' }, fitted(called(report), phone ? width - textWidth(leaves, 12, 700) - 12 : left - 14, 13, 700)));
    if (phone) group.append(s('text', { class: 'value p50', x: width, y: text, 'text-anchor': 'end' }, leaves), s('text', { class: 'what', x: 0, y: text + 15 }, lookText(time)));
    else [shortTime(time.p5), shortTime(time.p95), leaves].forEach((value, k) => group.append(s('text', { class: k === 2 ? 'value p50' : 'value', x: width - (2 - k) * column - 4, y: text, 'text-anchor': 'end' }, value)));
    whenPointedAt(group, (event) => point(report, i, event), () => tip.hide());
    svg.append(group);
  });
  svg.append(slider('Places', rows, rowText, (report) => (report ? point(report, rows.indexOf(report)) : tip.hide())));
  return svg;
}

export function worthTable({ reports, off, whole, destination }, units) {
  const several = reports.some((one) => one.last.named_right);
  return h('table', { class: 'numbers worth' }, h('caption', {}, `Width of the window at ${destination.name} that is expected from 5 % to 95 %, h:mm, when the time at the place is known; ${clockText(whole)} without a report. Times are local to the place`),
    columnHeads('Place', '', units === 'imperial' ? 'km (mi)' : 'km', 'Look from', 'Half by', 'Until', 'Clocks', ...off.flatMap((one) => [`Known to ${offText(one)}`, 'Its error']), 'Not by half', 'Its error', 'Way left', ...(several ? ['Named right'] : []), 'Share of journeys'),
    h('tbody', {}, reports.map((one) => h('tr', { class: one.best && 'main' }, h('th', { scope: 'row' }, named(one.place.name)), h('td', {}, verbOf(one)), h('td', { class: 'km' }, one.on ? one.place.distance_km.toFixed(1) + (units === 'imperial' ? ` (${(one.place.distance_km / 1.609344).toFixed(1)})` : '') : 'another way'),
      ['p5', 'p50', 'p95'].map((name) => h('td', { class: name }, shortTime(one.time[name]))), h('td', {}, zoneText(one.time.p50.offset)), one.known.flatMap((known) => [h('td', {}, widthText(known.width_seconds)), h('td', {}, errorText(known.width_error_seconds))]),
      h('td', {}, widthText(one.not_by_p50.width_seconds)), h('td', {}, errorText(one.not_by_p50.width_error_seconds)), h('td', {}, clockText(one.ahead_seconds)), several && h('td', {}, one.last.named_right ? shareText(one.last.named_right.value) : ''), h('td', { class: 'share' }, percent(one.probability))))));
}
