// The windows of a change beside those of the scenario: a row for each timing point, drawn and written, with the difference.
import { h, named, s } from './dom.js';
import { scaleLinear } from './scale.js';
import { timeAxis } from './axis.js';
import { dateOf, durationText, instant, localIso, shortTime, timeOf } from './time.js';

const verbs = { arrive: 'arrives', depart: 'leaves', pass: 'passes' };
const instantsOf = (times) => (times && Object.keys(times).length ? Object.fromEntries(Object.entries(times).map(([name, iso]) => [name, instant(iso)])) : null);
const ends = (times) => { const list = Object.values(times).sort((a, b) => a.at - b.at); return { low: list[0], high: list.at(-1), middle: times.p50 ?? list[Math.floor(list.length / 2)] }; };

// Rows of one answer, by station and which visit of it: one of the arrival or passage and one of the departure are one.
function rowsOf(points) {
  const main = points[0]?.train, rows = [];
  for (const point of points.filter((one) => one.train === main)) {
    const last = rows.at(-1);
    if (last?.station === point.station && Math.abs(last.distance_km - point.distance_km) < 0.002) { last.events.push(point.event); last.depart = point; continue; }
    rows.push({ station: point.station, name: point.name, distance_km: point.distance_km, visit: rows.filter((one) => one.station === point.station).length + 1, events: [point.event], shown: point, key: `${point.station} ${rows.filter((one) => one.station === point.station).length + 1}` });
  }
  return rows;
}

/// An answer as the table needs it: rows with `now` and `before` (null where it does not come there) and `shift` in seconds with its error.
export function joined({ now, base, shift }) {
  const rows = rowsOf(now.timing_points), old = new Map(base ? rowsOf(base.timing_points).map((row) => [row.key, row]) : []), shifts = new Map(), seen = new Map();
  for (const point of shift?.points ?? []) { const visit = (seen.get(point.station) ?? 0) + 1; seen.set(point.station, visit); shifts.set(`${point.station} ${visit}`, point.at); }
  return rows.map((row) => ({ ...row, now: instantsOf(row.shown.time), before: instantsOf(old.get(row.key)?.shown.time), shift: shifts.get(row.key) ?? null })).filter((row) => row.now);
}
/// The same of what sightings say.
export const joinedInference = (answer) => rowsOf(answer.timing_points).map((row) => ({ ...row, now: instantsOf(row.shown.after.time), before: instantsOf(row.shown.before.time), shift: null })).filter((row) => row.now);

const moved = (seconds) => (Math.abs(seconds) < 30 ? 'as before' : `${durationText(Math.abs(seconds))} ${seconds > 0 ? 'later' : 'earlier'}`);
const errorText = (seconds, error) => (error == null || (error < 30 && Math.abs(seconds) < 30) ? '' : `\u00b1\u00a0${error < 30 ? '<\u00a01 min' : durationText(error)}`);
/// `58 min later \u00b1 2 min`.
export const shiftText = (seconds, error) => [moved(seconds), errorText(seconds, error)].filter(Boolean).join(' ');

/// By how much the middle lies later, in seconds, and the error, of a difference over the same draws.
export function middleShift({ shift_seconds: by, shift_error_seconds: errors }) {
  const names = Object.keys(by), name = by.p50 === undefined ? names[Math.floor(names.length / 2)] : 'p50';
  return { seconds: by[name], error: errors[name] };
}
function rowShift(row) {
  if (!row.shift && !row.before) return [h('span', { class: 'by' }, 'new on the way')];
  const { seconds, error } = row.shift ? middleShift(row.shift) : { seconds: (ends(row.now).middle.at - ends(row.before).middle.at) / 1000, error: null };
  return [h('span', { class: 'by' }, moved(seconds)), ' ', h('span', { class: 'error' }, errorText(seconds, error))];
}

const windowText = ({ low, high }) => (shortTime(low) === shortTime(high) ? 'always then' : `${shortTime(low)} \u2013 ${dateOf(low) === dateOf(high) ? timeOf(high) : shortTime(high)}`);

function strip(row, x, width) {
  const height = 26, svg = s('svg', { class: 'strip', viewBox: `0 0 ${width} ${height}`, width, height, 'aria-hidden': 'true' });
  const bar = (times, y, tall, kind) => {
    const { low, high, middle } = ends(times);
    svg.append(s('rect', { class: kind, x: x(low.at), y, width: Math.max(1.5, x(high.at) - x(low.at)), height: tall, rx: 2 }), s('line', { class: `${kind} middle`, x1: x(middle.at), x2: x(middle.at), y1: y - 1.5, y2: y + tall + 1.5 }));
  };
  if (row.before) bar(row.before, 3, 6, 'old');
  bar(row.now, 12, 10, 'new');
  return svg;
}

// The place as a button, which asks when the train was seen there.
function placeButton(row, pick) {
  const { middle } = ends(row.now), [from, until] = [-5, 5].map((minutes) => localIso({ at: middle.at + minutes * 60e3, offset: middle.offset }));
  const button = h('button', { type: 'button', class: 'place', title: 'Say when it was seen there', onclick: () => pick({ station: row.station, visit: row.visit, name: row.name, events: [...new Set([...row.events, 'seen'])], from, until }, button) }, named(row.name));
  return button;
}

/// The table, drawn for `width` pixels. `pick(place, button)` is called with the place that was chosen.
export function whatIfTable(rows, width, pick, said) {
  const phone = width < 620, strips = phone ? width - 8 : Math.max(140, width - 450);
  const times = rows.flatMap((row) => [row.now, row.before].filter(Boolean).flatMap((one) => Object.values(one).map(({ at }) => at))), from = Math.min(...times), to = Math.max(...times), slack = Math.max(600e3, (to - from) * 0.015);
  const x = scaleLinear([from - slack, to + slack], [4, strips - 4]), axis = s('svg', { class: 'chart strip-axis', viewBox: `0 0 ${strips} 34`, width: strips, height: 34, 'aria-hidden': 'true' }, timeAxis(x, ends(rows.at(-1).now).middle.offset, 34, -1, { place: '' }));
  return h('table', { class: 'numbers what-if-windows' }, h('caption', {}, said),
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Place'), h('th', { scope: 'col', class: 'strip-head' }, h('span', { class: 'hidden-text' }, 'Windows'), axis), h('th', { scope: 'col' }, 'Now'), h('th', { scope: 'col' }, 'Difference'))),
    h('tbody', {}, rows.map((row, i) => h('tr', { class: i === rows.length - 1 ? 'end' : null, 'data-station': row.station }, h('th', { scope: 'row' }, placeButton(row, pick), h('span', { class: 'event' }, ` ${verbs[row.shown.event]}`)), h('td', { class: 'strip-cell' }, strip(row, x, strips)),
      h('td', { class: 'now' }, h('span', { class: 'p50' }, shortTime(ends(row.now).middle)), ' ', h('span', { class: 'window' }, windowText(ends(row.now)))), h('td', { class: 'shift' }, rowShift(row))))));
}
