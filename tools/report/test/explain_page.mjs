// The page of `explain`: shares of the spread, numbers that move the arrival, what reports would be worth.
import { join } from 'node:path';
import { boxes, cells, clock, documentOf, equal, expect, expectApart, folder, open, output, pageOf, root, sameShare, test, testHandling, testPage, testTouch, written } from './harness.mjs';
import { hostileScenario } from './hostile.mjs';

const few = ['--runs', '4096', '--pairs', '256', '--quiet'], order = { arrive: 0, pass: 1, depart: 2 }, verbs = { arrive: 'arrives', depart: 'leaves', pass: 'passes' };
const share = (text) => text.replace('\u2212', '-'), length = (seconds) => (seconds === null ? 'unknown' : clock(seconds));

// Reports as the page has them: along its way, then those of other ways.
function ordered({ explanation, visit_of_report: visits }) {
  const all = explanation.reports.map((report, i) => ({ ...report, visit: visits[i], best: i === explanation.best_early_report })), along = all.filter((one) => one.visit !== null);
  return { along: along.sort((a, b) => a.visit - b.visit || order[a.event] - order[b.event]), others: all.filter((one) => one.visit === null) };
}

async function testExplanation(name, ...args) {
  const page = pageOf(name, 'explain', ...args, ...few), json = JSON.parse(output('explain', ...args, ...few, '--format', 'json')), { along, others } = ordered(documentOf(page)), nothing = json.width_seconds === 0;
  await testPage(page, { folded: nothing ? 'table.stations' : 'table.drivers' });
  const { tab, close } = await open(page);
  await test(`${name}: the document is that of the JSON`, async () => equal(documentOf(page).explanation, json, 'explanation'));
  await test(`${name}: every number of the tables is that of the JSON`, async () => {
    if (nothing) return equal((await tab.$$('#drivers, #strip, #look')).length, 0, 'figures of nothing');
    const groups = await cells(tab, 'table.drivers');
    equal(groups.length, json.groups.length, 'groups');
    json.groups.forEach((group, i) => {
      const [what, total, totalError, first, firstError, known, , pairs] = groups[i];
      equal([what, totalError, firstError, known, pairs], [group.name, (100 * group.total.error).toFixed(1), (100 * group.first.error).toFixed(1), group.width_if_known_seconds === null ? '\u2013' : clock(group.width_if_known_seconds), String(group.pairs)], `group ${i}`);
      expect(sameShare(share(total), group.total.value) && sameShare(share(first), group.first.value), `${what}: ${total}, ${first}`);
    });
    const reports = await cells(tab, 'table.worth');
    [...along, ...others].forEach((report, i) => {
      const widths = report.known_to.map((one, k) => reports[i][7 + 2 * k]), next = 7 + 2 * report.known_to.length;
      equal([reports[i][1], ...reports[i].slice(3, 6)], [verbs[report.event], ...['p5', 'p50', 'p95'].map((quantile) => written(report.time[quantile]))], `report ${i}`);
      equal([...widths, reports[i][next], reports[i][next + 2]], [...report.known_to.map((one) => length(one.width_seconds)), length(report.not_by_p50.width_seconds), clock(report.ahead_seconds)], `widths ${i}`);
    });
    const numbers = await tab.$$eval('table.moved tbody tr', (rows) => rows.map((row) => ['p5', 'p50', 'p95'].map((quantile) => row.querySelector(`.${quantile}`).textContent)));
    equal(numbers, (json.numbers ?? []).flatMap((number) => [number.low, number.high].map(({ shift_seconds: by }) => ['p5', 'p50', 'p95'].map((quantile) => (by[quantile] === null ? '\u2013' : clock(by[quantile], by[quantile] >= 30))))), 'numbers');
  });
  await test(`${name}: bars and marks are as long and as high as what they stand for`, async () => {
    if (nothing) return;
    const wide = (part) => tab.$$eval(`#drivers .share-${part}`, (bars) => bars.map((bar) => +bar.getAttribute('width'))), total = await wide('total');
    json.groups.forEach((group, i) => group.total.value > 0.02 && expect(Math.abs(total[i] / total[0] - group.total.value / json.groups[0].total.value) < 0.01, `${group.name}: ${total[i]} of ${total[0]}`));
    const marks = await tab.$$eval('#strip .mark-last', (circles) => circles.map((circle) => [+circle.getAttribute('cx'), +circle.getAttribute('cy')])), left = along.map((one) => one.known_to.at(-1).width_seconds).filter((width) => width !== null);
    equal(marks.length, left.length, 'marks');
    const line = await tab.$eval('#strip .without', (node) => +node.getAttribute('y1')), half = await tab.$eval('#strip .half', (node) => +node.getAttribute('y1')), bottom = 2 * half - line;
    left.forEach((width, i) => expect(Math.abs((bottom - marks[i][1]) / (bottom - line) - width / json.width_seconds) < 0.01, `mark ${i}`));
    marks.forEach(([x], i) => i > 0 && expect(x >= marks[i - 1][0], `mark ${i} lies before the last one`));
  });
  await test(`${name}: the answer says the width, its first cause and the place to look at`, async () => {
    const text = (await tab.$$eval('.answer', (nodes) => nodes.map((node) => node.textContent))).join(' '), { p5, p95 } = json.arrival;
    for (const quantile of [p5, p95]) expect(text.includes(written(quantile).replace(/ (?=\d\d:)/, ', ')), `${written(quantile)} in ${text}`);
    if (!nothing && json.groups[0].total.value >= 0.05) expect(text.includes(json.groups[0].name), text);
    const best = [...along, ...others].find((one) => one.best);
    if (best && !nothing) for (const quantile of ['p5', 'p95']) expect(text.includes(written(best.time[quantile]).replace(/ (?=\d\d:)/, ', ')), text);
  });
  await test(`${name}: labels lie beside the bars and beside one another`, async () => {
    for (const [id, bars] of [['drivers', '.share-total'], ['moved', '.end-low'], ['look', '.bar rect']]) {
      const labels = await boxes(tab, `#${id} .row text`);
      expectApart(labels, [...labels, ...(await boxes(tab, `#${id} ${bars}`))], id);
    }
    const places = await boxes(tab, '#strip .place');
    expectApart(places, places, 'places');
  });
  await close();
  return page;
}

export async function testExplainPages() {
  const page = await testExplanation('explained', `${root}scenarios/pyongyang-vostochny-2023.yaml`, '--numbers');
  await testHandling(page, { folded: 'table.drivers', walked: { drivers: 'spread', moved: 'half of the journeys', strip: 'Ledyanaya', look: 'Ledyanaya', map: 'Vostochny' } });
  await testTouch(page, '#look .row .hit', '#look .tip');
  await testTouch(page, '#drivers .row .hit', '#drivers .tip');
  await testExplanation('explained-destination', `${root}scenarios/seen-2023.yaml`, '--to', 'khabarovsk-1', '--report-error', '10 min');
  await testExplanation('explained-everywhere', `${root}scenarios/pyongyang-vladivostok-2019.yaml`, '--timing-points', 'all');
  await testExplanation('hostile-explained', hostileScenario(join(folder, 'hostile'), { name: 'explained', count: 40, km: 33, speed: 50 }));
}
