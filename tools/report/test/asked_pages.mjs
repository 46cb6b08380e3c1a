// The pages of `reach`, `depart-by` and `profile`.
import { boxes, cells, clock, documentOf, equal, expect, expectApart, open, output, pageOf, root, sameShare, test, testHandling, testPage, testTouch, written } from './harness.mjs';

const few = ['--runs', '400', '--quiet'];

// A share with its error as a table has it: `88.8 % ± 1.6 points`.
function expectShare(text, { value, error }, what) {
  expect(sameShare(text, value), `${what}: ${text} for ${value}`);
  expect(Math.abs(+text.match(/([\d.]+)\u00a0points/)[1] / 100 - error) < 0.0006, `${what}: ${text} for an error of ${error}`);
}

async function testReach() {
  const args = ['reach', `${root}scenarios/destinations-2023.yaml`, '--time', '2023-09-13 12:00', ...few], page = pageOf('reach', ...args), json = JSON.parse(output(...args, '--format', 'json'));
  await testPage(page, { folded: 'table.reached' });
  await testHandling(page, { folded: 'table.reached', walked: { map: 'there', edge: 'there' } });
  const stations = [...json.stations].sort((a, b) => a.distance_km - b.distance_km), drawn = stations.filter((one) => one.in_time.value >= 0.005);
  await test('reach: the table has every station with its share and error, as the JSON', async () => {
    const { tab, close } = await open(page), rows = await cells(tab, 'table.reached');
    equal(rows.map((row) => row.slice(0, 3)), stations.map((one) => [one.name, one.distance_km.toFixed(1), one.country]), 'stations');
    rows.forEach((row, i) => {
      expectShare(row[3], stations[i].in_time, stations[i].name);
      if (stations[i].overall) expect(sameShare(row[4], stations[i].overall.value), `own journey ${row[4]} for ${stations[i].overall.value}`);
      equal([row[5], row[7]], [written(stations[i].time.p50), clock(stations[i].elapsed_seconds.p50)], `middle run at ${stations[i].name}`);
    });
    const where = await cells(tab, 'table.whereabouts');
    equal(where.length, json.whereabouts.length, 'rows of whereabouts');
    [...json.whereabouts].sort((a, b) => b.share.value - a.share.value).forEach((one, i) => expectShare(where[i][1], one.share, where[i][0]));
    await close();
  });
  await test('reach: the answer counts stations, and names the farthest', async () => {
    const { tab, close } = await open(page), said = (await tab.$$eval('.answer', (list) => list.map((node) => node.textContent))).join(' '), sure = stations.filter((one) => one.in_time.value >= 0.95), likely = stations.filter((one) => one.in_time.value >= 0.5);
    expect(sure.length > 3 && likely.length > sure.length, 'the scenario has no such stations');
    for (const part of [`${sure.length} of ${stations.length + json.unreachable.length} stations`, sure.at(-1).name, String(likely.length), likely.at(-1).name]) expect(said.includes(part), `${part} is not in: ${said}`);
    await close();
  });
  await test('reach: each station is a dot of its class on the map, and as high as its share in the figure', async () => {
    const { tab, close } = await open(page), classOf = (share) => [0.95, 0.75, 0.5, 0.25, 0.05, 0].findIndex((least) => share >= least);
    for (let i = 0; i < 6; ++i) equal(await tab.$$eval(`#map circle.reach-${i}`, (list) => list.length), drawn.filter((one) => classOf(one.in_time.value) === i).length, `dots of class ${i}`);
    const dots = (await boxes(tab, '#edge circle[class^=reach-]')).sort((a, b) => a.left - b.left), middle = (box) => (box.top + box.bottom) / 2, byDistance = drawn.map((one) => one.in_time.value);
    const high = Math.min(...dots.map(middle)), low = Math.max(...dots.map(middle)), most = Math.max(...byDistance), least = Math.min(...byDistance);
    dots.forEach((dot, i) => expect(Math.abs((low - middle(dot)) / (low - high) - (byDistance[i] - least) / (most - least)) < 0.02 || byDistance.some((share, k) => Math.abs(drawn[k].distance_km - drawn[i].distance_km) < 8 && Math.abs((low - middle(dot)) / (low - high) - (share - least) / (most - least)) < 0.02), `${drawn[i].name} lies at ${middle(dot)}`));
    const labels = await boxes(tab, '#edge text.place');
    expectApart(labels, labels, 'names');
    await close();
  });
  await test('reach: a duration instead of a time, and nothing that can be reached', async () => {
    for (const [name, within] of [['reach-24', '24 h'], ['reach-none', '1 min']]) {
      const { tab, seen, close } = await open(pageOf(name, 'reach', `${root}scenarios/destinations-2023.yaml`, '--within', within, ...few));
      equal(seen.complaints, [], `complaints for ${within}`);
      expect((await tab.$eval('.answer', (node) => node.textContent)).includes('after its departure'), 'the answer');
      await close();
    }
  });
  await testTouch(page, '#edge circle[class^=reach-]', '#edge .tip');
}

async function testDeparture() {
  const args = ['depart-by', `${root}scenarios/pyongyang-vladivostok-2023.yaml`, '--arrive-by', '2023-09-12 23:59', ...few], page = pageOf('depart-by', ...args), json = JSON.parse(output(...args, '--curve', '--format', 'json'));
  await testPage(page, { folded: 'table.curve-table' });
  await testHandling(page, { folded: 'table.curve-table', walked: { curve: 'in time' } });
  await test('depart-by: the answer, the curve and its table are those of the JSON', async () => {
    const { tab, close } = await open(page), said = (await tab.$eval('.answer', (node) => node.textContent)).replaceAll(',', ''), rows = await cells(tab, 'table.curve-table');
    for (const time of [json.latest.depart, json.arrive_by]) expect(said.includes(written(time)), `${written(time)} is not in: ${said}`);
    equal(rows.length, json.curve.length, 'rows');
    expect(rows.length > 8, 'too short a curve');
    json.curve.forEach((one, i) => {
      expect(rows[i][0].replace(',', '').includes(written(one.depart)), `${rows[i][0]} for ${one.depart}`);
      expectShare(rows[i][2], one.in_time, rows[i][0]);
      expect(sameShare(rows[i][3], one.at_least), `at least ${rows[i][3]} for ${one.at_least}`);
      equal(rows[i][4], one.depart === json.latest.depart ? 'latest' : '', 'latest');
    });
    const dots = await boxes(tab, '#curve circle'), y = (box) => (box.top + box.bottom) / 2, values = json.curve.map((one) => one.in_time.value), [low, high] = [values.indexOf(Math.min(...values)), values.indexOf(Math.max(...values))];
    equal(dots.length, values.length, 'dots');
    dots.forEach((dot, i) => expect(Math.abs((y(dots[low]) - y(dot)) / (y(dots[low]) - y(dots[high])) - (values[i] - values[low]) / (values[high] - values[low])) < 0.02, `dot ${i}`));
    await close();
  });
  await test('depart-by: a page asks for the curve, and the table of the terminal stays as it was', async () => {
    equal(output(...args), output(...args, '--report', page.file, '--force'), 'what is printed');
  });
  await testTouch(page, '#curve circle.best', '#curve .tip');
}

async function testProfile() {
  const args = ['profile', `${root}scenarios/pyongyang-vladivostok-2019.yaml`], json = JSON.parse(output(...args, '--format', 'json'));
  const page = pageOf('profile', ...args);
  await testPage(page, { folded: 'table.stations' });
  await testHandling(page, { folded: 'table.stations', walked: { map: 'Vladivostok', profile: 'Vladivostok' } });
  await test('profile: movements, hours and energy are those of the JSON', async () => {
    const { tab, close } = await open(page), rows = await cells(tab, 'table.movements'), sum = (key) => json.movements.reduce((total, one) => total + one[key], 0);
    equal(rows.map((row) => [row[4], row[5].replaceAll(',', '')]), json.movements.map((one) => [clock(one.running_seconds), String(Math.round(one.energy_kwh))]), 'movements');
    json.movements.forEach((one, i) => expect(rows[i][2].replace(',', '').includes(written(one.depart)), `${rows[i][2]} for ${one.depart}`));
    const said = await tab.$eval('.answer', (node) => node.textContent), minutes = Math.round(sum('running_seconds') / 60);
    for (const part of [`${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`, `${Math.round(sum('energy_kwh')).toLocaleString('en-GB')} kWh`]) expect(said.includes(part), `${part} is not in: ${said}`);
    equal((await tab.$$('#profile path.speed')).length, json.movements.length, 'movements drawn');
    await close();
  });
  await test('profile: one run by its number says so', async () => {
    const { tab, close } = await open(pageOf('profile-17', ...args, '--run', '17', '--seed', '3'));
    expect((await tab.$eval('.answer', (node) => node.textContent)).includes('run 17'), 'the answer');
    expect(documentOf({ file: (await tab.url()).slice(7) }).made.command.includes('--run 17 --seed 3'), 'the command');
    await close();
  });
}

export async function testAskedPages() {
  await testReach();
  await testDeparture();
  await testProfile();
}
