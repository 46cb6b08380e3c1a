// What a page says without its script: to readers who allow none, to programs, to who shares it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { browser, documentOf, equal, expect, folder, open, output, pageOf, root, test } from './harness.mjs';
import { hostileNames, hostileScenario } from './hostile.mjs';

const few = ['--runs', '400', '--quiet'];

async function openPlain(page, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, javaScriptEnabled: false, ...options }), tab = await context.newPage(), complaints = [];
  tab.on('console', (message) => complaints.push(message.text()));
  tab.on('dialog', (dialog) => { complaints.push(dialog.message()); dialog.dismiss(); });
  await tab.goto(`file://${page.file}`);
  return { tab, complaints, close: () => context.close() };
}

// What the engine wrote, as it stands in the file.
function contentOf({ file }) {
  const text = readFileSync(file, 'utf8'), begin = text.indexOf('<main id="page"');
  return { head: text.slice(0, begin), content: text.slice(begin, text.indexOf('</main>', begin) + 7) };
}

// Independent of any parser, which would mend: every element that begins ends, in order, and no attribute is without quotes.
function unbalanced(html) {
  const open = [];
  for (const [tag, closing, name, attributes, self] of html.matchAll(/<(\/?)([a-zA-Z][\w-]*)((?:\s+[\w:-]+(?:="[^"<>]*")?)*)\s*(\/?)>|<[^>]{0,40}/g)) {
    if (!name) return `no tag: ${tag}`;
    if (self || ['meta', 'br', 'input', 'link'].includes(name)) continue;
    if (!closing) open.push(name);
    else if (open.pop() !== name) return `${tag} ends nothing`;
    void attributes;
  }
  return open.length ? `never ended: ${open}` : '';
}
const bare = (html) => (html.match(/&(?!(?:amp|lt|gt|quot|rarr);)/) ?? [''])[0];

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'], two = (n) => String(n).padStart(2, '0');
// `Tue 12 20:58` of a local time, by its nearest minute.
function short(iso) {
  const [, year, month, day, hour, minute, second] = iso.match(/(\d+)-(\d+)-(\d+)T(\d+):(\d+):(\d+)/).map(Number), at = new Date(Date.UTC(year, month - 1, day, hour, minute + (second >= 30 ? 1 : 0)));
  return `${weekdays[at.getUTCDay()]} ${at.getUTCDate()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

async function testEvery(page, { says, map = true, largest = 45e3 }) {
  await test(`${page.name}: without a script there is a title, what it says${map ? ', a map' : ''} and a word of why`, async () => {
    const { tab, complaints, close } = await openPlain(page), text = await tab.$eval('main', (node) => node.innerText);
    for (const word of says) expect(text.includes(word), `${word} is not in: ${text.slice(0, 400)}`);
    equal(await tab.$$eval('h1', (list) => list.length), 1, 'h1');
    expect(text.includes('without its script'), 'no word of the script');
    equal((await tab.$$('svg.map .route')).length, map ? 1 : 0, 'maps');
    if (map) expect(await tab.$eval('svg.map .route', (node) => node.getTotalLength() > 60 && node.getAttribute('d').startsWith('M')), 'no way on the map');
    equal(complaints, [], 'complaints');
    await close();
  });
  await test(`${page.name}: what the engine writes is small, well formed and escaped`, async () => {
    const { head, content } = contentOf(page);
    expect(content.length > 500 && content.length < largest, `${content.length} bytes`);
    equal([unbalanced(content), bare(content)], ['', ''], 'content');
    equal(bare(head.slice(head.indexOf('<title>'), head.indexOf('<style>'))), '', 'head');
  });
  await test(`${page.name}: a telephone of 360 px shows it without hanging over`, async () => {
    const { tab, close } = await openPlain(page, { viewport: { width: 360, height: 760 } });
    equal(await tab.evaluate(() => document.documentElement.scrollWidth).catch(() => 360), 360, 'width');
    const wide = await tab.$$eval('main > *', (list) => list.map((node) => [node.tagName, node.getBoundingClientRect().right]).filter(([, right]) => right > 361));
    equal(wide, [], 'wider than the screen');
    await close();
  });
  await test(`${page.name}: title and description are there for who shares it, and the script takes the rest away`, async () => {
    const { tab, close } = await openPlain(page), of = (selector) => tab.$eval(selector, (node) => node.content), description = await of('meta[name=description]');
    equal([await of('meta[property="og:title"]'), await of('meta[property="og:description"]'), await of('meta[property="og:type"]')], [await tab.title(), description, 'article'], 'for sharing');
    expect(description.length > 60 && description.length <= 300 && !/\n/.test(description), `description: ${description}`);
    await close();
    const drawn = await open(page);
    equal(await drawn.tab.$$eval('.plain, main > pre', (list) => list.length), 0, 'left of the plain page');
    await drawn.close();
  });
}

async function testRun(page, scenario) {
  await test(`${page.name}: without a script the answer and every window are those of the JSON`, async () => {
    const { tab, close } = await openPlain(page), json = JSON.parse(output('run', scenario, ...few, '--format', 'json')), points = json.timing_points.filter((point) => point.train === json.timing_points[0].train && point.time.p50);
    const rows = await tab.$$eval('table.windows', ([table]) => [...table.tBodies[0].rows].map((row) => [...row.cells].map((cell) => cell.textContent)));
    equal(rows.map((row) => [row[0], ...row.slice(2, 6)]), points.map((point) => [point.name, point.distance_km.toFixed(1), ...['p5', 'p50', 'p95'].map((name) => short(point.time[name]))]), 'rows');
    equal(rows.map((row) => row.at(-1)), points.map((point) => `UTC${point.time.p50.slice(-6)}`), 'clocks');
    const answers = await tab.$$eval('.answer', (list) => list.map((node) => node.textContent)), printed = output('run', scenario, ...few).replace(/\s+/g, ' ');
    equal(answers.length, json.destinations.length, 'answers');
    for (const answer of answers) expect(printed.includes(answer), `not what the terminal prints: ${answer}`);
    expect((await tab.$eval('meta[name=description]', (node) => node.content)).includes(answers[0].slice(0, 60)), 'the description has no answer');
    await close();
  });
}

export async function testPlainPages() {
  const vostochny = `${root}scenarios/pyongyang-vostochny-2023.yaml`, page = pageOf('plain-run', 'run', vostochny, ...few), several = pageOf('plain-destinations', 'run', `${root}scenarios/destinations-2023.yaml`, ...few);
  await testEvery(page, { says: ['Pyongyang', 'Vostochny Cosmodrome railhead: about', 'Khabarovsk-1', '1 in 20 earlier'] });
  await testRun(page, vostochny);
  await testEvery(several, { says: ['Vladivostok', 'Moscow Yaroslavsky', 'Runs that come there'] });
  await testRun(several, `${root}scenarios/destinations-2023.yaml`);
  await testEvery(pageOf('plain-compare', 'compare', `${root}scenarios/corridors-to-vladivostok.yaml`, ...few), { says: ['WHAT IF', 'Vladivostok'] });
  await testEvery(pageOf('plain-routes', 'routes', `${root}scenarios/corridors-to-vladivostok.yaml`), { says: ['WAYS', 'Vladivostok'] });
  await testEvery(pageOf('plain-infer', 'infer', `${root}scenarios/seen-2023.yaml`, '--runs', '4096', '--quiet'), { says: ['GIVEN WHAT WAS SEEN', 'Vladivostok'] });
  await testEvery(pageOf('plain-explain', 'explain', vostochny, '--pairs', '128', '--quiet'), { says: ['WHAT DRIVES THE WINDOW'] });
  await testEvery(pageOf('plain-backtest', 'backtest', `${root}scenarios/history/2023-09-pyongyang-vostochny.yaml`, '--runs', '400', '--quiet'), { says: ['Forecasts and recorded journeys'], map: false });
  await testEvery(pageOf('plain-reach', 'reach', `${root}scenarios/destinations-2023.yaml`, '--time', '2023-09-13 12:00', ...few), { says: ['WHERE A TRAIN CAN BE', 'Svobodny'], map: false });
  await testEvery(pageOf('plain-depart-by', 'depart-by', `${root}scenarios/pyongyang-vladivostok-2023.yaml`, '--arrive-by', '2023-09-12 23:59', ...few), { says: ['WHEN IT MUST LEAVE', 'Pyongyang: leave by'] });
  await testEvery(pageOf('plain-profile', 'profile', `${root}scenarios/pyongyang-vladivostok-2019.yaml`), { says: ['ONE RUN ALONG THE LINE', 'km/h'] });
  const file = hostileScenario(join(folder, 'plain-hostile'), { name: 'plain-hostile', count: 30, km: 33, speed: 50 }), hostile = pageOf('plain-hostile', 'run', file, ...few);
  await testEvery(hostile, { says: ['When? </script><script>alert(3)</script> & "quotes"', hostileNames[0]] });
  await test('plain-hostile: no name becomes an element, none is lost', async () => {
    const { tab, close } = await openPlain(hostile), names = await tab.$$eval('table.windows tbody th', (list) => list.map((node) => node.textContent));
    const known = documentOf(hostile).stations.map((station) => station.name);
    expect(names.length > 1 && names.every((name) => known.includes(name)), `names ${names}`);
    equal(await tab.$$eval('main script, main img', (list) => list.length), 0, 'elements of names');
    expect((await tab.title()).length > 0, 'title');
    await close();
  });
}
