// Builds the page from the document at its end. Every number shown comes from there.
import { drawn, h, named } from './dom.js';
import { bands, journeysOf, kilometresAndMiles, wholeWindow } from './journey.js';
import { durationText, longTime, yearOf, zoneText } from './time.js';
import { tooltip } from './cursor.js';
import { percent } from './numbers.js';
import { drawArrivals } from './answer.js';
import { drawWindows } from './windows.js';
import { drawStringLine } from './stringline.js';
import { drawMap, mapLegend } from './map.js';
import { drawProfile } from './profile.js';
import { drawParts, partsTable } from './parts.js';
import { claimText, strandedText, weakInputs, windowsTable } from './tables.js';

const report = JSON.parse(document.getElementById('report').textContent);
const basemap = JSON.parse(document.getElementById('basemap').textContent);
const journeys = journeysOf(report), journey = [...journeys].sort((a, b) => b.probability - a.probability)[0], estimate = report.journeys[0].estimate;
const series = [...journeys].sort((a, b) => b.probability - a.probability).flatMap((one) => one.series), visible = () => series.filter((one) => one.visible);
const redrawn = [];

function figure(id, title, deck, draw, ...more) {
  const host = h('div', { class: 'plot' }), tip = tooltip(host), frame = h('figure', { id, 'aria-labelledby': `${id}-title` });
  drawn(host, (width) => draw(width, tip));
  redrawn.push(host);
  frame.append(h('figcaption', {}, h('h2', { id: `${id}-title` }, title), deck && h('p', {}, deck)), h('div', { class: 'stage' }, host, tip.box), ...more.filter(Boolean));
  return frame;
}

const legend = () => h('p', { class: 'legend' }, [...bands].reverse().map((band) => [h('span', { class: `key ${band.shade}` }), band.name + ' ']), h('span', { class: 'key key-median' }), 'middle run ', h('span', { class: 'key key-night' }), 'night there');

function toggles() {
  if (series.length < 2) return null;
  return h('fieldset', { class: 'toggles' }, h('legend', {}, 'Shown'), series.map((one) => h('label', { class: `series-${one.number}` },
    h('input', { type: 'checkbox', checked: true, onchange: (event) => {
      if (!event.target.checked && visible().length === 1) { event.target.checked = true; return; }
      one.visible = event.target.checked;
      for (const host of redrawn) host.redraw();
    } }), h('span', { class: 'swatch' }), named(one.name))));
}

const ends = (name) => [...new Set(journeys.map(name))].join(' or ');

function answer() {
  const { first, last } = wholeWindow(report.journeys[0]), { p5, p50, p95 } = last.time;
  const count = estimate.runs.toLocaleString('en-GB');
  return h('header', {},
    h('p', { class: 'kicker' }, 'Arrival window'),
    h('h1', {}, named(ends((way) => way.stations[0].name)), ' \u2192 ', named(ends((way) => way.stations.at(-1).name))),
    estimate.question && h('p', { class: 'question' }, named(estimate.question)),
    h('p', { class: 'answer' }, 'Half of the journeys are there by ', h('strong', { class: 'p50' }, longTime(p50)), '; nine in ten arrive between ', h('strong', { class: 'p5' }, longTime(p5)), ' and ', h('strong', { class: 'p95' }, longTime(p95)), '.'),
    h('p', { class: 'deck' }, `${count} simulated runs over ${lengths()}, ${durationText(last.elapsed_seconds.p50)} in the middle. Times are local to ${journey.stations.at(-1).name} (${zoneText(p50.offset)}), year ${yearOf(p50)}; departure ${spread(first) < 60 ? longTime(first.time.p50) : `between ${longTime(first.time.p5)} and ${longTime(first.time.p95)}`} (${zoneText(first.time.p50.offset)}).`));
}

function lengths() {
  const all = [...new Set(journeys.map((way) => way.stations.at(-1).distance_km))].sort((a, b) => a - b);
  return all.length === 1 ? kilometresAndMiles(all[0], report.units, 1) : `${kilometresAndMiles(all[0], report.units, 0)} to ${kilometresAndMiles(all.at(-1), report.units, 0)}`;
}

function spread(event) { return (event.time.p95.at - event.time.p5.at) / 1000; }

function windowsTitle() {
  const events = series[0].events, first = spread(events[0]), last = spread(events.at(-1));
  if (first < 60 && last >= 60) return `Exact at departure, the window is ${durationText(last)} wide at arrival`;
  return last > first + 1800 ? `A window of ${durationText(first)} at departure grows to ${durationText(last)} at arrival` : `The window is ${durationText(last)} wide at arrival`;
}

function whatBinds() {
  const shares = Object.entries(journey.profile.bound_by_seconds ?? {}), whole = shares.reduce((sum, [, seconds]) => sum + seconds, 0);
  const plain = { 'operating speed': 'the speed at which the line is worked', 'line limit': 'the line\u2019s limit', 'train limit': 'the train\u2019s own limit', effort: 'the pull of the locomotives', 'brake curve': 'braking', 'tail release': 'its tail not yet clear of a slower stretch' };
  if (!whole) return null;
  return 'In the run with every draw at its median, speed is held by ' + shares.sort((a, b) => b[1] - a[1]).filter(([, seconds]) => seconds / whole > 0.003).slice(0, 4).map(([by, seconds]) => `${plain[by.replaceAll('_', ' ')] ?? by.replaceAll('_', ' ')} for ${percent(seconds / whole)}`).join(', ') + ' of the time in motion.';
}

function behind(title, ...content) { return h('details', { class: 'behind' }, h('summary', {}, title), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title }, ...content)); }

function sources() {
  const notes = [...(estimate.notes ?? []), strandedText(estimate, journey.stations)].filter(Boolean);
  return [
    (notes.length || estimate.claims?.length) && h('section', { id: 'notes' }, h('h2', {}, 'To be read with it'), estimate.claims?.map((claim) => h('p', {}, claimText(claim))), notes.map((note) => h('p', {}, named(note)))),
    h('section', { id: 'weak' }, h('h2', {}, estimate.weak_inputs.length ? `${estimate.weak_inputs.length} weakly known numbers lie under these windows` : 'Nothing under these windows is weakly known'), h('p', {}, 'The width of a window says how much the runs differ. How good the numbers below are, no number of runs can tell.'), weakInputs(estimate.weak_inputs)),
    h('section', { id: 'not-modelled' }, h('h2', {}, 'What is not modelled'), h('ul', {}, report.not_modelled.map((point) => h('li', {}, point.replaceAll('`', ''))))),
    h('section', { id: 'parameters' }, h('h2', {}, 'Parameters'), h('dl', {}, [['Scenario', journeys.map((one) => one.name).join(', ')], ['Runs', estimate.runs.toLocaleString('en-GB')], ['Seed', estimate.seed], ['Physics', estimate.rung], ['Program', `railwindow ${report.version}`], ['Document', `${report.schema}, around ${estimate.schema}`]].map(([name, value]) => [h('dt', {}, name), h('dd', {}, named(String(value)))])),
      h('p', {}, 'The same scenario, seed and program give the same numbers. Quantile p is the ceil(p n)-th smallest of n runs; errors are one standard error of the sampling, not of the model.')),
  ];
}

const beyondBasemap = () => { const [west, south, east, north] = basemap.box; return journey.stations.some(({ at: [x, y] }) => x < west || x > east || y < south || y > north); };

function build() {
  const main = h('main', {}, answer());
  const chosen = toggles();
  if (chosen) main.append(chosen);
  const arrivals = figure('arrivals', 'Fifty equally likely arrivals', `At ${journey.stations.at(-1).name}, on its clocks; each dot is one run in fifty.`, (width) => drawArrivals(report.journeys[0], journey, width));
  const parts = estimate.legs?.length > 0 && figure('parts', 'Where the time goes', 'Medians, in hours and minutes; medians of parts do not add up to the median of the whole.', (width) => drawParts(journey, width), h('p', { class: 'legend' }, h('span', { class: 'key moving' }), 'moving ', h('span', { class: 'key standing' }), 'standing on the way ', h('span', { class: 'key stay' }), 'stay at the end of a leg'), behind('The same numbers as a table', partsTable(journey)));
  const map = figure('map', journeys.length > 1 ? 'The ways' : 'The way', new Set(journeys.map((way) => way.way.summary)).size > 1 ? h('span', {}, journeys.map((way) => h('span', { class: 'way' }, h('strong', {}, named(way.chosen || way.name)), `, ${percent(way.probability)}: ${way.way.summary}`))) : journey.way.summary, (width, tip) => drawMap(journeys, visible(), basemap, report.other_lines, width, tip, report.units), mapLegend(), beyondBasemap() && h('p', { class: 'legend' }, 'Coasts, lakes and borders are known here only between 100\u00b0 and 142\u00b0 E, 20\u00b0 and 56\u00b0 N; beyond, the map is blank.'));
  main.append(h('div', { class: 'pair' }, map, h('div', {}, arrivals, parts || null)));
  main.append(figure('windows', windowsTitle(), 'When the train gets to each timing point, on local clocks; the upper axis keeps those of the departure, the lower one those of the arrival.', (width, tip) => drawWindows(visible(), width, tip, report.units), legend()));
  main.append(figure('string-line', 'Where the train is, hour by hour', 'Distance upwards, time to the right: the steeper, the faster; a step to the right is a stay.', (width, tip) => drawStringLine(visible(), width, tip, report.units), legend(), series.length > 1 && h('p', { class: 'legend' }, 'Bands: the first one shown. The others: middle run and, dashed, nine in ten runs.'),
    behind('The same numbers as a table', series.map((one) => windowsTable(one, report.units)))));
  if (journey.profile?.movements.length) main.append(figure('profile', 'One run along the line', whatBinds(), (width, tip) => drawProfile(journey, width, tip, report.units)));
  main.append(h('div', { class: 'columns' }, sources().filter(Boolean)));
  main.append(h('footer', {}, h('p', {}, 'Made with railwindow. Networks and base map: ODbL 1.0; \u00a9 OpenStreetMap contributors; GeoNames (CC BY 4.0); coasts, lakes and borders: made with Natural Earth, which covers 100\u2013142\u00b0 E, 20\u201356\u00b0 N here. Borders are drawn as in that source and take no position.')));
  document.getElementById('page').replaceWith(main);
}

// Paper shows what a screen folds away.
const folded = [];
addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('details:not([open])')) { details.open = true; folded.push(details); }
  for (const host of redrawn) host.drawAt(host.closest('.pair') ? 330 : 690);
});
addEventListener('afterprint', () => { for (const details of folded.splice(0)) details.open = false; for (const host of redrawn) host.redraw(); });

build();
