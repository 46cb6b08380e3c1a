// The answer itself: equally likely arrivals as dots over local time.
import { scaleLinear } from './scale.js';
import { s } from './dom.js';
import { nightAreas, timeAxis } from './axis.js';
import { instant, longTime } from './time.js';

/// The dots of one destination; `at` is its place, and `time` its quantiles.
export function drawArrivals({ arrivals, at, time: { p5, p50, p95 } }, width) {
  const times = arrivals.map(instant);
  const span = Math.max(times.at(-1).at - times[0].at, 120e3), slack = span * 0.03;
  const x = scaleLinear([times[0].at - slack, times.at(-1).at + slack], [6, width - 6]);
  const step = width / 25, size = Math.min(15, step), columns = new Map();
  const dots = times.map((time) => {
    const column = Math.floor(x(time.at) / step);
    columns.set(column, (columns.get(column) ?? 0) + 1);
    return { time, cx: (column + 0.5) * step, level: columns.get(column) };
  });
  const most = Math.max(...columns.values()), bottom = most * size + 16, height = bottom + 38;
  const svg = s('svg', { class: 'chart arrivals', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': `${times.length} equally likely arrivals, from ${longTime(times[0])} to ${longTime(times.at(-1))}; the middle is ${longTime(p50)}` });
  svg.append(nightAreas(x, [{ at, y: 0 }, { at, y: bottom }]));
  svg.append(timeAxis(x, p50.offset, bottom, 1, { grid: bottom }));
  for (const dot of dots) svg.append(s('circle', { class: dot.time.at < p5.at || dot.time.at > p95.at ? 'dot tail' : 'dot', cx: dot.cx, cy: bottom - (dot.level - 0.5) * size - 1, r: size * 0.42 }, s('title', {}, longTime(dot.time))));
  svg.append(s('line', { class: 'middle', x1: x(p50.at), x2: x(p50.at), y1: 0, y2: bottom }), s('text', { class: 'direct', x: x(p50.at) + (x(p50.at) > width - 80 ? -6 : 6), y: 10, 'text-anchor': x(p50.at) > width - 80 ? 'end' : 'start' }, 'middle'));
  return svg;
}
