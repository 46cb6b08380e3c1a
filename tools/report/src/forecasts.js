// Forecast windows and what was observed, as hours from the middle of each forecast; one block for each start of a forecast.
import { scaleLinear } from './scale.js';
import { fitted, h, named, s, textWidth } from './dom.js';
import { columnHeads } from './tables.js';
import { hoursAxis } from './axis.js';
import { slider, whenPointedAt } from './cursor.js';
import { instant, shortTime, yearOf, zoneText } from './time.js';
import { percent } from './numbers.js';
import { seenText } from './sightings.js';

const verbs = { arrive: 'arrival at', depart: 'departure from', pass: 'passing', seen: 'seen at' };

function targetsOf(list) {
  return list.map((one) => {
    const middle = instant(one.time.p50), low = one.observed.low && instant(one.observed.low), high = one.observed.high && instant(one.observed.high), windows = {};
    for (const [level, window] of Object.entries(one.scores?.windows ?? {})) windows[level] = { low: instant(window.low), high: instant(window.high), inside: window.inside };
    windows['90'] ??= { low: instant(one.time.p5), high: instant(one.time.p95) };
    return { ...one, middle, low, high, windows, title: `${verbs[one.event]} ${one.name}` };
  });
}

const shades = [['90', 'band-3'], ['80', 'band-2'], ['50', 'band-1']];
const blockOf = (one) => `${one.scenario}: from ${one.from}, ${yearOf(one.middle)}`;

export function targetText(one) {
  const inside = one.scores ? `, in the 90 % window by ${percent(one.scores.windows['90']?.inside ?? 0)}` : one.consistent ? ', consistent' : ', not consistent';
  return `${one.title}: forecast ${shortTime(one.middle)}, nine in ten runs between ${shortTime(one.windows['90'].low)} and ${shortTime(one.windows['90'].high)}; observed ${seenText(one)}${inside}`;
}

export function drawForecasts(given, width, tip) {
  const list = targetsOf(given), phone = width < 620, left = phone ? 0 : Math.min(250, Math.max(...list.map((one) => textWidth(one.title, 13))) + 16), columns = phone ? 0 : 190, tall = phone ? 40 : 25, headTall = 30, top = 26;
  const hours = (one, time) => time.at - one.middle.at;
  const reach = list.flatMap((one) => [hours(one, one.windows['90'].low), hours(one, one.windows['90'].high), ...(one.low && one.high ? [hours(one, one.low), hours(one, one.high)] : [])]);
  const x = scaleLinear([Math.min(-1800e3, ...reach) * 1.04, Math.max(1800e3, ...reach) * 1.04], [left + 2, width - columns - 4]), inside = (value) => Math.max(x.range()[0] + 8, Math.min(x.range()[1] - 8, x(value)));
  let y = top, block = '';
  for (const one of list) { if (blockOf(one) !== block) { block = blockOf(one); one.block = block; y += headTall; } one.y = y; y += tall; }
  const bottom = y + 6, svg = s('svg', { class: 'chart forecasts', viewBox: `0 0 ${width} ${bottom + 36}`, width, height: bottom + 36, role: 'group', 'aria-label': 'Forecast windows and observed times; the table below has the same numbers' });
  svg.append(hoursAxis(x, bottom, { grid: bottom - top, signed: true }), s('line', { class: 'zero', x1: x(0), x2: x(0), y1: top, y2: bottom }),
    s('text', { class: 'direct', x: x(0) - 8, y: bottom + 31, 'text-anchor': 'end' }, phone ? '\u2190 earlier' : '\u2190 earlier than the middle run'), s('text', { class: 'direct', x: x(0) + 8, y: bottom + 31 }, 'later \u2192'));
  if (!phone) svg.append(s('text', { class: 'head', x: width - 4, y: top - 10, 'text-anchor': 'end' }, 'observed, local time'));
  const point = (one, event) => {
    const box = svg.getBoundingClientRect();
    tip.show(targetNumbers(one), event ? event.clientX - box.left : inside(hours(one, one.windows['90'].high)), event ? event.clientY - box.top : one.y + tall / 2);
  };
  for (const one of list) {
    if (one.block) svg.append(s('text', { class: 'name end', x: 0, y: one.y - 7 }, fitted(one.block, width, 13, 700)), s('line', { class: 'floor', x1: 0, x2: width, y1: one.y - headTall + 6, y2: one.y - headTall + 6 }));
    const barTop = one.y + (phone ? 20 : 5), high = 14, group = s('g', { class: one.scores ? 'row' : 'row unscored' }, s('rect', { class: 'hit', x: 0, y: one.y, width, height: tall }));
    for (const [level, shade] of shades)
      if (one.windows[level]) { const { low, high: to } = one.windows[level], inset = shade === 'band-1' ? 3.6 : shade === 'band-2' ? 1.4 : 0; group.append(s('rect', { class: `window ${shade}`, x: x(hours(one, low)), y: barTop + inset, width: Math.max(1, x(hours(one, to)) - x(hours(one, low))), height: high - 2 * inset, rx: 1.5 })); }
    group.append(s('line', { class: 'median', x1: x(0), x2: x(0), y1: barTop - 2, y2: barTop + high + 2 }), observedMark(one, (time) => inside(hours(one, time)), barTop + high / 2));
    group.append(s('text', { class: 'name', x: phone ? 0 : left - 12, y: phone ? one.y + 14 : barTop + 11.5, 'text-anchor': phone ? 'start' : 'end' }, fitted(one.title, phone ? width - 150 : left - 12, 13)));
    group.append(s('text', { class: 'value', x: width - (phone ? 0 : 4), y: phone ? one.y + 14 : barTop + 11.5, 'text-anchor': 'end' }, fitted(seenText(one), phone ? 146 : columns - 10, 12)));
    whenPointedAt(group, (event) => point(one, event), () => tip.hide());
    svg.append(group);
  }
  svg.append(slider('Observations', list, targetText, (one) => (one ? point(one) : tip.hide())));
  return svg;
}

function observedMark({ low, high }, x, y) {
  if (!low) return s('path', { class: 'sighting', d: `M${x(high)},${y - 5}V${y + 5}L${x(high) - 9},${y}Z` });
  if (!high) return s('path', { class: 'sighting', d: `M${x(low)},${y - 5}V${y + 5}L${x(low) + 9},${y}Z` });
  const from = x(low), to = x(high);
  return to - from < 7 ? s('circle', { class: 'sighting', cx: (from + to) / 2, cy: y, r: 4 }) : s('rect', { class: 'sighting', x: from, y: y - 3.5, width: to - from, height: 7, rx: 3.5 });
}

function targetNumbers(one) {
  const row = (name, value) => h('tr', {}, h('th', {}, name), h('td', {}, value)), { low, high } = one.windows['90'];
  return [h('strong', {}, named(one.title)), h('table', {}, h('tbody', {}, row('1 in 20 before', shortTime(low)), row('middle', shortTime(one.middle)), row('1 in 20 after', shortTime(high)), row('observed', `${seenText(one)} (${zoneText(one.middle.offset)})`),
    one.scores ? row('score', percent(one.scores.relative_crps)) : row('', one.consistent ? 'consistent' : 'not consistent'))), h('div', { class: 'notes' }, named(one.observed.source))];
}

export function forecastsTable(given, units) {
  const list = targetsOf(given), share = (one, level) => (one.scores?.windows[level] ? percent(one.scores.windows[level].inside) : '');
  return h('table', { class: 'numbers forecasts' }, h('caption', {}, 'Times local to the station. Inside: the share of the observed interval. The score is relative to the time that the train took.'),
    columnHeads('Journey', 'Observation', units === 'imperial' ? 'km (mi)' : 'km', '5 %', '50 %', '95 %', 'Observed', 'Clocks', 'In 50 %', 'In 80 %', 'In 90 %', 'Score', 'Source'),
    h('tbody', {}, list.map((one) => h('tr', {}, h('td', {}, named(`${one.scenario}, from ${one.from}`)), h('th', { scope: 'row' }, named(one.title)), h('td', {}, one.distance_km.toFixed(1) + (units === 'imperial' ? ` (${(one.distance_km / 1.609344).toFixed(1)})` : '')), ['p5', 'p50', 'p95'].map((name) => h('td', { class: name }, shortTime(instant(one.time[name])))),
      h('td', { class: 'observed' }, seenText(one)), h('td', {}, zoneText(one.middle.offset)), ['50', '80', '90'].map((level) => h('td', { class: `in${level}` }, share(one, level))), h('td', { class: 'crps' }, one.scores ? percent(one.scores.relative_crps) : one.consistent ? 'consistent' : 'not consistent'), h('td', { class: 'source' }, named(one.observed.source))))));
}
