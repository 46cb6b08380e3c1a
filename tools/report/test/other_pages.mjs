// The pages of `compare`, `routes` and `backtest`.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { boxes, cells, clock, equal, expect, expectApart, folder, minutes, open, output, pageOf, root, sameShare, test, testHandling, testPage, testToggles, testTouch, toggles, written } from './harness.mjs';
import { hostileScenario } from './hostile.mjs';

const seven = ['p5', 'p10', 'p25', 'p50', 'p75', 'p90', 'p95'], quantiles = ['--quantiles', '0.05,0.1,0.25,0.5,0.75,0.9,0.95'], few = ['--runs', '400', '--quiet'];

async function testComparison(name, ...args) {
  const page = pageOf(name, 'compare', ...args, ...few), json = JSON.parse(output('compare', ...args, ...few, ...quantiles, '--format', 'json'));
  const answered = json.variants.filter((one) => !one.infeasible), others = answered.filter((one) => one.against_base?.pairs > 0);
  await testPage(page, { folded: 'table.variants' });
  const { tab, close } = await open(page);
  await test(`${name}: every number of the tables is that of the JSON`, async () => {
    const windows = await cells(tab, 'table.variants');
    equal(windows.length, answered.length, 'variants');
    answered.forEach((one, i) => {
      const [variant, km, , ...rest] = windows[i];
      equal([variant, ...rest.slice(0, 7)], [one.name, ...seven.map((quantile) => written(one.time[quantile]))], `window of ${one.name}`);
      equal([...new Set(one.routes.map((route) => route.length_km.toFixed(1)))].join(', '), km, 'km');
      equal([rest[8], rest[9]], [clock(one.elapsed_seconds.p50), minutes(one.error_seconds.p50)], `elapsed and error of ${one.name}`);
      expect(sameShare(rest[10], one.probability), `share ${rest[10]} for ${one.probability}`);
    });
    const differences = await cells(tab, 'table.differences'), shifts = await cells(tab, 'table.shifts');
    equal(differences.length, others.length, 'differences');
    others.forEach(({ name: of, against_base: by }, i) => {
      const [variant, ...row] = differences[i];
      equal([variant, ...row.slice(0, 9), row[11]], [of, ...seven.map((quantile) => clock(by.difference_seconds[quantile], true)), clock(by.mean_seconds, true), minutes(by.mean_error_seconds), String(by.pairs)], `differences of ${of}`);
      expect(sameShare(row[9], by.earlier.value) && sameShare(row[10], by.later.value), `first ${row[9]}, last ${row[10]}`);
      equal(shifts[i].slice(1), seven.map((quantile) => `${clock(by.shift_seconds[quantile], true)} \u00b1 ${minutes(by.shift_error_seconds[quantile])}`), `shifts of ${of}`);
    });
  });
  await test(`${name}: fifty dots lie on the side of the base that their numbers say`, async () => {
    if (others.length === 0 || others.length > 4) return;
    const dots = await tab.$$eval('#differences .dots', (groups) => groups.map((group) => [group.querySelectorAll('.dot').length, group.querySelectorAll('.dot:not(.tail)').length]));
    equal(dots.map(([all]) => all), others.map(() => 50), 'dots');
    others.forEach(({ against_base: by }, i) => expect(Math.abs(dots[i][1] / 50 - by.earlier.value) < 0.031, `${dots[i][1]} dots of 50 for ${by.earlier.value}`));
  });
  await test(`${name}: labels lie beside the bars and beside one another`, async () => {
    const bars = await boxes(tab, '#variants .bar .band-3'), labels = await boxes(tab, '#variants .row text');
    expectApart(labels, bars, 'variants');
    expectApart(labels, labels, 'variants');
    const beside = await boxes(tab, '#differences .row text');
    expectApart(beside, [...beside, ...(await boxes(tab, '#differences .dot'))], 'differences');
  });
  await close();
  return { page, answered, others };
}

export async function testComparePages() {
  const { page } = await testComparison('corridors', `${root}scenarios/corridors-to-vladivostok.yaml`);
  await testHandling(page, { folded: 'table.variants', walked: { map: 'Vladivostok', variants: 'dandong', differences: 'dandong' } });
  await testTouch(page, '#differences .row .hit', '#differences .tip');
  await testToggles(page, '#variants .row');
  await test('corridors: hiding a variant takes it off every figure', async () => {
    const { tab, close } = await open(page);
    await (await tab.$$(toggles))[2].click();
    equal([(await tab.$$('#variants .row')).length, (await tab.$$('#differences .row')).length, (await tab.$$('#shifts .shift')).length, (await tab.$$('#map .route.coloured')).length], [2, 1, 1, 2], 'left over');
    await close();
  });
  await testComparison('sweep', `${root}scenarios/press-20-hours.yaml`, '--sweep', 'edits.train.cars=10,12,14,16,18,20,22');
  await testComparison('years-apart', `${root}scenarios/pyongyang-vostochny-2023.yaml`, `${root}scenarios/pyongyang-vladivostok-2019.yaml`);
  await test('years-apart: time is counted from departure where the journeys lie years apart', async () => {
    const { tab, close } = await open({ file: join(folder, 'years-apart.html') });
    expect(/^\d+ h \d+ min$/.test(await tab.$eval('#variants .value.p50', (node) => node.textContent)), 'no duration');
    await close();
  });
  const hostile = hostileScenario(join(folder, 'hostile'), { name: 'variants', count: 40, km: 33, speed: 50, variants: true });
  await testComparison('hostile-variants', hostile);
}

const networks = readdirSync(`${root}networks`).filter((file) => file.endsWith('.yaml')).map((file) => `${root}networks/${file}`);
const everywhere = ['--networks', ...networks, '--practice', ...['china', 'dprk', 'russia', 'vietnam'].map((country) => `${root}networks/practice/${country}.yaml`), '--train', `${root}networks/rolling-stock/special-train.yaml`];

async function testRoutes(name, ...args) {
  const page = pageOf(name, 'routes', ...args), json = JSON.parse(output('routes', ...args, '--format', 'json'));
  json.routes.sort((a, b) => a.expected_seconds - b.expected_seconds);
  await testPage(page, { folded: 'table.ways' });
  const { tab, close } = await open(page);
  await test(`${name}: every number of the table is that of the JSON`, async () => {
    const rows = await cells(tab, 'table.ways');
    equal(rows.length, json.routes.length, 'ways');
    json.routes.forEach((route, i) => {
      const [number, summary, km, running, standing, expected, gauge, reversals, traction, countries, weak] = rows[i];
      equal([String(parseInt(number, 10)), summary, km, running, standing, expected, countries, weak], [String(i + 1), route.summary, route.length_km.toFixed(1), clock(route.running_seconds), clock(route.standing_seconds), clock(route.expected_seconds), route.countries.join(' \u2192 '), `${(100 * route.weak_length_share).toFixed(0)}\u00a0% of km`], `way ${i + 1}`);
      equal([gauge, reversals, traction].map((text) => parseInt(text, 10) || 0), [route.gauge_changes, route.reversals, route.traction_changes].map((list) => list.length), `changes of way ${i + 1}`);
    });
  });
  await test(`${name}: ways are named by what distinguishes them`, async () => {
    const names = (await cells(tab, 'table.ways')).map(([first]) => first.replace(/^\s*\d+\s*/, '').trim());
    if (json.routes.length > 1) equal(names, json.routes.map((route) => route.name), 'names');
  });
  await test(`${name}: strips reach as far as the way, and changes of gauge lie where the gauge changes`, async () => {
    const tables = await tab.$$eval('table.strips', (list) => list.map((table) => [...table.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent))));
    json.routes.forEach((route, i) => {
      const last = tables[i].at(-1)[2].split('\u2013').map(Number);
      equal(last[1].toFixed(1), route.length_km.toFixed(1), 'end of the strips');
      const gauges = tables[i].map((row) => row[4]);
      equal(gauges.slice(1).filter((gauge, k) => gauge !== gauges[k]).length, route.gauge_changes.length, `changes of gauge along way ${i + 1}`);
    });
  });
  await close();
  return page;
}

export async function testRoutesPages() {
  const page = await testRoutes('to-moscow', ...everywhere, '--from', 'pyongyang', '--to', 'moscow-yaroslavsky');
  await testHandling(page, { folded: 'table.strips', walked: { map: 'Moscow', strips: '5' } });
  await testToggles(page, '#expected .part.moving');
  await testToggles(page, '#map .route.coloured');
  await testRoutes('one-way', `${root}scenarios/press-20-hours.yaml`, '--count', '1');
  await testRoutes('many-ways', ...everywhere, '--from', 'pyongyang', '--to', 'moscow-yaroslavsky', '--count', '30', '--freight-lines');
  await test('many-ways: what is ticked is what is drawn', async () => {
    const { tab, close } = await open({ file: join(folder, 'many-ways.html') });
    equal((await tab.$$('#expected .part.moving')).length, (await tab.$$('.toggles input:checked')).length, 'ways');
    await close();
  });
  await testRoutes('hostile-ways', hostileScenario(join(folder, 'hostile'), { name: 'ways', count: 300, km: 33, speed: 50 }));
}

async function testScores(name, ...args) {
  const page = pageOf(name, 'backtest', ...args, '--runs', '200', '--quiet'), json = JSON.parse(output('backtest', ...args, '--runs', '200', '--quiet', '--format', 'json'));
  await testPage(page, { folded: 'table.forecasts' });
  const { tab, close } = await open(page);
  await test(`${name}: every number of the tables is that of the JSON`, async () => {
    const rows = await cells(tab, '#forecasts table.forecasts');
    equal(rows.length, json.times.length, 'observations');
    json.times.forEach((one, i) => {
      equal(rows[i].slice(2, 6), [one.distance_km.toFixed(1), ...['p5', 'p50', 'p95'].map((quantile) => written(one.time[quantile]))], `forecast ${i}`);
      expect(rows[i][6].includes(written(one.observed.low ?? one.observed.high)), `observed ${rows[i][6]}`);
      equal(rows[i][12], one.observed.source, 'source');
      if (!one.scores) return equal(rows[i][11], one.consistent ? 'consistent' : 'not consistent', 'verdict');
      ['50', '80', '90'].forEach((level, k) => expect(sameShare(rows[i][8 + k], one.scores.windows[level].inside), `inside ${level} %: ${rows[i][8 + k]}`));
      expect(sameShare(rows[i][11], one.scores.relative_crps), `score ${rows[i][11]}`);
    });
    equal(await cells(tab, 'table.coverage').then((list) => list.map((row) => row.slice(1, 5).map(Number))), json.summary.observations ? Object.values(json.coverage).map((one) => [one.covered, one.of, one.low, one.high]) : [], 'coverage');
    equal(await cells(tab, 'table.pit').then((list) => list.map((row) => row[1])), json.summary.observations ? json.pit.map((bin) => bin.toFixed(2)) : [], 'tenths');
  });
  await test(`${name}: it says that the priors knew these journeys`, async () => expect((await tab.$eval('header', (node) => node.innerText)).includes(json.remark), 'no remark'));
  await test(`${name}: marks of observations lie within the figure`, async () => {
    const [figure] = await boxes(tab, '#forecasts svg.chart'), outside = (await boxes(tab, '#forecasts .sighting')).filter((box) => box.left < figure.left || box.right > figure.right);
    equal(outside.length, 0, 'outside');
    equal((await boxes(tab, '#forecasts .sighting')).length, json.times.length, 'marks');
  });
  await close();
  return page;
}

export async function testBacktestPages() {
  const history = `${root}scenarios/history/`, files = (under) => readdirSync(under).filter((file) => file.endsWith('.yaml')).map((file) => `${under}${file}`);
  const page = await testScores('backtest', ...files(history), ...files(`${history}ordinary/`));
  await testHandling(page, { folded: 'table.forecasts', walked: { forecasts: 'Vostochny', ordinary: 'Khasan', scores: 'Vostochny' } });
  await testScores('one-journey', `${history}2019-04-khasan-vladivostok.yaml`);
  await testScores('nothing-counts', `${history}2010-08-changchun-harbin.yaml`);
}
