// The ground of the maps: coasts and borders wherever a railway may lie, and no more of them than the map shows.
import { join } from 'node:path';
import { readFileSync, writeFileSync } from 'node:fs';
import { equal, expect, folder, open, pageOf, root, test } from './harness.mjs';
import { hostileScenario } from './hostile.mjs';

const few = ['--runs', '200', '--quiet'];
const mark = '<script type="application/json" id="basemap">';
function basemapOf({ file }) {
  const text = readFileSync(file, 'utf8'), begin = text.indexOf(mark) + mark.length;
  return text.slice(begin, text.indexOf('</script>', begin));
}

// Which of a grid of points of the map lie on land.
const grid = (tab) => tab.$eval('#map svg.map', (svg) => {
  const { width, height } = svg.viewBox.baseVal, land = svg.querySelector('path.land'), all = [];
  for (let i = 0; i <= 30; ++i) for (let j = 0; j <= 30; ++j) all.push(land.isPointInFill(Object.assign(svg.createSVGPoint(), { x: 0.5 + ((width - 1) * i) / 30, y: 0.5 + ((height - 1) * j) / 30 })));
  return all;
});

// The same page on the ground of the whole world, as it came.
function onWorld(page) {
  const text = readFileSync(page.file, 'utf8'), file = join(folder, `${page.name}-on-world.html`), world = { ...JSON.parse(readFileSync(`${root}tools/report/world.json`, 'utf8')), lakes: [] };
  writeFileSync(file, text.replace(basemapOf(page), () => JSON.stringify({ tiles: [world] })));
  return { name: `${page.name}-on-world`, file };
}

// Where a train is at `share` of its way lies on land.
const onLand = (tab) => tab.$eval('#map svg.map', (svg) => {
  const route = svg.querySelector('path.route:not(.casing)'), land = svg.querySelector('path.land'), length = route.getTotalLength(), shares = Array.from({ length: 41 }, (_, i) => i / 40);
  return shares.filter((share) => land.isPointInFill(route.getPointAtLength(share * length))).length / shares.length;
});

export async function testMaps() {
  const made = (name, options) => pageOf(name, 'run', hostileScenario(join(folder, 'maps'), { name, count: 30, km: 90, speed: 60, ...options }), ...few);
  const of = (name) => pageOf(`map-${name}`, 'run', `${root}scenarios/${name}.yaml`, ...few);
  const pages = [[of('pyongyang-vostochny-2023'), 16e3], [of('pyongyang-vladivostok-2019'), 9e3], [of('pyongyang-hanoi-2019'), 30e3],
    [made('america', { west: -121, wide: 42, south: 40 }), 50e3], [made('australia', { west: 117, wide: 32, south: -31 }), 40e3], [made('africa', { west: 12, wide: 18, south: -4 }), 40e3], [made('norway', { west: 8, wide: 12, south: 58 }), 40e3], [made('chukotka', { west: 160, wide: 19, south: 62 }), 40e3]];
  for (const [page, most] of pages) await test(`${page.name}: at every width land is where the whole world has it, and the page has no more of it than it needs`, async () => {
    const { length } = basemapOf(page);
    expect(length < most, `${length} bytes of ground`);
    for (const width of [320, 560, 899, 1280]) {
      // The finer source knows more bays.
      const { tab, seen, close } = await open(page, { viewport: { width, height: 900 } }), whole = await open(onWorld(page), { viewport: { width, height: 900 } }), [here, there] = [await grid(tab), await grid(whole.tab)];
      const share = there.filter(Boolean).length / there.length, alike = here.filter((land, i) => land === there[i]).length / here.length;
      expect(share > 0.15, `land on ${share} of the map`);
      expect(alike > (page.name.startsWith('map-') ? 0.96 : 0.985), `alike in ${alike} of the places at ${width} px`);
      equal(seen.complaints, [], 'complaints');
      await whole.close();
      await close();
    }
  });
  for (const [page, least] of [[pages[0][0], 0.9], [pages[3][0], 0.9]]) await test(`${page.name}: the way lies on land`, async () => {
    const { tab, close } = await open(page), share = await onLand(tab);
    expect(share > least, `${share} of it`);
    await close();
  });
  await test('map of moscow: where two sources meet no coast is drawn, and no gap', async () => {
    const page = of('pyongyang-moscow'), { tab, close } = await open(page), { tiles } = JSON.parse(basemapOf(page));
    expect(tiles.length > 1 && tiles.some((tile) => tile.box[2] === 100) && tiles.some((tile) => tile.box[0] === 100), 'tiles');
    // Longitude 100 is a straight line on this map: no step of a coast runs along it.
    const longest = await tab.$eval('#map svg.map', (svg) => {
      const { width, height } = svg.viewBox.baseVal, inside = ([x, y]) => x >= 0 && x <= width && y >= 0 && y <= height, runs = svg.querySelector('path.coast').getAttribute('d').split('M').filter(Boolean).map((run) => run.split('L').map((point) => point.split(',').map(Number)));
      return Math.max(...runs.flatMap((run) => run.slice(1).map((to, i) => (inside(to) && inside(run[i]) ? Math.hypot(to[0] - run[i][0], to[1] - run[i][1]) : 0))));
    });
    expect(longest > 2 && longest < 40, `a step of ${longest} px`);
    await close();
  });
}
