// The page that answers: what it says is what the command line says; by keyboard, mouse and touch; without a request.
import { execFileSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { readFileSync, statSync } from 'node:fs';
import { documentOf, equal, expect, folder, open, output, pageWith, root, test, written } from './harness.mjs';
import { hostileScenario } from './hostile.mjs';

const runs = 600, scenario = `${root}scenarios/pyongyang-vladivostok-2019.yaml`, phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
function interactive(name, file, ...words) {
  const page = { name, file: join(folder, `${name}.html`) };
  output('run', file, '--runs', String(runs), '--quiet', '--report', page.file, '--interactive', ...words);
  return page;
}
// A page whose engine has answered with so many runs.
const answered = (tab, stage = runs) => tab.waitForFunction((wanted) => document.documentElement.dataset.answered === String(wanted), stage, { timeout: 60e3 });
async function opened(page, options = {}) {
  const all = await open(page, options);
  await answered(all.tab, options.stage);
  return all;
}
const jsonOf = (...words) => JSON.parse(output('run', scenario, '--runs', String(runs), '--quiet', '--format', 'json', ...words));
const text = (tab, selector) => tab.$eval(selector, (node) => node.innerText.replaceAll('\u00a0', ' '));
const hashOf = async (tab) => { await tab.waitForTimeout(350); return decodeURIComponent(new URL(tab.url()).hash); };

// The first event at each place, as rows of the table are: middle, and the window's two ends.
function rowsOf({ timing_points: points }) {
  const rows = [];
  for (const point of points) if (rows.at(-1)?.station !== point.station) rows.push({ station: point.station, time: point.time });
  return rows.map(({ time }) => [written(time.p50), written(time.p5), written(time.p95)]);
}
const shownRows = (tab) => tab.$$eval('.what-if-windows tbody tr', (rows) => rows.map((row) => [row.querySelector('.p50').textContent, ...row.querySelector('.window').textContent.split(' \u2013 ')]));
function expectRows(found, wanted) {
  equal(found.length, wanted.length, 'rows');
  found.forEach(([middle, low, high], i) => {
    if (wanted[i][1] === wanted[i][2]) return equal([middle, low], [wanted[i][0], 'always then'], `row ${i}`);
    equal([middle, low], wanted[i].slice(0, 2), `row ${i}`);
    return expect(wanted[i][2].endsWith(high), `row ${i}: ends ${high} for ${wanted[i][2]}`);
  });
}
const saved = async (tab) => { const [file] = await Promise.all([tab.waitForEvent('download'), tab.click('#if-save')]); return readFileSync(await file.path(), 'utf8'); };

async function testAnswers(page) {
  await test('interactive: a changed departure gives what run --set gives, to the byte, and the address holds it', async () => {
    const { tab, seen, close } = await opened(page, { acceptDownloads: true });
    await tab.fill('#if-depart', '2019-04-23T21:00');
    await tab.fill('#if-depart-until', '2019-04-23T23:30');
    await answered(tab);
    const set = 'journey.depart={between: ["2019-04-23 21:00", "2019-04-23 23:30"]}';
    expectRows(await shownRows(tab), rowsOf(jsonOf('--set', set)));
    equal(await saved(tab), output('run', scenario, '--runs', String(runs), '--quiet', '--format', 'json', '--set', set), 'the saved answer');
    expect((await hashOf(tab)).includes('if-depart=2019-04-23T21:00,2019-04-23T23:30'), `address ${await hashOf(tab)}`);
    const words = (await text(tab, '.outcome-said')).split('\n')[0];
    expect(/Vladivostok: about .* (later|earlier) ± .*Before: about/.test(words), words);
    equal(seen.complaints, [], 'complaints');
    expect(seen.requests.every((one) => /^(file|blob):/.test(one)), `requests ${seen.requests}`);
    equal(seen.requests.filter((one) => one.startsWith('file:')).length, 1, 'requests of files');
    await close();
  });
  await test('interactive: the difference is that of compare on the same draws', async () => {
    const { tab, close } = await opened(page, { hash: '#if-stay-0=180' });
    const compared = JSON.parse(output('compare', scenario, '--runs', String(runs), '--quiet', '--format', 'json', '--sweep', 'journey.calls[0].dwell=180 min'));
    const { against_base: by } = compared.variants.at(-1), minutes = Math.round(by.shift_seconds.p50 / 60);
    const shown = await tab.$eval('.what-if-windows tr.end .by', (node) => node.textContent.replaceAll('\u00a0', ' '));
    const [, hours, rest] = shown.match(/(?:(\d+) h )?(\d+) min later/) ?? [];
    expect(Math.abs(60 * (hours ?? 0) + +rest - minutes) <= 1, `${shown} for ${minutes} min`);
    await close();
  });
  await test('interactive: a link brings all changes back, and the reset takes them away', async () => {
    const hash = '#if-depart=2019-04-23T20:00&if-stay-0=120&if-pace-KP=0.9&if-cars=24&if-regauging=khasan&if-disruptions=off&if-receptions=off&by=2019-04-25T12:00%2B10:00';
    const { tab, seen, close } = await opened(page, { hash });
    const sets = ['journey.depart=2019-04-23 20:00', 'journey.calls[0].dwell=120 min', 'journey.reception=false', 'journey.calls[0].reception=false', 'journey.regauging=khasan', 'edits.train.cars=24', 'edits.practice.KP.pace.median=0.9', 'disruptions=off'];
    expectRows(await shownRows(tab), rowsOf(jsonOf(...sets.flatMap((set) => ['--set', set]))));
    await tab.click('#if-command');
    const command = await tab.$eval('#if-copy', (node) => node.value);
    for (const set of sets) expect(command.includes(set), `${set} is not in ${command}`);
    // What the command says, a shell understands.
    const again = execFileSync('/bin/sh', ['-c', command.replace(/^railwindow/, '"$TOOL"').replace('pyongyang-vladivostok-2019.yaml', `'${scenario}'`) + ' --format json --quiet'], { encoding: 'utf8', maxBuffer: 1e9, env: { ...process.env, TOOL: process.argv[2] } });
    expectRows(await shownRows(tab), rowsOf(JSON.parse(again)));
    await tab.click('#if-reset');
    await answered(tab, Math.min(runs, 4096));
    expectRows(await shownRows(tab), rowsOf(jsonOf()));
    expect(!(await hashOf(tab)).includes('if-') && (await hashOf(tab)).includes('by='), `address ${await hashOf(tab)}`);
    equal(seen.complaints, [], 'complaints');
    await close();
  });
  await test('interactive: the copied scenario gives the same answer as a file', async () => {
    const { tab, close } = await opened(page, { hash: '#if-depart=2019-04-23T20:00&if-cars=22' });
    await tab.click('#if-scenario');
    await tab.waitForFunction(() => document.getElementById('if-copy').value.includes('schema:'));
    const file = `${root}scenarios/what-if-of-a-test-${process.pid}.yaml`, { writeFileSync, unlinkSync } = await import('node:fs');
    writeFileSync(file, await tab.$eval('#if-copy', (node) => node.value));
    try {
      const own = JSON.parse(output('run', file, '--runs', String(runs), '--quiet', '--format', 'json')), changed = jsonOf('--set', 'journey.depart=2019-04-23 20:00', '--set', 'edits.train.cars=22');
      equal(own.timing_points, changed.timing_points, 'windows');
    } finally { unlinkSync(file); }
    await close();
  });
}

async function testSightings(page) {
  await test('interactive: a place is clicked, a sighting added, and the windows are those of infer', async () => {
    const { tab, seen, close } = await opened(page, { hash: '#if-receptions=off' });
    await tab.click('tr[data-station="khasan"] button.place');
    await tab.selectOption('#seen-event', 'arrive');
    await tab.fill('#seen-from', '2019-04-24T20:00');
    await tab.fill('#seen-until', '2019-04-25T06:00');
    await tab.click('.seen-form button[type=submit]');
    await answered(tab, 4096);
    const sets = ['--set', 'journey.reception=false', '--set', 'journey.calls[0].reception=false'];
    const inferred = JSON.parse(output('infer', scenario, '--runs', '4096', '--quiet', '--format', 'json', ...sets, '--seen', 'khasan arrive 2019-04-24 20:00..2019-04-25 06:00'));
    expectRows(await shownRows(tab), rowsOf({ timing_points: inferred.timing_points.map((point) => ({ ...point, time: point.after.time })) }));
    expect((await hashOf(tab)).includes('if-seen=khasan~1~arrive~2019-04-24T20:00~2019-04-25T06:00'), await hashOf(tab));
    await tab.click('#if-command');
    expect((await tab.$eval('#if-copy', (node) => node.value)).startsWith('railwindow infer '), 'the command is infer');
    await tab.click('.seen-list button');
    await answered(tab);
    equal(await tab.$$eval('.seen-list li', (list) => list.length), 0, 'sightings');
    equal(seen.complaints, [], 'complaints');
    await close();
  });
  await test('interactive: what fits no journey is said, and nothing hangs', async () => {
    const { tab, seen, close } = await open(page, { hash: '#if-seen=khasan~1~arrive~2019-04-23T10:00~2019-04-23T11:00' });
    await tab.waitForSelector('.complaint', { timeout: 60e3 });
    expect((await text(tab, '.complaint')).length > 30, 'no reason');
    await tab.click('#if-reset');
    await answered(tab);
    equal(seen.complaints, [], 'complaints');
    await close();
  });
}

async function testHands(page) {
  await test('interactive: by keyboard alone: slider, choice, switch, sighting and back', async () => {
    const { tab, seen, close } = await opened(page);
    await tab.focus('#if-cars');
    for (let i = 0; i < 4; ++i) await tab.keyboard.press('ArrowRight');
    await answered(tab);
    const cars = await tab.$eval('#if-cars', (node) => node.value);
    expect((await hashOf(tab)).includes(`if-cars=${cars}`), 'cars');
    await tab.focus('#if-disruptions');
    await tab.keyboard.press('Space');
    expect((await hashOf(tab)).includes('if-disruptions='), 'disruptions');
    await tab.focus('tr[data-station="khasan"] button.place');
    await tab.keyboard.press('Enter');
    equal(await tab.evaluate(() => document.activeElement.id), 'seen-event', 'focus');
    await tab.keyboard.press('Escape');
    equal(await tab.evaluate(() => document.activeElement.closest('tr')?.dataset.station), 'khasan', 'focus afterwards');
    equal(seen.complaints, [], 'complaints');
    await close();
  });
  await test('interactive: by touch on a telephone, at 390 and at 320 px, and nothing hangs over', async () => {
    for (const width of [390, 320]) {
      const { tab, seen, close } = await opened(page, { ...phone, viewport: { width, height: 800 } });
      const slider = await tab.$('#if-stay-0');
      await slider.evaluate((node) => node.scrollIntoView({ block: 'center' }));
      const box = await slider.boundingBox();
      await tab.touchscreen.tap(box.x + box.width * 0.9, box.y + box.height / 2);
      await answered(tab);
      expect((await hashOf(tab)).includes('if-stay-0='), 'the slider did not move');
      equal(await tab.evaluate(() => document.documentElement.scrollWidth), width, 'width of the page');
      equal(seen.complaints, [], 'complaints');
      await close();
    }
  });
  await test('interactive: dark, with reduced motion and in forced colours it answers as well', async () => {
    const { tab, seen, close } = await opened(page, { colorScheme: 'dark', reducedMotion: 'reduce', forcedColors: 'active' });
    await tab.check('#if-disruptions').catch(() => {});
    await tab.selectOption('#if-regauging', 'prepared');
    await answered(tab);
    equal(await tab.evaluate(() => document.getAnimations().length), 0, 'moving parts');
    equal(seen.complaints, [], 'complaints');
    await close();
  });
  await test('interactive: an answer is stopped, and the next one goes on', async () => {
    const document = documentOf(page);
    document.interactive.runs = 200000;
    const { tab, close } = await opened(pageWith(page, 'long', document), { hash: '#if-cars=25', stage: 4096 });
    await tab.waitForFunction(() => !document.getElementById('if-stop').disabled);
    await tab.click('#if-stop');
    expect((await text(tab, '.state')) === 'Stopped', await text(tab, '.state'));
    await tab.waitForTimeout(400);
    expect((await text(tab, '.state')) === 'Stopped', 'it goes on');
    await tab.focus('#if-cars');
    await tab.keyboard.press('ArrowRight');
    await answered(tab, 4096);
    await close();
  });
}

async function testOthers() {
  await test('interactive: the page of every kind of scenario opens and answers', async () => {
    for (const name of ['destinations-2023', 'convoy-2023', 'khasan-2019-origins', 'pyongyang-moscow', 'khasan-line-shared']) {
      const page = interactive(name, `${root}scenarios/${name}.yaml`), { tab, seen, close } = await opened(page, { stage: Math.min(runs, 4096) });
      expect(statSync(page.file).size < 2.3e6, `${name}: ${statSync(page.file).size} bytes`);
      const control = documentOf(page).interactive.controls.find((one) => one.kind === 'number');
      await tab.focus(`#if-${control.id}`);
      await tab.keyboard.press('PageUp');
      await answered(tab);
      equal(seen.complaints, [], `${name}: complaints`);
      await close();
    }
  });
  await test('interactive: names that look like markup stay names', async () => {
    const file = hostileScenario(join(folder, 'answering'), { count: 12, km: 30, speed: 60, name: 'answering', open: true });
    const { tab, seen, close } = await opened(interactive('answering', file), { stage: Math.min(runs, 4096) });
    await tab.click('.what-if-windows button.place');
    equal(seen.complaints, [], 'complaints');
    await close();
  });
}

export async function testInteractivePages() {
  const page = interactive(`interactive-${basename(scenario, '.yaml')}`, scenario);
  await testAnswers(page);
  await testSightings(page);
  await testHands(page);
  await testOthers();
}
