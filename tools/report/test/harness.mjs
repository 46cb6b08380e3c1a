// What the tests of every kind of page share: the tool, the browser, and what each page owes its reader.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBrowser } from './browser.mjs';

const [tool, given] = process.argv.slice(2);
export const folder = given ?? mkdtempSync(join(tmpdir(), 'railwindow-pages-'));
mkdirSync(folder, { recursive: true });
export const root = new URL('../../../', import.meta.url).pathname;
export const counts = { passed: 0, failed: 0 };

export async function test(name, body) {
  try {
    await body();
    ++counts.passed;
    console.log(`ok      ${name}`);
  } catch (error) {
    ++counts.failed;
    console.log(`FAILED  ${name}\n        ${String(error.stack ?? error).split('\n').slice(0, 4).join('\n        ')}`);
  }
}
export function expect(holds, what) { if (!holds) throw new Error(what); }
export const equal = (found, wanted, what) => expect(JSON.stringify(found) === JSON.stringify(wanted), `${what}: found ${JSON.stringify(found)?.slice(0, 300)}, expected ${JSON.stringify(wanted)?.slice(0, 300)}`);

/// What the tool writes to standard output.
export const output = (...args) => execFileSync(tool, args, { encoding: 'utf8', maxBuffer: 1e9 });
/// The page that `args` make beside their table.
export function pageOf(name, ...args) {
  const file = join(folder, `${name}.html`);
  output(...args, '--report', file);
  return { name, file };
}

const mark = '<script type="application/json" id="report">';
/// The document of a page.
export function documentOf({ file }) {
  const text = readFileSync(file, 'utf8'), begin = text.indexOf(mark) + mark.length;
  return JSON.parse(text.slice(begin, text.indexOf('</script>', begin)));
}
/// The same page around another document.
export function pageWith({ file }, name, document) {
  const text = readFileSync(file, 'utf8'), begin = text.indexOf(mark) + mark.length, made = join(folder, `${name}.html`);
  writeFileSync(made, text.slice(0, begin) + JSON.stringify(document).replaceAll('<', '\\u003c') + text.slice(text.indexOf('</script>', begin)));
  return { name, file: made };
}

export const browser = await openBrowser();
/// `hash` is what the address asks of the page.
export async function open(page, { hash = '', ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options }), tab = await context.newPage();
  const seen = { requests: [], complaints: [] };
  tab.on('request', (request) => seen.requests.push(request.url()));
  tab.on('console', (message) => ['error', 'warning'].includes(message.type()) && seen.complaints.push(message.text()));
  tab.on('pageerror', (error) => seen.complaints.push(String(error)));
  tab.on('dialog', (dialog) => { seen.complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  await tab.goto(`file://${page.file}${hash}`);
  await tab.waitForSelector('main svg.chart', { timeout: 60e3 }).catch(() => { throw new Error(`no figure: ${seen.complaints}`); });
  await tab.waitForTimeout(150);
  return { tab, seen, close: () => context.close() };
}

// Independent of the page's own code: a local time with offset, seconds and shares as the page writes them.
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'], two = (n) => String(n).padStart(2, '0');
export function written(iso) {
  const [, year, month, day, hour, minute, second] = iso.match(/(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)/).map(Number);
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute + (second >= 30 ? 1 : 0)));
  return `${at.getUTCDate()} ${months[at.getUTCMonth()]} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}
export const monthOf = (number) => months[number - 1];
export function clock(seconds, signed = false) {
  const minutes = Math.floor(Math.abs(seconds) / 60 + 0.5), sign = minutes === 0 ? '' : seconds < 0 ? '\u2212' : signed ? '+' : '';
  return `${sign}${Math.floor(minutes / 60)}:${two(minutes % 60)}`;
}
export const minutes = (seconds) => (seconds === null ? 'too few runs' : `${(seconds / 60).toFixed(1)} min`);
/// Whether a share as it is written is that of the document.
export const sameShare = (text, share) => Math.abs(parseFloat(text.replace(/[<>]\s*/, '')) / 100 - share) < 0.0011;

/// Boxes of what is drawn: {text, left, right, top, bottom}.
export const boxes = (tab, selector) => tab.$$eval(selector, (nodes) => nodes.map((node) => { const box = node.getBoundingClientRect(); return { text: node.textContent, left: box.left, right: box.right, top: box.top, bottom: box.bottom }; }));
const cover = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
export function expectApart(list, others, what) {
  for (const a of list) for (const b of others) if (a !== b) expect(!cover(a, b), `${what}: '${a.text}' lies on '${b.text}'`);
}
/// Text of the cells of a table's body.
export const cells = (tab, selector) => tab.$$eval(`${selector} tbody tr`, (rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));

const luminance = ([r, g, b]) => { const [x, y, z] = [r, g, b].map((v) => (v / 255 <= 0.04045 ? v / 255 / 12.92 : ((v / 255 + 0.055) / 1.055) ** 2.4)); return 0.2126 * x + 0.7152 * y + 0.0722 * z; };
const rgb = (text) => text.match(/[\d.]+/g).slice(0, 3).map(Number);
async function expectContrast(page, colorScheme) {
  const { tab, close } = await open(page, { colorScheme });
  const paper = luminance(rgb(await tab.evaluate(() => getComputedStyle(document.body).backgroundColor)));
  expect(colorScheme === 'dark' ? paper < 0.05 : paper > 0.8, `paper of luminance ${paper}`);
  const inks = await tab.$$eval('h1, .question, .answer, .answer .p50, .deck, figcaption p, .legend, summary, .kicker, footer, .numbers td, .axis text, .zone-note, .chart .name, .value, .tick, .chart .mark, .chart .head, .direct, .key-text',
    (nodes) => nodes.map((node) => [node.getAttribute('class') ?? node.tagName, node instanceof SVGElement ? getComputedStyle(node).fill : getComputedStyle(node).color]));
  for (const [what, color] of inks) {
    const ink = luminance(rgb(color)), ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
    expect(ratio >= 4.5, `${what}: ${ratio.toFixed(2)}`);
  }
  await close();
}

/// What every page of every kind owes its reader. `folded` is a table that has to be there on paper.
export async function testPage(page, { folded }) {
  const { name } = page, { tab, seen, close } = await open(page);
  await test(`${name}: the page is one request, without complaints and below 700 kB`, async () => {
    equal(seen.requests.length, 1, 'requests');
    equal(seen.complaints, [], 'complaints');
    expect(statSync(page.file).size < 700e3, `${statSync(page.file).size} bytes`);
  });
  await test(`${name}: no figure holds a number that is none`, async () => {
    const odd = await tab.$$eval('svg *', (nodes) => nodes.flatMap((node) => [...node.attributes].filter((one) => /NaN|Infinity|undefined/.test(one.value)).map((one) => `${node.tagName} ${one.name}=${one.value.slice(0, 60)}`)));
    equal(odd.slice(0, 3), [], 'attributes');
    const text = (await tab.$eval('main', (main) => main.textContent)).match(/.{0,40}(NaN|undefined|\[object|null).{0,20}/);
    expect(!text, `a text holds ${text?.[0]}`);
  });
  await test(`${name}: every figure has a name, every table its heads, and the page one title`, async () => {
    equal(await tab.$$eval('svg.chart', (nodes) => nodes.filter((node) => !node.getAttribute('aria-label')).length), 0, 'figures without a text');
    equal(await tab.$$eval('table.numbers', (nodes) => nodes.filter((node) => !node.querySelector('thead th[scope=col]')).length), 0, 'tables without heads');
    equal(await tab.$$eval('figure', (nodes) => nodes.filter((node) => !(node.querySelector('table.numbers') ?? document.querySelector(`#${node.getAttribute('aria-details')} table.numbers`))).map((node) => node.id)), [], 'figures without a table');
    equal(await tab.$$eval('h1', (nodes) => nodes.length), 1, 'h1');
    equal(await tab.$eval('html', (node) => node.lang), 'en', 'language');
    expect((await tab.title()).length > 5, 'title');
  });
  await test(`${name}: axes can be read`, async () => {
    for (const figure of await tab.$$eval('figure', (nodes) => nodes.map((node) => node.id)))
      for (const texts of [`#${figure} .axis text`, `#${figure} .tick`]) { const all = (await boxes(tab, texts)).filter((box) => box.right > box.left); expectApart(all, all, texts); }
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
  await test(`${name}: on paper all tables are unfolded and nothing hangs over`, async () => {
    const print = await open(page);
    const pdf = await print.tab.pdf({ path: join(folder, `${name}.pdf`), format: 'A4' });
    expect(pdf.length > 20e3 && pdf.length < 5e6, `${pdf.length} bytes of PDF`);
    await print.tab.emulateMedia({ media: 'print' });
    await print.tab.setViewportSize({ width: 700, height: 1000 });
    await print.tab.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await print.tab.evaluate(() => document.documentElement.scrollWidth) <= 701, 'wider than the paper');
    expect(await print.tab.isVisible(folded), 'the table is folded');
    await print.close();
  });
}

/// For one page of each kind: colours, keyboard, pointer. `walked` are figures with the word that their last stop says.
export async function testHandling(page, { walked, folded }) {
  const { name } = page;
  for (const scheme of ['light', 'dark']) await test(`${name}: texts stand out by 4.5 to 1 in ${scheme} mode (WCAG 2.1, 1.4.3)`, () => expectContrast(page, scheme));
  await test(`${name}: every figure can be walked by keyboard, and says its numbers`, async () => {
    const { tab, close } = await open(page);
    for (const [figure, word] of Object.entries(walked)) {
      const valueText = () => tab.$eval(`#${figure} .slider`, (node) => node.getAttribute('aria-valuetext'));
      await tab.focus(`#${figure} .slider`);
      await tab.keyboard.press('End');
      const text = await valueText();
      expect(text.includes(word), `${figure}: ${text}`);
      expect(await tab.isVisible(`#${figure} .tip`), `${figure}: no numbers`);
      await tab.keyboard.press('ArrowUp');
      expect((await valueText()) !== text, `${figure}: the arrow does not move`);
      await tab.keyboard.press('Escape');
      expect(!(await tab.isVisible(`#${figure} .tip`)), `${figure}: Escape does not let go`);
    }
    const summary = `figure:has(${folded}) summary`;
    await tab.focus(summary);
    await tab.keyboard.press('Enter');
    expect(await tab.isVisible(folded), 'the table does not unfold');
    await close();
  });
}

/// The boxes of what is compared, as far as they are there to be used.
export const toggles = '.toggles:not(.ways-control):not([hidden]) input';

/// All check boxes but the last can be taken away; `shown` counts what is left.
export async function testToggles(page, selector, hash = '') {
  await test(`${page.name}: what is compared can be hidden, all but the last`, async () => {
    const { tab, close } = await open(page, { hash }), shown = () => tab.$$eval(selector, (nodes) => nodes.length), all = await shown(), checks = await tab.$$(toggles);
    equal(all, checks.length, 'shown at first');
    expect(all > 1, 'nothing to hide');
    for (const check of checks) await check.click();
    equal(await shown(), 1, 'shown when all but one are hidden');
    await close();
  });
}

/// On a telephone a touch opens the numbers of `touched`, and a touch elsewhere closes them.
export async function testTouch(page, touched, tip) {
  await test(`${page.name}: a touch shows numbers that stay`, async () => {
    const { tab, close } = await open(page, { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true });
    const node = await tab.$(touched);
    await node.scrollIntoViewIfNeeded();
    const box = await node.boundingBox();
    await tab.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2);
    await tab.waitForTimeout(100);
    expect(await tab.isVisible(tip), 'no numbers after the touch');
    const head = await tab.$('h1');
    await head.scrollIntoViewIfNeeded();
    const above = await head.boundingBox();
    await tab.touchscreen.tap(above.x + 5, above.y + 5);
    expect(!(await tab.isVisible(tip)), 'the numbers stay open');
    await close();
  });
}
