// The document as the figures need it: for every journey its stations, and for every train (and alternative) the windows at them.
import { instant } from './time.js';

export const bands = [
  { low: 'p5', high: 'p95', name: '9 in 10 runs', shade: 'band-3' },
  { low: 'p10', high: 'p90', name: '8 in 10 runs', shade: 'band-2' },
  { low: 'p25', high: 'p75', name: 'half of the runs', shade: 'band-1' },
];

/// Instants by quantile of times as the JSON writes them.
export const instants = (times) => Object.fromEntries(Object.entries(times).map(([name, iso]) => [name, instant(iso)]));

// Timing points in order of the route, each with the index of its station.
function located(points, stations) {
  let at = 0;
  return points.map((point) => {
    const found = stations.findIndex((station, i) => i >= at && station.station === point.station && Math.abs(station.distance_km - point.distance_km) < 0.002);
    at = found >= 0 ? found : at;
    return { ...point, index: at, time: instants(point.time) };
  });
}

// How far along the line of the main train another train is; undefined where the main train never comes.
function alongMain(events, stations) {
  let at = 0;
  for (const event of events) {
    const found = stations.findIndex((station, i) => i >= at && station.station === event.station);
    if (found >= 0) at = found;
    event.line_km = found >= 0 ? stations[found].distance_km : undefined;
  }
}

/// What one train does on one alternative: its passage through the stations. `events` know where on the main train's line they are: `line_km`.
function seriesOf(journey, stations, points, name, number) {
  const events = located(points, stations).filter((point) => point.time.p50);
  alongMain(events, journey.stations);
  const rows = [];
  for (const event of events) {
    const last = rows.at(-1);
    if (last && last.index === event.index) last.depart = event;
    else rows.push({ index: event.index, station: stations[event.index], arrive: event.event === 'depart' ? null : event, depart: event.event === 'depart' ? event : null });
  }
  for (const row of rows) row.shown = row.arrive ?? row.depart;
  return { name, number, events, rows, journey, stations, visible: true };
}

// What a way was chosen by, as people say it: names of stations instead of their identifiers.
const spoken = (text, names) => text.replace(/[\p{L}\p{N}_-]+/gu, (word) => names.get(word) ?? word);

// One way of one journey: the windows of those runs that take it, its stations and sections.
function waysOf(journey, { stations, sections }) {
  const names = new Map(stations.map((one) => [one.station, one.name]));
  const { alternatives } = journey.estimate, placed = (list) => list.map((index) => stations[index]);
  return journey.routes.map((route, i) => {
    const own = alternatives?.find((one) => one.route === journey.estimate.routes[i].id);
    const way = { ...journey, ...route, stations: placed(route.stations), sections: route.sections.map((index) => sections[index]), trains: route.trains?.map((train) => ({ ...train, stations: placed(train.stations) })), way: journey.estimate.routes[i], chosen: spoken(own?.chosen ?? '', names), probability: own?.probability ?? 1 };
    return own ? { ...way, estimate: { ...journey.estimate, timing_points: own.timing_points, legs: own.legs } } : way;
  });
}

export function journeysOf(document) {
  let number = 0;
  const ways = document.journeys.flatMap((journey) => waysOf(journey, document));
  const severalJourneys = document.journeys.length > 1;
  for (const way of ways) {
    const trains = new Map();
    for (const point of way.estimate.timing_points) trains.set(point.train, [...(trains.get(point.train) ?? []), point]);
    way.series = [...trains].filter(([, points]) => points.some((point) => point.time.p50)).map(([train, points]) => {
      const share = way.probability < 1 ? ` (${(100 * way.probability).toFixed(0)} in 100)` : '';
      const name = [severalJourneys && way.name, way.chosen && way.chosen + share, trains.size > 1 && train].filter(Boolean).join(', ') || way.name;
      return seriesOf(way, way.trains?.find((one) => one.name === train)?.stations ?? way.stations, points, name, number++ % 6);
    });
  }
  return ways.filter((way) => way.series.length > 0);
}

const stationsOfTrain = (way, train) => way.trains?.find((one) => one.name === train)?.stations ?? way.stations;

// Stations as all ways know them: what is done there only in some is left out.
function shared(stations, ways, train) {
  const others = ways.map((way) => stationsOfTrain(way, train));
  return stations.map((station, i) => ({ ...station, activities: station.activities.filter((what) => others.every((list) => list[i].activities.includes(what))), ...Object.fromEntries(['gauge_change', 'reversal'].map((what) => [what, others.every((list) => list[i][what])])) }));
}

/// The windows of all ways together, train by train, where journeys end at one place; along the stations of the likeliest, `ways[0]`. Where ways differ
/// (`same` is false), places beside that one are rows with an index below 0, and `off` has their events.
export function mixturesOf({ journeys: [journey, ...more] }, ways) {
  if (more.length || ways.length < 2 || journey.estimate.destinations.length > 1) return [];
  const [likeliest] = ways, trains = new Map(), ids = (list) => list.map((station) => station.station).join(' ');
  for (const point of journey.estimate.timing_points) if (point.time.p50) trains.set(point.train, [...(trains.get(point.train) ?? []), point]);
  return [...trains].map(([train, points], number) => {
    const own = stationsOfTrain(likeliest, train), same = ways.every((way) => ids(stationsOfTrain(way, train)) === ids(own)), stations = same ? shared(own, ways, train) : own;
    // Kilometres of a place are those of the way that is drawn.
    const placed = points.flatMap((point) => {
      const here = own.filter((station) => station.station === point.station).sort((a, b) => Math.abs(a.distance_km - point.distance_km) - Math.abs(b.distance_km - point.distance_km))[0];
      return here ? [{ ...point, distance_km: here.distance_km }] : [];
    });
    const series = seriesOf(likeliest, stations, placed, trains.size > 1 ? train : 'all ways together', number % 6);
    series.off = points.filter((point) => !own.some((station) => station.station === point.station)).map((point) => ({ ...point, index: -1, time: instants(point.time) }));
    for (const event of series.off) {
      const last = series.rows.at(-1), station = ways.flatMap((way) => stationsOfTrain(way, train)).find((one) => one.station === event.station);
      if (last.station.station === event.station) last.depart = event;
      else series.rows.push({ index: -1 - series.rows.length, station, arrive: event.event === 'depart' ? null : event, depart: event.event === 'depart' ? event : null, shown: event });
    }
    return Object.assign(series, { same });
  });
}

/// The last window of the main train over all runs of a journey, whatever way they take.
export function wholeWindow(journey) {
  const points = journey.estimate.timing_points.filter((point) => point.train === journey.estimate.timing_points[0].train);
  return { first: { ...points[0], time: instants(points[0].time) }, last: { ...points.at(-1), time: instants(points.at(-1).time) } };
}

/// Where journeys end, the likeliest first: share, window, and as many equally likely arrivals as fall to it of fifty.
export function destinationsOf(journey, ways) {
  const { destinations } = journey.estimate, stationOf = (id) => ways.map((way) => way.stations.at(-1)).find((station) => station.station === id);
  return destinations.map((one, i) => ({ ...one, at: stationOf(one.station)?.at, time: instants(one.time), arrivals: journey.arrivals[i] }));
}

/// When a journey was seen, where a series comes there; beside its line, `index` is -1 and `line_km` undefined: {low, high: instants or null, line_km, index, ...}.
export function sightingsOn({ journey, off = [] }) {
  return (journey.sightings ?? []).flatMap((seen) => {
    const index = journey.stations.findIndex((station) => station.station === seen.station);
    return index < 0 && !off.some((event) => event.station === seen.station) ? [] : [{ ...seen, index, line_km: index < 0 ? undefined : journey.stations[index].distance_km - seen.before_km + (seen.behind_km ?? 0), low: seen.low && instant(seen.low), high: seen.high && instant(seen.high) }];
  });
}

/// The earliest and latest instant that the series' bands and sightings reach.
export function extent(list) {
  const times = list.flatMap((series) => [...[...series.events, ...(series.off ?? [])].flatMap((event) => [event.time.p5.at, event.time.p95.at]), ...sightingsOn(series).flatMap((seen) => [seen.low, seen.high].filter(Boolean).map((time) => time.at))]);
  return [Math.min(...times), Math.max(...times)];
}

/// The ways of a map whose stations and sections are written once for all of them.
export function waysOnMap(map) {
  return map.ways.map((way) => ({
    sections: way.sections.map((index) => map.sections[index]),
    stations: way.stations.map((index, i) => ({
      ...map.stations[index], distance_km: way.distance_km[i], main: way.main.includes(i), gauge_change: way.gauge_changes.includes(i), reversal: way.reversals.includes(i),
      traction_change: way.traction_changes.includes(i), border_behind: way.behind_borders.includes(i),
    })),
  }));
}

export const kilometresAndMiles = (km, units, digits = 0) =>
  `${km.toFixed(digits)} km${units === 'imperial' ? ` (${(km / 1.609344).toFixed(digits)} mi)` : ''}`;
export const speedText = (kmh, units) => `${Math.round(kmh)} km/h${units === 'imperial' ? ` (${Math.round(kmh / 1.609344)} mph)` : ''}`;
