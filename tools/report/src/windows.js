// Arrival windows, one row per timing point: nested bars of half, eight and nine in ten runs over local time.
import { scaleLinear } from './scale.js';
import { fitted, s, textWidth } from './dom.js';
import { nightAreas, timeAxis } from './axis.js';
import { bands, extent, sightingsOn } from './journey.js';
import { choose, onChoice, slider, whenPointedAt } from './cursor.js';
import { dateOf, shortTime, timeOf, zoneText } from './time.js';
import { rowNumbers, rowText } from './numbers.js';
import { sightingMark } from './sightings.js';

const clocksBetween = (before, after) => {
  const change = (after - before) / 60e3;
  const size = Math.abs(change), text = size % 60 ? `${Math.floor(size / 60)}:${String(size % 60).padStart(2, '0')} h` : `${size / 60} h`;
  return `clocks ${change > 0 ? 'forward' : 'back'} ${text}`;
};

// Rows in order of the route; with several series, the bars of each stand under one another.
function rowsOf(list) {
  const places = new Map();
  for (const series of list)
    for (const [i, row] of series.rows.entries()) {
      if (!row.station.main) continue;
      const key = `${row.station.station} ${series.rows.slice(0, i).filter((one) => one.station.station === row.station.station).length}`;
      if (!places.has(key)) places.set(key, { station: row.station, index: row.index, bars: [] });
      const place = places.get(key);
      if (row.station.distance_km > place.station.distance_km) place.station = row.station;
      places.get(key).bars.push({ series, row });
    }
  return [...places.values()].sort((a, b) => a.station.distance_km - b.station.distance_km);
}

/// Nested bars of half, eight and nine in ten runs with the middle one; `at` gives the place of a quantile by its name.
export function nestedBar(at, y, height, number) {
  const group = s('g', { class: `bar series-${number}` });
  for (const { low, high, shade } of bands) {
    const inset = shade === 'band-1' ? height * 0.26 : shade === 'band-2' ? height * 0.1 : 0;
    group.append(s('rect', { class: shade, x: at(low), y: y + inset, width: Math.max(1, at(high) - at(low)), height: height - 2 * inset, rx: 1.5 }));
  }
  group.append(s('line', { class: 'median', x1: at('p50'), x2: at('p50'), y1: y - 3, y2: y + height + 3 }));
  return group;
}

// Through all bars of a place: what was seen belongs to none of them more than to the others.
function stem({ low, high }, x, top, tall) {
  const [left, right] = x.range(), at = [low ?? high, high ?? low].reduce((sum, time) => sum + Math.max(left, Math.min(right, x(time.at))) / 2, 0);
  return tall > 20 && s('path', { class: 'stem', d: `M${at.toFixed(1)},${top - 2}v${tall + 4}` });
}

export function drawWindows(list, width, tip, units) {
  const rows = rowsOf(list), phone = width < 620;
  const longest = Math.max(60, ...rows.map((row) => textWidth(row.station.name, 13, 700)));
  const left = phone ? 0 : Math.min(250, longest + 16), columns = phone ? 0 : 3 * 92 + 12;
  const barHeight = list.length > 1 ? 11 : phone ? 13 : 16, top = phone ? 58 : 44;
  const tall = (row) => (phone ? 38 : 12) + row.bars.length * (barHeight + 5);
  const barTopOf = (row) => (phone ? row.y + 34 : row.y + 6), [from, to] = extent(list), slack = (to - from) * 0.01;
  const x = scaleLinear([from - slack, to + slack], [left + (phone ? 2 : 0), width - columns - 2]);
  let y = top;
  for (const row of rows) { row.y = y; row.height = tall(row); y += row.height; }
  const bottom = y + 4, height = bottom + (phone ? 54 : 40);
  const svg = s('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Arrival windows of each timing point; the table below has the same numbers' });
  const first = rows[0].bars[0].row.shown, last = rows.at(-1).bars[0].row.shown;
  svg.append(nightAreas(x, rows.flatMap((row) => [{ at: row.station.at, y: row.y }, { at: row.station.at, y: row.y + row.height }])));
  svg.append(timeAxis(x, first.time.p50.offset, top - 4, -1, { place: '', gutter: left }));
  svg.append(timeAxis(x, last.time.p50.offset, bottom, 1, { place: '', grid: bottom - top, gutter: left }));
  if (!phone) ['1 in 20 before', 'middle', '1 in 20 after'].forEach((text, i) => svg.append(s('text', { class: 'head', x: width - (2 - i) * 92 - 4, y: top - 10, 'text-anchor': 'end' }, text)));
  if (phone) svg.append(s('text', { class: 'zone', x: width, y: 10, 'text-anchor': 'end' }, zoneText(first.time.p50.offset)), s('text', { class: 'zone', x: width, y: height - 1, 'text-anchor': 'end' }, zoneText(last.time.p50.offset)));
  let offset = first.time.p50.offset;
  for (const row of rows) {
    const shown = row.bars[0].row.shown, group = s('g', { class: row === rows.at(-1) ? 'row end' : 'row', 'data-index': row.index });
    group.append(s('rect', { class: 'hit', x: 0, y: row.y, width, height: row.height }));
    if (shown.time.p50.offset !== offset) {
      group.append(s('line', { class: 'zone-change', x1: 0, x2: width, y1: row.y, y2: row.y }));
      const text = clocksBetween(offset, shown.time.p50.offset);
      group.append(s('text', { class: 'zone-note', x: x.range()[1] - 4, y: row.y - 3, 'text-anchor': 'end' }, text));
      offset = shown.time.p50.offset;
    }
    const barTop = barTopOf(row);
    row.bars.forEach(({ series, row: one }, i) => group.append(nestedBar((quantile) => x(one.shown.time[quantile].at), barTop + i * (barHeight + 5), barHeight, series.number)));
    const name = s('text', { class: 'name', x: phone ? 0 : left - 14, y: phone ? row.y + 14 : barTop + barHeight - 3.5, 'text-anchor': phone ? 'start' : 'end' }, fitted(row.station.name, phone ? width - 100 : left - 14, 13, row === rows.at(-1) ? 700 : 500));
    group.append(name);
    if (phone) group.append(s('text', { class: 'value p50', x: width, y: row.y + 14, 'text-anchor': 'end' }, shortTime(shown.time.p50)),
      s('text', { class: 'value p5', x: width, y: row.y + 29, 'text-anchor': 'end' }, `9 in 10: ${shortTime(shown.time.p5)} \u2013 ${dateOf(shown.time.p95) === dateOf(shown.time.p5) ? timeOf(shown.time.p95) : shortTime(shown.time.p95)}`));
    else row.bars.forEach(({ row: one }, b) => ['p5', 'p50', 'p95'].forEach((quantile, i) =>
      group.append(s('text', { class: `value ${quantile}`, x: width - (2 - i) * 92 - 4, y: barTop + b * (barHeight + 5) + barHeight - 3.5, 'text-anchor': 'end' }, shortTime(one.shown.time[quantile])))));
    whenPointedAt(group, (event) => { choose(row.index, svg); point(row, event); }, () => { choose(null, svg); tip.hide(); });
    svg.append(group);
  }
  const seenRows = new Map();
  for (const seen of sightingsOn(list[0])) {
    const row = rows.find((one) => one.station.station === seen.station);
    if (!row) continue;
    seenRows.set(row, [...(seenRows.get(row) ?? []), seen]);
  }
  for (const [row, seen] of seenRows)
    for (const one of seen) svg.append(stem(one, x, barTopOf(row), row.bars.length * (barHeight + 5) - 5) || '', sightingMark(one, x, barTopOf(row) + (row.bars.length * (barHeight + 5) - 5) / 2, tip));
  const point = (row, event) => {
    const box = svg.getBoundingClientRect();
    tip.show(rowNumbers(list, row.station, units), event ? event.clientX - box.left : x(row.bars[0].row.shown.time.p95.at), event ? event.clientY - box.top : row.y + row.height / 2);
  };
  svg.append(slider('Timing points', rows, (row) => row.bars.map((one) => rowText(one.row)).join('. '), (row) => {
    choose(row ? row.index : null, svg);
    row ? point(row) : tip.hide();
  }));
  onChoice((index) => svg.querySelectorAll('.row').forEach((node) => node.classList.toggle('chosen', +node.dataset.index === index)), svg);
  return svg;
}
