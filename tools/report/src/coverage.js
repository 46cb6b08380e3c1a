// How many observations their windows held, and where in their forecasts they lie.
import { scaleLinear } from './scale.js';
import { h, s } from './dom.js';
import { columnHeads } from './tables.js';

const plain = (number) => (Number.isInteger(number) ? String(number) : number.toFixed(1));

export function drawCoverage(coverage, width) {
  const rows = Object.entries(coverage), left = 62, tall = 46, top = 22, of = rows[0][1].of, bottom = top + rows.length * tall, x = scaleLinear([0, of], [left + 4, width - 14]);
  const svg = s('svg', { class: 'chart coverage', viewBox: `0 0 ${width} ${bottom + 36}`, width, height: bottom + 36, role: 'img', 'aria-label': rows.map(([level, one]) => `${level} % windows: ${plain(one.covered)} of ${one.of} inside; the model's own draws give ${plain(one.low)} to ${plain(one.high)}`).join('; ') });
  const step = [1, 2, 5, 10, 20, 50, 100].find((value) => (x(value) - x(0)) >= 34) ?? 200;
  for (let value = 0; value <= of; value += step) svg.append(s('line', { class: 'grid', x1: x(value), x2: x(value), y1: top - 6, y2: bottom }), s('text', { class: 'tick', x: x(value), y: bottom + 16, 'text-anchor': 'middle' }, String(value)));
  svg.append(s('text', { class: 'tick', x: left + 4, y: bottom + 32 }, `of ${of} observed times`));
  rows.forEach(([level, one], i) => {
    const y = top + i * tall + 16, even = (of * +level) / 100, outside = one.covered < one.low || one.covered > one.high;
    svg.append(s('text', { class: 'name', x: left - 12, y: y + 5, 'text-anchor': 'end' }, `${level} %`),
      s('rect', { class: 'band-3', x: x(one.low), y: y - 9, width: Math.max(1, x(one.high) - x(one.low)), height: 18, rx: 2 }), s('line', { class: 'even', x1: x(even), x2: x(even), y1: y - 12, y2: y + 12 }),
      s('circle', { class: outside ? 'covered outside' : 'covered', cx: x(one.covered), cy: y, r: 6 }),
      s('text', { class: 'value p50', x: x(one.covered), y: y - 14, 'text-anchor': x(one.covered) > width - 40 ? 'end' : 'middle' }, plain(one.covered)));
  });
  return svg;
}

export function coverageTable(coverage) {
  return h('table', { class: 'numbers coverage' }, columnHeads('Window', 'Inside', 'Of', 'Model\u2019s own draws, from', 'to', ''),
    h('tbody', {}, Object.entries(coverage).map(([level, one]) => h('tr', {}, h('th', { scope: 'row' }, `${level} %`), h('td', {}, String(one.covered)), h('td', {}, String(one.of)), h('td', {}, String(one.low)), h('td', {}, String(one.high)), h('td', {}, one.covered < one.low ? 'too few' : one.covered > one.high ? 'too many' : 'inside the band')))));
}

export function drawPit(bins, of, width) {
  const left = 30, top = 18, height = 206, bottom = height - 42, even = of / bins.length, x = scaleLinear([0, bins.length], [left, width - 8]), y = scaleLinear([0, Math.max(even * 1.3, ...bins)], [bottom, top]);
  const svg = s('svg', { class: 'chart pit', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': 'Observed times by tenths of their forecast: ' + bins.map((value) => value.toFixed(1)).join(', ') });
  bins.forEach((value, i) => svg.append(s('rect', { class: 'column', x: x(i) + 1.5, y: y(value), width: Math.max(1, x(i + 1) - x(i) - 3), height: Math.max(0.6, bottom - y(value)) }, s('title', {}, `${10 * i} to ${10 * (i + 1)} %: ${value.toFixed(2)}`)), value > 0 && s('text', { class: 'value', x: (x(i) + x(i + 1)) / 2, y: y(value) - 4, 'text-anchor': 'middle' }, value.toFixed(1)) || ''));
  for (const i of [0, 5, 10]) svg.append(s('text', { class: 'tick', x: x(i), y: bottom + 15, 'text-anchor': i === 0 ? 'start' : i === 10 ? 'end' : 'middle' }, ['earlier than all runs', 'the middle run', 'later than all'][i / 5]));
  svg.append(s('line', { class: 'even', x1: left, x2: width - 8, y1: y(even), y2: y(even) }), s('text', { class: 'direct', x: left + 4, y: y(even) - 5 }, `even: ${plain(even)}`));
  return svg;
}

export function pitTable(bins) {
  return h('table', { class: 'numbers pit' }, columnHeads('Share of the runs that were earlier', 'Observed times'),
    h('tbody', {}, bins.map((value, i) => h('tr', {}, h('th', { scope: 'row' }, `${10 * i} to ${10 * (i + 1)} %`), h('td', {}, value.toFixed(2))))));
}
