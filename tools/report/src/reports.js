// What the answer rests on: each report by itself, and apart from them what was said.
import { h, named } from './dom.js';
import { clockText, durationText, instant, shortTime, zoneText } from './time.js';
import { percent } from './numbers.js';
import { columnHeads } from './tables.js';

export const fitsNot = ({ counted, right_after: right }) => counted && right !== null && right < 0.5;
const widthOf = ({ p5, p95 }) => (p95.at - p5.at) / 1000;
const signed = (seconds) => (seconds >= 30 ? '+' : '') + clockText(seconds);

const verdict = (report) => (!report.counted ? 'not known by then' : fitsNot(report) ? h('strong', { class: 'infeasible' }, 'does not fit the rest') : '');
const trust = ({ reliability, right_after: right }) => (reliability === 1 ? 'certain' : right === null ? percent(reliability) : `${percent(reliability)} \u2192 ${percent(right)}`);

/// One row per report: what it does alone to the window at the likeliest destination and to the first thing that is left open.
export function reportsTable({ sightings, destinations: [{ before }], main }) {
  const moved = ({ alone }) => (alone.time.p50 && before.known ? [signed((alone.time.p50.at - before.time.p50.at) / 1000), durationText(widthOf(alone.time))] : ['', '']);
  const options = main ? main.options : [], [most] = options;
  return h('table', { class: 'numbers reports' }, h('caption', {}, 'Fit it: the share of journeys that do, before anything is known. Alone: with this report, as if there were no other; by how much the middle of the window moves, and how wide it then is', before.known && ` (without reports ${durationText(widthOf(before.time))})`, '. About this train: the probability that it is, before and after.'),
    columnHeads('', 'Report', 'Known', 'Fit it', 'Alone: middle', 'Alone: width', ...(most ? [`Alone: ${most.label}`] : []), 'About this train', '', 'Source'),
    h('tbody', {}, sightings.map((report) => h('tr', {}, h('td', {}, report.step > 0 ? String(report.step) : ''), h('th', { scope: 'row' }, named(report.report)), h('td', { class: 'when' }, `${shortTime(report.known)} (${zoneText(report.known.offset)})${report.published ? '' : ', its own time'}`), h('td', {}, percent(report.fits_before)),
      (report.counted ? moved(report) : ['', '']).map((text) => h('td', { class: 'moved' }, text)), most && h('td', {}, report.counted && most.name in report.alone.odds ? percent(report.alone.odds[most.name]) : ''),
      h('td', { class: 'trust' }, trust(report)), h('td', { class: 'verdict' }, verdict(report)), h('td', { class: 'source' }, named(report.source))))));
}

export function saidTable({ inference, panels }) {
  const labelOf = (value) => panels.flatMap((panel) => panel.options).find((odds) => odds.value === value)?.label ?? value;
  return h('table', { class: 'numbers said' }, columnHeads('Speaks for', 'Times likelier to be said if so', 'Known', 'Source'),
    h('tbody', {}, inference.evidence.map((said) => h('tr', {}, h('th', { scope: 'row' }, named(labelOf(said.for))), h('td', {}, `${Number(said.factor.toPrecision(3))}\u00a0\u00d7`), h('td', { class: 'when' }, said.known_at ? shortTime(instant(said.known_at)) : 'from the start'), h('td', { class: 'source' }, named(said.source))))));
}
