// One run with every draw at its median: speed under its limit, what the sections climb, and how high the stations lie.
import { scaleLinear } from './scale.js';
import { area, line } from './path.js';
import { fitted, h, named, s, textWidth } from './dom.js';
import { choose, onChoice, slider, whenPointedAt } from './cursor.js';
import { kilometresAndMiles, speedText } from './journey.js';
import { percent } from './numbers.js';

function niceStep(span, room, least) {
  return [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000].find((step) => (step / span) * room >= least) ?? 10000;
}

export function niceSteps(from, to, room, least) {
  const step = niceStep(to - from || 1, room, least), list = [];
  for (let value = Math.ceil(from / step) * step; value <= to + 1e-9; value += step) list.push(value);
  return list;
}

// Of each section what is known of its gradient: the height between its ends, and the steepest grade.
function grades(journey) {
  return journey.sections.map((section, i) => {
    const a = journey.stations[i], b = journey.stations[i + 1];
    const mean = a.elevation_m !== undefined && b.elevation_m !== undefined ? (b.elevation_m - a.elevation_m) / section.length_km : null;
    return { from: a.distance_km, to: b.distance_km, mean, ruling: section.ruling_permille ?? null };
  });
}

function panel(svg, label, x, y, values, unit) {
  const [left, right] = x.range();
  for (const value of values) {
    svg.append(s('line', { class: 'grid', x1: left, x2: right, y1: y(value), y2: y(value) }), s('text', { class: 'tick', x: left - 6, y: y(value) + 4, 'text-anchor': 'end' }, String(value)));
  }
  svg.append(s('text', { class: 'panel', x: left, y: Math.min(...y.range()) - 8 }, label, s('tspan', { class: 'unit' }, ` ${unit}`)));
}

export function drawProfile(journey, width, tip, units) {
  const phone = width < 620, left = 40, whole = Math.max(journey.stations.at(-1).distance_km, 0.1);
  const x = scaleLinear([0, whole], [left, width - 8]);
  const movements = journey.profile.movements, points = movements.flat();
  const top = Math.max(20, ...journey.sections.flatMap((one) => [one.limit_kmh, one.operating_kmh[2]]), ...points.map((p) => p[1]));
  const speed = scaleLinear([0, top * 1.04], [phone ? 190 : 230, 30]);
  const sections = grades(journey), steepest = Math.max(5, ...sections.flatMap((one) => [Math.abs(one.mean ?? 0), one.ruling ?? 0])), falling = Math.min(-5, ...sections.map((one) => one.mean ?? 0));
  const graded = sections.some((one) => one.mean !== null || one.ruling !== null);
  const base = speed.range()[0] - (graded ? 0 : 160), grade = scaleLinear([falling * 1.1, steepest * 1.05], [base + 160, base + 56]);
  const heights = journey.stations.filter((one) => one.elevation_m !== undefined);
  const highest = Math.max(50, ...heights.map((one) => one.elevation_m)), ground = scaleLinear([Math.min(0, ...heights.map((one) => one.elevation_m)), highest], [base + 270, base + 208]);
  const bottom = heights.length > 1 ? base + 270 : graded ? base + 160 : speed.range()[0], height = bottom + (phone ? 34 : 52);
  const svg = s('svg', { class: 'chart profile', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Speed, gradient and height over distance' });
  for (const km of niceSteps(0, whole, width - left, phone ? 44 : 60)) svg.append(s('line', { class: 'grid', x1: x(km), x2: x(km), y1: 30, y2: bottom }), s('text', { class: 'tick', x: x(km), y: bottom + 15, 'text-anchor': 'middle' }, km === 0 ? '0 km' : String(km)));

  panel(svg, 'Speed', x, speed, niceSteps(0, top, base - 30, 34), phone ? 'km/h' : 'km/h: this run (filled), how fast the line is worked in 9 of 10 runs (band), its limit (line)');
  for (const movement of movements) {
    svg.append(s('path', { class: 'speed', d: area().x((p) => x(p[0])).y0(speed(0)).y1((p) => speed(p[1]))(movement) }));
  }
  const ends = journey.sections.flatMap((one, i) => [{ km: journey.stations[i].distance_km, one }, { km: journey.stations[i + 1].distance_km, one }]);
  svg.append(s('path', { class: 'worked', d: area().x((p) => x(p.km)).y0((p) => speed(p.one.operating_kmh[0])).y1((p) => speed(p.one.operating_kmh[2]))(ends) }));
  svg.append(s('path', { class: 'limit', d: line().x((p) => x(p.km)).y((p) => speed(p.one.limit_kmh))(ends) }));
  if (graded) panel(svg, 'Gradient', x, grade, niceSteps(falling, steepest, 104, 26), phone ? 'permille' : 'permille: between stations (bars), steepest known (pale)');
  for (const one of sections) {
    const wide = Math.max(0.6, x(one.to) - x(one.from) - 0.4);
    if (one.ruling !== null && one.ruling > 0) svg.append(s('rect', { class: 'ruling', x: x(one.from), y: grade(one.ruling), width: wide, height: grade(0) - grade(one.ruling) }));
    if (one.mean !== null) svg.append(s('rect', { class: one.mean < 0 ? 'fall' : 'climb', x: x(one.from), y: Math.min(grade(one.mean), grade(0)), width: wide, height: Math.max(0.5, Math.abs(grade(one.mean) - grade(0))) }));
  }
  if (heights.length > 1) {
    panel(svg, 'Height', x, ground, niceSteps(0, highest, 62, 24), 'm, of the stations');
    svg.append(s('path', { class: 'ground', d: area().x((one) => x(one.distance_km)).y0(ground.range()[0]).y1((one) => ground(one.elevation_m))(heights) }));
  }
  nameStations(svg, journey, x, bottom, phone);

  const mark = s('line', { class: 'hair', y1: 30, y2: bottom, visibility: 'hidden' });
  svg.append(mark);
  const at = (km, place) => {
    const nearest = points.reduce((best, p) => (Math.abs(p[0] - km) < Math.abs(best[0] - km) ? p : best), points[0] ?? [0, 0, 0, 0]);
    const i = Math.max(0, journey.stations.findLastIndex((station) => station.distance_km <= km)), section = journey.sections[Math.min(i, journey.sections.length - 1)];
    mark.setAttribute('visibility', 'visible');
    mark.setAttribute('x1', x(km));
    mark.setAttribute('x2', x(km));
    tip.show(numbers(journey, nearest, section, sections[Math.min(i, sections.length - 1)], units), x(km), place);
  };
  const hide = () => { mark.setAttribute('visibility', 'hidden'); tip.hide(); };
  whenPointedAt(svg, (event) => {
    const box = svg.getBoundingClientRect(), km = x.invert(event.clientX - box.left);
    if (km < 0 || km > whole) return hide();
    at(km, event.clientY - box.top);
  }, hide);
  const stops = journey.stations.map((_, i) => i);
  svg.append(slider('Places along the profile', stops, (i) => profileText(journey, i, points), (i) => {
    choose(i ?? null, svg);
    i === null ? hide() : at(journey.stations[i].distance_km, 80);
  }));
  onChoice((index, source) => {
    if (source === svg || index === null || !journey.stations[index]) return source === svg ? null : mark.setAttribute('visibility', 'hidden');
    mark.setAttribute('visibility', 'visible');
    mark.setAttribute('x1', x(journey.stations[index].distance_km));
    mark.setAttribute('x2', x(journey.stations[index].distance_km));
  }, svg);
  return svg;
}

function profileText(journey, i, points) {
  const station = journey.stations[i], nearest = points.reduce((best, p) => (Math.abs(p[0] - station.distance_km) < Math.abs(best[0] - station.distance_km) ? p : best), points[0] ?? [0, 0, 0, 0]);
  return `${station.name}, kilometre ${station.distance_km.toFixed(1)}: ${nearest[1].toFixed(0)} km/h, limit ${nearest[2].toFixed(0)} km/h`;
}

function numbers(journey, [km, speed, limit, gradient], section, grade, units) {
  if (!section) return [];
  const row = (name, value) => h('tr', {}, h('th', {}, name), h('td', {}, value));
  return [h('strong', {}, named(section.line)), h('span', { class: 'where' }, ` ${kilometresAndMiles(km, units, 1)}`),
    h('table', {}, h('tbody', {}, row('speed', speedText(speed, units)), row('bound', speedText(limit, units)), row('line limit', speedText(section.limit_kmh, units)),
      row('worked at (1 in 20, middle, 19 in 20)', section.operating_kmh.map((v) => v.toFixed(0)).join(', ') + ' km/h'), row('grade felt in this run', `${gradient.toFixed(1)} \u2030`),
      grade?.mean !== null && row('between the stations', `${grade.mean.toFixed(1)} \u2030`), grade?.ruling !== null && row('steepest known', `${grade.ruling.toFixed(0)} \u2030`))),
    h('div', { class: 'notes' }, `${section.gauge_mm} mm, ${section.tracks === 1 ? 'single track' : `${section.tracks} tracks`}, wire: ${section.wire}; confidence of speeds: ${section.confidence_speed}, of kilometres: ${section.confidence_km}`)];
}

function nameStations(svg, journey, x, bottom, phone) {
  if (phone) return;
  const order = journey.stations.map((station, i) => ({ station, rank: i === 0 || i === journey.stations.length - 1 ? 0 : station.main ? 1 : 2 })).filter((one) => one.rank < 2).sort((a, b) => a.rank - b.rank);
  const taken = [];
  for (const { station, rank } of order) {
    const name = fitted(station.name, 130, 11), wide = textWidth(name, 11) + 10, middle = Math.max(x.range()[0] + wide / 2 - 10, Math.min(x.range()[1] - wide / 2 + 5, x(station.distance_km)));
    if (taken.some(([a, b]) => middle - wide / 2 < b && middle + wide / 2 > a)) continue;
    taken.push([middle - wide / 2, middle + wide / 2]);
    svg.append(s('line', { class: 'tie', x1: x(station.distance_km), x2: x(station.distance_km), y1: bottom + 20, y2: bottom + 26 }), s('text', { class: rank ? 'place' : 'place end', x: middle, y: bottom + 40, 'text-anchor': 'middle' }, name));
  }
}

/// What holds the speed of `run`, and for how much of the time; null where nobody knows.
export function whatBinds(profile, run) {
  const shares = Object.entries(profile.bound_by_seconds ?? {}), whole = shares.reduce((sum, [, seconds]) => sum + seconds, 0);
  const plain = { 'operating speed': 'the speed at which the line is worked', 'line limit': 'the line\u2019s limit', 'train limit': 'the train\u2019s own limit', effort: 'the pull of the locomotives', 'brake curve': 'braking', 'tail release': 'its tail not yet clear of a slower stretch' };
  if (!whole) return null;
  return `In ${run}, speed is held by ` + shares.sort((a, b) => b[1] - a[1]).filter(([, seconds]) => seconds / whole > 0.003).slice(0, 4).map(([by, seconds]) => `${plain[by.replaceAll('_', ' ')] ?? by.replaceAll('_', ' ')} for ${percent(seconds / whole)}`).join(', ') + ' of the time in motion.';
}
