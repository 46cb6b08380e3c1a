// Paths through points: a line, and an area between two edges. Straight from point to point, to the hundredth of a pixel.
const at = (x, y) => `${+x.toFixed(2)},${+y.toFixed(2)}`;
const setters = (made, of) => { for (const name of Object.keys(of)) made[name] = (value) => { of[name] = typeof value === 'function' ? value : () => value; return made; }; return made; };

/// `line().x(f).y(g)(points)`; without f and g of points [x, y].
export function line() {
  const of = { x: ([x]) => x, y: ([, y]) => y };
  return setters((points) => (points.length ? 'M' + points.map((point) => at(of.x(point), of.y(point))).join('L') + (points.length === 1 ? 'Z' : '') : null), of);
}

/// `area().x(f).y0(g).y1(h)(points)` or `area().x0(f).x1(g).y(h)(points)`.
export function area() {
  const of = { x: null, x0: null, x1: null, y: null, y0: null, y1: null };
  return setters((points) => {
    const edge = (side) => points.map((point) => at((of.x ?? of[`x${side}`])(point), (of.y ?? of[`y${side}`])(point)));
    return points.length ? `M${edge(1).join('L')}L${edge(0).reverse().join('L')}Z` : null;
  }, of);
}
