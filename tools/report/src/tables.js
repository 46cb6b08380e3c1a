// The numbers behind the figures, and what they rest on.
import { h, named } from './dom.js';
import { clockText, durationText, shortTime, weekdayOf, zoneText } from './time.js';
import { percent, verbOf } from './numbers.js';

const isQuantile = (name) => /^p[0-9.]+$/.test(name);
const head = (...names) => h('thead', {}, h('tr', {}, names.map((name) => h('th', { scope: 'col', class: isQuantile(name) && name }, isQuantile(name) ? `${name.slice(1)}\u00a0%` : name))));

export function windowsTable(series, units) {
  const quantiles = Object.keys(series.events[0].time);
  return h('table', { class: 'numbers windows', 'data-series': series.number }, h('caption', {}, h('strong', {}, named(series.name)), `: ${series.events.length} windows: local time by which so many per cent of the runs that get there are there`),
    head(...['Station', '', units === 'imperial' ? 'km (mi)' : 'km', ...quantiles, 'Clocks', 'After', 'Error of the middle', 'Share of runs']),
    h('tbody', {}, series.events.map((event) => h('tr', { class: `${event.event}${series.journey.stations[event.index].main ? ' main' : ''}` }, h('th', { scope: 'row' }, named(event.name)), h('td', {}, verbOf(event)),
      h('td', { class: 'km' }, event.distance_km.toFixed(1) + (units === 'imperial' ? ` (${(event.distance_km / 1.609344).toFixed(1)})` : '')),
      quantiles.map((name) => h('td', { class: name }, h('span', { class: 'weekday' }, weekdayOf(event.time[name]), ' '), shortTime(event.time[name]))),
      h('td', {}, zoneText(event.time.p50.offset)), h('td', { class: 'elapsed' }, clockText(event.elapsed_seconds.p50)),
      h('td', { class: 'error' }, event.error_seconds.p50 === null ? 'too few runs' : `${(event.error_seconds.p50 / 60).toFixed(1)} min`), h('td', { class: 'share' }, percent(event.probability))))));
}

export function weakInputs(inputs) {
  const row = (input) => h('tr', {}, h('td', {}, input.what), h('td', {}, input.confidence), h('td', {}, input.source));
  const table = (list) => h('table', { class: 'numbers weak' }, head('What', 'Confidence', 'Source'), h('tbody', {}, list.map(row)));
  if (!inputs.length) return [h('p', {}, 'None: every number that these windows rest on is known with medium or high confidence.')];
  const most = 8;
  return [table(inputs.slice(0, most)), inputs.length > most && h('details', {}, h('summary', {}, `${inputs.length - most} more`), table(inputs.slice(most)))];
}

export function strandedText(estimate, stations) {
  if (!estimate.stranded?.length) return null;
  const lost = estimate.stranded.reduce((sum, one) => sum + one.probability, 0);
  const name = (id) => stations.find((station) => station.station === id)?.name ?? id;
  return `${percent(lost)} of the runs do not arrive: the train stalls on a grade or takes more than a year (${estimate.stranded.map((one) => `after ${name(one.after)}: ${percent(one.probability)}`).join('; ')}). Windows are those of the runs that get there.`;
}

export const claimText = (claim) => [h('q', {}, named(claim.says)), ` (${claim.source}): ${percent(claim.agreeing)} of the runs that arrive agree; their middle is ${durationText(claim.median_seconds)}.`];
