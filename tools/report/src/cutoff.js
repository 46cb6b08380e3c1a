// Whether it is there by a time that the reader names: how many of the fifty, and the share of the runs with its error.
import { h, named } from './dom.js';
import { ask, askedOf, onAsked } from './asked.js';
import { count } from './page.js';
import { percent } from './numbers.js';
import { fromLocal, hour, instant, localIso, longTime, zoneText } from './time.js';

// What is known of the arrivals at a place: levels and times, both rising. Dots are quantiles as well, and lie closer than those of the windows.
function curveOf({ arrivals = [], time }) {
  const dots = arrivals.map((iso, i) => ({ level: (2 * i + 1) / (2 * arrivals.length), at: instant(iso).at })), quantiles = Object.entries(time).map(([name, { at }]) => ({ level: +name.slice(1) / 100, at }));
  const knots = [...dots, ...quantiles].sort((a, b) => a.level - b.level || a.at - b.at);
  knots.forEach((knot, i) => { knot.at = Math.max(knot.at, knots[i - 1]?.at ?? -Infinity); });
  return knots;
}

/// The share of the runs that end at `destination` and are there by `at`: {value, error, below, above}. Between known levels it is read off a straight line,
/// and the error, one standard error, counts the gap between them; before the first and after the last level only a bound is known.
export function shareBy(destination, at) {
  const knots = destination.curve ??= curveOf(destination), after = knots.findIndex((knot) => knot.at > at);
  if (after === 0) return { value: knots[0].level / 2, below: knots[0].level };
  if (after < 0) return { value: (1 + knots.at(-1).level) / 2, above: knots.at(-1).level };
  const low = knots[after - 1], high = knots[after], value = low.level + ((at - low.at) / (high.at - low.at)) * (high.level - low.level);
  return { value, error: Math.hypot(Math.sqrt((value * (1 - value)) / destination.arriving), (high.level - low.level) / Math.sqrt(12)) };
}

const shareText = ({ value, error, below, above }, whole = 1) =>
  below !== undefined ? `less than ${percent(whole * below)}` : above !== undefined ? `more than ${percent(whole * above)}` : `${percent(whole * value)} \u00b1\u00a0${(100 * whole * error).toFixed(1)}\u00a0points`;

const dotsBy = (destination, at) => destination.arrivals.filter((iso) => instant(iso).at <= at).length;

// The first full hour on the clocks of the place by which three of four journeys are there.
export function firstCutoff([{ time: { p75: { at, offset } } }]) {
  return { at: Math.ceil((at + offset) / hour) * hour - offset, offset };
}
const cutoff = (destinations) => askedOf('by') ?? firstCutoff(destinations);

/// Plain words for one place, for its handle.
export const cutoffText = (destination, at) => `${longTime({ at, offset: destination.time.p50.offset })}: ${dotsBy(destination, at)} of ${destination.arrivals.length}, ${shareText(shareBy(destination, at))}`;

/// What the figure of a place needs of the cut-off, which is one for all places: `get()`, `set(at)` and `listen(listener, node)`.
export const cutoffOf = (destinations) => ({
  get: () => cutoff(destinations).at,
  set: (at) => ask('by', { at, offset: destinations[0].time.p50.offset }),
  listen: (listener, node) => { onAsked('by', () => listener(cutoff(destinations).at), node); listener(cutoff(destinations).at); },
});

// `37 of 50 are at Vladivostok by Wed 13 Sep, 16:00: 74.1 % ± 1.1 points.`
function oneText(destination, at, several) {
  const share = shareBy(destination, at), all = destination.arrivals.length;
  return [h('strong', {}, `${dotsBy(destination, at)} of ${all}`), several ? [' of those that end at ', named(destination.name)] : ` ${all === 1 ? 'is' : 'are'} there`, ` by ${longTime({ at, offset: destination.time.p50.offset })}: `, h('strong', {}, shareText(share)), several && destination.probability < 1 ? `; ${shareText(share, destination.probability)} of all` : '', '.'];
}

// All places together; their errors are of runs that end at one place or another, never at two.
function togetherText(destinations, at) {
  const shares = destinations.map((one) => ({ ...shareBy(one, at), whole: one.probability })), bounds = shares.some((one) => one.below ?? one.above);
  const value = shares.reduce((sum, one) => sum + one.whole * one.value, 0), error = Math.sqrt(shares.reduce((sum, one) => sum + (one.whole * (one.error ?? (one.below ?? 1 - one.above) / Math.sqrt(12))) ** 2, 0));
  return h('p', {}, 'Together ', h('strong', {}, `${destinations.reduce((sum, one) => sum + dotsBy(one, at), 0)} of ${destinations.reduce((sum, one) => sum + one.arrivals.length, 0)}`), ` are where they end by then: ${bounds ? 'about ' : ''}${percent(value)} \u00b1\u00a0${(100 * error).toFixed(1)}\u00a0points.`);
}

/// The field of the cut-off and its answer. `arriving` are runs that arrive at all.
export function cutoffPanel(destinations, runs) {
  const [{ name, time: { p50: { offset } } }] = destinations, several = destinations.length > 1, arriving = destinations.reduce((sum, one) => sum + one.arriving, 0);
  const field = h('input', { type: 'datetime-local', id: 'by', step: 60, oninput: () => { const time = fromLocal(field.value, offset); if (time) ask('by', time); } }), output = h('output', { for: 'by', class: 'said' });
  const panel = h('div', { class: 'ask' }, h('label', { for: 'by' }, 'There by'), field, h('span', { class: 'clocks' }, several ? ['clocks of ', named(name), ` (${zoneText(offset)})`] : zoneText(offset)), output,
    h('p', { class: 'legend' }, `Pull the line or use its arrow keys. Shares are of ${arriving < runs ? `the ${count(arriving)} of ${count(runs)} runs that arrive` : `all ${count(runs)} runs`}; errors are one standard error of so many runs, not of the model.`));
  const listen = () => {
    const { at } = cutoff(destinations);
    if (document.activeElement !== field) field.value = localIso({ at, offset });  // nobody likes a field that changes while it is typed in
    output.replaceChildren(...destinations.map((one) => h('p', {}, oneText(one, at, several))), ...(several ? [togetherText(destinations, at)] : []));
  };
  onAsked('by', listen);
  listen();
  return panel;
}

/// The share of journeys bound for a place that are there by `at`, from a window with the errors of its quantiles: as `shareBy`, but weighted journeys are
/// not counted; the error is that of the next quantiles, in time, over how fast the share grows there.
function windowShareBy({ time, errors }, at) {
  const share = shareBy({ time, arriving: Infinity }, at);
  if (share.error === undefined) return share;
  const knots = Object.entries(time).map(([name, { at: when }]) => ({ level: +name.slice(1) / 100, at: when, error: errors[name] })), next = knots.findIndex((knot) => knot.at > at), [low, high] = [knots[next - 1], knots[next]];
  const seconds = Math.max(low.error ?? 0, high.error ?? 0), pace = (high.level - low.level) / ((high.at - low.at) / 1000);
  return { ...share, error: Math.hypot(share.error, seconds * pace) };
}

const fiftyText = ({ value, below, above }) => (below !== undefined ? `at most ${Math.ceil(50 * below)} of 50` : above !== undefined ? `at least ${Math.floor(50 * above)} of 50` : `about ${Math.round(50 * value)} of 50`);

/// The same for what `infer` knows of the place that is chosen: `get()`, `set(at)`, `listen`, `text(at)` for a handle, and the panel, to be told `again()`
/// when another place is chosen.
export function inferredCutoff(chosen) {
  const offset = () => chosen().after.time.p50?.offset ?? 0, begin = () => firstCutoff([chosen().after]), get = () => (askedOf('by') ?? begin()).at;
  const text = (at) => `${longTime({ at, offset: offset() })}: ${fiftyText(windowShareBy(chosen().after, at))}, ${shareText(windowShareBy(chosen().after, at))}`;
  const field = h('input', { type: 'datetime-local', id: 'by', step: 60, oninput: () => { const time = fromLocal(field.value, offset()); if (time) ask('by', time); } }), clocks = h('span', { class: 'clocks' }), output = h('output', { for: 'by', class: 'said' });
  const panel = h('div', { class: 'ask' }, h('label', { for: 'by' }, 'There by'), field, clocks, output, h('p', { class: 'legend' }, 'Shares are of the journeys bound there, read between the quantiles of the last window; errors count the sampling and the gaps between these quantiles.'));
  const again = () => {
    const { name, before, after } = chosen();
    panel.hidden = !after.known;
    if (!after.known) return;
    const at = get(), share = windowShareBy(after, at);
    clocks.textContent = zoneText(offset());
    if (document.activeElement !== field) field.value = localIso({ at, offset: offset() });
    output.replaceChildren(h('p', {}, h('strong', {}, fiftyText(share)), ' are at ', named(name), ` by ${longTime({ at, offset: offset() })}: `, h('strong', {}, shareText(share)), before.known ? `; without the reports ${shareText(windowShareBy(before, at))}` : '', '.'));
  };
  onAsked('by', again);
  again();
  return { get, set: (at) => ask('by', { at, offset: offset() }), listen: (listener, node) => { onAsked('by', () => listener(get()), node); listener(get()); }, text, panel, again };
}
