// Ordinary trains on the lines of the way, as one run has them: thin lines in the figure of distance against time, and the tables behind it.
import { line } from './path.js';
import { h, legendKey, named, s } from './dom.js';
import { columnHeads } from './tables.js';
import { clockText, instant, shortTime } from './time.js';

// [{km, at}, ...] from kilometres and seconds since the one before, one after the other.
function located(flat, begins) {
  let { at } = begins;
  return Array.from({ length: flat.length / 2 }, (_, i) => ({ km: flat[2 * i], at: (at += 1000 * flat[2 * i + 1]) }));
}

/// The ordinary trains of a journey, with their points; null where no line is shared.
export function trafficOf(journey) {
  if (!journey.traffic) return null;
  const { traffic } = journey, begins = instant(traffic.begins);
  const train = ([name, delay, ...flat]) => { const points = located(flat, begins); return { name: traffic.names[name], delay, points, from: points[0], to: points.at(-1) }; };
  const lines = traffic.lines.map((one) => ({ ...one, trains: one.trains.map(train) }));
  return { ...traffic, begins, lines, courses: traffic.courses.map((flat) => ({ points: located(flat, begins) })), means: journey.estimate.traffic, visible: true };
}

// Where a train stands: two points at one kilometre.
const standsOf = (points) => points.flatMap((point, i) => (i > 0 && point.km === points[i - 1].km ? [{ km: point.km, from: points[i - 1].at, to: point.at }] : []));

/// All trains of the run between the ends of the axes; those of the convoy last.
export function trafficPaths(traffic, x, y) {
  const [left, right] = x.range(), [bottom, top] = y.range(), id = 'inside-axes', path = line().x((p) => x(p.at)).y((p) => y(p.km));
  const all = traffic.lines.flatMap((one) => one.trains), [from, to] = x.domain();
  const shown = all.filter((train) => train.to.at > from && train.from.at < to);
  const group = s('g', { class: 'traffic', 'clip-path': `url(#${id})` }, s('clipPath', { id }, s('rect', { x: left, y: top, width: right - left, height: bottom - top })));
  const strokes = (kind, trains) => {
    const d = trains.map((train) => path(train.points)).join('');
    group.append(s('path', { class: 'casing', d }), s('path', { class: kind, d }),
    s('path', { class: `${kind} stands`, d: trains.flatMap((train) => standsOf(train.points).map((stand) => `M${x(stand.from).toFixed(1)},${y(stand.km).toFixed(1)}H${x(stand.to).toFixed(1)}`)).join('') }));
  };
  strokes('ordinary', shown);
  strokes('course', traffic.courses);
  return group;
}

/// Ticks at the places where trains can meet, inwards from the axis, where they can be told apart.
export function placeTicks(traffic, x, y) {
  const [left] = x.range(), places = [...new Set(traffic.lines.flatMap((one) => one.places))].sort((a, b) => a - b);
  const apart = places.length > 1 ? Math.abs(y(places.at(-1)) - y(places[0])) / (places.length - 1) : Infinity;
  return apart < 3 ? null : s('path', { class: 'loops', d: places.map((km) => `M${left},${y(km).toFixed(1)}h6`).join('') });
}

/// What the lines mean, and the check box that takes them away.
export const trafficLegend = (traffic, redraw) => h('div', { class: 'legend traffic-legend' },
  h('label', {}, h('input', { type: 'checkbox', checked: traffic.visible, onchange: (event) => { traffic.visible = event.target.checked; redraw(); } }), `Ordinary trains of run ${traffic.run}, which arrives in the middle: `),
  legendKey('key-course', 'the special train in it'), legendKey('key-ordinary', 'ordinary trains'), legendKey('key-stands', 'waiting'), traffic.lines.some((one) => one.places.length > 0) && legendKey('key-loops', 'where trains can meet'));

/// What they cost each other over all runs, and the trains of the run that is drawn.
export function trafficTables(traffic, stations) {
  const place = (km) => stations.reduce((best, station) => (Math.abs(station.distance_km - km) < Math.abs(best.distance_km - km) ? station : best)).name;
  const when = ({ at }) => shortTime({ at, offset: traffic.begins.offset });
  const means = h('table', { class: 'numbers traffic-means' }, h('caption', {}, 'Means over all runs; delays of all ordinary trains of a line together'), columnHeads('Line', 'Trains', 'Delayed, h:mm', 'By the special train, h:mm'),
    h('tbody', {}, traffic.means.map((one) => h('tr', {}, h('th', { scope: 'row' }, named(one.name)), h('td', {}, one.trains.toFixed(1)), h('td', {}, clockText(one.mean_delay_seconds)), h('td', {}, clockText(one.mean_caused_seconds))))));
  const row = (one, train) => h('tr', {}, h('th', { scope: 'row' }, named(train.name)), h('td', {}, named(one.name)), h('td', {}, named(place(train.from.km))), h('td', {}, when(train.from)), h('td', {}, named(place(train.to.km))), h('td', {}, when(train.to)), h('td', { class: 'delay' }, clockText(train.delay)));
  const trains = h('table', { class: 'numbers traffic-trains' }, h('caption', {}, `The ordinary trains of run ${traffic.run}, on the clocks of the departure`), columnHeads('Train', 'Line', 'Comes in at', '', 'Goes out at', '', 'Delayed, h:mm'),
    h('tbody', {}, traffic.lines.flatMap((one) => [...one.trains].sort((a, b) => a.from.at - b.from.at).map((train) => row(one, train)))));
  return [means, trains];
}
