// The page of what was seen: where the train is going, when it is there, how that came about report by report, and what it rests on.
import { h, legendKey, named } from './dom.js';
import { bands } from './journey.js';
import { instant, longTime, shortTime, yearOf, zoneText } from './time.js';
import { percent, stationHead } from './numbers.js';
import { basemap, behind, count, figure, footer, head, notesSection, notModelledSection, parametersSection, redraw, report, sameNumbers, weakSection } from './page.js';
import { inferredOf, placeOf, seriesTowards } from './inferred.js';
import { inferredCutoff } from './cutoff.js';
import { momentOf, momentOnMap, momentPanel } from './moment.js';
import { drawHypotheses, oddsTable, stepsTable } from './hypotheses.js';
import { drawFan, fanTable } from './fan.js';
import { drawTowards, inferredTable } from './towards.js';
import { distanceText, drawPlaces, placesTable, placeText } from './places.js';
import { fitsNot, reportsTable, saidTable } from './reports.js';
import { seenText, sightingOnMap } from './sightings.js';
import { drawMap, mapLegend } from './map.js';
import { stationsTable } from './tables.js';

const verbs = { arrive: 'arrives', depart: 'leaves', pass: 'passes', seen: 'is seen' };

export function inferPage() {
  const inferred = inferredOf(report), { inference, panels, destinations, sightings, press } = inferred, turns = [];
  let chosen = destinations[0];
  // A figure about the chosen destination: its title names it, and it has its colours.
  const about = (id, title, ...rest) => {
    const frame = figure(id, title(), ...rest), turn = () => { frame.setAttribute('class', `series-${chosen.number}`); frame.querySelector('h2').replaceChildren(...title()); };
    turns.push(turn);
    turn();
    return frame;
  };
  const choose = (one) => { chosen = one; turns.forEach((turn) => turn()); redraw(); }, cutoff = inferredCutoff(() => chosen);
  turns.push(cutoff.again);
  const main = h('main', {}, headOf(inferred), destinationChoice(destinations, choose));
  const fan = about('fan', () => [sightings.length ? 'Report by report: when it is at ' : 'When it is at ', named(chosen.name)], 'The window as it stood when each report became known, over the journeys bound there, on clocks there.', (width, tip) => drawFan(inferred, chosen, width, tip, cutoff), cutoff.panel,
    windowsLegend(press.length > 0 && legendKey('key-expected', 'the press'), legendKey('key-seen', 'when it was seen')), behind('The same numbers as a table', destinations.map((one) => fanTable(inferred, one))));
  if (panels.length > 0)
    main.append(figure('hypotheses', hypothesesTitle(inferred), `Probabilities, stepping where a report became known (numbered above; clocks of ${inferred.origin.name}). They begin with the weights of the scenario and what had been said from the start.`, (width, tip) => drawHypotheses(inferred, width, tip), ...pressText(press),
      behind('The same numbers as a table', panels.map(oddsTable), stepsTable(inferred))));
  main.append(fan, about('windows', () => ['On the way to ', named(chosen.name)], 'When it is at each timing point, over all journeys that come there: pale without the reports, strong with them. Where it hardly comes, only the table says when.', (width, tip) => drawTowards(inferred, chosen, width, tip, report.units),
    windowsLegend(legendKey('key-seen', 'when it was seen'), sightings.some((one) => one.noticed !== undefined) && legendKey('key-watch', 'watched, and not seen')), behind('The same numbers as a table', inferredTable(inferred, report.units))));
  const map = mapFigure(inferred, () => chosen, turns), now = inference.places && placesFigure(inferred);
  main.append(now ? h('div', { class: 'pair' }, map, h('div', {}, now)) : map, reportsSection(inferred));
  if (inference.evidence.length > 0) main.append(h('section', { id: 'said' }, h('h2', {}, 'What was said'), h('p', {}, 'No sighting, and weighed apart from them: the odds behind the first figure stand with the one, with the other, and with both.'), scrolled('What was said', saidTable(inferred))));
  main.append(h('div', { class: 'columns' }, notesSection(report.notes.map((note) => h('p', {}, named(note)))), weakSection(report.weak_inputs), notModelledSection(), parametersSection(parametersOf(inference), sameNumbers)), footer());
  return main;
}

const scrolled = (title, ...content) => h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': title }, ...content);
const windowsLegend = (...more) => h('p', { class: 'legend' }, [...bands].reverse().map((band) => legendKey(band.shade, band.name.replace('runs', 'journeys'))), legendKey('key-median', 'middle'), legendKey('key-night', 'night there'), more);

function headOf(inferred) {
  const { inference, alternatives, destinations: [likeliest], panels, sightings } = inferred, counted = sightings.filter((one) => one.counted).length, time = likeliest.after.time;
  const ends = (kind, which) => { const open = panels.find((panel) => panel.kind === kind); return open ? open.options.map((odds) => odds.label) : [which(alternatives[0].way.stations).name]; };
  const title = (names) => [named(names[0]), names.length === 2 && [' or ', named(names[1])], names.length > 2 && ' or elsewhere'];
  const { sampling } = inference, places = inference.places?.[0];
  return head({
    kicker: 'Given what was seen',
    title: [title(ends('from', (list) => list[0])), ' \u2192 ', title(ends('to', (list) => list.at(-1)))],
    question: inference.question,
    answer: [oddsAnswer(panels), likeliest.odds ? 'If so, it is there ' : ['It is at ', named(likeliest.name), ' '], likeliest.after.known ? ['between ', h('strong', {}, longTime(time.p5)), ' and ', h('strong', {}, longTime(time.p95)), ' in nine journeys of ten, half by ', h('strong', { class: 'p50' }, longTime(time.p50)), '.'] : 'in no journey that fits.'],
    decks: [
      places && `At ${longTime(instant(inference.moment))} (${zoneText(instant(inference.moment).offset)}) it is most likely ${placeText(places, inferred.nameOf)} (${percent(places.probability.value)}).`,
      `${sightings.length === 0 ? 'Nothing was reported' : `${counted} of ${sightings.length} ${sightings.length === 1 ? 'report counts' : 'reports count'}`}${inference.as_of ? `, as known at ${longTime(instant(inference.as_of))} (${zoneText(instant(inference.as_of).offset)})` : ''}. ${count(sampling.runs)} runs of each of ${sampling.journeys} ${sampling.journeys === 1 ? 'journey' : 'journeys'} left open; the answer rests on ${count(Math.round(sampling.effective_runs))} effective runs.${likeliest.after.known ? ` Times are local to ${likeliest.name} (${zoneText(time.p50.offset)}), year ${yearOf(time.p50)}.` : ''}`,
      !sampling.enough && h('strong', { class: 'remark' }, 'That is too few: the windows hold less than they say. Ask for more runs.'),
    ],
  });
}

// The likeliest destination and origin, with their odds before and after.
function oddsAnswer(panels) {
  const says = { to: 'Most likely it is bound for ', from: 'Most likely it came from ' };
  return panels.filter(({ kind }) => kind in says).map(({ kind, options: [most] }) => [says[kind], h('strong', { class: 'p50 called' }, named(most.label)), ` (${percent(most.after.value)}; before: ${percent(most.before)}). `]);
}

const hypothesesTitle = ({ main: { options: [most] } }) => ['In the end ', named(most.label), ` has ${percent(most.after.value)}`];

const pressText = (press) => press.map((one) => h('p', { class: 'legend press' }, 'The press expected: ', named(one.name), `, ${verbs[one.event]} ${seenText(one)} (`, named(one.source), ').'));

// Which destination the figures are about: the likeliest, until another is picked.
function destinationChoice(destinations, choose) {
  return destinations.length > 1 && h('fieldset', { class: 'toggles destinations' }, h('legend', {}, 'Shown: if it is bound for'), destinations.map((one, i) => h('label', { class: `series-${one.number}` }, h('input', { type: 'radio', name: 'destination', checked: i === 0, onchange: () => choose(one) }), h('span', { class: 'swatch' }), h('span', {}, named(one.name), ` ${percent(one.odds.after.value)}`))));
}

function mapFigure(inferred, chosen, turns) {
  const along = new Map(inferred.destinations.map((one) => [one, seriesTowards(inferred, one)])), known = [...along.values()].filter(Boolean), series = () => [along.get(chosen())].filter(Boolean);
  const moment = known.length > 0 && momentOf(known, inferred.inference.moment && instant(inferred.inference.moment)), panel = moment && momentPanel(moment, series, report.units, 'map', true);
  if (panel) turns.push(panel.again);
  const { alternatives, places, sightings, ways } = inferred, stations = ways.flatMap((way) => way.stations), several = ways.length > 1;
  const draw = (width, tip) => {
    const towards = chosen().towards, lines = [];
    for (const i of [...towards, ...alternatives.keys()]) {  // those to the chosen destination on top, each way once
      const { way, number, called } = alternatives[i], known = lines.find((line) => line.stations === way.stations);
      if (!known) lines.push({ stations: way.stations, number, called: [called], shown: towards.includes(i) });
      else if (!known.called.includes(called)) known.called.push(called);
    }
    const shown = lines.filter((line) => line.shown), marks = sightings.flatMap((seen) => { const at = placeOf(seen, inferred); return at ? [{ at, draw: (x, y) => sightingOnMap(seen, seen.step > 0 ? String(seen.step) : '', x, y, tip) }] : []; });
    const whose = (of) => several && h('div', { class: 'notes' }, of.length === lines.length ? 'on every way' : ['on the way: ', named([...new Set(of.flatMap((i) => lines[i].called))].join(', '))]);
    return drawMap({
      label: `Map of the ways and of ${sightings.length} sightings`, everywhere: [...shown.flatMap((line) => line.stations), ...marks], lines, marks, coloured: several, overlay: moment && ((project) => momentOnMap(moment, series(), project, several)),
      numbersOf: (station, of) => [...stationHead(station, report.units), whose(of)].filter(Boolean),
      walked: shown[0].stations.filter((one) => one.main).map((station) => ({ station, index: null, text: `${station.name}, kilometre ${station.distance_km.toFixed(1)}` })),
    }, basemap, report.other_lines, width, tip);
  };
  const deck = several && h('span', {}, places[0]?.options.filter((odds) => alternatives.some(({ called }) => called === odds.label)).map((odds) => h('span', { class: `group series-${odds.number}` }, h('span', { class: 'swatch' }), ' ', named(odds.label), ' ')));
  return figure('map', sightings.length ? 'Where it was seen' : 'The ways', deck, draw, panel, mapLegend(), sightings.length > 0 && h('p', { class: 'legend' }, legendKey('key-seen', 'sighting, with the number of its report')),
    behind('The stations as a table', ways.map((way) => stationsTable(way.stations.filter((one) => one.main), report.units, several && [...new Set(alternatives.filter((one) => one.way === way).map(({ called }) => called))].join(', ')))));
}

function placesFigure(inferred) {
  const moment = instant(inferred.inference.moment);
  return figure('places', `Where it is at ${shortTime(moment)}`, `Clocks of ${inferred.origin.name} (${zoneText(moment.offset)}).`, (width) => drawPlaces(inferred, width), h('p', { class: 'legend' }, distanceText(inferred, report.units)), behind('The same numbers as a table', placesTable(inferred)));
}

function reportsSection(inferred) {
  const { sightings, destinations } = inferred, odd = sightings.filter(fitsNot);
  if (sightings.length === 0) return h('section', { id: 'reports' }, h('h2', {}, 'Nothing was reported of this train'), h('p', {}, 'The windows are those of a run without reports.'));
  return h('section', { id: 'reports' }, h('h2', {}, odd.length === 0 ? 'What each report does' : odd.length === 1 ? 'One report does not fit the rest' : `${odd.length} reports do not fit the rest`),
    odd.map((one) => h('p', { class: 'odd' }, h('strong', { class: 'infeasible' }, named(one.report)), `: it is about this train with ${percent(one.right_after)}, and was taken to be with ${percent(one.reliability)}.`)),
    h('p', {}, 'How many journeys fit it, what it would do alone to the window at ', named(destinations[0].name), ', and how far it can be believed.'), scrolled('What each report does', reportsTable(inferred)));
}

const parametersOf = ({ scenario, changes, sampling, seed, schema, sightings_likelihood: likelihood }) => [['Scenario', scenario], changes?.length && ['Changed', changes.join('; ')], ['Runs of each journey', count(sampling.runs)], ['Journeys left open', sampling.journeys], ['Effective runs', count(Math.round(sampling.effective_runs))],
  ['Method', sampling.method === 'refreshed' ? `what lies ahead of each report drawn anew, ${count(sampling.replays)} journeys run again, ${count(sampling.accepted)} of them kept` : 'runs weighted by the reports'],
  ['Mean likelihood of the reports', `${likelihood.value.toPrecision(3)} \u00b1 ${likelihood.error.toPrecision(1)}`], ['Seed', seed], ['Physics', report.rung], ['Document', `${report.schema}, around ${schema}`]].filter(Boolean);
