// How a page was made: it says so, and what it says makes it again, byte for byte.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { browser, documentOf, equal, expect, folder, open, output, pageOf, root, test } from './harness.mjs';
import { hostileScenario } from './hostile.mjs';

const tool = process.argv[2];
const bytes = (file) => readFileSync(file).toString('latin1');

// Runs the command that the page shows, where the scenario lies.
function again(command, where, file) {
  mkdirSync(dirname(file), { recursive: true });
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  try { execFileSync('ln', ['-sf', tool.startsWith('/') ? tool : join(process.cwd(), tool), join(bin, 'railwindow')]); } catch { /* it is there */ }
  execFileSync('bash', ['-c', `${command} --report "$1" >/dev/null`, 'bash', file], { cwd: where, env: { ...process.env, PATH: `${bin}:${process.env.PATH}` }, maxBuffer: 1e9 });
}

const cases = [
  ['made-run', 'scenarios', ['run', 'pyongyang-vladivostok-2019.yaml', '--runs', '300', '--seed', '7', '--set', "traffic=off", '--quantiles', '0.1,0.5,0.9', '--units', 'imperial', '--threads', '2', '--quiet'], ['--threads', '--quiet']],
  ['made-compare', 'scenarios', ['compare', 'wheels-at-tumangang.yaml', '--runs', '300', '--quiet'], ['--quiet']],
  ['made-explain', 'scenarios', ['explain', 'pyongyang-vladivostok-2019.yaml', '--pairs', '64', '--quiet'], ['--quiet']],
  ['made-infer', 'scenarios', ['infer', 'seen-2023.yaml', '--runs', '2048', '--quiet'], ['--quiet']],
  ['made-routes', 'scenarios', ['routes', 'corridors-to-vladivostok.yaml', '--format', 'json'], ['--format', 'json']],
  ['made-reach', 'scenarios', ['reach', 'destinations-2023.yaml', '--within', '20 h', '--runs', '200', '--quiet'], ['--quiet']],
  ['made-depart-by', 'scenarios', ['depart-by', 'pyongyang-vladivostok-2023.yaml', '--arrive-by', '2023-09-12 23:59', '--runs', '200', '--quiet'], ['--quiet']],
  ['made-profile', 'scenarios', ['profile', 'pyongyang-vladivostok-2019.yaml', '--format', 'json'], ['--format']],
];

export async function testMade() {
  for (const [name, where, args, without] of cases) await test(`${name}: the page names its version, its command and its question, which make it again to the byte`, async () => {
    const page = pageOf(name, ...args.map((one) => (one.endsWith('.yaml') ? `${root}${where}/${one}` : one))), { made, version } = documentOf(page);
    expect(output('--version').includes(version), `version ${version}`);
    expect(!made.command.includes(root) && !made.command.includes('/'), `a folder in: ${made.command}`);
    for (const option of without) expect(!made.command.includes(option), `${option} is in: ${made.command}`);
    expect(/ --seed \d+/.test(made.command) || name === 'made-routes', `no seed in: ${made.command}`);
    const file = join(folder, 'again', `${name}.html`);
    again(made.command, `${root}${where}`, file);
    expect(bytes(file) === bytes(page.file), `another page from: ${made.command}`);
    const [{ file: scenario, text }] = made.scenarios;
    equal(text, readFileSync(`${root}${where}/${scenario}`, 'utf8'), 'the text of the scenario');
    const { tab, close } = await open(page), shown = await tab.$eval('#made', (node) => node.textContent);
    for (const part of [`railwindow ${version}`, made.command, scenario, text]) expect(shown.includes(part), `not shown: ${part.slice(0, 60)}`);
    equal(await tab.$$eval('#made details[open]', (list) => list.length), 0, 'unfolded');
    equal(await tab.$$eval('main > *', (list) => list.slice(-2).map((node) => node.id || node.tagName)), ['made', 'FOOTER'], 'the end of the page');
    await close();
  });
  await test('made: values that a shell would read otherwise are quoted, and markup stays text', async () => {
    const file = hostileScenario(join(folder, 'made-hostile'), { name: 'it is $HOME', count: 6, km: 33, speed: 50 }), page = pageOf('made-hostile', 'run', file, '--runs', '200', '--quiet', '--set', "notes=[\"it's </script> $(date) `x`\"]");
    const { command, scenarios } = documentOf(page).made;
    again(command, dirname(file), join(folder, 'again', 'made-hostile.html'));
    expect(bytes(join(folder, 'again', 'made-hostile.html')) === bytes(page.file), `another page from: ${command}`);
    const { tab, seen, close } = await open(page);
    equal(await tab.$eval('#made details code', (node) => node.textContent), scenarios[0].text, 'text of the scenario');
    equal([seen.complaints, await tab.$$eval('#made script, #made img', (list) => list.length)], [[], 0], 'markup');
    await close();
  });
  await test('made: parts that are merged make the page of one process, to the byte', async () => {
    const args = ['run', `${root}scenarios/press-20-hours.yaml`, '--runs', '300', '--quiet'], page = pageOf('made-whole', ...args), part = (k) => join(folder, `part-${k}.rwpart`);
    for (const k of [1, 2]) output(...args, '--part', `${k}/2`, '--with-page', '--output', part(k), '--force');
    output('merge', part(2), part(1), '--quiet', '--report', join(folder, 'made-merged.html'), '--force');
    expect(bytes(join(folder, 'made-merged.html')) === bytes(page.file), 'another page');
  });
  await testEmbedding();
}

async function testEmbedding() {
  const page = pageOf('embedded', 'run', `${root}scenarios/press-20-hours.yaml`, '--runs', '200', '--quiet');
  await test('embedding: by keyboard there is an element to copy, and in another page it shows this one, as it was asked', async () => {
    const { tab, seen, close } = await open(page, { hash: '#by=2023-09-12T09:00%2B10:00' });
    await tab.focus('#embed summary');
    await tab.keyboard.press('Enter');
    await tab.waitForFunction(() => document.querySelector('#embed-code').value);
    const code = await tab.inputValue('#embed-code');
    expect(/^<iframe src="embedded\.html#by=[^"]*" title="[^"]+" width="100%" height="\d+" loading="lazy"><\/iframe>$/.test(code), code);
    await tab.click('#embed button');
    await tab.waitForFunction(() => document.querySelector('#embed [role=status]').textContent);
    equal(seen.complaints, [], 'complaints');
    const outer = join(folder, 'outer.html'), context = await browser.newContext({ viewport: { width: 800, height: 900 } }), around = await context.newPage();
    writeFileSync(outer, `<!DOCTYPE html><title>Outer</title>${code}`);
    await around.goto(`file://${outer}`);
    const inner = await (await around.waitForSelector('iframe')).contentFrame();
    await inner.waitForSelector('main svg.chart');
    equal(await inner.inputValue('#by'), await tab.inputValue('#by'), 'what is asked');
    await context.close();
    await close();
  });
}
