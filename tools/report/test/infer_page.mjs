// The page of `infer`: odds and windows report by report, sightings on the map, what each report does.
import { join } from 'node:path';
import { boxes, cells, clock, documentOf, equal, expect, expectApart, folder, minutes, open, output, pageOf, root, sameShare, test, testHandling, testPage, testTouch, written } from './harness.mjs';
import { hostileScenario } from './hostile.mjs';

const seven = ['p5', 'p10', 'p25', 'p50', 'p75', 'p90', 'p95'], quantiles = ['--quantiles', '0.05,0.1,0.25,0.5,0.75,0.9,0.95'], few = ['--runs', '8192', '--max-runs', '8192', '--quiet'];
const kinds = ['to', 'from', 'depart', 'routes', 'plans', 'hours', 'regauging'], least = 0.005;

// Hypotheses as the page has them: by kind, the likeliest first.
const ordered = (json) => kinds.flatMap((kind) => json.hypotheses.filter((one) => one.choice === kind).sort((a, b) => b.after.value - a.after.value));
const widthText = ({ p5, p95 }) => { const whole = Math.round((Date.parse(p95) - Date.parse(p5)) / 60e3); return whole < 60 ? `${whole} min` : `${Math.floor(whole / 60)} h ${String(whole % 60).padStart(2, '0')} min`; };

async function testInference(name, ...args) {
  const page = pageOf(name, 'infer', ...args, ...few), json = JSON.parse(output('infer', ...args, ...few, ...quantiles, '--timeline', '--format', 'json'));
  await testPage(page, { folded: 'table.inferred' });
  const { tab, close } = await open(page), odds = ordered(json);
  await test(`${name}: the document is that of the JSON`, async () => equal(documentOf(page).inference, json, 'inference'));
  await test(`${name}: every probability of the tables is that of the JSON`, async () => {
    const rows = await cells(tab, 'table.odds');
    equal(rows.length, odds.length, 'options');
    odds.forEach((one, i) => [one.before, one.with_what_was_said, one.with_sightings.value, one.after.value].forEach((share, k) => expect(sameShare(rows[i][k + 1], share), `${one.name}: ${rows[i][k + 1]} for ${share}`)));
    if (odds.length === 0) return;
    const steps = await cells(tab, 'table.steps');
    equal(steps.map((row) => [row[2], row.at(-1)]), json.timeline.map((entry) => [entry.reports.join('; '), entry.effective_runs.toFixed(0)]), 'steps');
    json.timeline.forEach((entry, i) => odds.forEach((one, k) => expect(sameShare(steps[i][k + 3], entry.hypotheses[one.name].value), `step ${i}, ${one.name}`)));
  });
  await test(`${name}: every time of the tables is that of the JSON`, async () => {
    const fans = await tab.$$eval('table.fan', (list) => list.map((table) => [...table.querySelectorAll('tr.step')].map((row) => [...row.children].map((cell) => cell.textContent))));
    equal(fans.length, json.destinations.length, 'destinations');
    json.destinations.forEach(({ station }, i) => json.timeline.forEach((entry, k) => {
      const { time, error_seconds: errors } = entry.destinations[station], row = fans[i][k];
      if (time.p50) equal([...row.slice(1, 8), row[9], row[10]], [...seven.map((quantile) => written(time[quantile])), widthText(time), minutes(errors.p50)], `${station}, step ${k}`);
    }));
    const rows = await tab.$$eval('table.inferred tbody tr', (list) => list.map((row) => [...row.children].filter((cell) => /^p[\d.]+$/.test(cell.className)).map((cell) => cell.textContent)));
    equal(rows, json.timing_points.flatMap(({ before, after }) => [before, after].map(({ time }) => (time.p50 ? seven.map((quantile) => written(time[quantile])) : seven.map(() => '')))), 'windows');
  });
  await test(`${name}: the answer names what is likeliest, and its window`, async () => {
    const [likeliest] = json.destinations, said = await tab.$$eval('.answer strong:not(.called)', (nodes) => nodes.map((node) => node.textContent.replace(/^\w+ /, '').replace(',', '')));
    equal(said, ['p5', 'p95', 'p50'].map((quantile) => written(likeliest.after.time[quantile])), 'window');
    const text = await tab.$eval('.answer', (node) => node.textContent);
    expect(text.includes(likeliest.name), text);
  });
  await test(`${name}: the areas are as high as the probabilities, and the bars lie where the windows are`, async () => {
    if (odds.length > 0) {
      const high = await tab.$$eval('#hypotheses .open', (panels) => panels.map((panel) => [...panel.querySelectorAll('.layer')].map((layer) => [...layer.querySelectorAll('.share')].map((part) => +part.getAttribute('height')))));
      const layers = high.flatMap((panel) => { const whole = panel.reduce((sum, layer) => sum + layer.at(-1), 0); return panel.map((layer) => layer.map((part) => part / whole)); });
      layers.forEach((layer, i) => equal(layer.map((part) => part.toFixed(3)), json.timeline.map((entry) => entry.hypotheses[odds[i].name].value.toFixed(3)), odds[i].name));
    }
    equal((await tab.$$('#fan .bar')).length, json.timeline.length, 'windows of the fan');
    const [{ station }] = json.destinations, middles = await tab.$$eval('#fan .bar .median', (lines) => lines.map((line) => +line.getAttribute('x1'))), at = json.timeline.map((entry) => Date.parse(entry.destinations[station].time.p50));
    for (let i = 1; i < at.length; ++i) equal(Math.sign(Math.round(middles[i] - middles[i - 1])) * Math.sign(at[i] - at[i - 1]) >= 0, true, `middle ${i} of the fan`);
    const [bars, pale] = [await tab.$$('#windows .row > .bar'), await tab.$$('#windows .prior')];
    expect(bars.length >= 3 && pale.length === bars.length, `${bars.length} windows, ${pale.length} without reports`);
  });
  await test(`${name}: each report is a mark of the map and a row of the table, with its source`, async () => {
    equal((await tab.$$('#map .seen')).length, json.reports.length, 'marks');
    const rows = await cells(tab, 'table.reports');
    equal(rows.map((row) => [row[1], row.at(-1)]), json.reports.map((one) => [one.report, one.source]), 'reports');
    const [{ before }] = json.destinations;
    json.reports.forEach((one, i) => {
      expect(sameShare(rows[i][3], one.fits_before), `fits ${rows[i][3]}`);
      if (one.counted && one.alone.time.p50) equal(rows[i].slice(4, 6), [clock((Date.parse(one.alone.time.p50) - Date.parse(before.time.p50)) / 1000, true), widthText(one.alone.time)], `alone ${i}`);
    });
    equal(await cells(tab, 'table.said').then((list) => list.map((row) => row.at(-1))), json.evidence.map((one) => one.source), 'what was said');
  });
  await test(`${name}: labels lie beside the bars and beside one another`, async () => {
    for (const id of ['fan', 'windows']) {
      const bars = await boxes(tab, `#${id} .bar .band-3`), labels = await boxes(tab, `#${id} .row text`);
      expectApart(labels, bars, id);
      expectApart(labels, labels, id);
    }
    const beside = await boxes(tab, '#hypotheses .layer text');
    expectApart(beside, beside, 'hypotheses');
  });
  await close();
  return { page, json };
}

async function testDestinations({ page, json }) {
  await test(`${page.name}: the figures are about the destination that is picked`, async () => {
    const { tab, close } = await open(page), radios = await tab.$$('.destinations input'), title = (id) => tab.$eval(`#${id} h2`, (node) => node.textContent);
    equal(radios.length, json.destinations.length, 'destinations');
    for (const [i, { name }] of json.destinations.entries()) {
      await radios[i].click();
      expect((await title('fan')).endsWith(name) && (await title('windows')).endsWith(name), `title for ${name}`);
      equal(await tab.$eval('#windows .row.end .name', (node) => node.textContent.replace('\u2026', '')).then((text) => name.startsWith(text)), true, `last row for ${name}`);
    }
    await close();
  });
  await test(`${page.name}: what the press expected stands below the windows of its place`, async () => {
    const { tab, close } = await open(page), [press] = documentOf(page).press, at = json.destinations.findIndex(({ station }) => station === press.station);
    await (await tab.$$('.destinations input'))[at].click();
    equal((await tab.$$('#fan .expected')).length, 1, 'the press');
    expect((await tab.$eval('#hypotheses .press', (node) => node.textContent)).includes(press.source), 'no source');
    await close();
  });
}

async function testPlaces({ page, json }) {
  await test(`${page.name}: where it is, as in the JSON`, async () => {
    const { tab, close } = await open(page), rows = await cells(tab, 'table.places'), likely = json.places.filter(({ probability }) => probability.value >= least);
    equal(rows.length, json.places.length, 'places');
    json.places.forEach(({ probability }, i) => expect(sameShare(rows[i][1], probability.value), `${rows[i]}`));
    const bars = await boxes(tab, '#places rect'), widest = bars[0].right - bars[0].left;
    likely.forEach(({ probability }, i) => expect(Math.abs((bars[i].right - bars[i].left) / widest - probability.value / json.places[0].probability.value) < 0.02, `bar ${i}`));
    await close();
  });
}

// There by when, and where at a moment, from the same windows as the figures.
async function testAsking({ page, json }) {
  await test(`${page.name}: there by a time, for the destination that is picked, and by keys`, async () => {
    const { tab, seen, close } = await open(page), radios = await tab.$$('.destinations input'), said = () => tab.$eval('#fan .said', (node) => node.innerText.replaceAll('\u00a0', ' '));
    for (const [i, { name, after }] of json.destinations.entries()) {
      await radios[i].click();
      for (const quantile of ['p10', 'p50', 'p90']) {
        await tab.fill('#by', new Date(Math.ceil(Date.parse(after.time[quantile]) / 60e3) * 60e3 + 3600e3 * +after.time[quantile].slice(-6, -3)).toISOString().slice(0, 16));
        const text = await said(), share = +text.match(/: ([\d.]+) % ±/)[1];
        expect(text.includes(name) && Math.abs(share - quantile.slice(1)) < 2.5, `${name}, ${quantile}: ${text}`);
        expect(Math.abs(+text.match(/about (\d+) of 50/)[1] - share / 2) <= 0.55, text);
      }
    }
    await radios[0].click();
    const before = await said();
    await tab.focus('#fan .cut');
    await tab.keyboard.press('PageUp');
    expect((await said()) !== before, 'the key does not move it');
    equal(seen.complaints, [], 'complaints');
    await close();
  });
  await test(`${page.name}: where it is at the moment that was asked about, and at another`, async () => {
    const { tab, close } = await open(page), said = () => tab.$eval('#map .said', (node) => node.innerText), first = await said();
    expect(first.includes('12 Sep, 18:00 (UTC+9)') && first.includes('nine journeys of ten'), first);
    const low = +first.match(/\(([\d.]+) to/)[1], { p50 } = json.distance_km;
    expect(low > 800 && low < p50, `${low} km`);
    await tab.focus('#map .pull');
    for (let i = 0; i < 6; ++i) await tab.keyboard.press('ArrowRight');
    const later = await said();
    expect(later.includes('12 Sep, 19:00') && +later.match(/\(([\d.]+) to/)[1] > low, later);
    await close();
  });
}

// A report that cannot be of this train, and an arrival that was seen.
async function testOddReport() {
  const args = [`${root}scenarios/seen-2019-origin.yaml`, '--seen', 'rajin pass 2019-04-25 20:00..20:10 reliability 0.5', '--seen', 'vladivostok arrive 2019-04-24 17:50..18:10'];
  await test('odd-report: a report that does not fit is named, and an arrival that was seen stands below the windows', async () => {
    const page = pageOf('odd-report', 'infer', ...args, ...few), { tab, close } = await open(page), odd = documentOf(page).inference.reports.filter((one) => one.right_after < 0.5);
    equal(odd.length, 1, 'odd reports');
    expect((await tab.$eval('#reports', (node) => node.innerText)).includes('does not fit the rest') && (await tab.$eval('#reports .odd', (node) => node.textContent)).includes(odd[0].report), 'not named');
    equal((await tab.$$('#fan .row .sighting')).length, 1, 'arrival');
    await close();
  });
  await test('odd-report: what was published later does not count, and says so', async () => {
    const page = pageOf('as-of', 'infer', ...args, '--as-of', '2019-04-24 12:00', ...few), { tab, close } = await open(page);
    equal((await cells(tab, 'table.reports')).filter((row) => row.at(-2) === 'not known by then').length, 2, 'not known');
    expect((await tab.$eval('header', (node) => node.innerText)).includes('as known at'), 'as known at');
    await close();
  });
}

export async function testInferPages() {
  const seen = await testInference('seen-2023', `${root}scenarios/seen-2023.yaml`, '--time', '2023-09-12 18:00');
  await testDestinations(seen);
  await testPlaces(seen);
  await testAsking(seen);
  await testHandling(seen.page, { folded: 'table.steps', walked: { hypotheses: 'Vostochny', fan: '12 Sep 21:00', windows: 'Vostochny', map: 'Vostochny' } });
  await test('seen-2023: fits a telephone of 360 px, whatever destination is picked', async () => {
    const { tab, close } = await open(seen.page, { viewport: { width: 360, height: 780 }, isMobile: true, hasTouch: true });
    for (const radio of await tab.$$('.destinations input')) {
      await radio.click();
      equal(await tab.evaluate(() => document.documentElement.scrollWidth), 360, 'width of the page');
      equal((await boxes(tab, 'main svg text')).filter((box) => box.left < -1 || box.right > 361).map((box) => box.text), [], 'texts outside');
    }
    await close();
  });
  for (const width of [320, 330, 345, 375, 414]) await test(`seen-2023: marks find their places on a screen of ${width} px`, async () => {
    const { tab, seen: found, close } = await open(seen.page, { viewport: { width, height: 800 } });
    equal([(await tab.$$('#map .seen')).length, found.complaints], [seen.json.reports.length, []], 'marks and complaints');
    expect((await tab.evaluate(() => document.documentElement.scrollWidth)) <= width, 'wider than the screen');
    await close();
  });
  await testTouch(seen.page, '#fan .row .hit', '#fan .tip');
  for (const scenario of ['seen-2019-origin', 'seen-on-the-yalu', 'pyongyang-vladivostok-2019']) await testInference(scenario, `${root}scenarios/${scenario}.yaml`);
  await testOddReport();
  await testInference('hostile-sightings', hostileScenario(join(folder, 'hostile'), { name: 'sightings', count: 40, km: 33, speed: 50, open: true }));
}
