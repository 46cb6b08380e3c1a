// The page of what drives a window: the shares of what is drawn, the numbers behind, and what a report from each place would be worth.
import { h, legendKey, named } from './dom.js';
import { durationText, longTime, yearOf, zoneText } from './time.js';
import { percent, stationHead } from './numbers.js';
import { basemap, behind, count, figure, footer, head, notesSection, notModelledSection, parametersSection, report, weakSection } from './page.js';
import { explainedOf, offText, verbs } from './explained.js';
import { drawDrivers, driversTable, shareText } from './drivers.js';
import { drawMoved, movedTable, restText } from './moved.js';
import { drawLook, drawStrip, lookRows, worthTable } from './worth.js';
import { drawMap, mapLegend } from './map.js';
import { stationsTable } from './tables.js';

const told = 3, worthTelling = 0.05;

export function explainPage() {
  const explained = explainedOf(report), { groups, numbers, along, reports, off, whole } = explained, { units } = report;
  const main = h('main', {}, headOf(explained));
  if (groups.length > 0 && whole > 0)
    main.append(figure('drivers', driversTitle(explained), 'Each kind of chance, by what would be left of the spread of the arrival if all else were known, and by what would go if it alone were known. What lies before or behind the window counts as its end.', (width, tip) => drawDrivers(explained, width, tip),
      h('p', { class: 'legend' }, legendKey('band-2', 'spread: left if all else is known'), legendKey('band-1', 'alone: gone if it alone is known'), legendKey('key-whisker', 'one standard error'), h('span', { class: 'group columns-only' }, 'if known: the width that is then expected')), together(groups), behind('The same numbers as a table', driversTable(explained))));
  if (numbers.length > 0)
    main.append(figure('moved', 'Which numbers move it', 'How much later half of the journeys are there when a number is low or high, on the same draws of all else: what the files give as a law at its own 5 % or 95 %, what is weakly known and given without one by a part of itself.', (width, tip) => drawMoved(explained, width, tip),
      h('p', { class: 'legend' }, legendKey('band-2', 'low'), legendKey('band-1', 'high'), restText(explained) && h('span', { class: 'group' }, restText(explained))), behind('The same numbers as a table', movedTable(explained))));
  const map = mapFigure(explained);
  if (along.length > 0 && whole > 0) {
    const strip = figure('strip', stripTitle(explained), `How wide the window at ${explained.destination.name} is expected to be if one learns when the train was at a place, along the way.`, (width, tip) => drawStrip(explained, width, tip, units),
      h('p', { class: 'legend' }, legendKey('key-last', `known to ${offText(off.at(-1))}`), off.length > 1 && legendKey('key-nearer', `known to ${off.slice(0, -1).map(offText).join(', ')}`), legendKey('key-unseen', 'not there by the time when half of them are'), explained.best && legendKey('key-best', 'the best early report')), behind('The same numbers as a table', worthTable(explained, units)));
    const hidden = along.length - lookRows(explained).length, look = figure('look', 'When to look', `Nine in ten journeys that come to a place do so within its bar, on the clocks there. Width left: of the window at the end, after a report known to ${offText(off.at(-1))}.`, (width, tip) => drawLook(explained, width, tip, units),
      h('p', { class: 'legend' }, legendKey('band-2', '9 in 10 journeys'), legendKey('key-median', 'middle'), legendKey('key-night', 'night there'), hidden > 0 && h('span', { class: 'group' }, `${hidden} smaller places are only in the table above.`)));
    look.setAttribute('aria-details', 'strip');
    main.append(strip, look);
  }
  const elsewhere = reports.length - along.length;
  main.append(map, h('div', { class: 'columns' }, notesSection([elsewhere > 0 && h('p', {}, `${elsewhere} reports are from other ways than the likeliest, along which the figures run; the table has them.`), ...report.notes.map((note) => h('p', {}, named(note)))]), weakSection(report.weak_inputs), notModelledSection(), parametersSection(parametersOf(explained),
    'The same scenario, seed and program give the same numbers. Draws have names, so those of one kind are taken from another run while all else stays as it is; reports are tried on runs that are there already. Errors are one standard error of the sampling, not of the model.')), footer());
  return main;
}

function headOf({ explanation, destination, others, whole, arrival, groups, best, off, nameOf, way }) {
  const causes = groups.filter((group) => group.total.value >= worthTelling).slice(0, told), last = off.at(-1);
  const why = whole === 0 ? 'All journeys arrive at the same time: there is nothing to explain.' : causes.length === 0 ? 'No kind of chance makes a twentieth of the spread.'
    : ['It is so wide above all because of ', causes.map((group, i) => [i === 0 ? '' : i === causes.length - 1 ? ' and ' : ', ', named(group.name), ' (', shareText(group.total.value), ')']), '.'];
  return head({
    kicker: 'What drives the window', title: [named(way.stations[0].name), ' \u2192 ', named(destination.name)], question: explanation.question,
    answers: [[others.length > 0 && ['If it is bound for ', named(destination.name), ', its'], others.length === 0 && 'The', ' window is ', h('strong', { class: 'p50' }, durationText(whole)), ' wide, nine journeys in ten from ', h('strong', {}, longTime(arrival.p5)), ' to ', h('strong', {}, longTime(arrival.p95)), '. ', why],
      best && whole > 0 && best.last.width_seconds !== null && ['Look for it as it ', verbs[best.event], ' ', h('strong', { class: 'called' }, named(best.place.name)), ', from ', h('strong', {}, longTime(best.time.p5)), ' to ', h('strong', {}, longTime(best.time.p95)), ': a report known to ', offText(last), ' is expected to leave ', h('strong', { class: 'p50' }, durationText(best.last.width_seconds)), ' of it.']].filter(Boolean),
    decks: [others.length > 0 && `Each destination has reasons of its own. ${destination.name} has a probability of ${percent(destination.probability)}; the others are ${others.map((one) => nameOf(one.station)).join(', ')}.`,
      `${count(explanation.runs)} runs, of which ${percent(explanation.arrives)} arrive and count. Arrival: clocks of ${destination.name} (${zoneText(arrival.p50.offset)}), year ${yearOf(arrival.p50)}.`],
  });
}

const driversTitle = ({ groups: [first] }) => (first.total.value >= worthTelling ? ['Above all: ', named(first.name)] : 'Many small things');

function stripTitle({ best, whole }) {
  if (!best || best.last.width_seconds === null) return 'What a report would leave';
  return best.last.width_seconds <= whole / 2 ? ['From ', named(best.place.name), ' on a report would halve it'] : ['No report would halve it; ', named(best.place.name), ' is the best place'];
}

function together(groups) {
  const sum = (part) => groups.reduce((all, group) => all + (group[part].value ?? 0), 0), total = sum('total');
  return total > 1.05 && h('p', { class: 'legend' }, `The spreads add up to ${shareText(total)}, and what goes alone to ${shareText(sum('first'))}: some act only together.`);
}

function mapFigure(explained) {
  const { way, along, best } = explained, here = (station) => along.filter((one) => one.place === station || one.place.station === station.station);
  const of = (station) => here(station).map((one) => `${one.event === 'arrive' ? 'arrival' : one.event === 'depart' ? 'departure' : 'passage'} known: ${one.last.width_seconds === null ? 'unknown' : durationText(one.last.width_seconds)} wide`);
  return figure('map', best ? ['Where ', named(best.place.name), ' lies'] : 'The way', 'The likeliest way; each place says what a report from there would leave.', (width, tip) => drawMap({
    label: 'Map of the way', everywhere: way.stations, lines: [{ stations: way.stations, number: 0 }], coloured: false,
    numbersOf: (station) => [...stationHead(station, report.units), ...of(station).map((text) => h('div', {}, text))],
    walked: way.stations.filter((one) => one.main).map((station) => ({ station, index: null, text: [`${station.name}, kilometre ${station.distance_km.toFixed(1)}`, ...of(station)].join('; ') })),
  }, basemap, report.other_lines, width, tip), mapLegend(), behind('The stations as a table', stationsTable(way.stations.filter((one) => one.main), report.units)));
}

const parametersOf = ({ explanation, off }) => [['Scenario', explanation.scenario], explanation.changes?.length && ['Changed', explanation.changes.join('; ')], ['Runs', count(explanation.runs)], ['Pairs of runs', `up to ${count(explanation.pairs)} for each kind of draw`],
  off.length > 0 && ['Reports are off by', off.map(offText).join(', ')], ['Seed', explanation.seed], ['Physics', report.rung], ['Document', `${report.schema}, around ${explanation.schema}`]].filter(Boolean);
