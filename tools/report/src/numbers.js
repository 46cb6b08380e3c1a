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

/// The same as elements, for every series that is shown.
export function rowNumbers(list, index, units) {
  const content = [];
  const station = list[0]?.journey.stations[index];
  if (!station) return content;
  content.push(h('strong', {}, named(station.name)), station.local_name && station.local_name !== station.name ? h('span', { class: 'local' }, ' ', named(station.local_name)) : '',
    h('span', { class: 'where' }, ` ${kilometresAndMiles(station.distance_km, units, 1)}`));
  const body = h('tbody');
  for (const series of list) {
    const row = series.rows.find((one) => one.index === index && one.station.station === station.station);
    if (!row) continue;
    if (list.length > 1) body.append(h('tr', {}, h('th', { colspan: 4, class: `series-${series.number}` }, named(series.name))));
    for (const event of [row.arrive, row.depart].filter(Boolean))
      body.append(h('tr', {}, h('th', {}, verbs[event.event]), ...['p5', 'p50', 'p95'].map((name) => h('td', { class: name }, shortTime(event.time[name])))));
    if (row.depart?.dwell_seconds) body.append(h('tr', {}, h('th', {}, 'stands'), ...['p5', 'p50', 'p95'].map((name) => h('td', { class: name }, durationText(row.depart.dwell_seconds[name])))));
  }
  content.push(h('table', {}, h('thead', {}, h('tr', {}, h('td'), h('th', {}, '1 in 20 before'), h('th', {}, 'middle'), h('th', {}, '1 in 20 after'))), body));
  const zone = list[0].rows.find((one) => one.index === index)?.shown.time.p50.offset;
  const notes = [zone !== undefined && `Clocks at ${zoneText(zone)}`, ...(station.activities ?? [])].filter(Boolean);
  content.push(h('div', { class: 'notes' }, notes.join(' \u00b7 ')));
  return content;
}
