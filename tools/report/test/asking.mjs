// What a reader may ask of a page: a cut-off, a moment, a nearer view, the figures as files; and the link that asks the same again.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentOf, equal, expect, folder, open, pageOf, root, test, written } from './harness.mjs';
import { hostileScenario } from './hostile.mjs';

const runs = ['--runs', '400', '--quiet'], hour = 3600e3;
const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const text = (tab, selector) => tab.$eval(selector, (node) => node.innerText.replaceAll('\u00a0', ' '));
const addressOf = async (tab) => { await tab.waitForTimeout(300); return new URL(tab.url()).hash; };
const local = (at, offset) => new Date(at + offset * hour).toISOString().slice(0, 16);
const centreOf = async (tab, selector) => { const node = await tab.$(selector); await node.scrollIntoViewIfNeeded(); const box = await node.boundingBox(); return [box.x + box.width / 2, box.y + box.height / 2]; };

// Independent of the page: where the curve of a quantile is, in kilometres.
function kilometre(points, quantile, at) {
  const curve = points.map((point) => ({ km: point.distance_km, at: Date.parse(point.time[quantile]) })), next = curve.findIndex((point) => point.at > at);
  if (next <= 0) return next === 0 ? curve[0].km : curve.at(-1).km;
  const [a, b] = [curve[next - 1], curve[next]];
  return a.km + ((b.km - a.km) * (at - a.at)) / (b.at - a.at);
}

async function testCutoff(page) {
  const { journeys: [{ arrivals: [arrivals], estimate: { destinations: [{ time }] } }] } = documentOf(page), dots = arrivals.map((iso) => Date.parse(iso)), offset = +arrivals[0].slice(-6, -3);
  await test('cut-off: so many of fifty, and the probability with its error', async () => {
    const { tab, seen, close } = await open(page);
    for (const i of [5, 24, 44]) {
      const at = Math.ceil(dots[i] / 60e3) * 60e3, inside = dots.filter((dot) => dot <= at).length;
      await tab.fill('#by', local(at, offset));
      const said = await text(tab, '#arrivals .said'), [, n, share, error] = said.match(/(\d+) of 50 are there by .*: ([\d.]+) % ± ([\d.]+) points/);
      equal(+n, inside, 'dots');
      expect(+share >= 2 * inside - 1.05 && +share <= 2 * inside + 1.05, `${share} % for ${inside} dots`);
      expect(Math.abs(error - 100 * Math.sqrt((share / 100) * (1 - share / 100) / 400)) < 0.4, `error ${error}`);
      equal(await tab.$$eval('#arrivals .dot.late', (list) => list.length), 50 - inside, 'dots that are later');
    }
    const p95 = Math.ceil(Date.parse(time.p95) / 60e3) * 60e3;
    await tab.fill('#by', local(p95, offset));
    const share = +(await text(tab, '#arrivals .said')).match(/([\d.]+) %/)[1];
    expect(Math.abs(share - 95) < 0.5, `at the 95 %: ${share}`);
    await tab.fill('#by', local(dots[0] - 10 * hour, offset));
    expect((await text(tab, '#arrivals .said')).includes('less than 1.0 %'), 'before the first');
    await tab.fill('#by', local(dots.at(-1) + 10 * hour, offset));
    expect((await text(tab, '#arrivals .said')).includes('more than 99.0 %'), 'after the last');
    equal(seen.complaints, [], 'complaints');
    await close();
  });
  await test('cut-off: the line is moved by keys, by mouse and by touch', async () => {
    const { tab, close } = await open(page), now = () => tab.$eval('#arrivals .cut', (node) => +node.getAttribute('aria-valuenow'));
    await tab.focus('#arrivals .cut');
    const begin = await now();
    await tab.keyboard.press('ArrowRight');
    const step = (await now()) - begin;
    expect(step >= 1, `step ${step}`);
    await tab.keyboard.press('PageDown');
    equal(await now(), begin - 5 * step, 'a page back');
    await tab.keyboard.press('Home');
    expect((await tab.$eval('#arrivals .cut', (node) => node.getAttribute('aria-valuetext'))).includes(': 0 of 50'), 'the beginning');
    const knob = await centreOf(tab, '#arrivals .knob');
    await tab.mouse.move(...knob);
    await tab.mouse.down();
    await tab.mouse.move(knob[0] + 200, knob[1], { steps: 5 });
    await tab.mouse.up();
    const pulled = await centreOf(tab, '#arrivals .knob');
    expect(Math.abs(pulled[0] - knob[0] - 200) < 8, `pulled by ${pulled[0] - knob[0]}`);
    await close();
    const hand = await open(page, phone), chart = await hand.tab.$('#arrivals svg');
    await chart.scrollIntoViewIfNeeded();
    const box = await chart.boundingBox();
    await hand.tab.touchscreen.tap(box.x + 100, box.y + 30);
    const touched = await (await hand.tab.$('#arrivals .knob')).boundingBox();
    expect(Math.abs(touched.x + touched.width / 2 - box.x - 100) < 4, 'the touch does not move it');
    // A finger pulls the knob, and does not scroll while it does.
    const wire = await hand.tab.context().newCDPSession(hand.tab), [x, y] = await centreOf(hand.tab, '#arrivals .knob'), top = await hand.tab.evaluate(() => scrollY);
    const touch = (type, dx, dy) => wire.send('Input.dispatchTouchEvent', { type, touchPoints: dx === null ? [] : [{ x: x + dx, y: y + dy, id: 0 }] });
    await touch('touchStart', 0, 0);
    for (const [dx, dy] of [[10, 6], [40, 12], [90, 8], [120, 0]]) { await touch('touchMove', dx, dy); await hand.tab.waitForTimeout(30); }
    await touch('touchEnd', null);
    const after = (await centreOf(hand.tab, '#arrivals .knob'))[0];
    expect(Math.abs(after - x - 120) < 8, `pulled by ${after - x}`);
    equal(await hand.tab.evaluate(() => scrollY), top, 'scrolled');
    await hand.close();
  });
}

async function testMoment(page) {
  const { journeys: [{ estimate }] } = documentOf(page), points = estimate.timing_points, begin = Date.parse(points[0].time.p50), end = Date.parse(points.at(-1).time.p50), offset = +points.at(-1).time.p50.slice(-6, -3);
  await test('moment: where nine in ten runs are, and the middle one, from the curves of the windows', async () => {
    const { tab, seen, close } = await open(page);
    for (const share of [0.2, 0.5, 0.8]) {
      const at = Math.round((begin + (end - begin) * share) / 60e3) * 60e3, shown = await tab.$eval('#at-map', (node) => node.value);
      const clocks = await tab.$eval('#map select', (node) => { node.value = [...node.options].at(-1).value; node.dispatchEvent(new Event('change')); return +node.value / 3600e3; });
      expect(shown.length === 16, shown);
      await tab.fill('#at-map', local(at, clocks));
      const said = await text(tab, '#map .said'), [low, middle, high] = ['p95', 'p50', 'p5'].map((quantile) => kilometre(points, quantile, at)), numbers = said.match(/\((?:([\d.]+) to )?([\d.]+) km\)/);
      equal([+(numbers[1] ?? numbers[2]), +numbers[2]], [Math.round(low), Math.round(high)], `range at ${share}`);
      expect(said.includes('in nine runs of ten') && said.includes(`(${middle.toFixed(0)} km)`), `middle ${middle.toFixed(0)}: ${said}`);
      equal(await text(tab, '#string-line .said'), said, 'both figures');
      const band = await tab.$eval('#map .moment-band', (node) => node.getTotalLength());
      expect(band > 3, 'no band on the map');
      const line = await tab.$eval('#string-line .moment .moment-band', (node) => node.getTotalLength());
      expect(line > 1, 'no band on the train graph');
    }
    await tab.fill('#at-map', local(begin - 400 * hour, offset));
    equal(seen.complaints, [], 'complaints');
    await close();
  });
  await test('moment: keys, pull, mouse', async () => {
    const { tab, close } = await open(page), now = () => tab.$eval('#string-line .moment', (node) => +node.getAttribute('aria-valuenow')), first = await now();
    await tab.focus('#string-line .moment');
    await tab.keyboard.press('ArrowRight');
    expect((await now()) > first, 'the arrow does not move it');
    expect((await tab.$eval('#string-line .moment', (node) => node.getAttribute('aria-valuetext'))).includes('it is '), 'no words');
    await tab.focus('#string-line .pull');
    await tab.keyboard.press('Home');
    const early = await now();
    expect(early < first, 'the pull does not move it');
    expect((await text(tab, '#map .said')).includes('has not left'), await text(tab, '#map .said'));
    await tab.keyboard.press('End');
    expect((await text(tab, '#map .said')).includes('has arrived'), await text(tab, '#map .said'));
    const knob = await centreOf(tab, '#string-line .knob');
    await tab.mouse.move(...knob);
    await tab.mouse.down();
    await tab.mouse.move(knob[0] - 300, knob[1], { steps: 4 });
    await tab.mouse.up();
    const pulled = await centreOf(tab, '#string-line .knob');
    expect(Math.abs(pulled[0] - knob[0] + 300) < 8, `pulled by ${pulled[0] - knob[0]}`);
    await close();
  });
}

async function testZoom(page) {
  const nearer = (tab, id) => tab.$eval(`#${id} .plot`, (node) => node.classList.contains('nearer'));
  for (const id of ['map', 'string-line']) await test(`zoom of ${id}: wheel with Ctrl, buttons, keys and two fingers; the wheel alone scrolls the page`, async () => {
    const { tab, seen, close } = await open(page), at = await centreOf(tab, `#${id} svg.chart`), labels = () => tab.$$eval(`#${id} svg.chart text`, (list) => list.map((node) => node.textContent).join());
    const whole = await labels();
    await tab.mouse.move(...at);
    const before = await tab.evaluate(() => scrollY);
    await tab.mouse.wheel(0, 120);
    await tab.waitForTimeout(150);
    expect((await tab.evaluate(() => scrollY)) !== before && !(await nearer(tab, id)), 'the wheel does not scroll');
    await tab.keyboard.down('Control');
    await tab.mouse.wheel(0, -240);
    await tab.keyboard.up('Control');
    await tab.waitForTimeout(150);
    expect(await nearer(tab, id), 'the wheel with Ctrl does not zoom');
    expect((await labels()) !== whole, 'nothing else is shown');
    await tab.click(`#${id} .zoom button[title="Show all"]`);
    await tab.waitForTimeout(100);
    expect(!(await nearer(tab, id)) && (await labels()) === whole, 'not as before');
    await tab.focus(`#${id} .slider`);
    await tab.keyboard.press('+');
    await tab.keyboard.press('+');
    await tab.waitForTimeout(100);
    expect(await nearer(tab, id), 'the key does not zoom');
    const middle = await addressOf(tab);
    await tab.keyboard.press('Shift+ArrowRight');
    expect((await addressOf(tab)) !== middle, 'the key does not move');
    await tab.click(`#${id} .zoom button[title="Move down"]`);
    await tab.click(`#${id} .zoom button[title="Zoom out"]`);
    await tab.focus(`#${id} .slider`);
    await tab.keyboard.press('0');
    await tab.waitForTimeout(100);
    expect(!(await nearer(tab, id)), 'the key does not show all');
    equal(seen.complaints, [], 'complaints');
    await close();
    const hand = await open(page, phone), wire = await hand.tab.context().newCDPSession(hand.tab), [x, y] = await centreOf(hand.tab, `#${id} svg.chart`);
    const touch = (type, apart) => wire.send('Input.dispatchTouchEvent', { type, touchPoints: apart ? [{ x: x - apart, y, id: 0 }, { x: x + apart, y, id: 1 }] : [] });
    await touch('touchStart', 20);
    for (const apart of [30, 45, 60, 80]) { await touch('touchMove', apart); await hand.tab.waitForTimeout(40); }
    await touch('touchEnd');
    await hand.tab.waitForTimeout(100);
    expect(await nearer(hand.tab, id), 'two fingers do not zoom');
    const factor = +(await addressOf(hand.tab)).split(`${id}=`)[1].split(',')[0];
    expect(factor > 2.5 && factor < 6, `two fingers: ${factor}`);
    const top = await hand.tab.evaluate(() => scrollY), one = (type, dy) => wire.send('Input.dispatchTouchEvent', { type, touchPoints: dy === null ? [] : [{ x, y: y + dy, id: 0 }] });
    await one('touchStart', 0);
    for (const dy of [-20, -60, -120]) { await one('touchMove', dy); await hand.tab.waitForTimeout(30); }
    await one('touchEnd', null);
    await hand.tab.waitForTimeout(200);
    expect((await hand.tab.evaluate(() => scrollY)) > top + 30, 'one finger does not scroll the page');
    await hand.close();
  });
}

async function testLink(page) {
  await test('link: what was asked stands in the address, and the address asks it again', async () => {
    const { tab, close } = await open(page);
    await tab.focus('#arrivals .cut');
    await tab.keyboard.press('ArrowLeft');
    await tab.focus('#string-line .moment');
    await tab.keyboard.press('ArrowRight');
    for (const id of ['map', 'string-line']) await tab.click(`#${id} .zoom button[title="Zoom in"]`);
    const hash = await addressOf(tab), state = (one) => one.$$eval('.said, .cut, .moment, #map .label, #string-line .name', (list) => list.map((node) => node.getAttribute('transform') ?? node.textContent));
    for (const part of ['by=', 'at=', 'map=', 'string-line=']) expect(hash.includes(part), `${part} is not in ${hash}`);
    const there = await open(page, { hash });
    equal(await state(there.tab), await state(tab), 'what is shown');
    await close();
    await there.close();
  });
  await test('link: what an address has no right to ask is not asked', async () => {
    for (const hash of ['#by=%3Cscript%3Ealert(1)%3C/script%3E&at=1e999', '#map=NaN,1,2&string-line=1e9,5,5', '#map=3,1,1,1&at=2023-99-99T99:99+99:99', '#%E0%A4%A=&by=%', '#string-line', '#map=1000000,0,0', '#__proto__=1&constructor=2']) {
      const { tab, seen, close } = await open(page, { hash });
      equal(seen.complaints, [], `complaints about ${hash}`);
      equal(await tab.$$eval('svg *', (nodes) => nodes.filter((node) => [...node.attributes].some((one) => /NaN|Infinity/.test(one.value))).length), 0, `numbers after ${hash}`);
      await close();
    }
  });
}

async function saved(tab, button) {
  const waiting = tab.waitForEvent('download');
  await button.click();
  const file = await waiting;
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), 'utf8') };
}

// A reader of CSV that knows no more than RFC 4180.
function csvRows(whole) {
  const rows = [[]];
  let cell = '', quoted = false;
  for (let i = 0; i < whole.length; ++i) {
    const c = whole[i];
    if (quoted) { if (c === '"' && whole[i + 1] === '"') { cell += '"'; ++i; } else if (c === '"') quoted = false; else cell += c; continue; }
    if (c === '"') quoted = true;
    else if (c === ',') { rows.at(-1).push(cell); cell = ''; }
    else if (c === '\r') continue;
    else if (c === '\n') { rows.at(-1).push(cell); rows.push([]); cell = ''; }
    else cell += c;
  }
  return rows;
}

async function testSaving(page) {
  await test(`${page.name}: every figure is saved as a picture of its own`, async () => {
    const { tab, seen, close } = await open(page), figures = await tab.$$('figure');
    for (const figure of figures) {
      const id = await figure.getAttribute('id'), { name, text: picture } = await saved(tab, await figure.$('.save button:first-child'));
      expect(name.endsWith(`-${id}.svg`), name);
      const found = await tab.evaluate((source) => {
        const parsed = new DOMParser().parseFromString(source, 'image/svg+xml'), all = [...parsed.querySelectorAll('*')];
        return { error: parsed.querySelector('parsererror')?.textContent, odd: all.filter((node) => /^(script|style|image|foreignObject|a|use)$/i.test(node.tagName) || [...node.attributes].some((one) => /^on|href|^style$|^class$/.test(one.name) || /var\(/.test(one.value))).map((node) => node.outerHTML.slice(0, 80)), texts: parsed.querySelectorAll('text').length };
      }, picture);
      equal([found.error, found.odd.slice(0, 2)], [undefined, []], `${id}`);
      const shown = await figure.$$eval('.plot svg text', (list) => list.filter((node) => getComputedStyle(node).visibility === 'visible').length);
      expect(found.texts >= shown, `${id}: ${found.texts} texts for ${shown}`);
    }
    equal(seen.complaints, [], 'complaints');
    equal(seen.requests.filter((url) => !/^(file|blob):/.test(url)), [], 'requests');
    await close();
  });
  await test(`${page.name}: the tables of every figure are saved as they stand`, async () => {
    const { tab, seen, close } = await open(page);
    for (const figure of await tab.$$('figure')) {
      const id = await figure.getAttribute('id'), { text: csv } = await saved(tab, await figure.$('.save button:last-child')), rows = csvRows(csv.replace('\ufeff', ''));
      const cells = await figure.evaluate((node) => [...(node.querySelector('table.numbers') ? node : document.getElementById(node.getAttribute('aria-details'))).querySelectorAll('table.numbers tr')].map((row) => [...row.cells].map((cell) => cell.textContent.replace(/\u00a0/g, ' ').trim())));
      const all = rows.map((row) => row.map((cell) => cell.replace(/^'(?=[=@+-])/, '')).filter(Boolean).join('|'));
      for (const row of cells) expect(all.includes(row.filter(Boolean).join('|')), `${id}: no row ${row.join('|').slice(0, 100)}`);
      expect(csv.startsWith('\ufeff') && !/[^\r]\n[^"]*$/.test(csv.replace(/"[^"]*"/g, '')), `${id}: ends of lines`);
    }
    equal(seen.complaints, [], 'complaints');
    await close();
  });
}

export async function testAsking() {
  const page = pageOf('asked', 'run', `${root}scenarios/pyongyang-vladivostok-2019.yaml`, ...runs), whole = pageOf('asked-one-way', 'run', `${root}scenarios/press-20-hours.yaml`, ...runs);
  await testCutoff(page);
  await testMoment(whole);
  await testZoom(page);
  await testLink(page);
  await testSaving(page);
  await testSaving(pageOf('hostile-saved', 'run', hostileScenario(join(folder, 'hostile'), { name: 'saved', count: 30, km: 33, speed: 50 }), ...runs));
  await test('several places: one cut-off for all, each with its share, and together', async () => {
    const places = pageOf('asked-places', 'run', `${root}scenarios/destinations-2023.yaml`, ...runs), { arrivals } = documentOf(places).journeys[0], { tab, close } = await open(places), lines = (await text(tab, '#arrivals .said')).split('\n').filter(Boolean);
    const moments = arrivals.filter((list) => list.length);
    equal(lines.length, moments.length + 1, 'lines');
    const at = await tab.$eval('#arrivals .cut', (node) => +node.getAttribute('aria-valuenow') * 60e3), inside = moments.map((list) => list.filter((iso) => Date.parse(iso) <= at).length);
    equal(lines.map((line) => line.match(/(\d+) of (\d+)/).slice(1, 3).map(Number)), [...moments.map((list, i) => [inside[i], list.length]), [inside.reduce((a, b) => a + b), 50]], 'counts');
    await close();
  });
}
