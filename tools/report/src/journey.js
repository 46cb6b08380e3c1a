// The document as the figures need it: for every journey its stations, and for every train (and alternative) the windows at them.
import { instant } from './time.js';

export const bands = [
  { low: 'p5', high: 'p95', name: '9 in 10 runs', shade: 'band-3' },
  { low: 'p10', high: 'p90', name: '8 in 10 runs', shade: 'band-2' },
  { low: 'p25', high: 'p75', name: 'half of the runs', shade: 'band-1' },
];

const instants = (times) => Object.fromEntries(Object.entries(times).map(([name, iso]) => [name, instant(iso)]));

// Timing points in order of the route, each with the index of its station.
function located(points, stations) {
  let at = 0;
  return points.map((point) => {
    const found = stations.findIndex((station, i) => i >= at && station.station === point.station && Math.abs(station.distance_km - point.distance_km) < 0.002);
    at = found >= 0 ? found : at;
    return { ...point, index: at, time: instants(point.time) };
  });
}

/// What one train does on one alternative: its passage through the stations.
function seriesOf(journey, points, name, number) {
  const events = located(points, journey.stations).filter((point) => point.time.p50);
  const rows = [];
  for (const event of events) {
    const last = rows.at(-1);
    if (last && last.index === event.index) last.depart = event;
    else rows.push({ index: event.index, station: journey.stations[event.index], arrive: event.event === 'depart' ? null : event, depart: event.event === 'depart' ? event : null });
  }
  for (const row of rows) row.shown = row.arrive ?? row.depart;
  return { name, number, events, rows, journey, visible: true };
}

export function journeysOf(document) {
  let number = 0;
  const several = document.journeys.length > 1;
  return document.journeys.map((journey) => {
    const groups = new Map();
    for (const point of journey.estimate.timing_points) {
      const key = JSON.stringify([point.route ?? point.alternative ?? '', point.train]);
      groups.set(key, [...(groups.get(key) ?? []), point]);
    }
    journey.series = [...groups].map(([key, points]) => {
      const [alternative, train] = JSON.parse(key);
      const name = [several && journey.name, alternative, (groups.size > 1 || train !== 'main') && train].filter(Boolean).join(', ') || journey.name;
      return seriesOf(journey, points, name, number++);
    });
    return journey;
  });
}

/// The earliest and latest instant that the series' bands reach.
export function extent(list) {
  const times = list.flatMap((series) => series.events.flatMap((event) => [event.time.p5.at, event.time.p95.at]));
  return [Math.min(...times), Math.max(...times)];
}

export const kilometresAndMiles = (km, units, digits = 0) =>
  `${km.toFixed(digits)} km${units === 'imperial' ? ` (${(km / 1.609344).toFixed(digits)} mi)` : ''}`;
export const speedText = (kmh, units) => `${Math.round(kmh)} km/h${units === 'imperial' ? ` (${Math.round(kmh / 1.609344)} mph)` : ''}`;
