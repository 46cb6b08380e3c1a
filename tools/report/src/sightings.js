// When the train was really seen: marks on the figures, which say by whom, and the table of them.
import { h, named, s } from './dom.js';
import { columnHeads } from './tables.js';
import { whenPointedAt } from './cursor.js';
import { kilometresAndMiles } from './journey.js';
import { dateOf, shortTime, timeOf, zoneText } from './time.js';

const verbs = { arrive: 'arrived', depart: 'left', pass: 'passed', seen: 'was there' };

/// `12 Sep 06:00 – 07:00`, `before 12 Sep 09:00`.
export function seenText({ low, high }) {
  if (!low) return `before ${shortTime(high)}`;
  if (!high) return `after ${shortTime(low)}`;
  return high.at === low.at ? shortTime(low) : `${shortTime(low)} \u2013 ${dateOf(low) === dateOf(high) ? timeOf(high) : shortTime(high)}`;
}

const beside = (km, side) => (km > 0 ? `${kilometresAndMiles(km, 'metric', 1)} ${side} ` : '');
const placeText = (seen) => beside(seen.before_km, 'before') + beside(seen.behind_km, 'behind') + seen.name;
// A watch has the share of trains that it would have noticed; it saw none between `low` and `high`.
const happened = (seen) => (seen.noticed === undefined ? `${verbs[seen.event]} ${placeText(seen)} ${seenText(seen)}` : `not seen at ${placeText(seen)} ${seen.low ? `from ${shortTime(seen.low)} ` : ''}until ${shortTime(seen.high)}`);
const sightingText = (seen) => `${seen.noticed === undefined ? 'Seen: ' : 'Watched: '}${happened(seen)}. ${seen.source}`;

// Makes `mark` say who saw the train when: pointed at, touched or by keyboard.
function saying(mark, seen, x, y, tip) {
  const show = (event) => {
    event.stopPropagation();
    tip.show([h('strong', {}, named(placeText(seen))), h('div', {}, `${happened(seen)} (${zoneText((seen.low ?? seen.high).offset)})`), h('div', { class: 'notes' }, named(seen.source))], x, y);
  };
  for (const [name, value] of Object.entries({ tabindex: 0, role: 'img', 'aria-label': sightingText(seen) })) mark.setAttribute(name, value);
  whenPointedAt(mark, show, () => tip.hide());
  mark.addEventListener('focus', show);
  mark.addEventListener('blur', () => tip.hide());
  mark.addEventListener('keydown', (event) => event.key === 'Escape' && tip.hide());
  return mark;
}

/// A mark at the height `y`: a bar from the first to the last possible time, a triangle where one side is open, a broken line for a watch that saw
/// nothing. It takes the keyboard.
export function sightingMark(seen, x, y, tip) {
  const [left, right] = x.range(), inside = (time) => Math.max(left, Math.min(right, x(time.at))), watch = seen.noticed !== undefined;
  const from = seen.low ? inside(seen.low) : watch ? left : inside(seen.high), to = seen.high ? inside(seen.high) : from;
  const mark = s('g', { class: 'seen' }, s('rect', { class: 'hit', x: from - 9, y: y - 9, width: to - from + 18, height: 18 }));
  if (watch) mark.append(s('path', { class: 'watch', d: `M${from},${y}H${to}M${to},${y - 5}v10` }));
  else if (!seen.low) mark.append(s('path', { class: 'sighting', d: `M${to},${y - 5}V${y + 5}L${to - 9},${y}Z` }));
  else if (!seen.high) mark.append(s('path', { class: 'sighting', d: `M${from},${y - 5}V${y + 5}L${from + 9},${y}Z` }));
  else if (to - from < 7) mark.append(s('circle', { class: 'sighting', cx: (from + to) / 2, cy: y, r: 4.2 }));
  else mark.append(s('rect', { class: 'sighting', x: from, y: y - 3.5, width: to - from, height: 7, rx: 3.5 }));
  return saying(mark, seen, to, y, tip);
}

/// The mark of a sighting on a map, with the number of its report.
export const sightingOnMap = (seen, number, x, y, tip) => saying(s('g', { class: 'seen' }, s('circle', { class: seen.noticed === undefined ? 'sighting' : 'sighting watched', cx: x, cy: y, r: 8 }), s('text', { class: 'number', x, y: y + 4, 'text-anchor': 'middle' }, number)), seen, x, y, tip);

// Between which of the windows' quantiles the middle of the sighting lies.
function placeInWindow(seen, event) {
  if (!event) return '';
  const names = Object.keys(event.time).sort((a, b) => +a.slice(1) - +b.slice(1)), at = seen.low && seen.high ? (seen.low.at + seen.high.at) / 2 : (seen.low ?? seen.high).at;
  const later = names.findIndex((name) => event.time[name].at > at), side = seen.low && seen.high ? '' : seen.low ? 'bound: ' : 'bound: ';
  if (later === 0) return `${side}before the ${names[0].slice(1)} % of the runs`;
  if (later < 0) return `${side}after ${names.at(-1).slice(1)} % of the runs`;
  return `${side}between ${names[later - 1].slice(1)} and ${names[later].slice(1)} % of the runs`;
}

export function sightingsTable(list, series) {
  const eventOf = (seen) => { const row = series.rows.find((one) => one.station.station === seen.station); return row && (seen.event === 'depart' ? row.depart : row.arrive ?? row.depart); };
  return h('table', { class: 'numbers sightings' }, columnHeads('Where', '', 'Seen', 'Clocks', 'Middle run', 'The sighting lies', 'Source'),
    h('tbody', {}, list.map((seen) => {
      const event = eventOf(seen), whole = seen.before_km === 0 && !seen.behind_km;
      return h('tr', {}, h('th', { scope: 'row' }, named(placeText(seen))), h('td', {}, verbs[seen.event]), h('td', { class: 'when' }, seenText(seen)), h('td', {}, zoneText((seen.low ?? seen.high).offset)),
        h('td', {}, whole && event ? shortTime(event.time.p50) : ''), h('td', {}, whole ? placeInWindow(seen, event) : ''), h('td', { class: 'source' }, named(seen.source)));
    })));
}
