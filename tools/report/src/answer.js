// The answer itself: equally likely arrivals as dots over local time, and by a line the cut-off that the reader names.
import { scaleLinear } from './scale.js';
import { s } from './dom.js';
import { nightAreas, timeAxis } from './axis.js';
import { timeHandle } from './cursor.js';
import { cutoffText } from './cutoff.js';
import { instant, longTime } from './time.js';

/// The dots of one destination; `at` is its place, `time` its quantiles, `cutoff` the line.
export function drawArrivals(destination, width, cutoff) {
  const { arrivals, at, name, time: { p50 } } = destination, times = arrivals.map(instant);
  const span = Math.max(times.at(-1).at - times[0].at, 120e3), slack = span * 0.03;
  const x = scaleLinear([times[0].at - slack, times.at(-1).at + slack], [6, width - 6]);
  const step = width / 25, size = Math.min(15, step), columns = new Map();
  const dots = times.map((time) => {
    const column = Math.floor(x(time.at) / step);
    columns.set(column, (columns.get(column) ?? 0) + 1);
    return { time, cx: (column + 0.5) * step, level: columns.get(column) };
  });
  const most = Math.max(...columns.values()), bottom = most * size + 16, track = bottom + 9, height = bottom + 56;
  const svg = s('svg', { class: 'chart arrivals', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': `${times.length} equally likely arrivals, from ${longTime(times[0])} to ${longTime(times.at(-1))}; the middle is ${longTime(p50)}` });
  svg.append(nightAreas(x, [{ at, y: 0 }, { at, y: bottom }]));
  svg.append(timeAxis(x, p50.offset, bottom + 18, 1, { grid: bottom + 18 }));
  const circles = dots.map((dot) => s('circle', { class: 'dot', cx: dot.cx, cy: bottom - (dot.level - 0.5) * size - 1, r: size * 0.42 }, s('title', {}, longTime(dot.time))));
  svg.append(...circles);
  svg.append(s('line', { class: 'middle', x1: x(p50.at), x2: x(p50.at), y1: 0, y2: bottom }), s('text', { class: 'direct', x: x(p50.at) + (x(p50.at) > 60 ? -6 : 6), y: 10, 'text-anchor': x(p50.at) > 60 ? 'end' : 'start' }, 'middle'));
  svg.append(s('line', { class: 'track', x1: 6, x2: width - 6, y1: track, y2: track }));
  const line = s('g', { class: 'cut' }, s('rect', { class: 'hit grip', x: -22, y: track - 22, width: 44, height: 44 }), s('rect', { class: 'hit', x: -8, y: 0, width: 16, height: track }), s('path', { class: 'cut-line', d: `M0,0V${track}` }), s('path', { class: 'knob', d: `M0,${track - 8}l7,8l-7,8l-7,-8z` }));
  const move = timeHandle(svg, x, line, { label: `There by, at ${name}`, textOf: (moment) => cutoffText(destination, moment), ...cutoff });
  svg.addEventListener('click', (event) => { const box = svg.getBoundingClientRect(); cutoff.set(Math.round(x.invert(((event.clientX - box.left) * width) / box.width) / 60e3) * 60e3); });
  svg.append(line);
  cutoff.listen((moment) => {
    move(moment);
    circles.forEach((circle, i) => circle.classList.toggle('late', times[i].at > moment));
  }, svg);
  return svg;
}
