// The document of `explain` as its figures need it: groups, numbers, and reports in the order of the way.
import { waysOnMap } from './journey.js';
import { instant } from './time.js';

const order = { arrive: 0, pass: 1, depart: 2 };

export function explainedOf({ explanation, map, stations, visit_of_report: visits }) {
  const [way] = waysOnMap(map), { destinations, width_seconds: whole } = explanation, off = explanation.reports[0]?.known_to.map((one) => one.off_seconds) ?? [];
  const all = explanation.reports.map((report, i) => ({
    ...report, place: visits[i] === null ? { ...stations[report.station] } : way.stations[visits[i]], known: report.known_to, last: report.known_to.at(-1), on: visits[i] !== null,
    visit: visits[i], best: i === explanation.best_early_report, time: Object.fromEntries(Object.entries(report.time).map(([name, iso]) => [name, instant(iso)])),
  }));
  const along = all.filter((one) => one.on).sort((a, b) => a.visit - b.visit || order[a.event] - order[b.event]);
  return {
    explanation, way, whole, off, reports: [...along, ...all.filter((one) => !one.on)], along, best: all.find((one) => one.best), nameOf: (id) => stations[id].name,
    destination: { ...stations[explanation.destination], ...destinations[0] }, others: destinations.slice(1), arrival: Object.fromEntries(Object.entries(explanation.arrival).map(([name, iso]) => [name, instant(iso)])),
    groups: explanation.groups, numbers: explanation.numbers ?? [],
  };
}

/// `\u00b1 5 min`, `\u00b1 2 h`
export const offText = (seconds) => `\u00b1\u00a0${seconds < 3600 || seconds % 3600 ? `${Math.round(seconds / 60)}\u00a0min` : `${seconds / 3600}\u00a0h`}`;
export const verbs = { arrive: 'arrives at', depart: 'leaves', pass: 'passes' };
/// `leaves Khasan`
export const eventText = (report) => `${verbs[report.event]} ${report.place.name}`;
