// Where the train is at the moment that was asked about.
import { scaleLinear } from './scale.js';
import { fitted, h, named, s, textWidth } from './dom.js';
import { percent } from './numbers.js';
import { columnHeads } from './tables.js';
import { kilometresAndMiles } from './journey.js';

const least = 0.005;  // places that are less likely are put together

/// `between Ussuriysk and Khabarovsk`
export function placeText({ kind, from, to }, nameOf) {
  const [begin, end] = [nameOf(from), nameOf(to)];
  return { 'not departed': `not yet departed from ${begin}`, standing: `standing at ${begin}`, between: `between ${begin} and ${end}`, arrived: `arrived at ${begin}`, 'cannot go on': `stalled between ${begin} and ${end}` }[kind];
}

export function drawPlaces({ inference, nameOf }, width) {
  const likely = inference.places.filter(({ probability }) => probability.value >= least), rest = inference.places.filter(({ probability }) => probability.value < least).reduce((sum, { probability }) => sum + probability.value, 0);
  const rows = [...likely.map((place) => ({ text: placeText(place, nameOf), share: place.probability.value })), ...(rest > 0 ? [{ text: 'elsewhere', share: rest }] : [])];
  const phone = width < 620, left = phone ? 0 : Math.min(340, Math.max(...rows.map(({ text }) => textWidth(text, 13))) + 16), tall = phone ? 40 : 27, x = scaleLinear([0, Math.max(...rows.map(({ share }) => share))], [left, width - 60]), height = rows.length * tall + 6;
  const svg = s('svg', { class: 'chart places', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': rows.map(({ text, share }) => `${text}: ${percent(share)}`).join('; ') });
  rows.forEach(({ text, share }, i) => {
    const y = i * tall + (phone ? 19 : 4), wide = Math.max(1, x(share) - left);
    svg.append(s('text', { class: 'name', x: phone ? 0 : left - 12, y: phone ? y - 5 : y + 13, 'text-anchor': phone ? 'start' : 'end' }, fitted(text, phone ? width : left - 14, 13)), s('rect', { class: 'band-2', x: left, y, width: wide, height: 16, rx: 1.5 }), s('text', { class: 'value', x: left + wide + 7, y: y + 12.5 }, percent(share)));
  });
  return svg;
}

export const placesTable = ({ inference, nameOf }) => h('table', { class: 'numbers places' }, columnHeads('It is', 'Probability', '\u00b1 points'),
  h('tbody', {}, inference.places.map((place) => h('tr', {}, h('th', { scope: 'row' }, named(placeText(place, nameOf))), h('td', {}, percent(place.probability.value)), h('td', {}, (100 * place.probability.error).toFixed(1))))));

/// How far from the origin the journeys under way are; nothing where none is, or where there are several origins.
export function distanceText({ inference }, units) {
  const { p5, p50, p95 } = inference.distance_km;
  return p50 === undefined ? null : `Of the journeys under way half are beyond ${kilometresAndMiles(p50, units)} from the origin, nine in ten between ${kilometresAndMiles(p5, units)} and ${kilometresAndMiles(p95, units)}.`;
}
