// The page of the scores: how often windows held what was observed, journey by journey, and against what anybody could say without a model.
import { h, legendKey, named } from './dom.js';
import { percent } from './numbers.js';
import { behind, count, figure, footer, head, notModelledSection, parametersSection, report } from './page.js';
import { coverageTable, drawCoverage, drawPit, pitTable } from './coverage.js';
import { drawForecasts, forecastsTable } from './forecasts.js';
import { drawScores, fitTable, groupsOf, groupsTable, scoresTable } from './scores.js';

const plain = (number) => (Number.isInteger(number) ? String(number) : number.toFixed(1));

export function backtestPage() {
  const { backtest } = report, scored = backtest.times.filter((one) => one.counts), groups = groupsOf(backtest), counted = groups.length > 0, [{ name, group: shown }] = counted ? groups : [{ name: '', group: backtest }];
  const consistent = backtest.times.filter((one) => !one.counts), agree = consistent.filter((one) => one.consistent).length;
  const legend = () => h('p', { class: 'legend' }, legendKey('band-1', '50 % window'), legendKey('band-2', '80 %'), legendKey('band-3', '90 %'), legendKey('key-median', 'middle run'), legendKey('key-seen', 'observed: from the first to the last possible time; a triangle points to where it may have been'));
  const forecasts = (id, title, list, deck) => list.length > 0 && figure(id, title, deck, (width, tip) => drawForecasts(list, width, tip), legend(), behind('The same numbers as a table', forecastsTable(list, report.units)));
  const journeys = new Set(backtest.times.map((one) => one.scenario)).size;
  const main = h('main', {}, head({
    kicker: 'Forecasts and recorded journeys', title: 'How far can the windows be trusted?', answer: answerOf(shown, counted, name),
    decks: [`${journeys} recorded ${journeys === 1 ? 'journey' : 'journeys'}, ${backtest.times.length} observed times: ${scored.length} are scored, ${consistent.length} (one-sided, wider than 3 h, or doubtful) are only said to be consistent or not; ${agree} of these are. ${count(backtest.runs)} runs of each journey.`, h('strong', { class: 'remark' }, backtest.remark)],
  }));
  if (counted) {
    main.append(h('section', { id: 'knowledge' }, h('h2', {}, 'What was known to whom'), h('p', {}, 'Scores of journeys that the numbers knew and of those that they did not know are never put into one mean. The figures of coverage below are of the first line.'), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Scores by what was known' }, groupsTable(groups))));
    main.append(h('div', { class: 'pair' },
      figure('coverage', 'How many lie in their windows', 'Dot: observed times inside. Bar: where 95 of 100 such counts lie if the model is right, from its own joint draws. Tick: the even share.', (width) => drawCoverage(shown.coverage, width), behind('The same numbers as a table', coverageTable(shown.coverage))),
      figure('pit', 'Where in its forecast each one lies', 'Observed times by tenths of their own forecast: even columns if the forecasts are right, a heap in the middle if they are too wide, at the edges if too narrow.', (width) => drawPit(shown.pit, shown.summary.observations, width), behind('The same numbers as a table', pitTable(shown.pit)))));
  }
  const relative = 'Hours from the middle of each forecast. A forecast starts at the last departure known, which is named above it.';
  main.append(...[forecasts('forecasts', 'Forecast and observed', backtest.times, relative), forecasts('ordinary', 'Ordinary trains, which never count', backtest.calibrating, relative)].filter(Boolean));
  if (counted)
    main.append(figure('scores', 'Against what anybody could say', `Continuous ranked probability score, relative to the time that the train took; lower is better.${pressText(shown.press)}`, (width, tip) => drawScores(backtest, width, tip), behind('The same numbers as a table', scoresTable(backtest))));
  if (backtest.fit) main.append(h('section', { id: 'fit' }, h('h2', {}, backtest.fit.used ? 'A fit of the paces improves the scores' : 'A fit of the paces does not improve the scores'), h('p', {}, 'Maximum a posteriori; every journey is scored by the fit to the others.'), h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Fitted numbers' }, fitTable(backtest))));
  main.append(h('div', { class: 'columns' }, notModelledSection(), parametersSection([['Journeys', [...new Set([...backtest.times, ...backtest.calibrating].map((one) => one.scenario))].join(', ')], ['Runs of each', count(backtest.runs)], ['Seed', backtest.seed], ['Document', `${report.schema}, around ${backtest.schema}`]],
    'Coverage counts the share of the observed interval inside the window; the fair score is averaged over it, then over the observations of a journey, then over journeys.')), footer(false));
  return main;
}

function answerOf(backtest, counted, name) {
  if (!counted) return ['Nothing here counts: every observation is one-sided, wider than 3 h, of an ordinary train, or only to be consistent.'];
  const level = (name) => backtest.coverage[name], wide = level('90') ?? Object.values(backtest.coverage).at(-1), narrow = level('50');
  return [`${name}: of `, h('strong', {}, String(wide.of)), ' observed times ', h('strong', { class: 'p50' }, plain(wide.covered)), ' lie in their 90 % windows', narrow && [' and ', h('strong', {}, plain(narrow.covered)), ' in their 50 % windows'], '. If the model is right, its own draws put such counts between ', `${plain(wide.low)} and ${plain(wide.high)}`, narrow && `, and between ${plain(narrow.low)} and ${plain(narrow.high)}`, '.'];
}

const pressText = (press) => (press.forecasts > 0 ? ` The press, on ${press.forecasts} ${press.forecasts === 1 ? 'occasion' : 'occasions'}: ${percent(press.relative_crps.press)} against ${percent(press.relative_crps.model)} for the model.` : '');
