// The page of one run along the line: its speed, what holds it, and its energy.
import { h, named } from './dom.js';
import { waysOnMap, kilometresAndMiles } from './journey.js';
import { durationText, clockText, instant, longTime, zoneText } from './time.js';
import { choose } from './cursor.js';
import { percent, stationHead } from './numbers.js';
import { columnHeads, sectionsTable, stationsTable } from './tables.js';
import { basemap, behind, count, figure, footer, head, notesSection, notModelledSection, parametersSection, report, weakSection } from './page.js';
import { drawMap, mapLegend } from './map.js';
import { drawProfile, whatBinds } from './profile.js';

export function oneRunPage() {
  const [way] = waysOnMap(report.map), { stations } = way, names = new Map(stations.map((one) => [one.station, one.name])), { movements, profile, units } = report;
  const journey = { ...way, profile, series: [{ rows: stations.map((station, index) => ({ station, index })) }] }, seconds = movements.reduce((sum, one) => sum + one.running_seconds, 0), energy = movements.reduce((sum, one) => sum + one.energy_kwh, 0), length = stations.at(-1).distance_km;
  const which = report.run === null ? 'the run with every draw at its median' : `run ${report.run}`, name = (id) => named(names.get(id) ?? id);
  const run = figure('profile', 'Speed, gradient and height', whatBinds(profile, which), (width, tip) => drawProfile(journey, width, tip, units), behind('What is known of the sections, as a table', sectionsTable(journey, units)));
  const legs = h('section', { id: 'movements' }, h('h2', {}, 'From stand to stand'), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'From stand to stand' }, h('table', { class: 'numbers movements' }, columnHeads('From', 'To', 'Leaves', 'Clocks', 'Running', 'kWh at the rail', 'Computed with'),
    h('tbody', {}, movements.map((one) => { const time = instant(one.depart); return h('tr', {}, h('th', { scope: 'row' }, name(one.from)), h('td', {}, name(one.to)), h('td', {}, longTime(time)), h('td', {}, zoneText(time.offset)), h('td', { class: 'running' }, clockText(one.running_seconds)), h('td', { class: 'energy' }, count(Math.round(one.energy_kwh))), h('td', {}, one.rung)); })))));
  const map = figure('map', 'The way', null, (width, tip) => drawMap({
    label: 'Map of the way', everywhere: stations, lines: [{ ...way, number: 0 }], numbersOf: (station) => stationHead(station, units), choose,
    walked: stations.flatMap((station, index) => (station.main ? [{ station, index, text: `${station.name}, kilometre ${station.distance_km.toFixed(1)}` }] : [])),
  }, basemap, report.other_lines, width, tip), mapLegend(), behind('The stations as a table', stationsTable(stations.filter((one) => one.main), units)));
  return h('main', {}, head({
    kicker: 'One run along the line', title: [named(stations[0].name), ' \u2192 ', named(stations.at(-1).name)], question: report.question,
    answer: ['In ', which, ' the train is ', h('strong', { class: 'p50' }, durationText(seconds)), ' in motion over ', h('strong', {}, kilometresAndMiles(length, units, 1)), `, at ${(length / (seconds / 3600)).toFixed(0)} km/h in the mean, and does `, h('strong', {}, `${count(Math.round(energy))} kWh`), ' at the rail.'],
    decks: [`${profile.cars} cars; ${movements.length} movements from stand to stand. ${report.run === null ? 'It is no forecast: the median of every draw does not make the median of the arrivals.' : 'It is the run that was counted under this number.'}`],
  }), run, legs, map, h('div', { class: 'columns' }, notesSection(report.notes.map((note) => h('p', {}, named(note)))), weakSection(report.weak_inputs, 'this run'), notModelledSection(),
    parametersSection([['Scenario', report.scenario], report.changes.length && ['Changed', report.changes.join('; ')], ['Document', report.schema]].filter(Boolean))), footer());
}
