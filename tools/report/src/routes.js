// The page of the ways between two places: where they run, what they are made of, how long they would take.
import { scaleLinear } from './scale.js';
import { fitted, h, legendKey, named, s, textWidth } from './dom.js';
import { columnHeads, stationsTable } from './tables.js';
import { hoursAxis } from './axis.js';
import { clockText, durationText } from './time.js';
import { kilometresAndMiles, waysOnMap } from './journey.js';
import { stationHead } from './numbers.js';
import { behind, basemap, figure, footer, head, notModelledSection, parametersSection, report, toggles } from './page.js';
import { drawMap, mapLegend } from './map.js';
import { drawStrips, stripsLegend, stripsTable } from './strips.js';

const remark = 'Expected times are free running at mean operating speeds and the expected stands at borders, changes of gauge and locomotive, and reversals; without technical stops and waiting, which only a run of the simulation adds. Which way is taken is not for a search to say.';

export function routesPage() {
  const ways = waysOnMap(report.map), found = report.routes.routes.map((route, i) => ({ ...route, ...ways[report.way_of_route[i]] })).sort((a, b) => a.expected_seconds - b.expected_seconds);
  const list = found.map((route, i) => ({ ...route, by: route.name && route.name !== route.summary ? route.name : '', number: i % 6, visible: i < 8 || found.length <= 12, index: i })), one = list.length === 1;
  for (const way of list) way.name = one ? 'The way' : way.by ? `${way.index + 1}: ${way.by}` : `Way ${way.index + 1}`;
  const visible = () => list.filter((one) => one.visible), names = Object.fromEntries(list.flatMap((one) => one.stations.map((station) => [station.station, station.name])));
  const stations = list.flatMap((one) => one.stations), quickest = list.reduce((best, one) => (one.expected_seconds < best.expected_seconds ? one : best));
  const map = figure('map', list.length > 1 ? 'Where they run' : 'Where it runs', list.length > 1 ? 'Where several run over the same line, the colours lie side by side.' : null, (width, tip) => {
    const lines = visible();
    return drawMap({
      label: `Map of ${list.length} ways: ${list.map((one) => one.summary).join('; ')}`, everywhere: stations, lines, coloured: list.length > 1,
      numbersOf: (station, of) => [...stationHead(station, report.units).slice(0, 2), h('table', {}, h('tbody', {}, of.map((i) => h('tr', {}, h('th', { class: `series-${lines[i].number}` }, lines[i].name), h('td', {}, kilometresAndMiles(lines[i].stations.find((one) => one.station === station.station).distance_km, report.units, 1))))))],
      walked: lines[0].stations.filter((one) => one.main).map((station) => ({ station, index: null, text: `${station.name}, kilometre ${station.distance_km.toFixed(1)} of ${lines[0].name}` })),
    }, basemap, report.other_lines, width, tip);
  }, mapLegend(), behind('The stations as a table', list.map((one) => stationsTable(one.stations.filter((station) => station.main), report.units, one.name))));
  const expected = figure('expected', 'How long they would take', 'Expected hours: running, and standing for what has to be done.', (width) => drawExpected(visible(), width), h('p', { class: 'legend' }, legendKey('moving', 'running'), legendKey('stay', 'standing')));
  expected.setAttribute('aria-details', 'ways');
  return h('main', {}, head({
    kicker: list.length === 1 ? 'The way' : `${list.length} ways`, title: [named(list[0].stations[0].name), ' \u2192 ', named(list[0].stations.at(-1).name)], question: report.routes.question,
    answer: ['The quickest on paper is ', h('strong', { class: 'p50' }, kilometresAndMiles(quickest.length_km, report.units, 1)), ' and takes ', h('strong', {}, durationText(quickest.expected_seconds)), ', ', changesText(quickest, names), '.'],
    decks: [named(quickest.summary), remark],
  }), toggles(list), h('div', { class: 'pair' }, map, h('div', {}, expected)),
  h('section', { id: 'ways' }, h('h2', {}, list.length === 1 ? 'The way in figures' : 'The ways in figures'), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'The ways in figures' }, waysTable(list, names))),
  figure('strips', 'What they are made of', 'Along the kilometres: whose line it is, its gauge, and the wire above it.', (width, tip) => drawStrips(visible(), width, tip, report.units), stripsLegend(list), behind('The same as a table', list.map((one) => stripsTable(one, report.units)))),
  h('div', { class: 'columns' }, notModelledSection(), parametersSection([report.routes.scenario && ['Scenario', report.routes.scenario], ['From', `${list[0].stations[0].name} (${report.routes.from})`], ['To', `${list[0].stations.at(-1).name} (${report.routes.to})`], ['Document', `${report.schema}, around ${report.routes.schema}`]].filter(Boolean),
    'Ways are in order of their expected times. The search takes the best way of each sequence of border crossings, then variants that avoid a stretch between junctions of one already found.')), footer());
}

const times = (n) => (n === 1 ? 'once' : n === 2 ? 'twice' : `${n} times`);
function changesText(one, names) {
  const at = (list) => list.map((id) => names[id]).join(', ');
  const parts = [one.gauge_changes.length ? `changes its gauge ${times(one.gauge_changes.length)} (${at(one.gauge_changes)})` : 'keeps its gauge', one.reversals.length && `reverses ${times(one.reversals.length)} (${at(one.reversals)})`].filter(Boolean);
  return parts.join(' and ');
}

function waysTable(list, names) {
  const at = (ids) => (ids.length ? h('span', {}, `${ids.length}: `, named(ids.map((id) => names[id]).join(', '))) : '\u2013');
  const miles = report.units === 'imperial';
  return h('table', { class: 'numbers ways' }, columnHeads('', 'By way of', miles ? 'km (mi)' : 'km', 'Running', 'Standing', 'Expected', 'Gauge changes', 'Reversals', 'Changes of traction', 'Countries', 'Weakly known'),
    h('tbody', {}, list.map((one) => h('tr', {}, h('th', { scope: 'row', class: `series-${one.number}` }, h('span', { class: 'swatch' }), ` ${one.index + 1} `, one.by && named(one.by)), h('td', { class: 'summary' }, named(one.summary)), h('td', { class: 'km' }, one.length_km.toFixed(1) + (miles ? ` (${(one.length_km / 1.609344).toFixed(1)})` : '')),
      h('td', { class: 'running' }, clockText(one.running_seconds)), h('td', { class: 'standing' }, clockText(one.standing_seconds)), h('td', { class: 'expected' }, clockText(one.expected_seconds)), h('td', { class: 'gauge' }, at(one.gauge_changes)), h('td', { class: 'reversals' }, at(one.reversals)), h('td', { class: 'traction' }, at(one.traction_changes)),
      h('td', { class: 'countries' }, one.countries.join(' \u2192 ')), h('td', { class: 'weak' }, `${(100 * one.weak_length_share).toFixed(0)}\u00a0% of km`)))));
}

function drawExpected(list, width) {
  const phone = width < 430, left = phone ? 0 : Math.min(width * 0.45, Math.max(62, ...list.map((one) => textWidth(one.name, 13) + 28))), tall = phone ? 46 : 34, x = scaleLinear([0, Math.max(...list.map((one) => one.expected_seconds)) * 1000], [left, width - 66]), bottom = list.length * tall + 6;
  const svg = s('svg', { class: 'chart expected', viewBox: `0 0 ${width} ${bottom + 26}`, width, height: bottom + 26, role: 'img', 'aria-label': 'Expected hours of each way: ' + list.map((one) => `${one.name} ${durationText(one.expected_seconds)}`).join('; ') });
  svg.append(hoursAxis(x, bottom, { grid: bottom }));
  list.forEach((one, i) => {
    const y = i * tall + (phone ? 22 : 6);
    svg.append(s('rect', { class: `swatch-${one.number} series-${one.number} chip`, x: 0, y: phone ? y - 14 : y + 5, width: 11, height: 11 }), s('text', { class: 'name', x: 17, y: phone ? y - 5 : y + 15 }, fitted(one.name, (phone ? width : left) - 22, 13)));
    svg.append(s('rect', { class: 'part moving', x: left, y, width: Math.max(0.8, x(one.running_seconds * 1000) - left), height: 20 }, s('title', {}, `running ${durationText(one.running_seconds)}`)),
      s('rect', { class: 'part stay', x: x(one.running_seconds * 1000), y, width: Math.max(0.8, x(one.expected_seconds * 1000) - x(one.running_seconds * 1000)), height: 20 }, s('title', {}, `standing ${durationText(one.standing_seconds)}`)),
      s('text', { class: 'value', x: x(one.expected_seconds * 1000) + 6, y: y + 15 }, `${clockText(one.expected_seconds)} h`));
  });
  return svg;
}
