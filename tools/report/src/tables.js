// The numbers behind the figures, and what they rest on.
import { h, named } from './dom.js';
import { clockText, durationText, longTime, shortTime, weekdayOf, zoneText } from './time.js';
import { speedText } from './journey.js';
import { percent, verbOf } from './numbers.js';

const isQuantile = (name) => /^p[0-9.]+$/.test(name);
/// Column heads; those of quantiles (`p5`) know which.
export const columnHeads = (...names) => h('thead', {}, h('tr', {}, names.map((name) => h('th', { scope: 'col', class: isQuantile(name) && name }, isQuantile(name) ? `${name.slice(1)}\u00a0%` : name))));

export function windowsTable(series, units) {
  const quantiles = Object.keys(series.events[0].time), events = [...series.events, ...(series.off ?? [])];
  return h('table', { class: 'numbers windows', 'data-series': series.number }, h('caption', {}, h('strong', {}, named(series.name)), `: ${events.length} windows: local time by which so many per cent of the runs that get there are there`),
    columnHeads(...['Station', '', units === 'imperial' ? 'km (mi)' : 'km', ...quantiles, 'Clocks', 'After', 'Error of the middle', 'Share of runs']),
    h('tbody', {}, events.map((event) => h('tr', { class: `${event.event}${event.index < 0 || series.stations[event.index].main ? ' main' : ''}` }, h('th', { scope: 'row' }, named(event.name)), h('td', {}, verbOf(event)),
      h('td', { class: 'km' }, lengthText(event.distance_km, units)),
      quantiles.map((name) => h('td', { class: name }, h('span', { class: 'weekday' }, weekdayOf(event.time[name]), ' '), shortTime(event.time[name]))),
      h('td', {}, zoneText(event.time.p50.offset)), h('td', { class: 'elapsed' }, clockText(event.elapsed_seconds.p50)),
      h('td', { class: 'error' }, event.error_seconds.p50 === null ? 'too few runs' : `${(event.error_seconds.p50 / 60).toFixed(1)} min`), h('td', { class: 'share' }, percent(event.probability))))));
}

export function weakInputs(inputs) {
  const row = (input) => h('tr', {}, h('td', {}, input.what), h('td', {}, input.confidence), h('td', {}, input.source || 'no source is given'));
  const table = (list) => h('table', { class: 'numbers weak' }, columnHeads('What', 'Confidence', 'Source'), h('tbody', {}, list.map(row)));
  if (!inputs.length) return [h('p', {}, 'None: every number that these windows rest on has a source and a medium or high confidence.')];
  const most = 8;
  return [table(inputs.slice(0, most)), inputs.length > most && h('details', { class: 'more' }, h('summary', {}, `${inputs.length - most} more`), table(inputs.slice(most)))];
}

export function divertedText(estimate) {
  if (!estimate.diversions?.length) return null;
  const share = estimate.diversions.reduce((sum, one) => sum + one.probability, 0);
  const ways = new Map();
  for (const one of estimate.diversions) ways.set(one.summary, (ways.get(one.summary) ?? 0) + one.probability);
  return `In ${percent(share)} of the runs a line ahead is closed and the train goes another way (${[...ways].map(([way, part]) => `${way}: ${percent(part)}`).join('; ')}).`;
}

export function strandedText(estimate, stations) {
  if (!estimate.stranded?.length) return null;
  const lost = estimate.stranded.reduce((sum, one) => sum + one.probability, 0);
  const name = (id) => stations.find((station) => station.station === id)?.name ?? id;
  const places = new Map();  // of several routes some end at the same place
  for (const one of estimate.stranded) places.set(one.after, (places.get(one.after) ?? 0) + one.probability);
  return `${percent(lost)} of the runs do not arrive: the train stalls on a grade or takes more than a year (${[...places].map(([after, part]) => `after ${name(after)}: ${percent(part)}`).join('; ')}). Windows are those of the runs that get there.`;
}

export const claimText = (claim) => [h('q', {}, named(claim.says)), ` (${claim.source}): ${percent(claim.agreeing)} of the runs that arrive agree; their middle is ${durationText(claim.median_seconds)}.`];

/// The fifty arrivals behind the dots: by when so many per cent of the runs are there.
export const arrivalsTable = (times) => h('table', { class: 'numbers arrivals' }, columnHeads('Share of the runs', 'Are there by', 'Clocks'),
  h('tbody', {}, times.map((time, i) => h('tr', {}, h('th', { scope: 'row' }, `${2 * i + 1} %`), h('td', {}, longTime(time)), h('td', {}, zoneText(time.offset))))));

/// The stations of a map: where they lie and what is done there.
export const stationsTable = (stations, units, title) => h('table', { class: 'numbers stations' }, title && h('caption', {}, named(title)), columnHeads('Station', units === 'imperial' ? 'km (mi)' : 'km', 'Country', 'East', 'North', 'Height', ''),
  h('tbody', {}, stations.map((one) => h('tr', { class: one.main && 'main' }, h('th', { scope: 'row' }, named(one.name), one.local_name && one.local_name !== one.name && [' ', named(one.local_name)]), h('td', {}, lengthText(one.distance_km, units)), h('td', {}, one.country), h('td', {}, `${one.at[0].toFixed(2)}\u00b0`), h('td', {}, `${one.at[1].toFixed(2)}\u00b0`),
    h('td', {}, one.elevation_m === undefined ? '' : `${Math.round(one.elevation_m)} m`), h('td', {}, [...(one.activities ?? []), one.gauge_change && !one.activities?.length && 'change of gauge', one.reversal && !one.activities?.length && 'reversal', one.traction_change && 'change of traction'].filter(Boolean).join(', '))))));

/// What is known of the sections of a way.
export const sectionsTable = (journey, units) => h('table', { class: 'numbers sections' }, columnHeads('From', 'To', 'Line', units === 'imperial' ? 'km (mi)' : 'km', 'Gauge', 'Tracks', 'Wire', 'Limit', 'Worked at', 'Steepest', 'Confidence of km, speeds'),
  h('tbody', {}, journey.sections.map((one, i) => h('tr', {}, h('th', { scope: 'row' }, named(journey.stations[i].name)), h('td', {}, named(journey.stations[i + 1].name)), h('td', {}, named(one.line)), h('td', {}, lengthText(one.length_km, units)), h('td', {}, `${one.gauge_mm} mm`), h('td', {}, String(one.tracks)), h('td', {}, one.wire),
    h('td', {}, speedText(one.limit_kmh, units)), h('td', {}, one.operating_kmh.map((v) => v.toFixed(0)).join(', ') + ' km/h'), h('td', {}, one.ruling_permille === undefined ? '' : `${one.ruling_permille} \u2030`), h('td', {}, `${one.confidence_km}, ${one.confidence_speed}`)))));

const lengthText = (km, units) => km.toFixed(1) + (units === 'imperial' ? ` (${(km / 1.609344).toFixed(1)})` : '');
