// Distance against time: where the train is, as bands of the runs. Stops are steps to the right, borders and changes of gauge are marked.
import { scaleLinear } from './scale.js';
import { area, line } from './path.js';
import { fitted, s, textWidth } from './dom.js';
import { nightAreas, timeAxis } from './axis.js';
import { bands, extent, sightingsOn } from './journey.js';
import { choose, onChoice, slider, timeHandle, whenPointedAt } from './cursor.js';
import { viewOf } from './zoom.js';
import { momentText, rangeAt } from './moment.js';
import { rowNumbers, rowText } from './numbers.js';
import { sightingMark } from './sightings.js';
import { placeTicks, trafficPaths } from './traffic.js';

// Which station names fit along the axis: the ends first, then where the gauge or the country changes, calls, timing points, then whatever has room. The
// first of them may stand a little off their line, with a tie.
function labelled(stations, y, most) {
  const rank = (station, i) => (i === 0 || i === stations.length - 1 ? 0 : station.gauge_change || station.border_behind || stations[i + 1].border_behind ? 1 : station.main ? 2 : station.stops ? 3 : 4);
  const order = stations.map((station, i) => ({ station, i, rank: rank(station, i) })).filter((one) => !one.station.hidden).sort((a, b) => a.rank - b.rank || a.i - b.i), [bottom, top] = y.range();
  const taken = [];
  for (const one of order) {
    if (one.rank > most) break;
    const at = y(one.station.distance_km), free = (beside, room) => taken.every((other) => Math.abs(other.beside - beside) >= room);
    const beside = one.rank > 2 ? [at] : [0, -8, 8, -16, 16, -24, 24].map((off) => at + off).filter((place) => place >= top - 4 && place <= bottom + 4);
    const found = beside.find((place) => free(place, one.rank > 3 ? 26 : 16));
    if (found !== undefined) taken.push({ ...one, at, beside: found });
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

// What a view [factor, u, v] leaves of an axis from `from` to `to`; u and v are shares of the whole axes.
const part = (from, to, factor, share) => [from + (to - from) * (share - 0.5 / factor), from + (to - from) * (share + 0.5 / factor)];

/// `traffic` is drawn beside the first of `list`, or null; `moment` is the time that is asked about.
export function drawStringLine(list, width, tip, units, traffic, moment) {
  const stations = list[0].stations, walked = list[0].rows.filter((row) => row.index >= 0), phone = width < 620;
  const whole = Math.max(...list.map((series) => series.journey.stations.at(-1).distance_km), 1);
  const left = phone ? 92 : Math.min(230, Math.max(168, ...[stations[0], stations.at(-1)].map((station) => textWidth(station.name, 12, 650) + 16))), top = 42, height = phone ? 520 : Math.min(640, Math.max(420, width * 0.56)), bottom = height - 42;
  const [from, to] = extent(list), slack = (to - from) * 0.012 + 1;
  const [factor, u, v] = viewOf('string-line') ?? [1, 0.5, 0.5], x = scaleLinear(part(from - slack, to + slack, factor, u), [left, width - 6]), y = scaleLinear(part(0, whole, factor, 1 - v), [bottom, top]);
  const inside = (at) => at >= top - 1 && at <= bottom + 1;
  const svg = s('svg', { class: 'chart', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Distance against time with bands of the runs; the table below has the same numbers' });
  svg.plot = { area: [left, top, width - 6, bottom] };
  const drawn = s('g', { 'clip-path': 'url(#graph-frame)' }, s('clipPath', { id: 'graph-frame' }, s('rect', { x: left, y: top - 3, width: Math.max(0, width - 6 - left), height: bottom - top + 6 })));
  drawn.append(nightAreas(x, stations.map((station) => ({ at: station.at, y: y(station.distance_km) }))));
  svg.append(drawn);
  const events = list[0].events;
  svg.append(timeAxis(x, events[0].time.p50.offset, bottom, 1, { place: phone ? '' : 'clocks at departure', grid: bottom - top, gutter: left }));
  svg.append(timeAxis(x, events.at(-1).time.p50.offset, top, -1, { place: phone ? '' : 'clocks at arrival', gutter: left }));
  for (const { station, i, at, beside } of labelled(stations.map((station) => ({ ...station, hidden: !inside(y(station.distance_km)) })), y, 4)) {
    const end = i === 0 || i === stations.length - 1;
    svg.append(s('line', { class: 'grid', x1: left, x2: width - 6, y1: at, y2: at }),
      beside === at ? '' : s('path', { class: 'tie', d: `M${left - 6},${beside.toFixed(1)}L${left},${at.toFixed(1)}` }),
      s('text', { class: end ? 'name end' : 'name', x: left - 8, y: beside + 4, 'text-anchor': 'end' }, fitted(station.name, left - 10, 12, end ? 650 : 400)));
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
  const lines = s('g', { 'clip-path': 'url(#graph-frame)' });
  list.forEach((series, i) => lines.append(seriesPaths(series, x, y, i === 0)));
  svg.append(lines);
  if (traffic) svg.append(trafficPaths(traffic, x, y), placeTicks(traffic, x, y) ?? '');
  for (const mark of marks) if (inside(mark.at)) svg.append(besideBands(mark, list, x, left, width));
  for (const seen of sightingsOn(list[0])) if (inside(y(seen.line_km)) && (seen.high ?? seen.low).at >= x.domain()[0] && (seen.low ?? seen.high).at <= x.domain()[1]) svg.append(sightingMark(seen, x, y(seen.line_km), tip));
  if (list.length === 1 && factor === 1) directLabels(svg, list[0], x, y, width);
  const mark = s('g', { class: 'crosshair', visibility: 'hidden' }, s('line', { x1: left, x2: width - 6 }));
  svg.append(mark);
  const show = (index, event) => {
    const row = index === null ? null : walked.find((one) => one.index === index);
    mark.setAttribute('visibility', row && inside(y(row.station.distance_km)) ? 'visible' : 'hidden');
    if (!row) return tip.hide();
    mark.setAttribute('transform', `translate(0,${y(row.station.distance_km)})`);
    if (event === undefined) return;
    const box = svg.getBoundingClientRect();
    tip.show(rowNumbers(list, row.station, units), event ? event.clientX - box.left : x(row.shown.time.p95.at), event ? event.clientY - box.top : y(row.station.distance_km));
  };
  const nearest = (km) => walked.reduce((best, row) => (Math.abs(row.station.distance_km - km) < Math.abs(best.station.distance_km - km) ? row : best)).index;
  whenPointedAt(svg, (event) => {
    const box = svg.getBoundingClientRect();
    const index = nearest(y.invert(((event.clientY - box.top) * height) / box.height));
    choose(index, svg);
    show(index, event);
  }, () => { choose(null, svg); show(null); });
  svg.append(slider('Stations', walked, rowText, (row) => { choose(row ? row.index : null, svg); show(row ? row.index : null, null); }));
  onChoice((index, source) => { if (source !== svg) show(index); }, svg);
  svg.append(momentOnGraph(moment, list, x, y, svg, units));
  return svg;
}

// The moment as an upright line that can be pulled, and on it the range of places of each series, side by side.
function momentOnGraph(moment, list, x, y, svg, units) {
  const [bottom, top] = y.range(), within = (km) => Math.max(top, Math.min(bottom, y(km)));
  const bands = list.map((series, i) => {
    const aside = (i - (list.length - 1) / 2) * 7, node = s('g', { class: list.length > 1 ? `series-${series.number} coloured` : '' }), casing = s('path', { class: 'moment-casing' }), band = s('path', { class: 'moment-band' }), dot = s('circle', { class: 'moment-dot', r: 4.5, cx: aside });
    node.append(casing, band, dot);
    // Kilometres of a train that comes from elsewhere, along the line of the first.
    const first = series.events.find((event) => event.line_km !== undefined), along = first ? first.line_km - first.distance_km : 0;
    return { series, node, lines: [casing, band], dot, aside, along };
  });
  const handle = s('g', { class: 'moment' }, s('rect', { class: 'hit', x: -8, y: top, width: 16, height: bottom - top }), s('rect', { class: 'hit grip', x: -22, y: bottom - 22, width: 44, height: 44 }), s('path', { class: 'cut-line', d: `M0,${top}V${bottom}` }), bands.map((one) => one.node), s('path', { class: 'knob', d: `M0,${bottom - 8}l7,8l-7,8l-7,-8z` }));
  const move = timeHandle(svg, x, handle, { label: 'Moment', textOf: (at) => momentText(list[0], { at, offset: moment.offset() }, units), get: moment.get, set: (at) => moment.set(at) });
  moment.listen((at) => {
    move(at);
    for (const { series, lines, dot, aside, along } of bands) {
      const { low, middle, high } = rangeAt(series, at), [a, b] = [within(low.km + along), within(high.km + along)], km = middle.km + along;
      for (const one of lines) one.setAttribute('d', `M${aside},${a.toFixed(1)}V${(a - b < 1 ? a - 1 : b).toFixed(1)}`);
      dot.setAttribute('cy', within(km).toFixed(1));
      dot.setAttribute('visibility', y(km) >= top - 1 && y(km) <= bottom + 1 ? 'visible' : 'hidden');
    }
  }, svg);
  return handle;
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
