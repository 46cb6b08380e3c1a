// The page of where a train can be by a time: station by station, on the map and in order of distance.
import { scaleLinear } from './scale.js';
import { fitted, h, legendKey, named, s, textWidth } from './dom.js';
import { choose, onChoice, slider, whenPointedAt } from './cursor.js';
import { instant, longTime, zoneText, clockText, shortTime, durationText } from './time.js';
import { kilometresAndMiles } from './journey.js';
import { percent, stationHead } from './numbers.js';
import { columnHeads } from './tables.js';
import { niceSteps } from './profile.js';
import { basemap, behind, count, figure, footer, head, notesSection, notModelledSection, parametersSection, report } from './page.js';
import { countryNames, frameOf, groundOf, placeLabels, scaleBar } from './map.js';

// Shares as classes of a legend, the surest first.
const classes = [[0.95, '95 % or more'], [0.75, '75 to 95 %'], [0.5, '50 to 75 %'], [0.25, '25 to 50 %'], [0.05, '5 to 25 %'], [0, 'less than 5 %']];
const classOf = (share) => classes.findIndex(([least]) => share >= least);
const errorText = ({ value, error }) => `${percent(value)} \u00b1\u00a0${(100 * error).toFixed(1)}\u00a0points`;

export function reachPage() {
  const { reach, origin, places } = report, began = { ...origin, origin: true, distance_km: 0, index: -1 };
  const stations = reach.stations.map((station, i) => ({ ...station, ...places[i], index: i, share: station.in_time.value })).sort((a, b) => a.distance_km - b.distance_km), open = stations.filter((one) => one.share > 0.05 && one.share < 0.95);
  const when = reach.time ? ['at ', longTime(instant(reach.time)), ` (${zoneText(instant(reach.time).offset)})`] : [durationText(reach.within_seconds), ' after its departure'], units = report.units;
  const map = figure('map', 'Where it can be', 'Each station by the share of the runs in which a train bound for it is there by then. These are not to be added up: a train goes one way.', (width, tip) => drawMap(began, stations, width, tip, units),
    h('p', { class: 'legend' }, classes.map(([, name], i) => legendKey(`key-reach reach-${i}`, name))), behind('The same numbers as a table', reachTable(stations, units)));
  const edge = figure('edge', 'The farther, the less sure', 'Stations by their distance on the best way there; whiskers are one standard error of so many runs, not of the model.', (width, tip) => drawShares(stations, width, tip, units));
  edge.setAttribute('aria-details', 'map');
  const doing = whereabouts(reach);
  return h('main', {}, headOf(reach, origin, stations, when), h('div', { class: 'pair' }, map, h('div', {}, edge, doing)), h('div', { class: 'columns' },
    notesSection(reach.not_waited_for?.length > 0 && h('p', {}, `Who wants to be in time does not wait of his own will. Left out: ${reach.not_waited_for.join(', ')}.`), open.length > 0 && h('p', {}, `${open.length} stations lie between 5 % and 95 %.`),
      reach.unreachable?.length > 0 && h('details', {}, h('summary', {}, `No way leads to ${reach.unreachable.length} stations`), h('ul', {}, reach.unreachable.map((one) => h('li', {}, named(report.names[one.station] ?? one.station), ': ', named(one.why)))))),
    notModelledSection(), parametersSection([['From', `${origin.name} (${origin.station})`], reach.changes.length && ['Changed', reach.changes.join('; ')], ['Runs of each way', count(reach.runs)], ['Seed', reach.seed], ['Document', `${report.schema}, around ${reach.schema}`]].filter(Boolean),
      'A station has one way: that of the scenario where it comes there, else the best one.')), footer());
}

function headOf(reach, origin, stations, when) {
  const at = (least) => stations.filter((one) => one.share >= least), sure = at(0.95), likely = at(0.5), farthest = (list) => list.at(-1);
  return head({
    kicker: 'Where a train can be', title: ['From ', named(origin.name)], question: reach.question,
    answers: [sure.length ? ['A train that is bound for them is, ', when, ', at ', h('strong', { class: 'p50' }, `${sure.length} of ${stations.length + (reach.unreachable ?? []).length} stations`), ' in 19 runs of 20 or more; the farthest is ', h('strong', {}, named(farthest(sure).name)), ` (${kilometresAndMiles(farthest(sure).distance_km, report.units)}).`] : ['At no station is a train, ', when, ', in 19 runs of 20.'],
      likely.length > sure.length && ['In every second run or more it is at ', h('strong', {}, `${likely.length} stations`), ', the farthest of them ', h('strong', {}, named(farthest(likely).name)), ` (${kilometresAndMiles(farthest(likely).distance_km, report.units)}).`]].filter(Boolean),
    decks: [`${count(reach.runs)} simulated runs of each way; a train that passes a station on the way to a farther one counts as being there.`],
  });
}

// What the scenario's own journey does then.
function whereabouts({ whereabouts: list }) {
  if (!list?.length) return null;
  const words = { not_departed: 'not yet left', standing: 'standing at', between: 'between', arrived: 'arrived at' }, name = (id) => report.names[id] ?? id;
  const text = (one) => (one.what === 'between' ? ['between ', named(name(one.from)), ' and ', named(name(one.to))] : [`${words[one.what] ?? one.what.replaceAll('_', ' ')} `, named(name(one.from))]);
  return h('section', { id: 'whereabouts' }, h('h2', {}, 'The journey of the scenario is then'), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Where the journey of the scenario is' }, h('table', { class: 'numbers whereabouts' }, columnHeads('Where', 'Share of the runs'), h('tbody', {}, [...list].sort((a, b) => b.share.value - a.share.value).map((one) => h('tr', {}, h('th', { scope: 'row' }, text(one)), h('td', {}, errorText(one.share))))))));
}

function reachTable(stations, units) {
  return h('table', { class: 'numbers reached' }, columnHeads('Station', units === 'imperial' ? 'km (mi)' : 'km', 'Country', 'There', 'The scenario\u2019s own journey', 'Middle run there', 'Clocks', 'After'), h('tbody', {}, stations.map((one) => h('tr', { class: one.share > 0.05 && one.share < 0.95 && 'main' }, h('th', { scope: 'row' }, named(one.name)), h('td', { class: 'km' }, one.distance_km.toFixed(1) + (units === 'imperial' ? ` (${(one.distance_km / 1.609344).toFixed(1)})` : '')), h('td', {}, one.country), h('td', { class: 'share' }, errorText(one.in_time)),
    h('td', { class: 'own' }, one.overall ? percent(one.overall.value) : '\u2013'), h('td', { class: 'when' }, one.time?.p50 ? shortTime(instant(one.time.p50)) : ''), h('td', {}, one.time?.p50 ? zoneText(instant(one.time.p50).offset) : ''), h('td', {}, one.elapsed_seconds?.p50 ? clockText(one.elapsed_seconds.p50) : '')))));
}

const numbersOf = (one, units) => [...stationHead(one, units), one.origin ? h('div', {}, 'where it begins') : h('table', {}, h('tbody', {}, h('tr', {}, h('th', {}, 'there by then'), h('td', { class: 'p50' }, errorText(one.in_time))), one.overall && h('tr', {}, h('th', {}, 'the scenario\u2019s own journey'), h('td', {}, percent(one.overall.value))), one.time?.p50 && h('tr', {}, h('th', {}, 'middle run'), h('td', {}, `${shortTime(instant(one.time.p50))} (${zoneText(instant(one.time.p50).offset)})`))))];
const textOf = (one) => `${one.name}, kilometre ${one.distance_km.toFixed(1)}: ${errorText(one.in_time)} of the runs are there`;

function drawMap(began, stations, width, tip, units) {
  const drawn = stations.filter((one) => one.drawn), all = [...drawn, began], { projection, height, plot } = frameOf(all.map((one) => one.at), width);
  const svg = s('svg', { class: 'chart map reach', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': `Map of ${drawn.length} stations by how surely a train is there; the table below has the same numbers` });
  svg.plot = plot;
  svg.append(groundOf(basemap, report.other_lines, projection, width, height));
  const projected = all.map((one) => projection(one.at)), order = [...all.keys()].sort((a, b) => classOf(all[b].share ?? 1) - classOf(all[a].share ?? 1));
  for (const i of order) {
    const one = all[i], [cx, cy] = projected[i];
    svg.append(s('circle', { class: one.origin ? 'stop end' : `reach-${classOf(one.share)}`, cx, cy, r: one.origin ? 5.5 : 4 }));
  }
  // Named first: where it begins, and the farthest of each class.
  const first = new Set(classes.map((_, i) => drawn.filter((one) => classOf(one.share) === i).at(-1)?.index)), ranked = all.map((one) => ({ ...one, end: one.origin, main: first.has(one.index) }));
  const labels = placeLabels(ranked, projected, width, height, []);
  svg.append(countryNames(projection, labels, projected, width, height), s('path', { class: 'tie map-tie', d: labels.map((one) => one.tie || '').join('') }));
  for (const one of labels) svg.append(s('text', { class: `label level-${one.level}`, x: one.x, y: one.y, 'text-anchor': one.anchor, 'font-size': one.size }, one.text));
  const ring = s('circle', { class: 'ring', r: 9, visibility: 'hidden' });
  svg.append(ring, scaleBar(projection, width, height));
  const show = (i, mine) => {
    ring.setAttribute('visibility', i === null || i < 0 ? 'hidden' : 'visible');
    if (i === null || i < 0) return tip.hide();
    ring.setAttribute('cx', projected[i][0]);
    ring.setAttribute('cy', projected[i][1]);
    if (mine) tip.show(numbersOf(all[i], units), ...projected[i]);
  };
  whenPointedAt(svg, (event) => {
    const box = svg.getBoundingClientRect(), px = event.clientX - box.left, py = event.clientY - box.top, far = projected.map(([x, y]) => Math.hypot(x - px, y - py)), i = far.indexOf(Math.min(...far));
    choose(far[i] < 24 ? all[i].index : null, svg);
    show(far[i] < 24 ? i : null, true);
  }, () => { choose(null, svg); show(null); });
  svg.append(slider('Stations on the map', drawn, textOf, (one) => { choose(one ? one.index : null, svg); show(one ? drawn.indexOf(one) : null, true); }));
  onChoice((index, source) => { if (source !== svg) show(index === null ? null : drawn.findIndex((one) => one.index === index), false); }, svg);
  return svg;
}

// The share against the distance.
function drawShares(stations, width, tip, units) {
  const drawn = stations.filter((one) => one.drawn), phone = width < 430, left = 44, right = width - 8, top = 14, bottom = top + (phone ? 200 : 250), height = bottom + 40;
  const x = scaleLinear([0, Math.max(1, ...drawn.map((one) => one.distance_km)) * 1.02], [left, right]), y = scaleLinear([0, 1], [bottom, top]);
  const svg = s('svg', { class: 'chart shares', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Share of the runs that are there, against the distance; the table has the same numbers' });
  for (const share of [0, 0.25, 0.5, 0.75, 1]) svg.append(s('line', { class: 'grid', x1: left, x2: right, y1: y(share), y2: y(share) }), s('text', { class: 'tick', x: left - 6, y: y(share) + 4, 'text-anchor': 'end' }, `${100 * share}\u00a0%`));
  for (const km of niceSteps(0, x.domain()[1], right - left, 60)) svg.append(s('text', { class: 'tick', x: x(km), y: bottom + 16, 'text-anchor': km === 0 ? 'start' : 'middle' }, km === 0 ? '0 km' : String(km)));
  for (const one of [...drawn].reverse()) {
    const cx = x(one.distance_km), { value, error } = one.in_time;
    if (error > 0) svg.append(s('path', { class: 'whisker', d: `M${cx.toFixed(1)},${y(Math.min(1, value + error)).toFixed(1)}V${y(Math.max(0, value - error)).toFixed(1)}` }));
    svg.append(s('circle', { class: `reach-${classOf(one.share)}`, cx, cy: y(value), r: 4 }));
  }
  const taken = [];
  for (const one of drawn.filter((other) => other.share > 0.02 && other.share < 0.95)) {
    const text = fitted(one.name, width / 2, 11), wide = textWidth(text, 11), cx = x(one.distance_km), cy = y(one.share);
    const spot = [[cx + 8, 'start'], [cx - 8, 'end']].map(([tx, anchor]) => ({ tx, anchor, from: anchor === 'start' ? tx : tx - wide })).find(({ from }) => from > left && from + wide < right && taken.every((box) => from > box[1] + 4 || from + wide < box[0] - 4 || Math.abs(cy - box[2]) > 12) && drawn.every((other) => Math.abs(y(other.share) - cy) > 9 || x(other.distance_km) < from - 4 || x(other.distance_km) > from + wide + 4));
    if (!spot) continue;
    taken.push([spot.from, spot.from + wide, cy]);
    svg.append(s('text', { class: 'place', x: spot.tx, y: cy + 4, 'text-anchor': spot.anchor }, text));
  }
  const ring = s('circle', { class: 'ring', r: 8, visibility: 'hidden' });
  svg.append(ring);
  const show = (one, mine) => {
    ring.setAttribute('visibility', one ? 'visible' : 'hidden');
    if (!one) return tip.hide();
    ring.setAttribute('cx', x(one.distance_km));
    ring.setAttribute('cy', y(one.share));
    if (mine) tip.show(numbersOf(one, units), x(one.distance_km), y(one.share));
  };
  whenPointedAt(svg, (event) => {
    const box = svg.getBoundingClientRect(), px = event.clientX - box.left, py = event.clientY - box.top, far = (one) => Math.hypot(x(one.distance_km) - px, y(one.share) - py), best = drawn.length ? drawn.reduce((a, b) => (far(b) < far(a) ? b : a)) : null;
    choose(best ? best.index : null, svg);
    show(best, true);
  }, () => { choose(null, svg); show(null); });
  svg.append(slider('Stations by distance', drawn, textOf, (one) => { choose(one ? one.index : null, svg); show(one, true); }));
  onChoice((index, source) => { if (source !== svg) show(drawn.find((one) => one.index === index), false); }, svg);
  return svg;
}
