// What the reader changed, in the words of the command line: values by control, then `--set`, `--variant` and `--seen`.
const spaced = (local) => local.replace('T', ' ');
const minutesOf = (local) => Date.parse(`${local}Z`) / 60e3, localOf = (minutes) => new Date(minutes * 60e3).toISOString().slice(0, 16);

/// The form of each control's value in the address; null for text that is none.
export const valueKinds = {
  departure: {
    read: (text) => { const [from, until = from] = text.split(','), good = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/; return good.test(from) && good.test(until) && Number.isFinite(minutesOf(from)) && Number.isFinite(minutesOf(until)) ? { from, until } : null; },
    write: ({ from, until }) => (from === until ? from : `${from},${until}`),
  },
  number: { read: (text) => (/^\d+(\.\d+)?$/.test(text) ? +text : null), write: String },
  choice: { read: (text) => text || null, write: (id) => encodeURIComponent(id) },
  switch: { read: (text) => ({ on: 'on', off: 'off' })[text] ?? null, write: (word) => word },
};

/// What the departure is set to: a time, times around one or times between two, as the file has it.
function departureText({ form }, { from, until }) {
  if (from === until) return spaced(from);
  const width = minutesOf(until) - minutesOf(from);
  if (form === 'spread' && width % 2 === 0) return `{at: "${spaced(localOf(minutesOf(from) + width / 2))}", spread: ${width / 2} min}`;
  return `{between: ["${spaced(from)}", "${spaced(until)}"]}`;
}

const setsOf = {
  departure: (control, value) => ({ sets: [`${control.set}=${departureText(control, value)}`] }),
  number: (control, value) => ({ sets: [`${control.set}=${value}${control.unit ? ` ${control.unit}` : ''}`] }),
  choice: (control, id) => { const option = control.options.find((one) => one.id === id); return option ? { sets: option.sets ?? [], variant: option.variant } : { sets: [] }; },
  switch: (control, word) => ({ sets: (word === 'on') === control.on ? [] : control.sets }),
};

/// One sighting as `--seen` takes it.
export const seenText = ({ station, visit, event, from, until }) => `${station}${visit > 1 ? ` visit ${visit}` : ''} ${event} ${spaced(from)}..${spaced(until)}`;

/// The change that `values` by control and the sightings `seen` are. What the scenario observed itself is left out unless `observed` says that it counts.
export function changeOf(controls, values, seen, observed, hasObserved) {
  const change = { sets: [], seen: seen.map(seenText), infers: seen.length > 0 || observed };
  for (const control of controls) {
    if (values[control.id] === undefined || values[control.id] === null) continue;
    const { sets, variant } = setsOf[control.kind](control, values[control.id]);
    change.sets.push(...sets);
    if (variant) change.variant = variant;
  }
  if (seen.length && hasObserved && !observed) change.sets.push('observed=[]');
  return change;
}

/// Whether it is none.
export const isNone = ({ sets, seen, variant, infers }) => !sets.length && !seen.length && !variant && !infers;

const quoted = (word) => (/^[A-Za-z0-9_./:=,+@%-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/// The command that gives the same answer, for a shell. `made` is the command that made the page.
export function commandOf(made, { variant, sets, seed, quantiles, units }, change, runs) {
  const scenario = made.match(/^railwindow \S+ ('(?:[^']|'\\'')*'|\S+)/)?.[1] ?? 'SCENARIO';
  const words = ['railwindow', change.infers ? 'infer' : 'run', scenario, '--seed', seed, '--runs', String(runs)];
  if (quantiles.join() !== '0.05,0.5,0.95') words.push('--quantiles', quantiles.join());
  if (units === 'imperial' && !change.infers) words.push('--units', 'imperial');
  if (change.variant ?? variant) words.push('--variant', quoted(change.variant ?? variant));
  for (const set of [...sets, ...change.sets]) words.push('--set', quoted(set));
  for (const seen of change.seen) words.push('--seen', quoted(seen));
  return words.join(' ');
}
