// The route on its coast. Equal-area cone fitted to the journey; labels go where they collide with nothing.
import { geoConicEqualArea, geoGraticule10, geoPath } from 'd3-geo';
import { fitted, h, legendKey, s, textWidth } from './dom.js';
import { onChoice, slider, whenPointedAt } from './cursor.js';
import { viewOf } from './zoom.js';

// [longitude, latitude, step, step, ...] in hundredths of a degree.
function decoded(code) {
  const points = [];
  for (let i = 0, x = 0, y = 0; i < code.length; i += 2) points.push([(x += code[i]) / 100, (y += code[i + 1]) / 100]);
  return points;
}

function projectionFor(points, width, height, margin) {
  const longitudes = points.map((p) => p[0]), latitudes = points.map((p) => p[1]);
  const south = Math.min(...latitudes), north = Math.max(...latitudes), spread = Math.max(north - south, 1);
  const middle = (Math.min(...longitudes) + Math.max(...longitudes)) / 2;
  const projection = geoConicEqualArea().parallels([south + spread / 6, north - spread / 6 + 0.01]).rotate([-middle, 0]).precision(0.3);
  const around = [[Math.min(...longitudes) - 0.4, south - 0.3], [Math.max(...longitudes) + 0.4, north + 0.3]];
  return projection.fitExtent([[margin, margin], [width - margin, height - margin]], { type: 'MultiPoint', coordinates: [...points, ...around] });
}

// A ring as a planar polygon, so that its winding does not matter and the sea is not filled by mistake.
const pathOf = (projection, points) => 'M' + points.map((point) => projection(point).map((v) => v.toFixed(1)).join(',')).join('L');
const ringPath = (projection, code) => pathOf(projection, decoded(code)) + 'Z';
const linePath = (projection, code) => pathOf(projection, decoded(code));

// The coasts of a tile: what rings of land have of lines other than its edges, where they are only cut.
function coastPath(projection, code, [west, south, east, north]) {
  const points = decoded(code), cut = ([ax, ay], [bx, by]) => (ax === bx && [west, east].includes(ax)) || (ay === by && [south, north].includes(ay)), runs = [];
  points.slice(1).forEach((to, i) => {
    if (cut(points[i], to)) return;
    if (runs.at(-1)?.at(-1) === points[i]) runs.at(-1).push(to);
    else runs.push([points[i], to]);
  });
  return runs.map((run) => pathOf(projection, run)).join('');
}

// Names of what a reader looks for come first: the ends, where the gauge changes, the stations on both sides of a border, where it calls. They may lie on
// the dots of places that are passed, and stand off with a tie where it is narrow; the others are named where room is left.
export function placeLabels(stations, projected, width, height, marks) {
  const rank = (station) => (station.end ? 0 : station.gauge_change || station.border ? 1 : station.stops && station.main ? 2 : station.main ? 3 : station.stops ? 4 : 5);
  const order = stations.map((station, i) => ({ station, i, rank: rank(station) })).sort((a, b) => a.rank - b.rank || a.i - b.i);
  const around = (list, far) => list.map(([px, py]) => [px - far, py - far, px + far, py + far]), inside = ([px, py]) => px > -20 && px < width + 20 && py > -20 && py < height + 20;
  const main = around(projected.filter((at, i) => rank(stations[i]) < 4 && inside(at)), 4), passed = around(projected.filter((at, i) => rank(stations[i]) > 3 && inside(at)), 3), noted = around(marks, 9), named = [];
  const labels = [], most = width < 420 ? 4 : 5, seen = new Set();
  for (const { station, i, rank: level } of order) {
    if (level > most || seen.has(station.station) || !inside(projected[i])) continue;
    const size = level === 0 ? 14 : level < 4 ? 12 : 10.5, weight = level === 0 ? 700 : level < 4 ? 500 : 400;
    const [px, py] = projected[i], gap = level === 0 ? 9 : 7, text = level === 0 ? fitted(station.name, Math.max(60, px - gap - 5, width - px - gap - 5), size, weight) : station.name, wide = textWidth(text, size, weight), taken = [...main, ...noted, ...named, ...(level > 2 ? passed : [])];
    const near = [[px + gap, py + size * 0.36, 'start'], [px - gap, py + size * 0.36, 'end'], [px + gap - 1, py - 5, 'start'], [px + gap - 1, py + size + 3, 'start'], [px - gap + 1, py - 5, 'end'], [px - gap + 1, py + size + 3, 'end'], [px, py - gap - 2, 'middle'], [px, py + size + gap - 1, 'middle']];
    const off = [20, 32, 46].flatMap((far) => [[far, 0], [-far, 0], [far, -far / 2], [far, far / 2], [-far, -far / 2], [-far, far / 2], [far, -far], [far, far], [-far, -far], [-far, far]].map(([dx, dy]) => [px + dx, py + dy + size * 0.36, dx > 0 ? 'start' : 'end', true]));
    const options = level > 0 && level < 3 ? [...near, ...off] : near;
    const boxes = options.map(([tx, ty, anchor]) => {
      const begin = anchor === 'start' ? tx : anchor === 'end' ? tx - wide : tx - wide / 2, box = [begin - 1, ty - size, begin + wide + 1, ty + 3];
      const outside = box[0] < 3 || box[2] > width - 3 || box[1] < 3 || box[3] > height - 3;
      return { box, clashes: outside ? Infinity : taken.filter((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]).length };
    });
    const least = Math.min(...boxes.map((one) => one.clashes));
    if (least === Infinity || (least > 0 && level > 0)) continue;  // only the ends are named at any price
    const best = boxes.findIndex((one) => one.clashes === least), [tx, ty, anchor, tied] = options[best], { box } = boxes[best];
    named.push(box);
    seen.add(station.station);
    labels.push({ text, x: tx, y: ty, anchor, level, size, tie: tied && `M${px.toFixed(1)},${py.toFixed(1)}L${(anchor === 'start' ? tx - 2 : tx + 2).toFixed(1)},${(ty - size * 0.36).toFixed(1)}` });
  }
  return labels;
}

// The stations of all lines, each once, with whatever one of the lines does there; those of the first line know their index on it.
function mergedStations(lines) {
  const known = new Map();
  lines.forEach(({ stations }, of) => stations.forEach((station, i) => {
    const end = i === 0 || i === stations.length - 1, border = station.border_behind || stations[i + 1]?.border_behind, one = known.get(station.station);
    if (!one) known.set(station.station, { ...station, end, border, index: of === 0 ? i : null, of: [of] });
    else for (const what of ['main', 'gauge_change', 'reversal', 'border_behind', 'stops']) one[what] ||= station[what];
    if (one && !one.of.includes(of)) one.of.push(of);
    if (one && end) one.end = true;
    if (one && border) one.border = true;
  }));
  return [...known.values()];
}

// Paths of the lines on the map. Where several run from station to station together they lie beside one another.
function besideOneAnother(lines, projection) {
  const segment = (a, b) => (a.station < b.station ? `${a.station} ${b.station}` : `${b.station} ${a.station}`), users = new Map();
  lines.forEach(({ stations }, of) => stations.slice(1).forEach((station, i) => {
    const name = segment(stations[i], station), known = users.get(name) ?? [];
    if (!known.includes(of)) users.set(name, [...known, of]);
  }));
  return lines.map(({ stations }, of) => 'M' + stations.slice(1).map((station, i) => {
    const [from, to] = [stations[i], station], together = users.get(segment(from, to)), aside = (together.indexOf(of) - (together.length - 1) / 2) * Math.min(3.6, 10 / together.length) * (from.station < to.station ? 1 : -1);
    const [ax, ay] = projection(from.at), [bx, by] = projection(to.at), long = Math.hypot(bx - ax, by - ay) || 1, dx = (-(by - ay) / long) * aside, dy = ((bx - ax) / long) * aside;
    return [[ax + dx, ay + dy], [bx + dx, by + dy]].map((at) => at.map((v) => v.toFixed(1)).join(',')).join('L');
  }).join('L'));
}

function dotsOf(stations, projected) {
  const dots = s('g', { class: 'dots' });
  let drawnAt = [-99, -99];
  const order = stations.map((station, i) => ({ station, i })).sort((a, b) => (a.station.gauge_change ? 1 : 0) - (b.station.gauge_change ? 1 : 0));
  for (const { station, i } of order) {
    const [cx, cy] = projected[i];
    if (!station.end && !station.main && Math.hypot(cx - drawnAt[0], cy - drawnAt[1]) < 14) continue;
    drawnAt = [cx, cy];
    if (station.gauge_change) dots.append(s('rect', { class: 'stop gauge', x: cx - 4.5, y: cy - 4.5, width: 9, height: 9, transform: `rotate(45 ${cx} ${cy})` }));
    else dots.append(s('circle', { class: station.end ? 'stop end' : station.main ? 'stop' : 'through', cx, cy, r: station.end ? 5.5 : station.main ? 3.6 : 1.3 }));
  }
  return dots;
}

export function groundOf({ tiles }, otherLines, projection, width, height) {
  const frame = `frame-${Math.round(width)}`, all = (path) => tiles.map(path).join('');
  return s('g', { 'clip-path': `url(#${frame})`, 'aria-hidden': 'true' }, s('clipPath', { id: frame }, s('rect', { width, height })),
    s('rect', { class: 'sea', width, height }),
    s('path', { class: 'land', d: all((tile) => tile.land.map((ring) => ringPath(projection, ring)).join('')) }),
    s('path', { class: 'lake', d: all((tile) => tile.lakes.map((ring) => ringPath(projection, ring)).join('')) }),
    s('path', { class: 'graticule', d: geoPath(projection)(geoGraticule10()) }),
    s('path', { class: 'coast', d: all((tile) => tile.land.map((ring) => coastPath(projection, ring, tile.box)).join('')) }),
    s('path', { class: 'frontier', d: all((tile) => tile.borders.map((one) => linePath(projection, one)).join('')) }),
    s('path', { class: 'other-line', d: otherLines.map(([a, b]) => `M${projection(a).map((v) => v.toFixed(1))}L${projection(b).map((v) => v.toFixed(1))}`).join('') }));
}

/// The projection of a map of `places` in a figure of `width`, with the view that is asked for; its height, and what drawing it nearer needs of it.
export function frameOf(places, width) {
  const margin = Math.min(54, width * 0.11), trial = projectionFor(places, width, 1e5, margin);
  const [[, upper], [, lower]] = geoPath(trial).bounds({ type: 'MultiPoint', coordinates: places });
  const height = Math.round(Math.max(width * 0.52, Math.min(lower - upper + 2 * margin + 40, width * 1.05, width < 620 ? 480 : 620)));
  const projection = projectionFor(places, width, height, margin), [shiftX, shiftY] = projection.translate(), view = viewOf('map');
  // Shares of the whole frame as places on Earth and back; what is drawn nearer has its own place in the middle.
  const plot = { area: [0, 0, width, height], toOwn: ([x, y]) => whole.invert([x * width, y * height]), toShare: (at) => { const [x, y] = whole(at); return [x / width, y / height]; } }, whole = projectionFor(places, width, height, margin);
  if (view) {
    const [factor, ...at] = view, [x, y] = projection(at);
    projection.scale(projection.scale() * factor).translate([width / 2 - factor * (x - shiftX), height / 2 - factor * (y - shiftY)]);
  }
  return { projection, height, plot };
}

/// A map of `lines` ({stations, number}, the first one on top) within the view of the stations `everywhere`. `numbersOf(station, lines)` is what pointing at a
/// station shows; arrows walk over `walked` ({station, index, text}); `choose(index, source)` tells other figures; `coloured` lines have the colours of their numbers;
/// `marks` ({at, draw(x, y)}) lie on top; `overlay(project)` is a layer over the lines and below the stations.
export function drawMap({ label, everywhere, lines, numbersOf, walked, coloured = false, choose = () => {}, marks = [], overlay }, basemap, otherLines, width, tip) {
  const { projection, height, plot } = frameOf(everywhere.map((station) => station.at), width);
  const svg = s('svg', { class: 'chart map', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': label });
  const ground = groundOf(basemap, otherLines, projection, width, height);
  const paths = besideOneAnother(coloured ? lines : lines.slice(0, 1), projection);
  for (const path of paths) ground.append(s('path', { class: 'route casing', d: path }));
  for (const i of [...paths.keys()].reverse()) ground.append(s('path', { class: `route${coloured ? ' coloured' : ''} series-${lines[i].number}`, d: paths[i] }));
  if (overlay) ground.append(overlay(projection));
  svg.append(ground);
  svg.plot = plot;
  const stations = mergedStations(lines), projected = stations.map((station) => projection(station.at)), byId = new Map(stations.map((station, i) => [station.station, i]));
  svg.append(dotsOf(stations, projected));
  const markedAt = marksAt(marks, projection, width), labels = placeLabels(stations, projected, width, height, markedAt);
  svg.append(countryNames(projection, labels, projected, width, height));
  svg.append(s('path', { class: 'tie map-tie', d: labels.map((one) => one.tie || '').join('') }));
  for (const one of labels)
    svg.append(s('text', { class: `label level-${one.level}`, x: one.x, y: one.y, 'text-anchor': one.anchor, 'font-size': one.size }, one.text));
  const ring = s('circle', { class: 'ring', r: 9, visibility: 'hidden' });
  svg.append(ring, scaleBar(projection, width, height));
  const show = (i, mine) => {
    const at = i === null || i === undefined ? null : projected[i];
    ring.setAttribute('visibility', at ? 'visible' : 'hidden');
    if (!at) return tip.hide();
    ring.setAttribute('cx', at[0]);
    ring.setAttribute('cy', at[1]);
    if (mine) tip.show(numbersOf(stations[i], stations[i].of), at[0], at[1]);
  };
  whenPointedAt(svg, (event) => {
    const box = svg.getBoundingClientRect(), px = event.clientX - box.left, py = event.clientY - box.top;
    let best = null, nearest = 24;
    projected.forEach(([cx, cy], i) => { const far = Math.hypot(cx - px, cy - py); if (far < nearest) { nearest = far; best = i; } });
    choose(best === null ? null : stations[best].index, svg);
    show(best, true);
  }, () => { choose(null, svg); show(null); });
  marks.forEach(({ draw }, i) => svg.append(draw(...markedAt[i])));
  svg.append(slider('Stations on the map', walked, (one) => one.text, (one) => { choose(one ? one.index : null, svg); show(one ? byId.get(one.station.station) : null, true); }));
  onChoice((index, source) => { if (source !== svg) show(index === null || !lines[0].stations[index] ? null : byId.get(lines[0].stations[index].station), false); }, svg);
  return svg;
}

// One that would lie on an earlier one stands beside it, towards the middle of the map.
function marksAt(marks, projection, width) {
  const places = [];
  for (const { at } of marks) {
    let [x, y] = projection(at);
    const aside = x < width / 2 ? 4 : -4;  // one way only: two marks at the middle would send a third to and fro
    while (places.some((other) => Math.hypot(other[0] - x, other[1] - y) < 16)) x += aside;
    places.push([x, y]);
  }
  return places;
}

// Where a country's name may stand; general knowledge.
const countries = [['RUSSIA', 136, 49.3], ['RUSSIA', 134.5, 52], ['RUSSIA', 100, 58.5], ['RUSSIA', 115, 55.5], ['RUSSIA', 120, 57], ['RUSSIA', 128, 54.6], ['RUSSIA', 110, 53.4], ['RUSSIA', 88, 56.5], ['RUSSIA', 62, 57], ['CHINA', 124.5, 45.3], ['CHINA', 115.5, 38], ['CHINA', 110, 30], ['MONGOLIA', 104, 47], ['NORTH KOREA', 126.6, 40.4], ['SOUTH KOREA', 128, 36.4], ['JAPAN', 138, 36.3], ['JAPAN', 141, 43.4], ['VIETNAM', 105, 21.3], ['KAZAKHSTAN', 68, 49], ['UZBEKISTAN', 63, 42], ['IRAN', 54, 33], ['T\u00dcRKIYE', 33, 39], ['INDIA', 79, 22], ['UKRAINE', 32, 49], ['POLAND', 19, 52], ['GERMANY', 10.3, 51], ['FRANCE', 2.5, 46.7], ['SPAIN', -4, 40], ['ITALY', 12.5, 43], ['SWEDEN', 15, 62], ['NORWAY', 9.5, 61.5], ['FINLAND', 26.5, 63], ['UNITED KINGDOM', -1.7, 53], ['EGYPT', 29.5, 26.5], ['ETHIOPIA', 39.5, 8.5], ['KENYA', 37.8, 0.5], ['DR CONGO', 23.5, -3], ['SOUTH AFRICA', 22.5, -30.5], ['AUSTRALIA', 134, -25], ['UNITED STATES', -98, 39], ['UNITED STATES', -112, 43], ['UNITED STATES', -83, 38], ['CANADA', -105, 54], ['CANADA', -80, 49.5], ['MEXICO', -103, 24], ['BRAZIL', -52, -10], ['ARGENTINA', -65, -34]];

export function countryNames(projection, labels, projected, width, height) {
  const named = new Set(), group = s('g', { class: 'countries', 'aria-hidden': 'true' }), taken = labels.map((label) => { const wide = textWidth(label.text, label.size, 600), begin = label.anchor === 'start' ? label.x : label.anchor === 'end' ? label.x - wide : label.x - wide / 2; return [begin, label.y - label.size, begin + wide, label.y + 3]; });
  for (const [name, longitude, latitude] of countries) {
    const [x, y] = projection([longitude, latitude]), wide = textWidth(name, 11, 600) + name.length * 2.2, box = [x - wide / 2 - 4, y - 12, x + wide / 2 + 4, y + 5];
    if (box[0] < 4 || box[1] < 4 || box[2] > width - 4 || box[3] > height - 26) continue;
    if (taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]) || projected.some(([px, py]) => px > box[0] && px < box[2] && py > box[1] - 4 && py < box[3] + 4)) continue;
    if (named.has(name)) continue;
    named.add(name);
    taken.push(box);
    group.append(s('text', { class: 'country', x, y, 'text-anchor': 'middle' }, name));
  }
  return group;
}

export function scaleBar(projection, width, height) {
  const centre = projection.invert([width / 2, height - 20]), degree = projection([centre[0] + 1 / Math.cos((centre[1] * Math.PI) / 180), centre[1]])[0] - width / 2;
  const perKm = Math.abs(degree) / 111.195, wanted = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000].findLast((km) => km * perKm < width * 0.3) ?? 1;
  const x = width - 14 - wanted * perKm, y = height - 14;
  return s('g', { class: 'scale', 'aria-hidden': 'true' }, s('path', { d: `M${x},${y - 4}v4h${wanted * perKm}v-4` }), s('text', { x: x + (wanted * perKm) / 2, y: y - 6, 'text-anchor': 'middle' }, `${wanted} km`));
}

export const mapLegend = () => h('p', { class: 'legend' }, legendKey('key-stop', 'timing point'), legendKey('key-gauge', 'change of gauge'), legendKey('key-other', 'other lines of the networks'));
