// What a figure says about one station when it is pointed at or reached by keyboard.
import { h, named } from './dom.js';
import { durationText, shortTime, zoneText } from './time.js';
import { kilometresAndMiles } from './journey.js';

const verbs = { arrive: 'arrives', depart: 'leaves', pass: 'passes' };
export const verbOf = (event) => verbs[event.event];

export const percent = (share) => (share === 1 ? '100' : share > 0.9995 ? '> 99.9' : share > 0 && share < 0.0005 ? '< 0.1' : (100 * share).toFixed(1)) + '\u00a0%';

/// Plain text of the windows of one row, for those who cannot see the figure.
export function rowText(row) {
  return [row.station.name, ...[row.arrive, row.depart].filter(Boolean).map((event) =>
    `${verbs[event.event]} ${shortTime(event.time.p50)}, nine in ten runs between ${shortTime(event.time.p5)} and ${shortTime(event.time.p95)}, ${zoneText(event.time.p50.offset)}`)].join('; ');
}

/// The same as elements, for every series that is shown and comes to `station`.
export function rowNumbers(list, station, units) {
  if (!station) return [];
  const body = h('tbody'), notes = [];
  for (const series of list) {
    const rows = series.rows.filter((one) => one.station.station === station.station);
    const row = rows.find((one) => one.station.distance_km === station.distance_km) ?? rows[0];
    if (!row) continue;
    if (list.length > 1) body.append(h('tr', {}, h('th', { colspan: 4, class: `series-${series.number}` }, named(series.name))));
    for (const event of [row.arrive, row.depart].filter(Boolean))
      body.append(h('tr', {}, h('th', {}, verbs[event.event]), ...['p5', 'p50', 'p95'].map((name) => h('td', { class: name }, shortTime(event.time[name])))));
    if (row.depart?.dwell_seconds) body.append(h('tr', {}, h('th', {}, 'stands'), ...['p5', 'p50', 'p95'].map((name) => h('td', { class: name }, durationText(row.depart.dwell_seconds[name])))));
    if (list.length === 1 && row.shown.probability < 0.995) notes.push(`${percent(row.shown.probability)} of the runs come there`);
    if (notes.length === 0 || list.length === 1) notes.push(`Clocks at ${zoneText(row.shown.time.p50.offset)}`);
  }
  notes.push(...(station.activities ?? []));
  return [...stationHead(station, units), h('table', {}, h('thead', {}, h('tr', {}, h('td'), h('th', {}, '1 in 20 before'), h('th', {}, 'middle'), h('th', {}, '1 in 20 after'))), body), h('div', { class: 'notes' }, notes.join(' \u00b7 '))];
}

/// A station's names and where it lies.
export const stationHead = (station, units) => [h('strong', {}, named(station.name)), station.local_name && station.local_name !== station.name ? h('span', { class: 'local' }, ' ', named(station.local_name)) : '',
  h('span', { class: 'where' }, ` ${kilometresAndMiles(station.distance_km, units, 1)}`)];
