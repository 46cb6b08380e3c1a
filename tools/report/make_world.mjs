// Makes world.json, the land and the borders of the whole world for maps beyond basemap.json, of Natural Earth (public domain), scale 1:50 million.
//
//   node make_world.mjs countries-50m.json >world.json
//
// The file is that of the package world-atlas 2.0.2. It is TopoJSON: lines ("arcs") in whole steps of a grid, and shapes that name their lines.
// Coordinates become whole hundredths of a degree; every ring and line is [first longitude, first latitude, step, step, ...], as in basemap.json.
import { readFileSync } from 'node:fs';

const world = JSON.parse(readFileSync(process.argv[2], 'utf8')), { scale, translate } = world.transform;
const arcs = world.arcs.map((arc) => {
  let x = 0, y = 0;
  return arc.map(([dx, dy]) => [(x += dx) * scale[0] + translate[0], (y += dy) * scale[1] + translate[1]]);
});
const arcOf = (index) => (index < 0 ? [...arcs[~index]].reverse() : arcs[index]);
const ringOf = (indices) => indices.flatMap((index, i) => arcOf(index).slice(i > 0 ? 1 : 0));
const polygonsOf = (shape) => (shape.type === 'Polygon' ? [shape.arcs] : shape.type === 'MultiPolygon' ? shape.arcs : []);

// Shapes go on over the turn of the longitudes instead of jumping back to the other side.
function unwrapped(points) {
  let turn = 0;
  return points.map(([x, y], i) => {
    const step = i > 0 ? x - points[i - 1][0] : 0;
    turn += step > 180 ? -360 : step < -180 ? 360 : 0;
    return [x + turn, y];
  });
}

function coded(points) {
  const whole = points.map(([x, y]) => [Math.round(100 * x), Math.round(100 * y)]).filter((p, i, all) => i === 0 || p[0] !== all[i - 1][0] || p[1] !== all[i - 1][1]);
  return whole.flatMap((p, i) => (i === 0 ? p : [p[0] - whole[i - 1][0], p[1] - whole[i - 1][1]]));
}

// A line of two countries is a border; one of a single country is a coast.
const users = new Map();
world.objects.countries.geometries.forEach((country, of) => {
  for (const index of polygonsOf(country).flat(2)) users.set(index < 0 ? ~index : index, (users.get(index < 0 ? ~index : index) ?? new Set()).add(of));
});
// No railway comes near the Antarctic.
const land = world.objects.land.geometries.flatMap(polygonsOf).flat().map(ringOf).filter((ring) => ring.some(([, y]) => y > -60)).map(unwrapped).map(coded).filter((ring) => ring.length >= 8);
const borders = [...users].filter(([, of]) => of.size > 1).sort(([a], [b]) => a - b).map(([index]) => coded(unwrapped(arcs[index]))).filter((line) => line.length >= 4);
process.stdout.write(JSON.stringify({ box: [-180, -90, 180, 90], land, borders }) + '\n');
console.error(`${land.length} rings, ${borders.length} borders`);
