// The page of `run`: windows, string-line, sightings, trains.
import { basename, join } from 'node:path';
import { boxes, cells, clock, documentOf, equal, expect, expectApart, folder, minutes, monthOf, open, output, pageOf, pageWith, root, sameShare, test, testHandling, testPage, testToggles, testTouch, toggles, written } from './harness.mjs';
import { hostileScenario } from './hostile.mjs';

const runs = ['--runs', '400', '--quiet'], seven = ['--quantiles', '0.05,0.1,0.25,0.5,0.75,0.9,0.95'];
const runPage = (scenario) => ({ scenario, ...pageOf(basename(scenario, '.yaml'), 'run', scenario, ...runs) });
const estimateOf = (scenario) => JSON.parse(output('run', scenario, ...runs, '--format', 'json', '--timing-points', 'all', ...seven));

// What the tables of the windows hold: all ways together where they end at one place, then each by itself, the likeliest first. Where all come through the
// same stations each has its timing points only, elsewhere the fourth and all that are less likely.
function tabled(page, estimate) {
  if (!estimate.alternatives) return [estimate];
  const byShare = (list) => [...list].sort((a, b) => b.probability - a.probability), ids = ({ timing_points: list }) => list.map((one) => one.station).filter((id, i, all) => id !== all[i - 1]).join();
  const several = estimate.destinations.length > 1, whole = !several && new Set(estimate.alternatives.map(ids)).size === 1 ? 0 : 3, main = JSON.parse(output('run', page.scenario, ...runs, '--format', 'json', ...seven));
  return [...(several ? [] : [estimate]), ...byShare(estimate.alternatives).slice(0, whole), ...byShare(main.alternatives).slice(whole)];
}

async function testNumbers(page) {
  const { name } = page, { tab, close } = await open(page), estimate = estimateOf(page.scenario);
  await test(`${name}: every number of the table is that of the JSON`, async () => {
    const ways = tabled(page, estimate);
    const points = ways.flatMap((way) => way.timing_points).filter((point) => point.time.p50);
    const rows = await tab.$$eval('table.windows tbody tr', (rows) => rows.map((row) => ({ name: row.querySelector('th').textContent, km: row.querySelector('.km').textContent, error: row.querySelector('.error').textContent, share: row.querySelector('.share').textContent, elapsed: row.querySelector('.elapsed').textContent, times: [...row.querySelectorAll('td')].filter((cell) => /^p[\d.]+$/.test(cell.className)).map((cell) => cell.lastChild.textContent) })));
    equal(rows.length, points.length, 'rows');
    points.forEach((point, i) => {
      equal(rows[i], { name: point.name, km: point.distance_km.toFixed(1), error: minutes(point.error_seconds.p50), share: rows[i].share, elapsed: clock(point.elapsed_seconds.p50), times: Object.values(point.time).map(written) }, `row ${i}`);
      expect(sameShare(rows[i].share, point.probability), `share ${rows[i].share} for ${point.probability}`);
    });
    const answer = await tab.$$eval('.answer strong', (nodes) => nodes.map((node) => node.textContent.replace(/^\w+ /, '').replace(',', '')));
    equal(answer, estimate.destinations.flatMap(({ time }) => ['p50', 'p5', 'p95'].map((quantile) => written(time[quantile]))), 'the answer');
  });
  if (estimate.destinations.length === 1) await test(`${name}: the windows figure shows the minutes that the terminal prints`, async () => {
    const shown = await tab.$$eval('#windows .row', (rows) => rows.map((row) => [...row.querySelectorAll('.value')].map((cell) => cell.textContent)));
    const printed = [...output('run', page.scenario, ...runs, '--details').matchAll(/(dep|arr|pas) +[\d.]+ +(\d\d-\d\d \d\d:\d\d) (\d\d-\d\d \d\d:\d\d) (\d\d-\d\d \d\d:\d\d)/g)].map((row) => ({ event: row[1], times: row.slice(2).map((time) => `${+time.slice(3, 5)} ${monthOf(+time.slice(0, 2))} ${time.slice(6)}`) }));
    equal(shown, printed.filter((row, i) => i === 0 || row.event !== 'dep').map((row) => row.times), 'windows');
  });
  await test(`${name}: labels lie beside the bars and beside one another`, async () => {
    const bars = await boxes(tab, '#windows .bar .band-3'), labels = await boxes(tab, '#windows .row text:not(.zone-note)');
    expectApart(labels, bars, 'windows');
    expectApart(labels, labels, 'windows');
    const stations = await boxes(tab, '#string-line > .stage text.name');
    expectApart(stations, stations, 'string-line');
    const onMap = await boxes(tab, '#map text.label:not(.level-0)');
    expectApart(onMap, onMap, 'map');
  });
  await close();
}

async function testSightings() {
  const page = pageOf('sightings', 'run', `${root}scenarios/history/2023-09-pyongyang-vostochny.yaml`, ...runs), { sightings } = documentOf(page).journeys[0];
  await test('sightings: each is a mark of the string-line that says who saw it, and a row of a table', async () => {
    expect(sightings.length >= 4, 'the scenario has no sightings');
    const { tab, seen, close } = await open(page);
    equal((await tab.$$('#string-line .seen')).length, sightings.length, 'marks of the string-line');
    expect((await tab.$$('#windows .seen')).length >= 3, 'marks of the windows');
    for (const [i, sighting] of sightings.entries()) {
      const mark = (await tab.$$('#string-line .seen'))[i];
      await mark.focus();
      const tip = await tab.$eval('#string-line .tip', (node) => node.innerText);
      expect(await tab.isVisible('#string-line .tip') && tip.includes(sighting.source), `no source in: ${tip}`);
      expect(tip.includes(written(sighting.low)), `${written(sighting.low)} is not in: ${tip}`);
    }
    await tab.keyboard.press('Escape');
    expect(!(await tab.isVisible('#string-line .tip')), 'Escape does not let go');
    equal(await tab.$$eval('table.sightings .source', (list) => list.map((node) => node.textContent)), sightings.map((one) => one.source), 'sources of the table');
    equal(seen.complaints, [], 'complaints');
    await close();
  });
  await test('sightings: the page says that the windows do not use them', async () => {
    const { tab, close } = await open(page);
    const text = await tab.$eval('main', (node) => node.innerText);
    expect(text.includes(`${sightings.length} reports, not used for these windows`), 'no word of it');
    await close();
  });
  await test('runs that end early: a place is named once, whatever the routes', async () => {
    const document = documentOf(page), { station: after, name } = document.journeys[0].estimate.timing_points[0];
    document.journeys[0].estimate.stranded = ['route-1', 'route-2', 'route-3'].map((route) => ({ route, after, probability: 0.05 }));
    const { tab, close } = await open(pageWith(page, 'stranded', document));
    const text = await tab.$eval('main', (node) => node.innerText), wanted = `(after ${name}: 15.0\u00a0%)`;
    expect(text.includes(wanted), `not on the page: ${wanted}`);
    await close();
  });
  await test('sightings: a mark lies where its time and kilometre are', async () => {
    const { tab, close } = await open(page);
    const arrival = sightings.findIndex((one) => one.station.startsWith('vostochny'));
    const [mark] = (await boxes(tab, '#string-line .seen .sighting')).slice(arrival), names = await boxes(tab, '#string-line > .stage text.name.end');
    const end = names.find((name) => name.text.startsWith('Vostochny'));
    expect(Math.abs((mark.top + mark.bottom) / 2 - (end.top + end.bottom) / 2) < 3, `the arrival lies ${(mark.top - end.top).toFixed(1)} px from its station`);
    await close();
  });
}

// All ways together at first; each by itself when it is asked for.
async function testMixture(page) {
  const { estimate, sightings } = documentOf(page).journeys[0], rows = (tab) => tab.$$eval('#windows .row', (list) => list.map((row) => row.querySelectorAll('.bar').length)), ways = estimate.alternatives.length;
  await test(`${page.name}: a place has one bar, of all ways, with the numbers of all runs`, async () => {
    const { tab, close } = await open(page);
    equal([...new Set(await rows(tab))], [1], 'bars of a row');
    equal(await tab.$$eval('#windows .row.end .value', (list) => list.map((node) => node.textContent)), ['p5', 'p50', 'p95'].map((name) => written(estimate.destinations[0].time[name])), 'the last row');
    equal((await tab.$$('#string-line .line')).length, 1, 'lines of the train graph');
    expect(await tab.isHidden('.toggles:not(.ways-control)'), 'boxes of single ways are there');
    await close();
  });
  await test(`${page.name}: by keyboard the ways stand side by side; a link shows the same, and what of them is shown`, async () => {
    const { tab, close } = await open(page);
    await tab.focus('.ways-control input');
    await tab.keyboard.press('Space');
    equal([...new Set(await rows(tab))], [ways], 'bars of a row');
    equal((await tab.$$('#string-line .line')).length, ways, 'lines of the train graph');
    await tab.waitForTimeout(300);
    equal(new URL(tab.url()).hash, '#ways=each', 'address');
    await (await tab.$$(toggles))[1].click();
    await tab.waitForTimeout(300);
    const { hash } = new URL(tab.url());
    expect(hash.includes('ways=each') && hash.includes('shown='), `address ${hash}`);
    const again = await open(page, { hash });
    equal([...new Set(await rows(again.tab))], [ways - 1], 'bars of a row after the link');
    equal(await again.tab.$$eval(toggles, (list) => list.map((box) => box.checked)), Array.from({ length: ways }, (_, i) => i !== 1), 'boxes after the link');
    await again.tab.click('.ways-control input');
    equal([...new Set(await rows(again.tab))], [1], 'together again');
    await again.close();
    await close();
  });
  await test(`${page.name}: what was seen lies on the bar of all ways, and on no way more than on another`, async () => {
    const there = sightings.filter((seen) => estimate.timing_points.some((point) => point.station === seen.station)).length, off = async (hash) => {
      const { tab, close } = await open(page, { hash }), marks = await boxes(tab, '#windows .seen .sighting'), bars = await boxes(tab, '#windows .row .bar'), stems = (await tab.$$('#windows .stem')).length;
      await close();
      return { marks, stems, aside: marks.map((mark) => Math.min(...bars.map((bar) => Math.abs(mark.top + mark.bottom - bar.top - bar.bottom) / 2))) };
    };
    const together = await off(''), each = await off('#ways=each');
    expect(together.marks.length > 0 && together.marks.length <= there && together.stems === 0, `${together.marks.length} marks, ${together.stems} stems`);
    equal([each.marks.length, each.stems], [together.marks.length, together.marks.length], 'marks and stems side by side');
    expect(Math.max(...together.aside) < 1, `aside by ${together.aside}`);
  });
  await test(`${page.name}: an address that asks for ways that are not there asks nothing`, async () => {
    for (const hash of ['#ways=none', '#ways=each&shown=99', '#shown=a,b', '#ways=each&shown=']) {
      const { tab, seen, close } = await open(page, { hash });
      equal([...new Set(await rows(tab))], [hash.includes('each') ? ways : 1], `bars for ${hash}`);
      equal(seen.complaints, [], 'complaints');
      await close();
    }
  });
}

// A second train 40 minutes ahead of the first.
async function testTrains(page) {
  const document = documentOf(page), estimate = document.journeys[0].estimate, earlier = (iso) => new Date(Date.parse(iso) - 40 * 60e3 + 9 * 3600e3).toISOString().slice(0, 19) + '+09:00';
  estimate.timing_points.push(...estimate.timing_points.map((point) => ({ ...point, train: 'advance', time: Object.fromEntries(Object.entries(point.time).map(([name, iso]) => [name, earlier(iso)])) })));
  const convoy = pageWith(page, 'convoy', document);
  await testPage(convoy, { folded: 'table.windows' });
  await testToggles(convoy, '#string-line .line');
  await test('convoy: the trains run beside one another', async () => {
    const { tab, close } = await open(convoy), names = await tab.$$eval('.toggles label', (list) => list.map((node) => node.textContent));
    expect(names.some((name) => name.includes('advance')), `trains: ${names}`);
    await close();
  });
}

// Four trains on three ways are too many to be told apart at once.
async function testConvoyOfTheTool() {
  const page = pageOf('four-trains', 'run', `${root}scenarios/pyongyang-vladivostok-2019.yaml`, ...runs, '--set', 'convoy={headway: 10 min, source: made up, confidence: low, trains: {advance: {ahead: 40 min}, rear: {behind: 40 min}, pilot: {ahead: 15 min, light_locomotive: true, countries: [RU]}}}');
  await testPage(page, { folded: 'table.windows' });
  await test('four-trains: each train is one over all ways; way by way the trains of the likeliest are shown at first', async () => {
    const { tab, close } = await open(page, { hash: '#ways=each' }), shown = await tab.$$eval(toggles, (list) => list.map((box) => box.checked));
    equal([shown.length, shown.filter(Boolean).length], [12, 4], 'trains and those shown');
    await tab.click('.ways-control input');
    equal(await tab.$$eval(toggles, (list) => list.map((box) => box.checked)), [true, true, true, true], 'trains over all ways');
    equal((await tab.$$('#string-line .line')).length, 4, 'lines');
    const whole = (await boxes(tab, '#string-line .line .median')).sort((a, b) => b.bottom - a.bottom);
    expect(whole.at(-1).bottom < whole[0].bottom - 50, 'the pilot begins where the others do');
    await close();
  });
}

async function testTimeParts(page) {
  await test(`${page.name}: where the time goes is one bar for quick, middling, slow and all runs, as in the JSON`, async () => {
    const { tab, close } = await open(page), parts = estimateOf(page.scenario).time_parts, of = (name) => parts.find((one) => one.of === name), shown = ['p5', 'p50', 'p95', 'all'].map(of);
    equal(await tab.$$eval('#parts .total', (list) => list.map((node) => node.textContent)), shown.map((one) => clock(one.total_seconds)), 'totals');
    for (const row of await cells(tab, 'table.time-parts')) {
      const wanted = row[0] === 'together' ? (one) => clock(one.total_seconds) : row[0] === 'runs' ? (one) => String(one.runs) : (one) => clock(one.mean_seconds[row[0]]);
      equal(row.slice(1), shown.map(wanted), row[0]);
    }
    await close();
  });
}

// Four places where journeys may end: none of them speaks for all.
async function testDestinations() {
  const page = runPage(`${root}scenarios/destinations-2023.yaml`), { destinations } = estimateOf(page.scenario), names = destinations.map((one) => one.name);
  await testPage(page, { folded: 'table.windows' });
  await testNumbers(page);
  await test('destinations: title, answer and dots speak of each place, by its share', async () => {
    const { tab, close } = await open(page);
    const title = await tab.$eval('h1', (node) => node.textContent), answers = await tab.$$eval('.answer', (list) => list.map((node) => node.textContent));
    for (const name of names) expect(title.includes(name), `${name} is not in the title: ${title}`);
    equal(answers.length, destinations.length, 'answers');
    destinations.forEach((one, i) => expect(answers[i].startsWith(one.name), `answer ${i}: ${answers[i]}`));
    const heads = await tab.$$eval('#arrivals h3', (list) => list.map((node) => node.textContent)), dots = await tab.$$eval('#arrivals svg', (list) => list.map((svg) => svg.querySelectorAll('circle').length));
    equal(dots.reduce((sum, n) => sum + n, 0), 50, 'dots');
    dots.forEach((n, i) => {
      expect(heads[i].includes(names[i]) && heads[i].startsWith(n === 1 ? 'One' : String(n)), `head ${heads[i]} of ${n} dots`);
      expect(Math.abs(n - 50 * destinations[i].probability) <= 1, `${n} dots for ${destinations[i].probability}`);
    });
    const decks = await tab.$$eval('.deck, figcaption p', (list) => list.map((node) => node.textContent).join(' '));
    expect(!/At Vladivostok|local to Vladivostok/.test(decks), decks);
    await close();
  });
}

// A run on paper: four sheets at most, no chart cut, no heading alone at the foot of a sheet.
async function testPaper(page) {
  await test(`${page.name}: on paper it takes at most four sheets, and its tables stand at the end`, async () => {
    const { tab, close } = await open(page), pdf = await tab.pdf({ format: 'A4', preferCSSPageSize: true }), sheets = pdf.toString('latin1').match(/\/Type \/Page\b/g).length;
    expect(sheets <= 4, `${sheets} sheets`);
    equal(await tab.$$eval('#tables', (list) => list.length), 0, 'after printing the page is as before');
    await tab.emulateMedia({ media: 'print' });
    await tab.setViewportSize({ width: 703, height: 1040 });  // what the margins leave of A4
    await tab.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await tab.waitForTimeout(100);
    const tall = await tab.$$eval('.chart', (list) => list.map((node) => node.getBoundingClientRect().height));
    expect(tall.length >= 4 && tall.every((height) => height < 1000), `charts ${tall}`);
    const order = await tab.$$eval('main > *', (list) => list.map((node) => node.id || node.tagName));
    equal(order.slice(-2), ['tables', 'FOOTER'], 'the end');
    equal(await tab.$$eval('#tables h3, #tables h2', (list) => list.filter((node) => getComputedStyle(node).breakAfter !== 'avoid').length), 0, 'headings that may stand alone');
    equal(await tab.$$eval('#tables .printed', (list) => list.findIndex((node) => node.querySelector('.stations')) === list.length - 1), true, 'stations last');
    await tab.evaluate(() => dispatchEvent(new Event('afterprint')));
    equal(await tab.$$eval('figure details[open], #tables', (list) => list.length), 0, 'folded again');
    await close();
  });
}

// What matters is named where labels compete, and the median is there on a telephone.
async function testNames(page) {
  await test(`${page.name}: both sides of the border are named on map and train graph`, async () => {
    const { tab, close } = await open(page);
    for (const selector of ['#map text.label', '#string-line text.name']) {
      const names = await tab.$$eval(selector, (list) => list.map((node) => node.textContent));
      for (const name of ['Khasan', 'Tumangang']) expect(names.includes(name), `${name} is not among ${names}`);
    }
    await close();
  });
  await test(`${page.name}: rows on a telephone have their median`, async () => {
    const { tab, close } = await open(page, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    const last = documentOf(page).journeys[0].estimate.timing_points.at(-1);
    equal(await tab.$$eval('#windows .row.end .value.p50', (list) => list.map((node) => node.textContent)), [written(last.time.p50)], 'median');
    const [labels, bars] = [await boxes(tab, '#windows .row text:not(.zone-note)'), await boxes(tab, '#windows .bar .band-3')];
    expectApart(labels, labels, 'windows');
    expectApart(labels, bars, 'windows');
    await close();
  });
  await test(`${page.name}: the window is as wide in the title of its figure as in the answer`, async () => {
    const { tab, close } = await open(page), { time } = documentOf(page).journeys[0].estimate.destinations[0], minutesOf = (iso) => Math.round(Date.parse(iso) / 60e3), wide = minutesOf(time.p95) - minutesOf(time.p5);
    const title = await tab.$eval('#windows h2', (node) => node.textContent), wanted = `${Math.floor(wide / 60)} h ${String(wide % 60).padStart(2, '0')} min`;
    expect(title.includes(wanted), `${wanted} is not in: ${title}`);
    await close();
  });
  for (const width of [320, 2560]) await test(`${page.name}: fits a screen of ${width} px`, async () => {
    const { tab, seen, close } = await open(page, { viewport: { width, height: 900 } });
    expect((await tab.evaluate(() => document.documentElement.scrollWidth)) <= width, 'wider than the screen');
    equal((await boxes(tab, 'main svg text')).filter((box) => box.left < -1 || box.right > width + 1).map((box) => box.text), [], 'texts outside');
    equal(seen.complaints, [], 'complaints');
    await close();
  });
  await test(`${page.name}: title and description say what it answers`, async () => {
    const { tab, close } = await open(page);
    expect((await tab.title()).includes('Pyongyang') && (await tab.$eval('meta[name=description]', (node) => node.content)).includes('Half of the journeys'), await tab.title());
    await close();
  });
  await test(`${page.name}: where colours are forced, the legend keeps its own`, async () => {
    const { tab, close } = await open(page, { forcedColors: 'active' });
    const keys = await tab.$$eval('.legend .band-1, .legend .band-3', (list) => list.map((node) => getComputedStyle(node).backgroundColor));
    expect(new Set(keys).size >= 2, `keys ${keys}`);
    await close();
  });
}

export async function testRunPages() {
  const scenarios = ['pyongyang-vostochny-2023', 'press-20-hours', 'pyongyang-moscow', 'pyongyang-hanoi-2019'].map((name) => `${root}scenarios/${name}.yaml`);
  const hostile = [hostileScenario(join(folder, 'hostile'), { name: 'three-hundred', count: 300, km: 33, speed: 50 }), hostileScenario(join(folder, 'hostile'), { name: 'one-section', count: 2, km: 5, speed: 50 })];
  for (const page of [...scenarios, ...hostile].map(runPage)) {
    await testPage(page, { folded: 'table.windows' });
    await testNumbers(page);
  }
  const page = runPage(scenarios[0]);
  await testNames(page);
  for (const one of [page, runPage(`${root}scenarios/convoy-2023.yaml`), runPage(`${root}scenarios/destinations-2023.yaml`)]) await testPaper(one);
  await testHandling(page, { folded: 'table.windows', walked: { map: 'Vostochny', windows: 'Vostochny', 'string-line': 'Vostochny', profile: 'Vostochny' } });
  await testTouch(page, '#windows .row .hit', '#windows .tip');
  await testMixture(page);
  await testToggles(page, '#windows .row.end .bar', '#ways=each');
  await testToggles(page, '#string-line .line', '#ways=each');
  await test('pointing at a window shows exact numbers', async () => {
    const { tab, close } = await open(page), row = await tab.$('#windows .row .hit');
    await row.scrollIntoViewIfNeeded();
    const box = await row.boundingBox();
    await tab.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    const values = await tab.$$eval('#windows .row.chosen .value', (list) => list.map((cell) => cell.textContent)), tip = await tab.$eval('#windows .tip', (node) => node.innerText);
    expect(values.length >= 3, 'values of the row');
    for (const value of values) expect(tip.includes(value), `${value} is not in: ${tip}`);
    await close();
  });
  await testTimeParts(page);
  await testDestinations();
  await testSightings();
  await testTrains(runPage(scenarios[1]));
  await testConvoyOfTheTool();
}
