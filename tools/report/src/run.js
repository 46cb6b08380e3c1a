// The page of one journey: when it arrives, on whatever of its ways.
import { h, legendKey, named } from './dom.js';
import { bands, destinationsOf, journeysOf, kilometresAndMiles, mixturesOf, sightingsOn, wholeWindow } from './journey.js';
import { ask, askedOf, onAsked } from './asked.js';
import { durationText, instant, longTime, yearOf, zoneText } from './time.js';
import { percent, rowNumbers, rowText } from './numbers.js';
import { choose } from './cursor.js';
import { basemap, behind, count, figure, footer, head, notesSection, notModelledSection, parametersSection, redraw, report, sameNumbers, toggles, weakSection } from './page.js';
import { drawArrivals } from './answer.js';
import { cutoffOf, cutoffPanel } from './cutoff.js';
import { momentOf, momentOnMap, momentPanel } from './moment.js';
import { drawWindows } from './windows.js';
import { drawStringLine } from './stringline.js';
import { drawMap, mapLegend } from './map.js';
import { drawProfile, whatBinds } from './profile.js';
import { drawParts, partsTable } from './parts.js';
import { drawTimeParts, timePartsOf, timePartsTable } from './timeparts.js';
import { sightingsTable } from './sightings.js';
import { trafficLegend, trafficOf, trafficTables, trafficToggle } from './traffic.js';
import { arrivalsTable, claimText, divertedText, sectionsTable, stationsTable, strandedText, windowsTable } from './tables.js';

export function runPage() {
  const journeys = journeysOf(report), ordered = [...journeys].sort((a, b) => b.probability - a.probability), journey = ordered[0], estimate = report.journeys[0].estimate;
  // All ways together, unless the reader wants each by itself. Where ways run over other lines, only the windows can be of all: a train is on one of them.
  const series = ordered.flatMap((one) => one.series), mixtures = mixturesOf(report, ordered), together = () => mixtures.length > 0 && askedOf('ways') !== 'each', alike = mixtures.every((one) => one.same), mixed = () => together() && alike;
  const visible = () => (mixed() ? mixtures : series).filter((one) => one.visible), inWindows = () => (together() ? mixtures.filter((one) => one.visible) : visible()), first = mixtures[0] ?? series[0];
  if (series.length > 6) for (const one of series) one.visible = one.journey === journey;  // the likeliest way at first: more could not be told apart
  const sightings = sightingsOn(first), traffic = trafficOf(journey), beside = () => (traffic?.visible && visible()[0].journey === journey ? traffic : null), legend = () => windowsLegend(sightings.length > 0);
  const moment = momentOf(mixtures.length && alike ? [...mixtures, ...series] : series), panels = ['map', 'string-line'].map((id) => momentPanel(moment, visible, report.units, id, id === 'map')), [here, there] = panels, shown = () => { panels.forEach((panel) => panel.again()); redraw(); };
  const destinations = destinationsOf(report.journeys[0], journeys), reached = destinations.filter((one) => one.arrivals.length > 0);
  const arrivals = arrivalsFigure(destinations, reached);
  const pair = h('div', { class: 'pair' }, mapFigure(journeys, () => (mixed() ? series : visible()), visible, moment, here), h('div', {}, arrivals, partsFigure(journey, estimate) || null));
  const windows = figure('windows', windowsTitle(series[0], destinations), 'When the train gets to each timing point, on local clocks; the upper axis keeps those of the departure, the lower one those of the arrival.',
    (width, tip) => drawWindows(inWindows(), width, tip, report.units), mixtures.length > 0 && togetherText(mixtures, ordered, together), legend(), h('p', { class: 'legend' }, h('a', { href: '#string-line' }, 'The same numbers as a table')), sightings.length > 0 && behind('Where it was seen', sightingsTable(sightings, first)));
  const stringLine = figure('string-line', 'Where the train is, hour by hour', 'Distance upwards, time to the right: the steeper, the faster; a step to the right is a stay.',
    (width, tip) => drawStringLine(visible(), width, tip, report.units, beside(), moment), there, legend(), traffic && trafficLegend(traffic, redraw), series.length > 1 && h('p', { class: 'legend beside' }, 'Bands: the first one shown. The others: middle run and, dashed, nine in ten runs.'),
    behind('The same numbers as a table', [...mixtures, ...series].map((one) => windowsTable(one, report.units))), traffic && behind('The ordinary trains as a table', trafficTables(traffic, journey.stations)));
  windows.setAttribute('aria-details', 'string-line');
  const profile = journey.profile?.movements.length && figure('profile', 'One run along the line', whatBinds(journey.profile, 'the run with every draw at its median'), (width, tip) => drawProfile(journey, width, tip, report.units), behind('What is known of the sections, as a table', sectionsTable(journey, report.units)));
  const ofMixtures = toggles(mixtures, shown, mixed), ofWays = toggles(series, shown, () => !mixed()), besideText = stringLine.querySelector('.beside');
  const turn = () => { if (ofMixtures) ofMixtures.hidden = !mixed(); if (ofWays) ofWays.hidden = mixed(); if (besideText) besideText.hidden = visible().length < 2; };
  turn();
  onAsked('shown', turn);
  onAsked('ways', () => { turn(); shown(); });
  return h('main', {}, answer(journeys, journey, estimate, destinations), mixtures.length > 0 && waysControl(ordered), ofMixtures, ofWays, pair, windows, stringLine, profile || null,
    h('div', { class: 'columns' }, notesSection(estimate.claims?.map((claim) => h('p', {}, claimText(claim))), [...(estimate.notes ?? []), divertedText(estimate), strandedText(estimate, journey.stations), estimate.observed && `Observed: ${estimate.observed.note}.`].filter(Boolean).map((note) => h('p', {}, named(note)))),
      weakSection(estimate.weak_inputs), notModelledSection(),
      parametersSection([['Scenario', [...new Set(report.journeys.map((one) => one.name))].join(', ')], estimate.changes?.length && ['Changed', estimate.changes.join('; ')], ['Runs', count(estimate.runs)], ['Seed', estimate.seed], ['Physics', estimate.rung], ['Document', `${report.schema}, around ${estimate.schema}`]].filter(Boolean), sameNumbers)),
    footer());
}

// Whether the ways stand side by side. What is shown of one list means nothing in the other.
function waysControl(ways) {
  const box = h('input', { type: 'checkbox', onchange: () => { ask('shown', null); ask('ways', box.checked ? 'each' : null); } }), take = () => { box.checked = askedOf('ways') === 'each'; };
  take();
  onAsked('ways', take);
  return h('fieldset', { class: 'toggles ways-control' }, h('legend', {}, `${ways.length} ways`), h('label', {}, box, 'each by itself'));
}

// What the windows are of, as long as they are of all ways.
function togetherText(mixtures, ways, together) {
  const text = h('p', { class: 'legend' }, `Windows of all runs, whichever of the ${ways.length} ways they take.`, mixtures.some((one) => one.off.length > 0) && ' Places on some ways only have the windows of the runs that come there; the train graph and the map have each way by itself.'), turn = () => { text.hidden = !together(); };
  turn();
  onAsked('ways', turn);
  return text;
}

const windowsLegend = (seen) => h('p', { class: 'legend' }, [...bands].reverse().map((band) => legendKey(band.shade, band.name)), legendKey('key-median', 'middle run'), legendKey('key-night', 'night there'), seen && legendKey('key-seen', 'when it was seen'));

const dotsText = (one) => `${one.arrivals.length === 1 ? 'One of fifty arrivals' : `${one.arrivals.length} of fifty arrivals`} at ${one.name}`;

// One row of dots for each place where journeys end; on its clocks.
function arrivalsFigure(destinations, reached) {
  const several = destinations.length > 1, rare = destinations.filter((one) => !one.arrivals.length).map((one) => one.name);
  const deck = several ? `Each dot is one run in fifty, on the clocks of the place.${rare.length ? ` Less than one in fifty: ${rare.join(', ')}.` : ''}` : `At ${destinations[0].name}, on its clocks; each dot is one run in fifty.`;
  const cutoff = cutoffOf(reached), draw = (width) => (several ? h('div', {}, reached.map((one) => h('div', { class: 'destination' }, h('h3', {}, named(dotsText(one))), drawArrivals(one, width, cutoff)))) : drawArrivals(reached[0], width, cutoff));
  return figure('arrivals', several ? 'Fifty equally likely journeys, by where they end' : 'Fifty equally likely arrivals', deck, draw, cutoffPanel(reached, report.journeys[0].estimate.runs),
    behind('The same numbers as a table', reached.map((one) => [several && h('h3', {}, named(one.name)), arrivalsTable(one.arrivals.map(instant))])));
}

const windowText = ({ p5, p50, p95 }) => [h('strong', { class: 'p50' }, longTime(p50)), '; nine in ten arrive between ', h('strong', { class: 'p5' }, longTime(p5)), ' and ', h('strong', { class: 'p95' }, longTime(p95)), '.'];

function answer(journeys, journey, estimate, destinations) {
  const { first } = wholeWindow(report.journeys[0]), several = destinations.length > 1, [{ time: { p50 } }] = destinations;
  const stations = [...new Set(journeys.map((way) => way.stations[0].name))].join(' or '), names = destinations.map((one) => one.name), ends = [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' or ');
  const year = [...new Set(destinations.filter((one) => one.time.p50).map((one) => yearOf(one.time.p50)))].join(' to ');
  const departure = spread(first) < 60 ? longTime(first.time.p50) : `between ${longTime(first.time.p5)} and ${longTime(first.time.p95)}`;
  return head({
    kicker: 'Arrival window',
    title: [named(stations), ' \u2192 ', named(ends)],
    question: estimate.question,
    answers: several ? destinations.map((one) => [named(`${one.name}, ${percent(one.probability)}: `), ...(one.time.p50 ? ['half are there by ', ...windowText(one.time)] : ['no journey gets there.'])])
      : [['Half of the journeys are there by ', ...windowText(destinations[0].time)]],
    decks: [several ? `${count(estimate.runs)} simulated runs over ${lengths(journeys)}. Times are local to each place (${[...new Set(destinations.filter((one) => one.time.p50).map((one) => zoneText(one.time.p50.offset)))].join(', ')}), year ${year}; departure ${departure} (${zoneText(first.time.p50.offset)}).`
      : `${count(estimate.runs)} simulated runs over ${lengths(journeys)}, ${durationText(destinations[0].elapsed_seconds.p50)} in the middle. Times are local to ${ends} (${zoneText(p50.offset)}), year ${year}; departure ${departure} (${zoneText(first.time.p50.offset)}).`],
  });
}

function lengths(journeys) {
  const all = [...new Set(journeys.map((way) => way.stations.at(-1).distance_km))].sort((a, b) => a - b);
  return all.length === 1 ? kilometresAndMiles(all[0], report.units, 1) : `${kilometresAndMiles(all[0], report.units, 0)} to ${kilometresAndMiles(all.at(-1), report.units, 0)}`;
}

// Seconds between times as they are written, to the minute, so that who subtracts gets the same.
const spread = ({ time: { p5, p95 } }) => 60 * (Math.round(p95.at / 60e3) - Math.round(p5.at / 60e3));

// The widths are those of the answer, over all ways; where journeys end at several places, those of the first series.
function windowsTitle(one, destinations) {
  const several = destinations.length > 1, first = spread(several ? one.events[0] : wholeWindow(report.journeys[0]).first), last = spread(several ? one.events.at(-1) : destinations[0]);
  if (several) return `To ${one.stations.at(-1).name}, the likeliest, the window is ${durationText(last)} wide at arrival`;
  if (first < 60 && last >= 60) return `Exact at departure, the window is ${durationText(last)} wide at arrival`;
  return last > first + 1800 ? `A window of ${durationText(first)} at departure grows to ${durationText(last)} at arrival` : `The window is ${durationText(last)} wide at arrival`;
}

function mapFigure(journeys, linesOf, visible, moment, panel) {
  const several = new Set(journeys.map((way) => way.way.summary)).size > 1;
  const deck = several ? h('span', {}, journeys.map((way) => h('span', { class: 'way' }, h('strong', {}, named(way.chosen || way.name)), `, ${percent(way.probability)}: ${way.way.summary}`))) : journeys[0].way.summary;
  const draw = (width, tip) => {
    const shown = visible();
    return drawMap({
      label: `Map of the route: ${journeys.map((way) => way.way.summary).join('; ')}`, everywhere: journeys.flatMap((way) => way.stations), lines: linesOf(), coloured: several,
      numbersOf: (station) => rowNumbers(shown, station, report.units),
      walked: shown[0].rows.map((row) => ({ station: row.station, index: row.index, text: rowText(row) })),
      choose, overlay: (project) => momentOnMap(moment, several ? shown : shown.slice(0, 1), project, several),
    }, basemap, report.other_lines, width, tip);
  };
  return figure('map', journeys.length > 1 ? 'The ways' : 'The way', deck, draw, panel, mapLegend(), behind('The stations as a table', (several ? journeys : journeys.slice(0, 1)).map((way) => stationsTable(way.stations, report.units, several && (way.chosen || way.name)))));
}

function partsFigure(journey, estimate) {
  const parts = timePartsOf(estimate);
  if (parts.length > 0)
    return figure('parts', 'Where the time goes', parts.length > 1 ? 'From departure to arrival, in hours and minutes: means of the 1 % of the runs that arrive nearest to each quantile, and of all. The middle of the arrivals is not that of the durations.' : 'From departure to arrival, in hours and minutes: means of all runs, wherever they end.', (width) => drawTimeParts(parts, width), behind('The same numbers as a table', timePartsTable(parts), partsTable(journey)));
  return estimate.legs?.length > 0 && figure('parts', 'Where the time goes', 'Medians, in hours and minutes; medians of parts do not add up to the median of the whole.', (width) => drawParts(journey, width),
    h('p', { class: 'legend' }, legendKey('moving', 'moving'), legendKey('standing', 'standing on the way'), legendKey('stay', 'stay at the end of a leg')), behind('The same numbers as a table', partsTable(journey)));
}
