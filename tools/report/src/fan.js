// The window at one destination as it stood after each report, and below it what the press expected and when the train was seen to arrive.
import { scaleLinear } from './scale.js';
import { fitted, h, named, s, textWidth } from './dom.js';
import { nightAreas, timeAxis } from './axis.js';
import { slider, timeHandle, whenPointedAt } from './cursor.js';
import { nestedBar } from './windows.js';
import { dateOf, durationText, shortTime, timeOf, zoneText } from './time.js';
import { columnHeads } from './tables.js';
import { seenText, sightingMark } from './sightings.js';
import { whenKnown } from './hypotheses.js';

const edges = ['p5', 'p50', 'p95'], column = 92;
const rangeText = (low, high) => `${shortTime(low)} \u2013 ${dateOf(low) === dateOf(high) ? timeOf(high) : shortTime(high)}`;
const widthOf = ({ p5, p95 }) => (p95.at - p5.at) / 1000;

/// The rows of the fan of `destination`: {title, says, window?, span?, source?}.
export function fanRows({ timeline, press, sightings }, destination) {
  const steps = timeline.map((entry) => ({ kind: 'step', title: entry.at ? `${entry.step}: ${whenKnown(entry)}` : 'no report yet', says: entry.reports.join('; '), window: entry.windows[destination.station] }));
  const expected = press.filter((one) => one.station === destination.station).map((one) => ({ kind: 'press', title: 'the press expected', says: one.source, span: one }));
  const arrived = sightings.filter((one) => one.station === destination.station && one.event === 'arrive' && one.noticed === undefined).map((one) => ({ kind: 'observed', title: 'was seen to arrive', says: one.source, span: one }));
  return [...steps, ...expected, ...arrived];
}

function fanText(row) {
  if (row.span) return `${row.title} ${seenText(row.span)}. ${row.says}`;
  if (!row.window.known) return `${row.title}: it gets there in no journey that fits`;
  const { p5, p50, p95 } = row.window.time;
  return `${row.title}${row.says && `, ${row.says}`}: ${shortTime(p50)} in the middle, nine in ten journeys between ${shortTime(p5)} and ${shortTime(p95)}, ${zoneText(p50.offset)}; ${durationText(widthOf(row.window.time))} wide`;
}

// Over all windows and what was seen; what the press expected widens it to three times that at most.
function domainOf(rows) {
  const reach = rows.flatMap(({ kind, window, span }) => (kind === 'press' ? [] : span ? [span.low, span.high].filter(Boolean) : window.known ? edges.map((name) => window.time[name]) : [])).map((time) => time.at);
  const [from, to] = [Math.min(...reach), Math.max(...reach)], wide = Math.max(to - from, 1800e3), press = rows.filter(({ kind }) => kind === 'press').flatMap(({ span }) => [span.low.at, span.high.at]);
  return [Math.max(Math.min(from, ...press), from - wide) - 0.02 * wide, Math.min(Math.max(to, ...press), to + wide) + 0.02 * wide];
}

/// `cutoff` is the time that is asked about, as a line to be pulled.
export function drawFan(inferred, destination, width, tip, cutoff) {
  const rows = fanRows(inferred, destination), phone = width < 620, left = phone ? 0 : Math.min(320, width * 0.32), columns = phone ? 0 : 3 * column + 12, thick = 15, tall = phone ? 74 : 46, top = phone ? 8 : 30;
  const timed = rows.find((row) => row.window?.known), at = inferred.alternatives[destination.towards[0]].way.stations.at(-1).at;
  if (!timed) return s('svg', { class: 'chart', width, height: 30, viewBox: `0 0 ${width} 30`, role: 'img', 'aria-label': 'No window' }, s('text', { class: 'direct', x: 0, y: 18 }, 'It gets there in no journey that fits.'));
  const bottom = top + rows.length * tall + 4, height = bottom + 42, x = scaleLinear(domainOf(rows), [left + 2, width - columns - 2]), inside = (time) => Math.max(x.range()[0], Math.min(x.range()[1], x(time.at)));
  const svg = s('svg', { class: 'chart fan', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': `Window at ${destination.name} after each report; the table below has the same numbers` });
  svg.append(nightAreas(x, [{ at, y: top - 4 }, { at, y: bottom }]), timeAxis(x, timed.window.time.p50.offset, bottom, 1, { place: destination.name, grid: bottom - top, gutter: left }));
  if (!phone) ['1 in 20 before', 'middle', '1 in 20 after'].forEach((text, i) => svg.append(s('text', { class: 'head', x: width - (2 - i) * column - 4, y: top - 10, 'text-anchor': 'end' }, text)));
  const point = (row, event) => {
    const box = svg.getBoundingClientRect();
    tip.show(fanNumbers(row, destination), event ? event.clientX - box.left : left + 40, event ? event.clientY - box.top : row.y + tall / 2);
  };
  const lastStep = inferred.timeline.length - 1;
  rows.forEach((row, i) => {
    row.y = top + i * tall;
    const y = row.y + (phone ? 50 : 14), group = s('g', { class: i === lastStep ? 'row end' : 'row' }, s('rect', { class: 'hit', x: 0, y: row.y, width, height: tall }));
    const value = row.span ? seenText(row.span) : row.window.known ? rangeText(row.window.time.p5, row.window.time.p95) : 'in no journey that fits';
    group.append(s('text', { class: 'name', x: 0, y: row.y + (phone ? 14 : 19) }, fitted(row.title, phone ? width - textWidth(row.window?.known ? '13 Sep 00:00' : value, 12, 650) - 12 : left - 14, 13, 700)), s('text', { class: 'what', x: 0, y: row.y + (phone ? 29 : 35) }, fitted(row.says, phone ? width : left - 16, 11.5)));
    if (row.window?.known) group.append(nestedBar((name) => x(row.window.time[name].at), y, thick, destination.number));
    if (row.kind === 'press') group.append(s('rect', { class: 'expected', x: inside(row.span.low), y: y + 3, width: Math.max(2, inside(row.span.high) - inside(row.span.low)), height: 9, rx: 4 }));
    if (row.kind === 'observed') group.append(sightingMark(row.span, x, y + thick / 2, tip));
    if (phone) group.append(s('text', { class: row.window?.known ? 'value p5' : 'value', x: width, y: row.y + (row.window?.known ? 44 : 14), 'text-anchor': 'end' }, row.window?.known ? `9 in 10: ${value}` : value), row.window?.known ? s('text', { class: 'value p50', x: width, y: row.y + 14, 'text-anchor': 'end' }, shortTime(row.window.time.p50)) : '');
    else if (row.window?.known) edges.forEach((name, e) => group.append(s('text', { class: `value ${name}`, x: width - (2 - e) * column - 4, y: y + thick - 3.5, 'text-anchor': 'end' }, shortTime(row.window.time[name]))));
    else group.append(s('text', { class: 'value', x: width - 4, y: y + thick - 3.5, 'text-anchor': 'end' }, fitted(value, columns - 8, 12)));
    whenPointedAt(group, (event) => point(row, event), () => tip.hide());
    svg.append(group);
  });
  svg.append(slider('Windows after each report', rows, fanText, (row) => (row ? point(row) : tip.hide())));
  const line = s('g', { class: 'cut' }, s('rect', { class: 'hit grip', x: -22, y: bottom - 22, width: 44, height: 44 }), s('path', { class: 'cut-line', d: `M0,${top}V${bottom}` }), s('path', { class: 'knob', d: `M0,${bottom - 8}l7,8l-7,8l-7,-8z` }));
  cutoff.listen(timeHandle(svg, x, line, { label: `There by, at ${destination.name}`, textOf: cutoff.text, ...cutoff }), svg);
  svg.append(line);
  return svg;
}

function fanNumbers(row, destination) {
  const line = (name, value) => h('tr', {}, h('th', {}, name), h('td', {}, value)), head = [h('strong', {}, row.title), row.says && h('div', {}, named(row.says))];
  if (row.span) return [...head, h('div', { class: 'notes' }, seenText(row.span))];
  if (!row.window.known) return [...head, h('div', { class: 'notes' }, 'it gets there in no journey that fits')].filter(Boolean);
  const { time } = row.window;
  return [...head, h('table', {}, h('tbody', {}, line('1 in 20 before', shortTime(time.p5)), line('middle', shortTime(time.p50)), line('1 in 20 after', shortTime(time.p95)), line('width', durationText(widthOf(time))))), h('div', { class: 'notes' }, `${destination.name}, clocks at ${zoneText(time.p50.offset)}`)].filter(Boolean);
}

export function fanTable(inferred, destination) {
  const rows = fanRows(inferred, destination), quantiles = Object.keys(rows.find((row) => row.window?.known)?.window.time ?? {});
  return h('table', { class: 'numbers fan', 'data-station': destination.station }, h('caption', {}, h('strong', {}, named(destination.name)), ': local time by which so many per cent of the journeys bound there have arrived'),
    columnHeads('', ...quantiles, 'Clocks', 'Width', 'Error of the middle', 'New report or source'),
    h('tbody', {}, rows.map((row) => h('tr', { class: row.kind }, h('th', { scope: 'row' }, row.title),
      row.window?.known ? [quantiles.map((name) => h('td', { class: name }, shortTime(row.window.time[name]))), h('td', {}, zoneText(row.window.time.p50.offset)), h('td', {}, durationText(widthOf(row.window.time))), h('td', { class: 'error' }, row.window.errors.p50 === null ? 'too few runs' : `${(row.window.errors.p50 / 60).toFixed(1)} min`)]
        : [quantiles.map((name) => h('td', { class: name })), h('td', {}, row.span && zoneText((row.span.low ?? row.span.high).offset)), h('td'), h('td')],
      h('td', { class: 'source' }, row.span ? `${seenText(row.span)}. ` : !row.window.known && 'In no journey that fits. ', named(row.says))))));
}
