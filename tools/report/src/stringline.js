// Distance against time: where the train is, as bands of the runs. Stops are steps to the right, borders and changes of gauge are marked.
import { scaleLinear } from './scale.js';
import { area, line } from 'd3-shape';
import { fitted, s, textWidth } from './dom.js';
import { nightAreas, timeAxis } from './axis.js';
import { bands, extent, sightingsOn } from './journey.js';
import { choose, onChoice, slider, whenPointedAt } from './cursor.js';
import { rowNumbers, rowText } from './numbers.js';
import { sightingMark } from './sightings.js';
import { placeTicks, trafficPaths } from './traffic.js';

// Which station names fit along the axis: the ends first, then timing points, then whatever has room.
function labelled(stations, y, most) {
  const rank = (station, i) => (i === 0 || i === stations.length - 1 ? 0 : station.gauge_change || station.border_behind ? 1 : station.main ? 2 : station.stops ? 3 : 4);
  const order = stations.map((station, i) => ({ station, i, rank: rank(station, i) })).sort((a, b) => a.rank - b.rank || a.i - b.i);
  const taken = [];
  for (const one of order) {
    if (one.rank > most) break;
    const at = y(one.station.distance_km);
    if (taken.every((other) => Math.abs(other.at - at) >= (one.rank > 3 ? 26 : 17))) taken.push({ ...one, at });
  }
  return taken;
}

// Bands for the first series; the others as lines, the outer two dashed, so that they stay apart.
function seriesPaths(series, x, y, first) {
  const group = s('g', { class: `line series-${series.number}` });
  const points = series.events.filter((event) => event.line_km !== undefined);
  if (!first) for (const quantile of ['p5', 'p95']) group.append(s('path', { class: 'outline', d: line().x((p) => x(p.time[quantile].at)).y((p) => y(p.line_km))(points) }));
  else for (const { low, high, shade } of bands)
    group.append(s('path', { class: shade, d: area().x0((p) => x(p.time[low].at)).x1((p) => x(p.time[high].at)).y((p) => y(p.line_km))(points) }));
  group.append(s('path', { class: first ? 'median' : 'median beside', d: line().x((p) => x(p.time.p50.at)).y((p) => y(p.line_km))(points) }));
  return group;
}

/// `traffic` is drawn beside the first of `list`, or null.
export function drawStringLine(list, width, tip, units, traffic) {
  const stations = list[0].stations, phone = width < 620;
  const whole = Math.max(...list.map((series) => series.journey.stations.at(-1).distance_km), 1);
  const left = phone ? 92 : Math.min(230, Math.max(168, ...[stations[0], stations.at(-1)].map((station) => textWidth(station.name, 12, 650) + 16))), top = 42, height = phone ? 520 : Math.min(640, Math.max(420, width * 0.56)), bottom = height - 42;
  const [from, to] = extent(list), slack = (to - from) * 0.012 + 1;
  const x = scaleLinear([from - slack, to + slack], [left, width - 6]), y = scaleLinear([0, whole], [bottom, top]);
  const svg = s('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Distance against time with bands of the runs; the table below has the same numbers' });
  svg.append(nightAreas(x, stations.map((station) => ({ at: station.at, y: y(station.distance_km) }))));
  const events = list[0].events;
  svg.append(timeAxis(x, events[0].time.p50.offset, bottom, 1, { place: phone ? '' : 'clocks at departure', grid: bottom - top, gutter: left }));
  svg.append(timeAxis(x, events.at(-1).time.p50.offset, top, -1, { place: phone ? '' : 'clocks at arrival', gutter: left }));
  for (const { station, i, at } of labelled(stations, y, 4)) {
    const end = i === 0 || i === stations.length - 1;
    svg.append(s('line', { class: 'grid', x1: left, x2: width - 6, y1: at, y2: at }),
      s('text', { class: end ? 'name end' : 'name', x: left - 8, y: at + 4, 'text-anchor': 'end' }, fitted(station.name, left - 10, 12, end ? 650 : 400)));
  }
  const marks = [];
  stations.forEach((station, i) => {
    if (station.border_behind) {
      const at = y((station.distance_km + stations[i - 1].distance_km) / 2);
      svg.append(s('line', { class: 'border', x1: left, x2: width - 6, y1: at, y2: at }));
      marks.push({ text: `border ${stations[i - 1].country} | ${station.country}`, i, at: at - 5 });
    }
    if (station.gauge_change) marks.push({ text: `${list[0].journey.sections[i - 1].gauge_mm} to ${list[0].journey.sections[i].gauge_mm} mm`, i, at: y(station.distance_km) + 13 });
  });
  list.forEach((series, i) => svg.append(seriesPaths(series, x, y, i === 0)));
  if (traffic) svg.append(trafficPaths(traffic, x, y), placeTicks(traffic, x, y) ?? '');
  for (const mark of marks) svg.append(besideBands(mark, list, x, left, width));
  for (const seen of sightingsOn(list[0].journey)) svg.append(sightingMark(seen, x, y(seen.line_km), tip));
  if (list.length === 1) directLabels(svg, list[0], x, y, width);
  const mark = s('g', { class: 'crosshair', visibility: 'hidden' }, s('line', { x1: left, x2: width - 6 }));
  svg.append(mark);
  const show = (index, event) => {
    const row = index === null ? null : list[0].rows.find((one) => one.index === index);
    mark.setAttribute('visibility', row ? 'visible' : 'hidden');
    if (!row) return tip.hide();
    mark.setAttribute('transform', `translate(0,${y(row.station.distance_km)})`);
    if (event === undefined) return;
    const box = svg.getBoundingClientRect();
    tip.show(rowNumbers(list, row.station, units), event ? event.clientX - box.left : x(row.shown.time.p95.at), event ? event.clientY - box.top : y(row.station.distance_km));
  };
  const nearest = (km) => list[0].rows.reduce((best, row) => (Math.abs(row.station.distance_km - km) < Math.abs(best.station.distance_km - km) ? row : best)).index;
  whenPointedAt(svg, (event) => {
    const box = svg.getBoundingClientRect();
    const index = nearest(y.invert(((event.clientY - box.top) * height) / box.height));
    choose(index, svg);
    show(index, event);
  }, () => { choose(null, svg); show(null); });
  svg.append(slider('Stations', list[0].rows, rowText, (row) => { choose(row ? row.index : null, svg); show(row ? row.index : null, null); }));
  onChoice((index, source) => { if (source !== svg) show(index); });
  return svg;
}

// A remark at a station's distance, on the side where the bands leave more room.
function besideBands({ text, i, at }, list, x, left, width) {
  const events = list.flatMap((series) => series.events.filter((event) => Math.abs(event.index - i) <= 1));
  const early = Math.min(...events.map((event) => x(event.time.p5.at))), late = Math.max(...events.map((event) => x(event.time.p95.at)));
  const right = width - late > early - left;
  return s('text', { class: 'mark', x: right ? width - 10 : left + 6, y: at, 'text-anchor': right ? 'end' : 'start' }, text);
}

// Names on the bands themselves, where there is room to the left of the middle.
function directLabels(svg, series, x, y, width) {
  const event = series.events[Math.floor(series.events.length * 0.62)];
  if (!event || width < 620) return;
  const px = x(event.time.p5.at) - 12, py = y(event.distance_km);
  if (px - 150 > x.range()[0]) svg.append(s('text', { class: 'direct', x: px, y: py, 'text-anchor': 'end' }, '1 run in 20 is earlier'));
  const qx = x(event.time.p95.at) + 12;
  if (qx + 130 < width) svg.append(s('text', { class: 'direct', x: qx, y: py }, '1 run in 20 is later'));
}
