// A straight line from values to pixels and back. That is all the figures need of scales; a library would add colours, dates and formats.
const between = (low, high, share) => low * (1 - share) + high * share;

/// A function of `domain` onto `range`, with `domain()`, `range()`, `invert(pixels)` and `ticks(count)`: about so many round values.
export function scaleLinear(domain, range) {
  const [from, to] = domain, [begin, end] = range;
  const scale = (value) => between(begin, end, to === from ? 0.5 : (value - from) / (to - from));
  return Object.assign(scale, {
    domain: () => [from, to], range: () => [begin, end],
    invert: (pixels) => between(from, to, end === begin ? 0.5 : (pixels - begin) / (end - begin)),
    ticks(count) {
      const rough = (to - from) / count, power = Math.floor(Math.log10(rough)), lead = rough / 10 ** power;
      const step = (lead >= Math.sqrt(50) ? 10 : lead >= Math.sqrt(10) ? 5 : lead >= Math.SQRT2 ? 2 : 1) * 10 ** power, digits = Math.max(0, -power);
      return Array.from({ length: Math.max(0, Math.floor(to / step + 1e-9) - Math.ceil(from / step - 1e-9) + 1) }, (_, i) => +((Math.ceil(from / step - 1e-9) + i) * step).toFixed(digits));
    },
  });
}
