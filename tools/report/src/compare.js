// The page of a what-if: each variant's window, how much later than the base it comes run by run, and what moves.
import { h, legendKey, named } from './dom.js';
import { instant, longTime, yearOf, zoneText } from './time.js';
import { waysOnMap } from './journey.js';
import { stationHead } from './numbers.js';
import { basemap, behind, count, figure, footer, head, notesSection, notModelledSection, parametersSection, report, sameNumbers, toggles, weakSection } from './page.js';
import { drawMap, mapLegend } from './map.js';
import { stationsTable } from './tables.js';
import { countsFromDeparture, drawVariants, variantsTable } from './variants.js';
import { differencesTable, drawDifferences, drawShifts, laterText, shareText, shiftsTable } from './differences.js';

// Variants as the figures need them; those without an answer have no `time`.
function variantsOf({ comparison, ways_of_variant: taken, map }) {
  const ways = waysOnMap(map);
  return comparison.variants.map((variant, i) => ({
    ...variant, base: i === 0, number: i % 6, visible: true, against: variant.against_base?.pairs > 0 ? variant.against_base : null, noPair: variant.against_base?.pairs === 0,
    time: variant.infeasible ? null : Object.fromEntries(Object.entries(variant.time).map(([name, iso]) => [name, instant(iso)])),
    ways: taken[i].map((index) => ways[index]), way_indices: taken[i],
    place: map.stations.find((station) => station.station === variant.station),
  }));
}

export function comparePage() {
  const variants = variantsOf(report), answered = variants.filter((one) => one.time), others = variants.filter((one) => one.against), base = variants[0];
  const visible = () => answered.filter((one) => one.visible), shownOthers = () => others.filter((one) => one.visible);
  const places = [...new Set(answered.map((one) => one.place.name))], many = answered.length > 12;
  const windows = figure('variants', windowsTitle(answered), `When it arrives at ${places.join(' or ')}, on clocks there.`, (width, tip) => drawVariants(visible(), width, tip), bandsLegend(), behind('The same numbers as a table', variantsTable(answered, report.units)));
  const main = h('main', {}, headOf(answered, others, base), many ? null : toggles(answered));
  const map = mapFigure(answered);
  if (others.length > 0) {
    const differences = figure('differences', differencesTitle(others), h('span', {}, 'How much later than ', named(base.name), ' each one arrives when both meet the same luck; ', others.length > 4 ? 'half, eight and nine in ten of the pairs of runs.' : 'each dot is one pair of runs in fifty.'),
      (width, tip) => drawDifferences(shownOthers(), base, width, tip), behind('The same numbers as a table', differencesTable(others)));
    const shifts = figure('shifts', 'How far the window itself moves', h('span', {}, 'By how much each quantile of the arrivals lies later than that of ', named(base.name), '; whiskers are one standard error that knows of the pairing. The early edge of a window may move otherwise than its late one.'),
      (width) => drawShifts(shownOthers(), width), behind('The same numbers as a table', shiftsTable(others)));
    main.append(windows, differences, h('div', { class: 'pair' }, map, h('div', {}, shifts)));
  } else main.append(h('div', { class: 'pair' }, h('div', {}, windows), map));
  main.append(h('div', { class: 'columns' }, changesSection(variants), notesSection(report.notes.map((note) => h('p', {}, named(note)))), weakSection(report.weak_inputs), notModelledSection(),
    parametersSection([['Base', base.name], ['Runs of each', count(report.comparison.runs)], ['Seed', report.comparison.seed], ['Physics', report.rung], ['Document', `${report.schema}, around ${report.comparison.schema}`]],
      `Run r of one variant and run r of another have the same draws, so that they differ by the change alone. Quantiles of the difference are not differences of quantiles: the first say how much later one journey would have been, the second how far the window moves. ${sameNumbers}`)), footer());
  return main;
}

function headOf(answered, others, base) {
  const ends = (which) => [...new Set(answered.flatMap((one) => one.ways.map((way) => which(way.stations).name)))].join(' or ');
  const first = answered[0];
  return head({
    kicker: 'What if',
    title: [named(ends((list) => list[0])), ' \u2192 ', named(ends((list) => list.at(-1)))],
    question: report.comparison.question,
    answer: answerOf(others, base, answered),
    decks: [`${count(report.comparison.runs)} runs of each variant on the same draws. Times are local to ${first.place.name} (${zoneText(first.time.p50.offset)}), year ${yearOf(first.time.p50)}.`],
  });
}

function answerOf(others, base, answered) {
  if (others.length === 0) return base.time ? ['Of ', named(base.name), ' half of the journeys are there by ', h('strong', {}, longTime(base.time.p50)), '.'] : [named(base.name), ' has no answer, so there is nothing to take differences from; ', answered.length === 1 ? 'one of the others has one.' : `${answered.length} of the others have one.`];
  const ordered = [...others].sort((a, b) => a.against.difference_seconds.p50 - b.against.difference_seconds.p50), told = ordered.length > 3 ? [ordered[0], ordered.at(-1)] : ordered;
  return ['Run by run against ', named(base.name), told.map((one, i) => [i === 0 ? ', ' : i === told.length - 1 ? ' and ' : ', ', h('em', {}, named(one.name)), ' arrives ', h('strong', { class: 'p50' }, laterText(one.against.difference_seconds.p50)), ' in the middle and first in ', h('strong', {}, shareText(one.against.earlier.value))]), '.'];
}

function windowsTitle(answered) {
  if (answered.length === 1) return 'The window';
  const elapsed = countsFromDeparture(answered), first = [...answered].sort((a, b) => (elapsed ? a.elapsed_seconds.p50 - b.elapsed_seconds.p50 : a.time.p50.at - b.time.p50.at))[0];
  return [`${elapsed ? 'Quickest' : 'Earliest'} in the middle: `, named(first.name)];
}

const differencesTitle = (others) => (others.length === 1 ? 'The difference that it makes' : 'The differences that they make');

// Each way once, with the variants that may take it.
function waysOf(answered) {
  const known = new Map();
  for (const variant of answered)
    variant.way_indices.forEach((index, i) => {
      if (!known.has(index)) known.set(index, { stations: variant.ways[i].stations, variants: [] });
      known.get(index).variants.push(variant);
    });
  return [...known.values()];
}

function mapFigure(answered) {
  const ways = waysOf(answered), stations = ways.flatMap((way) => way.stations), several = ways.length > 1, names = (way) => way.variants.map((one) => one.name).join(', ');
  const draw = (width, tip) => {
    // A way that several variants take has the colour of the first that is shown.
    const lines = ways.filter((way) => way.variants.some((one) => one.visible)).map((way) => ({ ...way, number: way.variants.find((one) => one.visible).number }));
    const whose = (of) => several && h('div', { class: 'notes' }, of.length === lines.length ? 'on every way shown' : ['on the way of ', named(of.map((i) => names(lines[i])).join(', '))]);
    return drawMap({
      label: 'Map of the ways', everywhere: stations, lines, coloured: several,
      numbersOf: (station, of) => [...stationHead(station, report.units), whose(of)].filter(Boolean),
      walked: lines[0].stations.filter((one) => one.main).map((station) => ({ station, index: null, text: `${station.name}, kilometre ${station.distance_km.toFixed(1)}` })),
    }, basemap, report.other_lines, width, tip);
  };
  const deck = several ? 'Where several run over the same line, the colours lie side by side.' : answered.length > 1 && 'All variants take the same one.';
  return figure('map', several ? 'The ways differ' : 'The way', deck, draw, mapLegend(),
    behind('The stations as a table', ways.map((way) => stationsTable(way.stations.filter((one) => one.main), report.units, several && names(way)))));
}

function changesSection(variants) {
  const described = variants.filter((one) => one.why || one.changes.length || one.infeasible);
  const says = (one) => [one.infeasible && h('p', { class: 'infeasible' }, 'No answer: ', named(one.infeasible)), one.why && h('p', {}, named(one.why)), one.changes.length > 0 && h('p', {}, h('code', {}, named(one.changes.join('; '))))];
  return described.length > 0 && h('section', { id: 'changes' }, h('h2', {}, 'What each variant changes'), h('dl', {}, described.map((one) => [h('dt', {}, named(one.name)), h('dd', {}, says(one))])));
}

const bandsLegend = () => h('p', { class: 'legend' }, legendKey('band-1', 'half of the runs'), legendKey('band-2', '8 in 10'), legendKey('band-3', '9 in 10'), legendKey('key-median', 'middle run'), legendKey('key-night', 'night there'));
