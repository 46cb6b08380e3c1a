// A way as three strips along its kilometres: country, gauge, wire; and above them where it changes gauge, direction or traction.
import { scaleLinear } from './scale.js';
import { fitted, h, legendKey, named, s, textWidth } from './dom.js';
import { columnHeads } from './tables.js';
import { slider, whenPointedAt } from './cursor.js';
import { kilometresAndMiles } from './journey.js';
import { niceSteps } from './profile.js';

const countryNames = { KP: 'North Korea', CN: 'China', RU: 'Russia', VN: 'Vietnam', MN: 'Mongolia', KR: 'South Korea', KZ: 'Kazakhstan' };
export const countryName = (code) => countryNames[code] ?? code;
// A colour means one thing on every page; countries share out theirs by alphabet.
const colourIn = (values, value) => Math.max(0, values.indexOf(value));
const kinds = [
  { key: 'country', title: 'country', of: (one) => countryName(one.country), slot: (value, all) => all.indexOf(value) % 6 },
  { key: 'gauge', title: 'gauge', of: (one) => `${one.gauge_mm} mm`, slot: (value) => colourIn(['1435 mm', '1520 mm', '1000 mm'], value) },
  { key: 'wire', title: 'wire', of: (one) => (one.wire === 'none' ? 'no wire' : one.wire), slot: (value) => colourIn(['no wire', '25 kV AC', '3 kV DC', '3 kV DC and 25 kV AC'], value) },
];

// Sections with their kilometres and country; that of a crossing is the country it leaves.
const sectionsOf = (way) => way.sections.map((section, i) => ({ ...section, from: way.stations[i], to: way.stations[i + 1], begin: way.stations[i].distance_km, end: way.stations[i + 1].distance_km, country: way.stations[i].country }));

// Neighbours alike in what `of` says, as one stretch.
function stretches(way, of) {
  const list = [];
  for (const section of sectionsOf(way)) {
    const value = of(section), last = list.at(-1);
    if (last && last.value === value) Object.assign(last, { end: section.end, to: section.to });
    else list.push({ value, begin: section.begin, end: section.end, from: section.from, to: section.to });
  }
  return list;
}

// All values of a kind on the page, in a fixed order, so that a colour means one thing.
const valuesOf = (ways, kind) => [...new Set(ways.flatMap((way) => sectionsOf(way).map(kind.of)))].sort();
let palette = {};

export function stripsLegend(ways) {
  palette = Object.fromEntries(kinds.map((kind) => [kind.key, valuesOf(ways, kind)]));
  return h('p', { class: 'legend' }, kinds.map((kind) => h('span', { class: 'group' }, h('strong', {}, `${kind.title} `), palette[kind.key].map((value) => [h('span', { class: `key ${kind.key}-${kind.slot(value, palette[kind.key])}` }), `${value} `]))),
    legendKey('key-gauge', 'change of gauge'), h('span', { class: 'group' }, h('span', { class: 'symbol' }, '\u21b6'), ' reversal'), h('span', { class: 'group' }, s('svg', { class: 'sign-traction', viewBox: '-5 -7 10 14', 'aria-hidden': 'true' }, s('path', { d: bolt })), ' change of traction'));
}

export function drawStrips(ways, width, tip, units) {
  if (!palette.country) stripsLegend(ways);
  const phone = width < 620, left = phone ? 0 : 70, thick = 15, head = phone ? 44 : 40, gap = 16, tall = head + 3 * (thick + 2) + gap;
  const whole = Math.max(...ways.map((way) => way.stations.at(-1).distance_km), 0.1), x = scaleLinear([0, whole], [left, width - 4]), bottom = ways.length * tall, height = bottom + 22;
  const svg = s('svg', { class: 'chart strips', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Country, gauge and wire along each way; the table below has the same' });
  for (const km of niceSteps(0, whole, width - left, phone ? 50 : 70)) svg.append(s('line', { class: 'grid', x1: x(km), x2: x(km), y1: 0, y2: bottom - gap + 2 }), s('text', { class: 'tick', x: x(km), y: bottom + 8, 'text-anchor': km === 0 ? 'start' : x(km) > width - 18 ? 'end' : 'middle' }, km === 0 ? '0 km' : String(km)));
  const walked = [];
  ways.forEach((way, i) => {
    const top = i * tall, strips = top + head;
    svg.append(s('rect', { class: `chip series-${way.number}`, x: 0, y: top + 6, width: 11, height: 11 }), s('text', { class: 'name end', x: 17, y: top + 16 }, fitted(way.name, width - 20, 13, 700)),
      width - 40 - textWidth(way.name, 13, 700) < 90 ? '' : s('text', { class: 'unit', x: 17 + textWidth(way.name, 13, 700) + 10, y: top + 16 }, fitted(way.summary, width - 40 - textWidth(way.name, 13, 700), 12)));
    kinds.forEach((kind, row) => {
      const y = strips + row * (thick + 2);
      if (!phone) svg.append(s('text', { class: 'tick', x: left - 8, y: y + 11, 'text-anchor': 'end' }, kind.title));
      for (const one of stretches(way, kind.of)) {
        const begin = x(one.begin), wide = Math.max(0.8, x(one.end) - begin), says = `${one.value}, ${one.from.name} \u2013 ${one.to.name}, km ${one.begin.toFixed(1)} to ${one.end.toFixed(1)}`;
        svg.append(s('rect', { class: `stretch ${kind.key}-${kind.slot(one.value, palette[kind.key])}`, x: begin, y, width: wide, height: thick }, s('title', {}, says)));
        if (wide > textWidth(one.value, 11) + 10) svg.append(s('text', { class: 'inside', x: begin + 5, y: y + 11.5 }, one.value));
        walked.push({ text: `${way.name}, ${kind.title}: ${says}`, x: begin + wide / 2, y, way, kind, one });
      }
    });
    signs(svg, way, x, strips - 5);
  });
  const show = (one, px, py) => tip.show([h('strong', {}, one.one.value), h('div', {}, named(`${one.one.from.name} \u2013 ${one.one.to.name}`)), h('div', { class: 'notes' }, `${one.way.name}, ${kilometresAndMiles(one.one.end - one.one.begin, units, 1)} from kilometre ${one.one.begin.toFixed(1)}`)], px, py);
  whenPointedAt(svg, (event) => {
    const box = svg.getBoundingClientRect(), px = event.clientX - box.left, py = event.clientY - box.top, km = x.invert(px);
    const one = walked.find((other) => py >= other.y && py <= other.y + thick + 2 && km >= other.one.begin && km <= other.one.end);
    one ? show(one, px, py) : tip.hide();
  }, () => tip.hide());
  svg.append(slider('Stretches', walked, (one) => one.text, (one) => (one ? show(one, one.x, one.y) : tip.hide())));
  return svg;
}

const bolt = 'M1.5,-6.5L-4,1H-0.5L-1.5,6.5L4,-1H0.5Z';

// What the train does on the way; several at one place stand side by side.
function signs(svg, way, x, y) {
  let free = -Infinity;
  way.stations.forEach((station) => {
    for (const [what, sign, says] of [['gauge_change', null, 'change of gauge'], ['reversal', '\u21b6', 'reversal'], ['traction_change', bolt, 'change of traction']]) {
      if (!station[what]) continue;
      const at = Math.max(x(station.distance_km), free);
      free = at + 13;
      const title = s('title', {}, `${says} at ${station.name}`);
      if (what === 'reversal') svg.append(s('text', { class: 'sign', x: at, y, 'text-anchor': 'middle' }, sign, title));
      else if (what === 'traction_change') svg.append(s('path', { class: 'sign-traction', d: sign, transform: `translate(${at} ${y - 5})` }, title));
      else svg.append(s('rect', { class: 'stop gauge', x: at - 4, y: y - 8.5, width: 8, height: 8, transform: `rotate(45 ${at} ${y - 4.5})` }, title));
    }
  });
}

export function stripsTable(way, units) {
  const all = stretches(way, (section) => JSON.stringify(kinds.map((kind) => kind.of(section))));
  return h('table', { class: 'numbers strips' }, h('caption', {}, h('strong', {}, way.name), ': ', named(way.summary)), columnHeads('From', 'To', units === 'imperial' ? 'km (mi)' : 'km', 'Country', 'Gauge', 'Wire'),
    h('tbody', {}, all.map((one) => h('tr', {}, h('th', { scope: 'row' }, named(one.from.name)), h('td', {}, named(one.to.name)), h('td', {}, `${one.begin.toFixed(1)} \u2013 ${one.end.toFixed(1)}`), JSON.parse(one.value).map((value) => h('td', {}, value))))));
}
