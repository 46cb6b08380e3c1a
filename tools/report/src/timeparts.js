// Where the time from departure to arrival went, part by part: one stacked bar for quick, middling and slow runs.
import { scaleLinear } from './scale.js';
import { h, s, textWidth } from './dom.js';
import { clockText, durationText } from './time.js';

const titles = { p5: 'quick (5 %)', p50: 'middle (50 %)', p95: 'slow (95 %)', all: 'mean of all' };

/// [{name, runs, parts: [[part, seconds]], total}] of `time_parts`: mean seconds by part, of the runs around a quantile or of all. Parts on which no run
/// spends any time are left out.
export function timePartsOf(estimate) {
  const list = (estimate.time_parts ?? []).filter((one) => one.of in titles), used = new Set(list.flatMap((one) => Object.entries(one.mean_seconds).filter(([, seconds]) => seconds > 0).map(([part]) => part)));
  const shown = list.map((one) => ({ name: one.of, runs: one.runs, total: one.total_seconds, parts: Object.entries(one.mean_seconds).filter(([part]) => used.has(part)) }));
  return Object.keys(titles).flatMap((name) => shown.filter((one) => one.name === name && one.parts.length > 0));
}

const kinds = (list) => [...new Set(list.flatMap((one) => one.parts.map(([part]) => part)))];
const titleOf = (one) => titles[one.name] ?? one.name;

export function drawTimeParts(list, width) {
  const phone = width < 430, left = phone ? 0 : 104, tall = phone ? 44 : 32, names = kinds(list);
  const x = scaleLinear([0, Math.max(60, ...list.map((one) => one.total))], [left, width - 56]);
  const svg = s('svg', { class: 'chart time-parts', role: 'img', 'aria-label': 'Time from departure to arrival by what it is spent on: ' + list.map((one) => `${titleOf(one)}: ${one.parts.map(([part, seconds]) => `${part} ${durationText(seconds)}`).join(', ')}`).join('; ') });
  list.forEach((one, i) => {
    const y = i * tall + (phone ? 18 : 4);
    svg.append(s('text', { class: one.name === 'p50' ? 'name end' : 'name', x: phone ? 0 : left - 10, y: phone ? y - 5 : y + 15, 'text-anchor': phone ? 'start' : 'end' }, titleOf(one)));
    let done = 0;
    for (const [part, seconds] of one.parts) {
      svg.append(s('rect', { class: `part kind-${names.indexOf(part) % 8}`, x: x(done), y, width: Math.max(0, x(done + seconds) - x(done)), height: 20 }, s('title', {}, `${part}: ${durationText(seconds)}`)));
      const text = clockText(seconds);
      if (part === 'moving' && x(done + seconds) - x(done) > textWidth(text, 12) + 12) svg.append(s('text', { class: 'value inside', x: x(done) + 6, y: y + 14 }, text));
      done += seconds;
    }
    svg.append(s('text', { class: 'value total', x: x(done) + 6, y: y + 14 }, clockText(done)));
  });
  let kx = 0, ky = list.length * tall + 24;
  names.forEach((part, i) => {
    const wide = 26 + textWidth(part, 12);
    if (kx + wide > width) { kx = 0; ky += 19; }
    svg.append(s('rect', { class: `part kind-${i % 8}`, x: kx, y: ky - 10, width: 14, height: 11 }), s('text', { class: 'key-text', x: kx + 19, y: ky }, part));
    kx += wide + 10;
  });
  for (const [name, value] of Object.entries({ viewBox: `0 0 ${width} ${ky + 6}`, width, height: ky + 6 })) svg.setAttribute(name, value);
  return svg;
}

export function timePartsTable(list) {
  return h('table', { class: 'numbers time-parts' }, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'h:mm'), list.map((one) => h('th', { scope: 'col' }, titleOf(one))))),
    h('tbody', {}, kinds(list).map((part) => h('tr', {}, h('th', { scope: 'row' }, part), list.map((one) => h('td', {}, clockText(Object.fromEntries(one.parts)[part] ?? 0))))),
      h('tr', {}, h('th', { scope: 'row' }, 'together'), list.map((one) => h('td', {}, clockText(one.total)))), h('tr', {}, h('th', { scope: 'row' }, 'runs'), list.map((one) => h('td', {}, String(one.runs))))));
}
