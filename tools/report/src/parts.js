// Where the time went: legs (moving, standing on the way) and stays between them, as medians.
import { scaleLinear } from './scale.js';
import { fitted, h, s } from './dom.js';
import { clockText, durationText } from './time.js';

const nearMedian = (quantiles) => quantiles?.p50 ?? 0;

/// Rows in the order of the journey: {name, parts: [{kind, seconds, low, high}]}.
export function partsOf(journey) {
  const nameOf = (id) => journey.stations.find((station) => station.station === id)?.name ?? id;
  const rows = [];
  for (const leg of journey.estimate.legs) {
    if (!leg.total?.p50) continue;
    rows.push({ name: `${nameOf(leg.from)} \u2013 ${nameOf(leg.to)}`, parts: [{ kind: 'moving', of: leg.running }, { kind: 'standing on the way', of: leg.standing }], total: leg.total });
    const stay = journey.series[0].rows.find((row) => row.station.station === leg.to && row.depart?.dwell_seconds);
    if (stay) rows.push({ name: `at ${nameOf(leg.to)}`, stay: true, parts: [{ kind: 'stay', of: stay.depart.dwell_seconds }], total: stay.depart.dwell_seconds, what: stay.station.activities });
  }
  return rows;
}

export function drawParts(journey, width) {
  const rows = partsOf(journey), phone = width < 620, left = phone ? 0 : 250, tall = phone ? 40 : 26;
  const longest = Math.max(60, ...rows.map((row) => row.parts.reduce((sum, part) => sum + nearMedian(part.of), 0)));
  const x = scaleLinear([0, longest], [left, width - (100)]), height = rows.length * tall + 8;
  const svg = s('svg', { class: 'chart parts', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': 'Median hours of each leg and stay: ' + rows.map((row) => `${row.name} ${row.parts.map((part) => `${part.kind} ${durationText(nearMedian(part.of))}`).join(', ')}`).join('; ') });
  rows.forEach((row, i) => {
    const y = i * tall + (phone ? 17 : 4);
    svg.append(s('text', { class: row.stay ? 'name stay' : 'name', x: phone ? 0 : left - 12, y: phone ? y - 4 : y + 13, 'text-anchor': phone ? 'start' : 'end' }, fitted(row.name, phone ? width : left - 14, 13)));
    let done = 0;
    for (const part of row.parts) {
      const seconds = nearMedian(part.of), begin = x(done), wide = x(done + seconds) - begin;
      svg.append(s('rect', { class: `part ${part.kind.split(' ')[0]}`, x: begin, y, width: Math.max(wide, 0.8), height: 16 }, s('title', {}, `${part.kind}: ${durationText(seconds)}`)));
      done += seconds;
    }
    svg.append(s('text', { class: 'value', x: x(done) + 6, y: y + 13 }, row.parts.filter((part) => nearMedian(part.of) >= 30 || row.parts.length === 1).map((part) => clockText(nearMedian(part.of))).join(' + ')));
  });
  return svg;
}

export function partsTable(journey) {
  return h('table', { class: 'numbers' }, h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Leg or stay'), h('th', { scope: 'col' }, 'What'), h('th', { scope: 'col' }, '1 in 20 below'), h('th', { scope: 'col' }, 'Middle'), h('th', { scope: 'col' }, '1 in 20 above'))),
    h('tbody', {}, partsOf(journey).flatMap((row) => row.parts.map((part, i) => h('tr', {}, i === 0 ? h('th', { scope: 'row', rowspan: row.parts.length }, h('bdi', {}, row.name)) : null, h('td', {}, part.kind + (row.what?.length ? `: ${row.what.join(', ')}` : '')),
      ...['p5', 'p50', 'p95'].map((name) => h('td', { class: name }, durationText(part.of[name]))))))));
}
