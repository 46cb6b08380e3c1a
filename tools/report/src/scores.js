// Scores of the model beside those of forecasts that need none, for all, for each country, and for each leg.
import { scaleLinear } from './scale.js';
import { fitted, h, named, s, textWidth } from './dom.js';
import { columnHeads } from './tables.js';
import { slider, whenPointedAt } from './cursor.js';
import { percent } from './numbers.js';
import { countryName } from './strips.js';

const makers = [['model', 'the model'], ['sixty_km_h', '60 km/h and fixed stands'], ['country_lognormal', 'mean speeds of the countries in the other journeys'], ['press', 'the press']];

// What the numbers knew, what they did not know, and each journey by laws that did not know it: those of which anything counts.
export function groupsOf(backtest) {
  return [{ name: 'Known journeys', group: backtest }, { name: 'Unseen journeys', group: backtest.unseen }, { name: 'Each journey left out in turn', group: backtest.leave_one_journey_out }].filter(({ group }) => group && group.summary.observations > 0);
}

export function groupsTable(groups) {
  const error = ({ error }) => (error === null ? '' : ` \u00b1 ${percent(error)}`), beyond = (one) => `${one.count} of ${one.of} (p ${+one.p.toPrecision(2)})`;
  return h('table', { class: 'numbers knowledge' }, columnHeads('', 'Journeys', 'Observed times', 'Score', 'Mean speeds of the countries', 'End beyond 98 %', 'Verdict'),
    h('tbody', {}, groups.map(({ name, group }) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', {}, String(group.summary.journeys)), h('td', {}, String(group.summary.observations)), h('td', {}, percent(group.means.relative_crps.mean) + error(group.means.relative_crps)), h('td', {}, percent(group.summary.relative_crps.country_lognormal)), h('td', {}, beyond(group.tests.beyond['98'])), h('td', {}, named(group.verdict.words))))));
}

// {title, group, scores: {maker: relative score}, of: how many}
function rowsOf(backtest) {
  const summary = (title, group, one) => ({ title, group, scores: one.relative_crps, of: one.observations, journeys: one.journeys });
  const groups = groupsOf(backtest), first = groups[0]?.group ?? backtest;
  return [...groups.map(({ name, group }) => summary(name, 'all', group.summary)), ...Object.entries(first.by_country).map(([country, one]) => summary(countryName(country), 'country', one)),
    ...backtest.times.filter((one) => one.scores).map((one) => {
      const press = one.scores.baselines.press.map((said) => said.relative_crps);
      return { title: `${one.from} \u2013 ${one.name}${one.event === 'depart' ? ' (departure)' : ''}`, group: 'leg', of: 1, scenario: one.scenario,
        scores: { model: one.scores.relative_crps, sixty_km_h: one.scores.baselines.sixty_km_h.relative_crps, country_lognormal: one.scores.baselines.country_lognormal.relative_crps, ...(press.length && { press: Math.min(...press) }) } };
    })];
}

const rowText = (row) => `${row.title}: ${makers.filter(([key]) => key in row.scores).map(([key, name]) => `${name} ${percent(row.scores[key])}`).join(', ')}`;

export function drawScores(backtest, width, tip) {
  const rows = rowsOf(backtest), phone = width < 620, left = phone ? 0 : Math.min(300, Math.max(...rows.map((row) => textWidth(row.title, 13))) + 16), tall = phone ? 36 : 22, top = phone ? 92 : 58;
  const x = scaleLinear([0, Math.max(0.02, ...rows.flatMap((row) => Object.values(row.scores))) * 1.03], [left + 6, width - (phone ? 8 : 60)]);
  let y = top, group = '';
  const heads = { all: 'All', country: 'By country of the observation', leg: 'By leg, from the start of the forecast' };
  for (const row of rows) { if (row.group !== group) { group = row.group; row.head = heads[group]; y += group === 'all' ? 0 : 28; } row.y = y; y += tall; }
  const bottom = y + 4, svg = s('svg', { class: 'chart scores', viewBox: `0 0 ${width} ${bottom + 24}`, width, height: bottom + 24, role: 'group', 'aria-label': 'Scores of the model and of three simpler forecasts; the table below has the same numbers' });
  const used = makers.filter(([key]) => rows.some((row) => key in row.scores));
  let kx = 0, ky = 14;
  for (const [key, name] of used) {
    const wide = 24 + textWidth(name, 12);
    if (kx + wide > width) { kx = 0; ky += 19; }
    svg.append(scoreMark(key, kx + 6, ky - 4), s('text', { class: 'key-text', x: kx + 16, y: ky }, name));
    kx += wide + 12;
  }
  const step = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5].find((value) => x(value) - x(0) >= 48) ?? 1;
  for (let value = 0; value <= x.domain()[1]; value += step) svg.append(s('line', { class: 'grid', x1: x(value), x2: x(value), y1: top - 8, y2: bottom }), s('text', { class: 'tick', x: x(value), y: bottom + 16, 'text-anchor': value === 0 && phone ? 'start' : x(value) > width - 18 ? 'end' : 'middle' }, `${+(100 * value).toFixed(1)} %`));
  const point = (row, event) => {
    const box = svg.getBoundingClientRect();
    tip.show([h('strong', {}, named(row.title)), h('table', {}, h('tbody', {}, makers.filter(([key]) => key in row.scores).map(([key, name]) => h('tr', {}, h('th', {}, name), h('td', {}, percent(row.scores[key])))))), h('div', { class: 'notes' }, row.scenario ? named(row.scenario) : `${row.of} observed times of ${row.journeys} ${row.journeys === 1 ? 'journey' : 'journeys'}`)],
      event ? event.clientX - box.left : x(row.scores.model), event ? event.clientY - box.top : row.y + tall / 2);
  };
  for (const row of rows) {
    if (row.head && row.group !== 'all') svg.append(s('text', { class: 'panel', x: 0, y: row.y - 8 }, row.head));
    const at = row.y + (phone ? 25 : 11), mark = s('g', { class: row.group === 'all' ? 'row end' : 'row' }, s('rect', { class: 'hit', x: 0, y: row.y, width, height: tall })), values = Object.values(row.scores);
    mark.append(s('line', { class: 'floor', x1: x(Math.min(...values)), x2: x(Math.max(...values)), y1: at, y2: at }), s('text', { class: 'name', x: phone ? 0 : left - 12, y: phone ? row.y + 13 : at + 4.5, 'text-anchor': phone ? 'start' : 'end' }, fitted(row.title, phone ? width - 60 : left - 12, 13)));
    for (const [key] of [...used].reverse()) if (key in row.scores) mark.append(scoreMark(key, x(row.scores[key]), at));
    mark.append(s('text', { class: 'value p50', x: width, y: phone ? row.y + 13 : at + 4.5, 'text-anchor': 'end' }, percent(row.scores.model)));
    whenPointedAt(mark, (event) => point(row, event), () => tip.hide());
    svg.append(mark);
  }
  svg.append(slider('Scores', rows, rowText, (row) => (row ? point(row) : tip.hide())));
  return svg;
}

// Shapes as well as colours tell the makers apart.
function scoreMark(key, x, y) {
  if (key === 'model') return s('circle', { class: 'maker model', cx: x, cy: y, r: 5 });
  if (key === 'press') return s('rect', { class: 'maker press', x: x - 3.6, y: y - 3.6, width: 7.2, height: 7.2, transform: `rotate(45 ${x} ${y})` });
  if (key === 'sixty_km_h') return s('rect', { class: 'maker sixty', x: x - 3.8, y: y - 3.8, width: 7.6, height: 7.6 });
  return s('path', { class: 'maker lognormal', d: `M${x},${y - 5}L${x + 4.8},${y + 4}H${x - 4.8}Z` });
}

export function scoresTable(backtest) {
  return h('table', { class: 'numbers scores' }, h('caption', {}, 'Relative continuous ranked probability score; lower is better. The press: the best of what it said.'), h('thead', {}, h('tr', {}, ['', 'Observed times', ...makers.map(([, name]) => name)].map((name) => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, rowsOf(backtest).map((row) => h('tr', {}, h('th', { scope: 'row' }, named(row.scenario ? `${row.title}, ${row.scenario}` : row.title)), h('td', {}, String(row.of)), makers.map(([key]) => h('td', { class: key }, key in row.scores ? percent(row.scores[key]) : ''))))));
}

export function fitTable({ fit }) {
  return h('table', { class: 'numbers fit' }, h('caption', {}, `Score without the fit ${percent(fit.without.summary.relative_crps.model)}, by the fit to the other journeys ${percent(fit.leave_one_journey_out.summary.relative_crps.model)}`), columnHeads('Number', 'Prior deviation', 'Factor', 'Deviation', 'Without one journey'),
    h('tbody', {}, fit.numbers.map((one) => h('tr', {}, h('th', { scope: 'row' }, named(one.name)), h('td', {}, String(one.prior_deviation)), h('td', {}, one.factor.toFixed(3)), h('td', {}, one.deviation.toFixed(3)), h('td', {}, `${one.left_out[0].toFixed(3)} to ${one.left_out[1].toFixed(3)}`)))));
}
