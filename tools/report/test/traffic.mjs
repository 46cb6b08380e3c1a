// Ordinary trains on the page of `run`.
import { cells, clock, documentOf, equal, expect, open, output, pageOf, root, test, testPage, written } from './harness.mjs';

const options = [`${root}scenarios/khasan-line-shared.yaml`, '--runs', '400', '--quiet', '--set', 'traffic.rank=equal'];

export async function testTraffic() {
  const page = pageOf('shared-line', 'run', ...options), json = JSON.parse(output('run', ...options, '--format', 'json')).traffic[0];
  const ordinary = json.median_run.filter((train) => !train.special), arrival = documentOf(page).journeys[0].traffic;
  await testPage(page, { folded: 'table.traffic-trains' });
  await test('shared-line: the table of ordinary trains is that of the JSON', async () => {
    const { tab, close } = await open(page), rows = await cells(tab, 'table.traffic-trains'), ends = (train) => [train.points[0], train.points.at(-1)];
    const place = ([km]) => (km === 0 ? 'Khasan' : 'Baranovsky');
    const wanted = ordinary.map((train) => { const [from, to] = ends(train); return [train.train, json.name, place(from), written(from[1]), place(to), written(to[1]), clock(train.delay_seconds)]; });
    expect(wanted.length >= 3, 'there are ordinary trains');
    equal([...rows].sort(), wanted.sort(), 'rows');
    const [[name, trains, delayed, caused]] = await cells(tab, 'table.traffic-means');
    equal([name, trains, delayed, caused], [json.name, json.trains.toFixed(1), clock(json.mean_delay_seconds), clock(json.mean_caused_seconds)], 'means');
    await close();
  });
  await test('shared-line: trains lie where their times and kilometres are, and a wait is drawn where one is', async () => {
    const { tab, close } = await open(page), begins = Date.parse(arrival.begins);
    const [course] = arrival.courses, end = course.reduce((sum, value, i) => (i % 2 ? sum + value : sum), 0);
    const paths = async (selector) => (await tab.$$eval(selector, (nodes) => nodes.map((node) => node.getAttribute('d')))).join('').split('M').filter(Boolean);
    const drawn = await paths('#string-line .traffic .course:not(.stands)');
    equal(drawn.length, 1, 'courses');
    const last = drawn[0].split('L').at(-1).split(',').map(Number), first = drawn[0].split('L')[0].split(',').map(Number);
    const band = await tab.$$eval('#string-line .line .median', ([node]) => node.getAttribute('d')), points = band.slice(1).split('L').map((point) => point.split(',').map(Number));
    const windows = documentOf(page).journeys[0].estimate.timing_points.map((point) => Date.parse(point.time.p50)), perSecond = (points.at(-1)[0] - points[0][0]) / (windows.at(-1) - windows[0]);
    expect(Math.abs(first[0] - points[0][0] - (begins - windows[0]) * perSecond) < 1, 'departure of the course');
    expect(Math.abs(last[0] - points.at(-1)[0] - (begins + 1000 * end - windows.at(-1)) * perSecond) < 1, 'arrival of the course');
    equal([first[1], last[1]].map(Math.round), [points[0][1], points.at(-1)[1]].map(Math.round), 'ends of the way');
    expect((await paths('#string-line .traffic .ordinary:not(.stands)')).length > 3, 'ordinary trains');
    expect((await paths('#string-line .traffic .ordinary.stands')).length > 0, 'waits');
    expect((await paths('#string-line .loops')).length > 10, 'places to meet');
    await close();
  });
  await test('shared-line: the ordinary trains can be taken away', async () => {
    const { tab, close } = await open(page), box = await tab.$('.traffic-legend input');
    await box.click();
    equal((await tab.$$('#string-line .traffic')).length, 0, 'traffic');
    await box.click();
    equal((await tab.$$('#string-line .traffic')).length, 1, 'traffic');
    await close();
  });
  await test('shared-line: a page without ordinary trains says nothing of them', async () => {
    const { tab, close } = await open(pageOf('closed-line', 'run', ...options.slice(0, 4), '--set', 'traffic=off'));
    equal((await tab.$$('.traffic, .traffic-legend, table.traffic-trains')).length, 0, 'traffic');
    await close();
  });
}
