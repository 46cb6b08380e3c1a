// Where the train is at a time that the reader names. The quantile curves say it: the places that 19 in 20 runs have reached and that 1 in 20 has reached
// are where the curves of the 95 % and of the 5 % are at that time.
import { line } from './path.js';
import { h, named, s } from './dom.js';
import { ask, askedOf, onAsked } from './asked.js';
import { kilometresAndMiles } from './journey.js';
import { fromLocal, hour, localIso, longTime, zoneText } from './time.js';

const clamp = (value, low, high) => Math.max(low, Math.min(high, value));

// Where the curve of one quantile is: kilometres, and the station if it stands at one. Between stations it goes at an even speed.
function placeOf(events, name, time) {
  const points = [];
  for (const event of events) points.push({ event, at: Math.max(event.time[name].at, points.at(-1)?.at ?? -Infinity) });  // quantiles of unlike shares of runs may cross
  const next = points.findIndex((point) => point.at > time);
  if (next === 0 || time === points[0].at) return { km: points[0].event.distance_km, event: points[0].event, before: true };
  if (next < 0) return { km: points.at(-1).event.distance_km, event: points.at(-1).event, after: true };
  const [a, b] = [points[next - 1], points[next]], share = (time - a.at) / (b.at - a.at);
  if (a.event.index === b.event.index) return { km: a.event.distance_km, event: a.event, standing: true };
  return { km: a.event.distance_km + share * (b.event.distance_km - a.event.distance_km), event: a.event };
}

/// The range of places of a series at `time`: where nine in ten runs are, and the middle one.
export function rangeAt({ events }, time) {
  return { low: placeOf(events, 'p95', time), middle: placeOf(events, 'p50', time), high: placeOf(events, 'p5', time) };
}

// Stations by which people know where they are; the ends among them.
const landmarks = ({ stations }) => stations.filter((station, i) => station.main || station.stops || i === 0 || i === stations.length - 1);
const behindOf = (series, km) => landmarks(series).findLast((station) => station.distance_km <= km + 1e-6).name;
const aheadOf = (series, km) => landmarks(series).find((station) => station.distance_km >= km - 1e-6).name;
const strong = (name) => h('strong', {}, named(name));

/// `it is between Ussuriysk and Khabarovsk in nine runs of ten; the middle run is at Guberovo, km 1,204`, as content of a paragraph.
export function rangeText(series, time, units) {
  const { low, middle, high } = rangeAt(series, time), { stations, of = 'run' } = series, [first, last] = [stations[0].name, stations.at(-1).name];
  if (high.before) return ['it has not left ', strong(first), ` in 19 ${of}s of 20`];
  if (low.after) return ['it has arrived at ', strong(last), ` in 19 ${of}s of 20`];
  const from = low.standing || low.before ? stations[low.event.index].name : behindOf(series, low.km), to = high.standing || high.after ? stations[high.event.index].name : aheadOf(series, high.km);
  const kilometres = low.km === high.km ? kilometresAndMiles(low.km, units) : `${low.km.toFixed(0)} to ${kilometresAndMiles(high.km, units)}`;
  const where = from === to ? ['at ', strong(from)] : low.before || high.after ? ['between ', strong(from), low.before ? ' (perhaps not yet left)' : '', ' and ', strong(to), high.after ? ' (perhaps there already)' : ''] : ['between ', strong(from), ' and ', strong(to)];
  const there = middle.before ? [' has not left ', strong(first)] : middle.after ? [' has arrived'] : middle.standing ? [' stands at ', strong(stations[middle.event.index].name)]
    : behindOf(series, middle.km) === aheadOf(series, middle.km) ? [' is at ', strong(aheadOf(series, middle.km))] : [' is between ', strong(behindOf(series, middle.km)), ' and ', strong(aheadOf(series, middle.km))];
  return ['it is ', where, ` (${kilometres}) in nine ${of}s of ten; the middle ${of}`, there, middle.before || middle.after ? '' : ` (${kilometresAndMiles(middle.km, units)})`];
}
const plain = (content) => [content].flat(Infinity).map((one) => one.textContent ?? one).join('');

/// One moment for all figures, within what `series` needs, at first at `asked`: `get()`, `set(at)`, `offset()` of its clocks, `listen(listener, node)`.
export function momentOf(series, asked) {
  const events = series.flatMap((one) => one.events), from = Math.min(...events.map((event) => event.time.p5.at)), to = Math.max(...events.map((event) => event.time.p95.at));
  const [first, last] = [series[0].events[0].time.p50, series[0].events.at(-1).time.p50], begin = asked ?? { at: Math.round((first.at + last.at) / 2 / hour) * hour, offset: last.offset };
  const zones = [...new Map([...events].reverse().map((event) => [event.time.p50.offset, stationOf(series, event)])).entries()].map(([offset, name]) => ({ offset, name })).reverse();
  const moment = () => askedOf('at') ?? begin;
  return {
    from, to, zones, get: () => clamp(moment().at, from, to), offset: () => moment().offset,
    set: (at, offset = moment().offset) => ask('at', { at: clamp(at, from, to), offset }),
    listen: (listener, node) => { onAsked('at', () => listener(clamp(moment().at, from, to)), node); listener(clamp(moment().at, from, to)); },
  };
}
const stationOf = (series, event) => series.find((one) => one.events.includes(event)).stations[event.index].name;

/// Field, clocks and pull of the moment, and where the train is then. `visible` gives the series that are shown; `says` whether changes are read out, which
/// one figure of a page should do.
export function momentPanel(moment, visible, units, id, says) {
  const name = `at-${id}`, steps = 10 * 60e3;
  const field = h('input', { type: 'datetime-local', id: name, step: 60, oninput: () => { const time = fromLocal(field.value, moment.offset()); if (time && time.at >= moment.from && time.at <= moment.to) moment.set(time.at); } });
  const clocks = moment.zones.length > 1 && h('select', { 'aria-label': 'Clocks', onchange: () => moment.set(moment.get(), +clocks.value) }, moment.zones.map((zone) => h('option', { value: zone.offset }, `${zoneText(zone.offset)}, as at ${zone.name}`)));
  const pull = h('input', { type: 'range', class: 'pull', 'aria-label': 'Moment', min: 0, max: Math.ceil((moment.to - moment.from) / steps), step: 1, oninput: () => moment.set(Math.round((moment.from + pull.value * steps) / steps) * steps) });
  const output = h('output', { for: name, class: 'said', 'aria-live': says ? 'polite' : 'off' });
  const panel = h('div', { class: 'ask' }, h('label', { for: name }, 'Where is it at'), field, clocks || h('span', { class: 'clocks' }, zoneText(moment.zones[0].offset)), pull, output,
    h('p', { class: 'legend' }, `Band: nine in ten ${visible()[0]?.of ?? 'run'}s; dot: the middle one. Read from the windows at the places, with an even speed between them.`));
  const listen = (at) => {
    const offset = moment.offset(), time = { at, offset }, shown = visible();
    if (document.activeElement !== field) field.value = localIso(time);
    if (clocks) clocks.value = offset;
    pull.value = Math.round((at - moment.from) / steps);
    if (!shown.length) return output.replaceChildren('It comes there in no journey that fits.');
    pull.setAttribute('aria-valuetext', momentText(shown[0], time, units));
    const when = `At ${longTime(time)} (${zoneText(offset)}) `, whose = (series) => h('span', { class: `series-${series.number}` }, h('span', { class: 'swatch' }), ' ', named(series.name), ': ');
    output.replaceChildren(...(shown.length === 1 ? [h('p', {}, when, shown[0].given && [shown[0].given, named(shown[0].name), ', '], rangeText(shown[0], at, units), '.')] : [h('p', {}, when), ...shown.map((series) => h('p', {}, whose(series), rangeText(series, at, units), '.'))]));
  };
  moment.listen(listen);
  return Object.assign(panel, { again: () => listen(moment.get()) });
}

/// Plain words of the same, for handles.
export const momentText = (series, time, units) => `${longTime(time)} (${zoneText(time.offset)}): ${plain(rangeText(series, time.at, units))}`;

/// The range of each of `list` as a band along its line on a map; `project` gives the place of a longitude and latitude.
export function momentOnMap(moment, list, project, coloured) {
  const layer = s('g', { class: 'moment-map', 'aria-hidden': 'true' });
  const bands = list.map((series) => {
    const group = s('g', { class: coloured && list.length > 1 ? `series-${series.number} coloured` : '' }), band = s('path', { class: 'moment-band' }), dot = s('circle', { class: 'moment-dot', r: 5.5 });
    layer.append(group);
    group.append(band, dot);
    return { series, band, dot, along: series.stations.map((station) => ({ km: station.distance_km, at: project(station.at) })) };
  });
  const pointAt = (along, km) => {
    const next = clamp(along.findIndex((point) => point.km >= km), 1, along.length - 1), [a, b] = [along[next - 1], along[next]], share = clamp((km - a.km) / (b.km - a.km || 1), 0, 1);
    return a.at.map((value, i) => value + share * (b.at[i] - value));
  };
  moment.listen((at) => {
    for (const { series, band, dot, along } of bands) {
      const { low, middle, high } = rangeAt(series, at), inside = along.filter((point) => point.km > low.km && point.km < high.km).map((point) => point.at), [cx, cy] = pointAt(along, middle.km);
      band.setAttribute('d', line()([pointAt(along, low.km), ...inside, pointAt(along, high.km)]));
      dot.setAttribute('cx', cx.toFixed(1));
      dot.setAttribute('cy', cy.toFixed(1));
    }
  }, layer);
  return layer;
}
