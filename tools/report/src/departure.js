// The page of the latest departure: how likely it is in time, departure by departure.
import { scaleLinear } from './scale.js';
import { area, line } from './path.js';
import { h, legendKey, named, s } from './dom.js';
import { slider, whenPointedAt } from './cursor.js';
import { nightAreas, timeAxis } from './axis.js';
import { instant, longTime, shortTime, zoneText } from './time.js';
import { kilometresAndMiles, waysOnMap } from './journey.js';
import { percent, stationHead } from './numbers.js';
import { columnHeads, stationsTable } from './tables.js';
import { basemap, behind, count, figure, footer, head, notesSection, notModelledSection, parametersSection, report, sameNumbers, weakSection } from './page.js';
import { drawMap, mapLegend } from './map.js';

const shareText = ({ value, error }) => `${percent(value)} \u00b1\u00a0${(100 * error).toFixed(1)}\u00a0points`;

export function departurePage() {
  const { departure, origin, place } = report, trial = (one) => ({ ...one, time: instant(one.depart) }), latest = trial(departure.latest), curve = departure.curve.map(trial), deadline = instant(departure.arrive_by);
  const ways = waysOnMap(report.map).map((way, i) => ({ ...way, number: i % 6 })), unlike = new Set(ways.map((way) => way.stations.map((station) => station.station).join(' '))).size > 1;
  const figureOf = curve.length > 1 && figure('curve', 'The later it leaves, the less likely it is in time', h('span', {}, 'Share of the runs that are at ', named(place.name), ` by ${longTime(deadline)} (${zoneText(deadline.offset)}), by when they leave ${origin.name}, on its clocks. The band is one standard error of so many runs, not of the model.`),
    (width, tip) => drawCurve(curve, latest, departure, origin, width, tip), h('p', { class: 'legend' }, legendKey('key-median', 'share in time'), legendKey('band-2', 'one standard error'), legendKey('key-latest', 'latest that is sure enough')), behind('The same numbers as a table', curveTable(curve, latest)));
  const map = figure('map', unlike ? 'The ways' : 'The way', null, (width, tip) => drawMap({
    label: 'Map of the way', everywhere: ways.flatMap((way) => way.stations), lines: ways, coloured: unlike, numbersOf: (station) => stationHead(station, report.units),
    walked: ways[0].stations.filter((one) => one.main).map((station) => ({ station, index: null, text: `${station.name}, kilometre ${station.distance_km.toFixed(1)}` })),
  }, basemap, report.other_lines, width, tip), mapLegend(), behind('The stations as a table', stationsTable(ways[0].stations.filter((one) => one.main), report.units)));
  return h('main', {}, head({
    kicker: 'Latest departure', title: [named(origin.name), ' \u2192 ', named(place.name)], question: departure.question,
    answer: ['To be there by ', h('strong', {}, longTime(deadline)), ` with a confidence of ${percent(departure.confidence)} it must leave by `, h('strong', { class: 'p50' }, longTime(latest.time)), ` (${zoneText(latest.time.offset)}).`],
    decks: [h('span', {}, `Leaving then, ${shareText(departure.latest.in_time)} of the runs are in time, so at least ${percent(departure.latest.at_least)}; a minute later at least ${percent(departure.minute_later.at_least)}.`, departure.arrival?.p50 && ` Half of the journeys are there by ${longTime(instant(departure.arrival.p50))}, nine in ten between ${longTime(instant(departure.arrival.p5))} and ${longTime(instant(departure.arrival.p95))} (${zoneText(instant(departure.arrival.p50).offset)}).`),
      `${count(departure.runs)} simulated runs, the same draws at every departure, over ${kilometresAndMiles(ways[0].stations.at(-1).distance_km, report.units)}.`],
  }), figureOf || null, map, h('div', { class: 'columns' },
    notesSection(departure.not_waited_for?.length > 0 && h('p', {}, `Who wants to be in time does not wait of his own will. Left out: ${departure.not_waited_for.join(', ')}.`), report.notes.map((note) => h('p', {}, named(note)))), weakSection(report.weak_inputs, 'this answer'), notModelledSection(),
    parametersSection([['Scenario', departure.scenario], departure.changes.length && ['Changed', departure.changes.join('; ')], ['Runs', count(departure.runs)], ['Seed', departure.seed], ['Physics', report.rung], ['Document', `${report.schema}, around ${departure.schema}`]].filter(Boolean), sameNumbers)), footer());
}

const curveTable = (curve, latest) => h('table', { class: 'numbers curve-table' }, columnHeads('Departure', 'Clocks', 'In time', 'At least', ''), h('tbody', {}, curve.map((one) => h('tr', { class: one.time.at === latest.time.at && 'main' }, h('th', { scope: 'row' }, longTime(one.time)), h('td', {}, zoneText(one.time.offset)), h('td', {}, shareText(one.in_time)), h('td', {}, percent(one.at_least)), h('td', {}, one.time.at === latest.time.at ? 'latest' : '')))));

function drawCurve(curve, latest, { confidence }, origin, width, tip) {
  const phone = width < 620, left = 46, right = width - 8, top = 22, bottom = top + (phone ? 220 : 300), height = bottom + 44;
  const x = scaleLinear([curve[0].time.at, curve.at(-1).time.at], [left, right]), y = scaleLinear([0, 1], [bottom, top]), value = (one) => one.in_time.value, error = (one) => one.in_time.error;
  const svg = s('svg', { class: 'chart departures', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Share of the runs in time against the departure; the table below has the same numbers' });
  svg.append(nightAreas(x, [{ at: origin.at, y: top }, { at: origin.at, y: bottom }]), timeAxis(x, latest.time.offset, bottom, 1, { grid: bottom - top }));
  for (const share of [0, 0.25, 0.5, 0.75, 1]) svg.append(s('line', { class: 'grid', x1: left, x2: right, y1: y(share), y2: y(share) }), s('text', { class: 'tick', x: left - 6, y: y(share) + 4, 'text-anchor': 'end' }, `${100 * share}\u00a0%`));
  svg.append(s('path', { class: 'band-2', d: area().x((p) => x(p.time.at)).y0((p) => y(Math.max(0, value(p) - error(p)))).y1((p) => y(Math.min(1, value(p) + error(p))))(curve) }),
    s('path', { class: 'median', d: line().x((p) => x(p.time.at)).y((p) => y(value(p)))(curve) }),
    s('line', { class: 'half', x1: left, x2: right, y1: y(confidence), y2: y(confidence) }), s('text', { class: 'direct', x: right, y: y(confidence) + 15, 'text-anchor': 'end' }, `wanted: ${percent(confidence)}`));
  for (const one of curve) svg.append(s('circle', { class: one.time.at === latest.time.at ? 'mark-last best' : 'mark-last', cx: x(one.time.at), cy: y(value(one)), r: one.time.at === latest.time.at ? 6 : 3.6 }));
  const at = x(latest.time.at), early = at > (left + right) / 2;
  svg.append(s('path', { class: 'latest', d: `M${at.toFixed(1)},${top}V${bottom}` }), s('text', { class: 'direct', x: early ? at - 8 : at + 8, y: bottom - 8, 'text-anchor': early ? 'end' : 'start' }, `latest: ${shortTime(latest.time)}`));
  const hair = s('line', { class: 'hair', y1: top, y2: bottom, visibility: 'hidden' });
  svg.append(hair);
  const text = (one) => `Leaving ${longTime(one.time)}, ${zoneText(one.time.offset)}: ${shareText(one.in_time)} in time`;
  const show = (one) => {
    hair.setAttribute('visibility', one ? 'visible' : 'hidden');
    if (!one) return tip.hide();
    for (const name of ['x1', 'x2']) hair.setAttribute(name, x(one.time.at));
    tip.show([h('strong', {}, `Leaving ${longTime(one.time)}`), h('table', {}, h('tbody', {}, h('tr', {}, h('th', {}, 'in time'), h('td', { class: 'p50' }, shareText(one.in_time))), h('tr', {}, h('th', {}, 'at least'), h('td', {}, percent(one.at_least))))), h('div', { class: 'notes' }, `Clocks at ${zoneText(one.time.offset)}`)], x(one.time.at), y(value(one)));
  };
  whenPointedAt(svg, (event) => { const box = svg.getBoundingClientRect(), px = event.clientX - box.left; show(curve.reduce((a, b) => (Math.abs(x(b.time.at) - px) < Math.abs(x(a.time.at) - px) ? b : a))); }, () => show(null));
  svg.append(slider('Departures', curve, text, show));
  return svg;
}
