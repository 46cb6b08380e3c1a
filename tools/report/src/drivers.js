// What the spread of an arrival is due to: for each group of draws its share with all that it does together with others, and alone.
import { scaleLinear } from './scale.js';
import { fitted, h, named, s, textWidth } from './dom.js';
import { slider, whenPointedAt } from './cursor.js';
import { clockText, durationText } from './time.js';
import { columnHeads } from './tables.js';

const parts = [['total', 'band-2'], ['first', 'band-1']];
/// A share that sampling errors may take below nothing: `34.9 %`.
export const shareText = (share) => (share === null ? 'unknown' : `${(100 * share).toFixed(1).replace('-', '\u2212').replace(/^\u2212(0\.0)$/, '$1')}\u00a0%`);
const errorText = ({ error }) => (100 * error).toFixed(1);
const knownText = (group) => (group.width_if_known_seconds === null ? '\u2013' : `${clockText(group.width_if_known_seconds)} h`);
const knownError = (group) => (group.width_if_known_seconds === null ? '' : `${Math.round(group.width_if_known_error_seconds / 60)} min`);

const rowText = (group) => `${group.name}: ${shareText(group.total.value)} of the spread, ${shareText(group.first.value)} of it alone${group.width_if_known_seconds === null ? '' : `; known, it would leave ${durationText(group.width_if_known_seconds)}`}`;

function groupNumbers(group, whole) {
  const row = (name, value, error) => h('tr', {}, h('th', {}, name), h('td', { class: 'p50' }, value), h('td', {}, `\u00b1 ${error}`));
  return [h('strong', {}, group.name), h('table', {}, h('tbody', {}, row('left if all else is known', shareText(group.total.value), `${errorText(group.total)}\u00a0%`), row('gone if it alone is known', shareText(group.first.value), `${errorText(group.first)}\u00a0%`),
    group.width_if_known_seconds !== null && row('window if it is known', durationText(group.width_if_known_seconds), knownError(group)))), h('div', { class: 'notes' }, `of ${durationText(whole)}; ${group.pairs.toLocaleString('en-GB')} pairs of runs`)];
}

export function drawDrivers({ groups, whole }, width, tip) {
  const phone = width < 620, left = phone ? 0 : Math.min(310, Math.max(60, ...groups.map(({ name }) => textWidth(name, 13, 500))) + 16), column = 74, columns = phone ? 0 : 3 * column + 8, tall = phone ? 46 : 30, thick = 8, top = phone ? 6 : 26;
  const ends = groups.flatMap((group) => parts.flatMap(([part]) => [group[part].value - group[part].error, group[part].value + group[part].error])), low = Math.min(0, ...ends), high = Math.max(0.05, ...ends);
  const x = scaleLinear([low, high * 1.02], [left + 2, width - columns - 12]), bottom = top + groups.length * tall + 4, height = bottom + 24;
  const svg = s('svg', { class: 'chart drivers', viewBox: `0 0 ${width} ${height}`, width, height, role: 'group', 'aria-label': 'Share of the spread by group of draws; the table below has the same numbers' });
  for (const tick of x.ticks(Math.max(2, (x.range()[1] - left) / 70))) svg.append(s('line', { class: Math.abs(tick) < 1e-9 ? 'zero' : 'grid', x1: x(tick), x2: x(tick), y1: top - 2, y2: bottom }), s('text', { class: 'tick', x: x(tick), y: bottom + 15, 'text-anchor': x(tick) < 14 ? 'start' : 'middle' }, `${Math.round(1000 * tick) / 10}\u00a0%`.replace('-', '\u2212')));
  if (!phone) ['spread', 'alone', 'if known'].forEach((text, i) => svg.append(s('text', { class: 'head', x: width - (2 - i) * column - 4, y: top - 10, 'text-anchor': 'end' }, text)));
  const point = (group, i, event) => {
    const box = svg.getBoundingClientRect();
    tip.show(groupNumbers(group, whole), event ? event.clientX - box.left : x(Math.max(0, group.total.value)), event ? event.clientY - box.top : top + (i + 0.5) * tall);
  };
  groups.forEach((group, i) => {
    const y = top + i * tall, row = s('g', { class: 'row' }, s('rect', { class: 'hit', x: 0, y, width, height: tall })), bars = y + (phone ? 23 : 6), text = phone ? y + 15 : y + 18;
    parts.forEach(([part, shade], k) => {
      const { value, error } = group[part], middle = bars + k * (thick + 1) + thick / 2;
      row.append(s('rect', { class: `${shade} share-${part}`, x: x(Math.min(0, value)), y: middle - thick / 2, width: Math.max(0.8, Math.abs(x(value) - x(0))), height: thick }), s('path', { class: 'whisker', d: `M${x(value - error)},${middle}H${x(value + error)}` }));
    });
    const values = [shareText(group.total.value), shareText(group.first.value), knownText(group)];
    row.append(s('text', { class: 'name', x: phone ? 0 : left - 12, y: text, 'text-anchor': phone ? 'start' : 'end' }, fitted(group.name, phone ? width - textWidth(values[0], 12, 650) - 12 : left - 14, 13, 500)));
    if (phone) row.append(s('text', { class: 'value p50', x: width, y: text, 'text-anchor': 'end' }, values[0]));
    else values.forEach((value, k) => row.append(s('text', { class: k === 0 ? 'value p50' : 'value', x: width - (2 - k) * column - 4, y: text, 'text-anchor': 'end' }, value)));
    whenPointedAt(row, (event) => point(group, i, event), () => tip.hide());
    svg.append(row);
  });
  svg.append(slider('Groups of draws', groups, rowText, (group) => (group ? point(group, groups.indexOf(group)) : tip.hide())));
  return svg;
}

export function driversTable({ groups, whole }) {
  return h('table', { class: 'numbers drivers' }, h('caption', {}, `Shares of the variance of the arrival within the window, and the width expected from 5 % to 95 % if the group is known, h:mm of ${clockText(whole)}; errors are one standard error`),
    columnHeads('What is drawn', 'Spread', 'Its error', 'Alone', 'Its error', 'If known', 'Its error', 'Pairs of runs'),
    h('tbody', {}, groups.map((group) => h('tr', {}, h('th', { scope: 'row' }, named(group.name)), ...parts.flatMap(([part]) => [h('td', { class: part === 'total' && 'p50' }, shareText(group[part].value)), h('td', {}, errorText(group[part]))]),
      h('td', {}, group.width_if_known_seconds === null ? '\u2013' : clockText(group.width_if_known_seconds)), h('td', {}, knownError(group)), h('td', {}, String(group.pairs))))));
}
