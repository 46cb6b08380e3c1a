// Pages of real and hostile scenarios in Chromium: what a reader of them may rely on.
//   node browser_test.mjs RAILWINDOW [FOLDER]    prints one line per test; the last is `N passed, N failed`
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { openBrowser } from './browser.mjs';
import { hostileScenario } from './hostile.mjs';

const [tool, given] = process.argv.slice(2);
const folder = given ?? mkdtempSync(join(tmpdir(), 'railwindow-pages-'));
mkdirSync(folder, { recursive: true });
const root = new URL('../../../', import.meta.url).pathname;
const runs = ['--runs', '400', '--quiet'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
let passed = 0, failed = 0;

async function test(name, body) {
  try {
    await body();
    ++passed;
    console.log(`ok      ${name}`);
  } catch (error) {
    ++failed;
    console.log(`FAILED  ${name}\n        ${String(error.stack ?? error).split('\n').slice(0, 4).join('\n        ')}`);
  }
}
function expect(holds, what) { if (!holds) throw new Error(what); }
const equal = (found, wanted, what) => expect(JSON.stringify(found) === JSON.stringify(wanted), `${what}: found ${JSON.stringify(found)?.slice(0, 300)}, expected ${JSON.stringify(wanted)?.slice(0, 300)}`);

function pageOf(scenario, ...options) {
  const file = join(folder, `${basename(scenario, '.yaml')}${options.length ? '-' + options.join('').replace(/\W/g, '') : ''}.html`);
  const table = execFileSync(tool, ['run', scenario, ...runs, ...options, '--report', file], { encoding: 'utf8', maxBuffer: 1e9 });
  return { file, table, scenario };
}
const estimateOf = (scenario) => JSON.parse(execFileSync(tool, ['run', scenario, ...runs, '--format', 'json', '--timing-points', 'all', '--quantiles', '0.05,0.1,0.25,0.5,0.75,0.9,0.95'], { encoding: 'utf8', maxBuffer: 1e9 }));

const browser = await openBrowser();
async function open(page, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options }), tab = await context.newPage();
  const seen = { requests: [], complaints: [] };
  tab.on('request', (request) => seen.requests.push(request.url()));
  tab.on('console', (message) => ['error', 'warning'].includes(message.type()) && seen.complaints.push(message.text()));
  tab.on('pageerror', (error) => seen.complaints.push(String(error)));
  tab.on('dialog', (dialog) => { seen.complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  await tab.goto(`file://${page.file}`);
  await tab.waitForSelector('#string-line svg.chart');
  await tab.waitForTimeout(150);
  return { tab, seen, close: () => context.close() };
}

// The minute that a local time with offset means, as the page writes it; computed without the page's own code.
function written(iso) {
  const [, year, month, day, hour, minute, second] = iso.match(/(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)/).map(Number);
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute + (second >= 30 ? 1 : 0)));
  return `${at.getUTCDate()} ${months[at.getUTCMonth()]} ${String(at.getUTCHours()).padStart(2, '0')}:${String(at.getUTCMinutes()).padStart(2, '0')}`;
}

// Boxes of what is drawn: {text, left, right, top, bottom}.
const boxes = (tab, selector) => tab.$$eval(selector, (nodes) => nodes.map((node) => { const box = node.getBoundingClientRect(); return { text: node.textContent, left: box.left, right: box.right, top: box.top, bottom: box.bottom }; }));
const cover = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
function expectApart(list, others, what) {
  for (const a of list) for (const b of others) if (a !== b) expect(!cover(a, b), `${what}: '${a.text}' lies on '${b.text}'`);
}

const scenarios = ['pyongyang-vostochny-2023', 'press-20-hours', 'pyongyang-moscow', 'pyongyang-hanoi-2019'].map((name) => `${root}scenarios/${name}.yaml`);
const hostile = [hostileScenario(join(folder, 'hostile'), { name: 'three-hundred', count: 300, km: 33, speed: 50 }), hostileScenario(join(folder, 'hostile'), { name: 'one-section', count: 2, km: 5, speed: 50 })];

for (const scenario of [...scenarios, ...hostile]) {
  const page = pageOf(scenario), name = basename(scenario, '.yaml'), { tab, seen, close } = await open(page);

  await test(`${name}: the page is one request, without complaints and below 700 kB`, async () => {
    equal(seen.requests.length, 1, 'requests');
    equal(seen.complaints, [], 'complaints');
    expect(statSync(page.file).size < 700e3, `${statSync(page.file).size} bytes`);
  });
  await test(`${name}: no figure holds a number that is none`, async () => {
    const odd = await tab.$$eval('svg *', (nodes) => nodes.flatMap((node) => [...node.attributes].filter((one) => /NaN|Infinity|undefined/.test(one.value)).map((one) => `${node.tagName} ${one.name}=${one.value.slice(0, 60)}`)));
    equal(odd.slice(0, 3), [], 'attributes');
    expect(!/NaN|undefined|\[object/.test(await tab.$eval('main', (main) => main.innerText)), 'text with NaN or undefined');
  });
  await test(`${name}: every number of the table is that of the JSON`, async () => {
    const estimate = estimateOf(scenario), ways = estimate.alternatives ? [...estimate.alternatives].sort((a, b) => b.probability - a.probability) : [estimate];
    const points = ways.flatMap((way) => way.timing_points).filter((point) => point.time.p50);
    const cells = await tab.$$eval('table.windows tbody tr', (rows) => rows.map((row) => ({ name: row.querySelector('th').textContent, km: row.querySelector('.km').textContent, error: row.querySelector('.error').textContent, share: row.querySelector('.share').textContent, elapsed: row.querySelector('.elapsed').textContent, times: [...row.querySelectorAll('td')].filter((cell) => /^p[\d.]+$/.test(cell.className)).map((cell) => cell.lastChild.textContent) })));
    equal(cells.length, points.length, 'rows');
    points.forEach((point, i) => {
      const minutes = Math.floor(point.elapsed_seconds.p50 / 60 + 0.5);
      equal(cells[i], { name: point.name, km: point.distance_km.toFixed(1), error: point.error_seconds.p50 === null ? 'too few runs' : `${(point.error_seconds.p50 / 60).toFixed(1)} min`,
        share: cells[i].share, elapsed: `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`, times: Object.values(point.time).map(written) }, `row ${i}`);
      expect(Math.abs(parseFloat(cells[i].share.replace(/[<>]\s*/, '')) / 100 - point.probability) < 0.0011, `share ${cells[i].share} for ${point.probability}`);
    });
    const last = estimate.timing_points.at(-1), answer = await tab.$$eval('.answer strong', (nodes) => nodes.map((node) => node.textContent.replace(/^\w+ /, '').replace(',', '')));
    equal(answer, ['p50', 'p5', 'p95'].map((quantile) => written(last.time[quantile])), 'the answer');
  });
  if (!estimateOf(scenario).alternatives) await test(`${name}: the windows figure shows the minutes that the terminal prints`, async () => {
    const shown = await tab.$$eval('#windows .row', (rows) => rows.map((row) => [...row.querySelectorAll('.value')].map((cell) => cell.textContent)));
    const printed = [...page.table.matchAll(/(dep|arr|pas) +[\d.]+ +(\d\d-\d\d \d\d:\d\d) (\d\d-\d\d \d\d:\d\d) (\d\d-\d\d \d\d:\d\d)/g)].map((row) => ({ event: row[1], times: row.slice(2).map((time) => `${+time.slice(3, 5)} ${months[+time.slice(0, 2) - 1]} ${time.slice(6)}`) }));
    equal(shown, printed.filter((row, i) => i === 0 || row.event !== 'dep').map((row) => row.times), 'windows');
  });
  await test(`${name}: labels lie beside the bars and beside one another`, async () => {
    const bars = await boxes(tab, '#windows .bar .band-3'), labels = await boxes(tab, '#windows .row text:not(.zone-note)');
    expectApart(labels, bars, 'windows');
    expectApart(labels, labels, 'windows');
    for (const axis of ['#windows', '#string-line', '#arrivals']) { const texts = await boxes(tab, `${axis} .axis text`); expectApart(texts, texts, `axes of ${axis}`); }
    const stations = await boxes(tab, '#string-line > .stage text.name');
    expectApart(stations, stations, 'string-line');
    const onMap = await boxes(tab, '#map text.label:not(.level-0)');
    expectApart(onMap, onMap, 'map');
  });
  await close();

  await test(`${name}: fits a telephone of 390 px`, async () => {
    const phone = await open(page, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 });
    equal(await phone.tab.evaluate(() => document.documentElement.scrollWidth), 390, 'width of the page');
    const outside = (await boxes(phone.tab, 'main svg text')).filter((box) => box.left < -1 || box.right > 391).map((box) => box.text);
    equal(outside, [], 'texts outside');
    equal(phone.seen.complaints, [], 'complaints');
    await phone.close();
  });
}

const page = pageOf(scenarios[0]);
const luminance = ([r, g, b]) => { const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)); return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
const rgb = (text) => text.match(/[\d.]+/g).slice(0, 3).map(Number);
for (const colorScheme of ['light', 'dark']) {
  await test(`texts stand out by 4.5 to 1 in ${colorScheme} mode (WCAG 2.1, 1.4.3)`, async () => {
    const { tab, close } = await open(page, { colorScheme });
    const paper = luminance(rgb(await tab.evaluate(() => getComputedStyle(document.body).backgroundColor)));
    expect(colorScheme === 'dark' ? paper < 0.05 : paper > 0.8, `paper of luminance ${paper}`);
    for (const selector of ['h1', '.question', '.answer .p50', '.deck', 'figcaption p', '.legend', 'summary', '.kicker', 'footer', '.numbers td'])
      await tab.$eval(selector, (node) => getComputedStyle(node).color).then((color) => {
        const ink = luminance(rgb(color)), ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
        expect(ratio >= 4.5, `${selector}: ${ratio.toFixed(2)}`);
      });
    for (const selector of ['.axis text', '.chart .zone-note', '.chart .name', '.value', '.tick', '.chart .mark'])
      await tab.$eval(selector, (node) => getComputedStyle(node).fill).then((color) => {
        const ink = luminance(rgb(color)), ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
        expect(ratio >= 4.5, `${selector}: ${ratio.toFixed(2)}`);
      });
    await close();
  });
}
await test('every figure can be walked by keyboard, and says its numbers', async () => {
  const { tab, close } = await open(page);
  for (const figure of ['map', 'windows', 'string-line', 'profile']) {
    await tab.focus(`#${figure} .slider`);
    await tab.keyboard.press('End');
    const text = await tab.$eval(`#${figure} .slider`, (node) => node.getAttribute('aria-valuetext'));
    expect(text.includes('Vostochny'), `${figure}: ${text}`);
    expect(await tab.isVisible(`#${figure} .tip`), `${figure}: no numbers`);
    await tab.keyboard.press('ArrowUp');
    expect(!(await tab.$eval(`#${figure} .slider`, (node) => node.getAttribute('aria-valuetext'))).startsWith('Vostochny'), `${figure}: the arrow does not move`);
    await tab.keyboard.press('Escape');
    expect(!(await tab.isVisible(`#${figure} .tip`)), `${figure}: Escape does not let go`);
  }
  await tab.focus('#string-line summary');
  await tab.keyboard.press('Enter');
  expect(await tab.isVisible('#string-line table.windows'), 'the table does not unfold');
  await close();
});
await test('pointing at a window shows exact numbers', async () => {
  const { tab, close } = await open(page);
  const row = await tab.$('#windows .row .hit');
  await row.scrollIntoViewIfNeeded();
  const box = await row.boundingBox();
  await tab.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const values = await tab.$$eval('#windows .row.chosen .value', (cells) => cells.map((cell) => cell.textContent)), tip = await tab.$eval('#windows .tip', (node) => node.innerText);
  expect(values.length >= 3, 'values of the row');
  for (const value of values) expect(tip.includes(value), `${value} is not in: ${tip}`);
  await close();
});
await test('ways can be hidden, all but the last', async () => {
  const { tab, close } = await open(page);
  const shown = () => tab.$$eval('#windows .row.end .bar', (bars) => bars.length);
  const all = await shown(), boxes = await tab.$$('.toggles input');
  equal(all, boxes.length, 'bars of the destination');
  for (const box of boxes) await box.click();
  equal(await shown(), 1, 'bars when all but one are hidden');
  equal(await tab.$$eval('#string-line .line', (lines) => lines.length), 1, 'lines of the string-line');
  await close();
});
await test('every figure has a name, every table its heads', async () => {
  const { tab, close } = await open(page);
  equal(await tab.$$eval('svg.chart', (nodes) => nodes.filter((node) => !node.getAttribute('aria-label')).length), 0, 'figures without a text');
  equal(await tab.$$eval('table.numbers', (nodes) => nodes.filter((node) => !node.querySelector('thead th[scope=col]')).length), 0, 'tables without heads');
  equal(await tab.$$eval('h1', (nodes) => nodes.length), 1, 'h1');
  equal(await tab.$eval('html', (node) => node.lang), 'en', 'language');
  await close();
});
await test('on paper all tables are unfolded and nothing hangs over', async () => {
  const { tab, close } = await open(page);
  const pdf = await tab.pdf({ path: join(folder, 'print.pdf'), format: 'A4' });
  expect(pdf.length > 50e3 && pdf.length < 5e6, `${pdf.length} bytes of PDF`);
  await tab.emulateMedia({ media: 'print' });
  await tab.setViewportSize({ width: 700, height: 1000 });
  await tab.evaluate(() => dispatchEvent(new Event('beforeprint')));
  expect(await tab.evaluate(() => document.documentElement.scrollWidth) <= 701, 'wider than the paper');
  expect(await tab.isVisible('#string-line table.windows'), 'the table is folded');
  await close();
});

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
