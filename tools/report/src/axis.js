// Axes of local time. A journey through several zones has one at either end: the clocks it left by and those it arrives by.
import { s, textWidth } from './dom.js';
import { ticks, zoneText } from './time.js';
import { nights } from './sun.js';

/// Hours and days of clocks at `offset` along `y`; `side` is -1 above the figure, 1 below it.
export function timeAxis(x, offset, y, side, { place, grid = 0, gutter = 0 }) {
  const [from, to] = x.domain(), [left, right] = x.range();
  const { hours, days } = ticks(from, to, offset, right - left);
  const near = side < 0 ? -6 : 15, far = side < 0 ? -21 : 31;
  const showHours = hours.some((tick) => tick.text);
  const group = s('g', { class: 'axis', transform: `translate(0,${y})`, 'aria-hidden': 'true' });
  for (const tick of hours) {
    if (grid) group.append(s('line', { class: tick.midnight ? 'grid midnight' : 'grid', x1: x(tick.at), x2: x(tick.at), y1: 0, y2: -side * grid }));
    if (showHours && x(tick.at) < right - 12 && (gutter > 20 || x(tick.at) > left + 12)) group.append(s('text', { x: x(tick.at), y: near, 'text-anchor': 'middle' }, tick.text));
  }
  let free = -Infinity;
  for (const one of days) {
    const begin = x(one.begin), middle = (begin + x(one.end)) / 2, half = textWidth(one.text, 11, 600) / 2;
    if (!one.text || middle - half < free) continue;
    free = middle + half + 8;
    group.append(s('text', { class: 'day', x: middle, y: showHours ? far : near, 'text-anchor': 'middle' }, one.text));
  }
  const zone = zoneText(offset);
  if (gutter > 60) group.append(s('text', { class: 'zone', x: left - 8, y: far, 'text-anchor': 'end' }, place && gutter > textWidth(`${place}, ${zone}`, 11) + 10 ? `${place}, ${zone}` : zone));
  return group;
}

/// The nights of a journey as areas over time and distance; `rows` are [{at: [longitude, latitude], y}] in order of y.
export function nightAreas(x, rows) {
  const [from, to] = x.domain();
  const [left, right] = x.range();
  const inside = (at) => Math.max(left, Math.min(right, x(at)));
  const byRow = rows.map((row) => nights(from, to, row.at));
  const group = s('g', { class: 'nights', 'aria-hidden': 'true' });
  for (let night = 0; night < byRow[0].length; ++night) {
    const known = rows.map((row, i) => ({ y: row.y, night: byRow[i][night] })).filter((one) => one.night);
    if (known.length < 2 || known.every((one) => one.night.rise < from || one.night.set > to)) continue;
    const path = [...known.map((one) => `${inside(one.night.set).toFixed(1)},${one.y.toFixed(1)}`), ...known.reverse().map((one) => `${inside(one.night.rise).toFixed(1)},${one.y.toFixed(1)}`)];
    group.append(s('polygon', { class: 'night', points: path.join(' ') }));
  }
  return group;
}

/// Hours that have passed, along `y` below a figure. `x` is in milliseconds; `signed` for differences.
export function hoursAxis(x, y, { grid = 0, signed = false, label = '', gutter = 0 }) {
  const [from, to] = x.domain(), [left, right] = x.range(), perHour = (right - left) / ((to - from) / 3600e3);
  const step = [1 / 60, 1 / 12, 1 / 6, 0.25, 0.5, 1, 2, 3, 6, 12, 24, 48, 72, 120, 240, 480, 960, 2400, 4800, 9600, 24000].find((hours) => hours * perHour >= 46) ?? 48000, short = step < 1, long = step >= 240;
  const text = (hours) => { const minutes = Math.round(hours * 60), sign = minutes < 0 ? '\u2212' : signed && minutes > 0 ? '+' : ''; return sign + (short ? `${Math.floor(Math.abs(minutes) / 60)}:${String(Math.abs(minutes) % 60).padStart(2, '0')}` : long ? `${Math.abs(minutes) / 1440} d` : `${Math.abs(minutes) / 60} h`); };
  const group = s('g', { class: 'axis', transform: `translate(0,${y})`, 'aria-hidden': 'true' });
  for (let i = Math.ceil(from / 3600e3 / step); i * step * 3600e3 <= to; ++i) {
    const at = x(i * step * 3600e3);
    if (grid) group.append(s('line', { class: 'grid', x1: at, x2: at, y1: 0, y2: -grid }));
    if (at > left + 12 && at < right - 12) group.append(s('text', { x: at, y: 15, 'text-anchor': 'middle' }, text(i * step)));
  }
  if (label && gutter > 100) group.append(s('text', { class: 'zone', x: left - 8, y: 15, 'text-anchor': 'end' }, label));
  return group;
}
