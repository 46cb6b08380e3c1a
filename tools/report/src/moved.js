// How far the median of the arrival moves when a number is low or high.
import { scaleLinear } from './scale.js';
import { fitted, h, named, s, textWidth } from './dom.js';
import { hoursAxis } from './axis.js';
import { slider, whenPointedAt } from './cursor.js';
import { clockText } from './time.js';
import { columnHeads } from './tables.js';
import { laterText } from './differences.js';

const ends = [['low', 'low', 'band-2'], ['high', 'high', 'band-1']], quantiles = ['p5', 'p50', 'p95'], worthDrawing = 300, fewest = 3;
const signed = (seconds) => (seconds === null ? '\u2013' : (seconds >= 30 ? '+' : '') + clockText(seconds));
const errorText = (seconds) => (seconds === null ? '' : `${(seconds / 60).toFixed(1)} min`);
const middle = (number, end) => number[end].shift_seconds.p50 ?? 0;

// Those that move the median by some minutes; the first few in any case.
const drawnOf = ({ numbers }) => numbers.filter((number, i) => i < fewest || ends.some(([end]) => Math.abs(middle(number, end)) >= worthDrawing));

// What is written without a law is moved by a part of itself.
const nameOf = ({ name, step }) => (step ? `${name} (\u00b1 ${Math.round(100 * step)} %)` : name);
const rangeOf = ({ step }) => (step ? `low and high: ${Math.round(100 * step)} % less and more than written` : 'low and high: its own 5 % and 95 %');
const rowText = (number) => `${nameOf(number)}: ${ends.map(([end, word]) => `when it is ${word}, half of the journeys are there ${laterText(middle(number, end))}`).join('; ')}`;

function movedNumbers(number) {
  return [h('strong', {}, nameOf(number)), h('table', {}, h('thead', {}, h('tr', {}, h('td'), ['1 in 20', 'half by', '19 in 20'].map((name) => h('th', {}, name)))),
    h('tbody', {}, ends.map(([end, word]) => h('tr', {}, h('th', {}, word), quantiles.map((name) => h('td', { class: name }, `${signed(number[end].shift_seconds[name])} h`)))))), h('div', { class: 'notes' }, rangeOf(number))];
}

export function drawMoved(explained, width, tip) {
  const shown = drawnOf(explained), phone = width < 620, left = phone ? 0 : Math.min(340, Math.max(60, ...shown.map((number) => textWidth(nameOf(number), 13, 500))) + 16), column = 74, columns = phone ? 0 : 2 * column + 8, tall = phone ? 44 : 28, thick = 8, top = phone ? 6 : 26;
  const values = shown.flatMap((number) => ends.map(([end]) => middle(number, end) * 1000)), low = Math.min(0, ...values), high = Math.max(0, ...values), slack = (high - low) * 0.03 + 60e3;
  const x = scaleLinear([low - slack, high + slack], [left + 2, width - columns - 4]), bottom = top + shown.length * tall + 4, height = bottom + 24;
  const svg = s('svg', { class: 'chart moved', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'How far the median of the arrival moves with each number; the table below has the same numbers' });
  svg.append(hoursAxis(x, bottom, { grid: bottom - top, signed: true }), s('line', { class: 'zero', x1: x(0), x2: x(0), y1: top - 2, y2: bottom }));
  if (!phone) ['if low', 'if high'].forEach((text, i) => svg.append(s('text', { class: 'head', x: width - (1 - i) * column - 4, y: top - 10, 'text-anchor': 'end' }, text)));
  const point = (number, i, event) => {
    const box = svg.getBoundingClientRect();
    tip.show(movedNumbers(number), event ? event.clientX - box.left : x(0), event ? event.clientY - box.top : top + (i + 0.5) * tall);
  };
  shown.forEach((number, i) => {
    const y = top + i * tall, row = s('g', { class: 'row' }, s('rect', { class: 'hit', x: 0, y, width, height: tall })), bars = y + (phone ? 23 : 5), text = phone ? y + 15 : y + 17;
    ends.forEach(([end, , shade], k) => {
      const at = x(middle(number, end) * 1000);
      row.append(s('rect', { class: `${shade} end-${end}`, x: Math.min(x(0), at), y: bars + k * (thick + 1), width: Math.max(0.8, Math.abs(at - x(0))), height: thick }));
    });
    const said = ends.map(([end]) => `${signed(number[end].shift_seconds.p50)} h`), beside = said.join(', ');
    row.append(s('text', { class: 'name', x: phone ? 0 : left - 12, y: text, 'text-anchor': phone ? 'start' : 'end' }, fitted(nameOf(number), phone ? width - textWidth(beside, 12) - 12 : left - 14, 13, 500)));
    if (phone) row.append(s('text', { class: 'value', x: width, y: text, 'text-anchor': 'end' }, beside));
    else said.forEach((value, k) => row.append(s('text', { class: 'value', x: width - (1 - k) * column - 4, y: text, 'text-anchor': 'end' }, value)));
    whenPointedAt(row, (event) => point(number, i, event), () => tip.hide());
    svg.append(row);
  });
  svg.append(slider('Numbers', shown, rowText, (number) => (number ? point(number, shown.indexOf(number)) : tip.hide())));
  return svg;
}

/// What is not drawn, as the table has it.
export function restText(explained) {
  const rest = explained.numbers.length - drawnOf(explained).length;
  return rest > 0 && `${rest} that move${rest === 1 ? 's' : ''} it by less than ${worthDrawing / 60} min ${rest === 1 ? 'is' : 'are'} only in the table.`;
}

export function movedTable({ numbers }) {
  return h('table', { class: 'numbers moved' }, h('caption', {}, 'By how much a quantile of the arrival moves, h:mm, when the number is low or high, on the same draws of all else: a law is at its own 5 % or 95 %, what is written without one is less or more by the part that stands with it'),
    columnHeads('Number', 'At its', '5\u00a0% moves', 'Half by moves', 'Its error', '95\u00a0% moves'),
    h('tbody', {}, numbers.flatMap((number) => ends.map(([end, word], i) => h('tr', {}, i === 0 && h('th', { scope: 'row', rowspan: 2 }, named(nameOf(number))), h('td', {}, `${word} end`), h('td', { class: 'p5' }, signed(number[end].shift_seconds.p5)), h('td', { class: 'p50' }, signed(number[end].shift_seconds.p50)), h('td', {}, errorText(number[end].shift_error_seconds.p50)), h('td', { class: 'p95' }, signed(number[end].shift_seconds.p95)))))));
}
