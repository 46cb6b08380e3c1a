// The document of `infer` as the figures need it: what is left open, the destinations, the ways there, the reports and the answer after each of them.
import { instant } from './time.js';
import { instants, waysOnMap } from './journey.js';

const questions = { to: 'Where it is going', from: 'Where it came from', depart: 'When it left', routes: 'Which way it takes', plans: 'Whether it is worked to a plan', hours: 'Whether it keeps to hours', regauging: 'Where its gauge is changed' };

const state = ({ probability, time, error_seconds: errors }) => ({ probability, time: instants(time), errors, known: time.p50 !== undefined });

// What is left open, by kind, the likeliest option first. Places have the names of their stations.
function panelsOf(hypotheses, nameOf) {
  return Object.entries(questions).flatMap(([kind, question]) => {
    const options = hypotheses.map((odds, index) => ({ ...odds, index, label: kind === 'to' || kind === 'from' ? nameOf(odds.value) ?? odds.name : odds.name })).filter((odds) => odds.choice === kind);
    options.sort((a, b) => b.after.value - a.after.value).forEach((odds, i) => { odds.number = i % 6; });
    return options.length ? [{ kind, question, options }] : [];
  });
}

export function inferredOf(document) {
  const { inference } = document, stations = new Map(document.map.stations.map((station) => [station.station, station])), nameOf = (id) => stations.get(id)?.name;
  const ways = waysOnMap(document.map), panels = panelsOf(inference.hypotheses, nameOf), [first] = panels, places = panels.filter(({ kind }) => ['to', 'from', 'routes'].includes(kind));
  const optionOf = (panel, alternative) => panel.options.find((odds) => alternative.options.includes(odds.name));
  const alternatives = document.alternatives.map((one) => ({ ...one, way: ways[one.way], number: places.length ? optionOf(places[0], one).number : 0, called: places.length ? optionOf(places[0], one).label : '' }));
  const bound = panels.find(({ kind }) => kind === 'to');
  const destinations = inference.destinations.map((one) => {
    const odds = bound?.options.find((other) => other.value === one.station), towards = alternatives.flatMap((alternative, i) => (!odds || alternative.options.includes(odds.name) ? [i] : []));
    return { station: one.station, name: one.name, number: odds?.number ?? 0, odds, towards, before: state(one.before), after: state(one.after) };
  });
  const windows = inference.timing_points.map((one, i) => ({ ...one, before: state(one.before), after: state(one.after), visits: document.visits_of_window[i] }));
  const timeline = inference.timeline.map((one, step) => ({
    step, at: one.known_at && instant(one.known_at), reports: one.reports, odds: inference.hypotheses.map(({ name }) => one.hypotheses[name]), effective: one.effective_runs,
    windows: Object.fromEntries(Object.entries(one.destinations).map(([station, { time, error_seconds: errors }]) => [station, { time: instants(time), errors, known: time.p50 !== undefined }])),
  }));
  const sightings = document.sightings.map((one, i) => {
    const report = inference.reports[i], published = instant(report.known_at);
    return { ...one, ...report, low: one.low && instant(one.low), high: one.high && instant(one.high), known: published, step: report.counted ? timeline.findIndex(({ at }) => at && at.at >= published.at) : 0, alone: { time: instants(report.alone.time), odds: report.alone.hypotheses ?? {} } };
  });
  const press = document.press.map((one) => ({ ...one, low: instant(one.low), high: instant(one.high) }));
  return { inference, ways, panels, main: first, places, alternatives, destinations, windows, timeline, sightings, press, origin: alternatives[0].way.stations[0], nameOf };
}

/// The timing points on the way to `destination`, in its order: {station with its kilometres there, window}. Of a stay the arrival counts. Those where
/// it comes in less than one in 200 of the journeys bound there are left out.
export function windowsTowards({ windows, alternatives }, { towards, odds }) {
  const least = 0.005 * (odds?.after.value ?? 1);
  const rows = windows.flatMap((window) => {
    const by = towards.find((alternative) => window.visits[alternative] !== null);
    return by === undefined || !window.after.known || window.after.probability < least ? [] : [{ window, visit: window.visits[by], station: alternatives[by].way.stations[window.visits[by]] }];
  });
  return rows.filter(({ window, station }, i) => window.event !== 'depart' || rows[i - 1]?.station !== station).sort((a, b) => a.station.distance_km - b.station.distance_km);
}

/// What is known of the journeys to `destination` along its first way, as the moment needs it: {name, number, stations, events}, or null.
export function seriesTowards({ windows, alternatives }, { name, number, towards: [by], odds }) {
  const { stations } = alternatives[by].way, least = 0.005 * (odds?.after.value ?? 1), order = ['arrive', 'pass', 'depart'];
  const events = windows.filter((window) => window.visits[by] !== null && window.after.known && window.after.probability >= least)
    .map((window) => ({ event: window.event, index: window.visits[by], distance_km: stations[window.visits[by]].distance_km, time: window.after.time })).sort((a, b) => a.index - b.index || order.indexOf(a.event) - order.indexOf(b.event));
  return events.length > 1 ? { name, number, stations, events, of: 'journey', given: odds && 'if it is bound for ' } : null;
}

/// Where a sighting was on the map: between stations in proportion to the kilometres.
export function placeOf(seen, { alternatives }) {
  for (const { way } of alternatives) {
    const at = way.stations.findIndex((station) => station.station === seen.station);
    if (at < 0) continue;
    const km = way.stations[at].distance_km - seen.before_km + (seen.behind_km ?? 0), after = way.stations.findIndex((station) => station.distance_km >= km);
    if (after <= 0) return way.stations[at].at;
    const [from, to] = [way.stations[after - 1], way.stations[after]], share = (km - from.distance_km) / (to.distance_km - from.distance_km || 1);
    return from.at.map((value, i) => value + share * (to.at[i] - value));
  }
  return null;
}
