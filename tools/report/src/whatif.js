// What if: the reader changes the journey or says where it was seen, and the engine in this page answers beside the answer of the scenario.
import { h, named } from './dom.js';
import { alsoAsked, ask, askedOf, onAsked } from './asked.js';
import { count, report } from './page.js';
import { Engine } from './engine.js';
import { changeOf, commandOf, isNone } from './edits.js';
import { controlFields, resetControls, usual, valuesOf } from './whatif_controls.js';
import { resetSightings, sightings, sightingsPanel } from './whatif_seen.js';
import { joined, joinedInference, middleShift, shiftText, whatIfTable } from './whatif_table.js';
import { saveText } from './save.js';
import { drawn } from './dom.js';
import { instant, longTime, shortTime } from './time.js';

const first = 512, second = 4096, { interactive: question } = report;
const stages = (runs) => [...new Set([first, second, runs].filter((one) => one <= runs || one === first))].sort((a, b) => a - b);
// Sightings leave few of the runs, so fewer than these are asked for nothing.
const inferStages = (runs) => [...new Set([second, 16384, Math.max(runs, second)].filter((one) => one <= Math.max(runs, second)))].sort((a, b) => a - b);

const lowHigh = (times) => { const list = Object.values(times).map(instant).sort((a, b) => a.at - b.at); return [list[0], list.at(-1)]; };
const middleOf = (times) => instant(times.p50 ?? Object.values(times)[Math.floor(Object.keys(times).length / 2)]);

// `Vladivostok: about Thu 25 Apr, 16:56, 58 min later ± 2 min.` for one place where journeys end.
function placeSentence(place, shift, old) {
  if (!place.time || !Object.keys(place.time).length) return h('p', {}, named(place.name), ': no run of these gets there.');
  const [low, high] = lowHigh(place.time), middle = middleOf(place.time);
  return h('p', {}, named(place.name), ': about ', h('strong', { class: 'p50' }, longTime(middle)), shift ? [', ', h('strong', { class: 'shift' }, shift)] : '', `; between ${shortTime(low)} and ${shortTime(high)}${old ? `. Before: about ${shortTime(middleOf(old))}` : ''}.`);
}

function shiftOf(part, place, onlyOne) {
  if (onlyOne && part.shift?.arrival) { const { seconds, error } = middleShift(part.shift.arrival); return shiftText(seconds, error); }
  const old = part?.base?.destinations.find((one) => one.station === place.station);
  return old?.time && middleOf(old.time) ? shiftText((middleOf(place.time).at - middleOf(old.time).at) / 1000, null) : null;
}

// What the change does, in words: of a run, with the difference over the same draws; of sightings, against the same journey without them.
function sentences(part) {
  if (part.inference) return part.inference.destinations.map((one) => placeSentence({ ...one, time: one.after.time }, one.before.time.p50 === undefined ? null : shiftText((middleOf(one.after.time).at - middleOf(one.before.time).at) / 1000, null), one.before.time));
  const { destinations } = part.now, one = destinations.length === 1 && part.base?.destinations.length === 1;
  return destinations.slice(0, 4).map((place) => placeSentence(place, part.base && shiftOf(part, place, one), part.base?.destinations.find((old) => old.station === place.station)?.time));
}

function notes(part) {
  if (part.inference) { const { sampling } = part.inference; return [`The sightings leave the weight of ${count(Math.round(sampling.effective_runs))} runs of ${count(sampling.runs)}${sampling.enough ? '' : ': too few to trust the ends of the window'}.`]; }
  const arrives = part.now.destinations.reduce((sum, one) => sum + one.arriving, 0), texts = [];
  if (arrives < part.runs) texts.push(`${count(part.runs - arrives)} of ${count(part.runs)} runs do not arrive.`);
  if (part.shift?.arrival?.later === 0 && part.shift.arrival.earlier === 0) texts.push('No run feels the change.');
  return texts;
}

/// The section, and the engine behind it. Without a browser that can run the engine it says so.
export function whatIfSection() {
  const engine = new Engine(document.getElementById('engine').textContent, question);
  let part = null, done = null, waiting = 0, current = null;
  const observed = h('input', { type: 'checkbox', id: 'if-observed', onchange: () => ask('if-observed', observed.checked ? 'on' : null) }), hasObserved = report.journeys[0].estimate.observed?.reports > 0;
  const change = () => changeOf(question.controls, valuesOf(question.controls), sightings(), hasObserved && askedOf('if-observed') === 'on', hasObserved);

  const said = h('div', { class: 'outcome-said', 'aria-live': 'polite' }), bar = h('progress', { max: 1, value: 0, 'aria-label': 'Runs' }), state = h('p', { class: 'state', role: 'status' }), table = h('div', { class: 'plot' });
  const stop = h('button', { type: 'button', id: 'if-stop', disabled: true, onclick: () => { engine.stop(); settle('Stopped', part); } }, 'Stop'), reset = h('button', { type: 'button', id: 'if-reset', onclick: () => { resetControls(question.controls); resetSightings(); if (askedOf('if-observed')) ask('if-observed', null); begin(); } }, usual[0].toUpperCase() + usual.slice(1));
  const panel = sightingsPanel(() => begin());
  alsoAsked('if-observed', { read: (text) => (text === 'on' ? text : null), write: (word) => word });
  const takeObserved = () => { observed.checked = askedOf('if-observed') === 'on'; };
  takeObserved();
  onAsked('if-observed', () => { takeObserved(); begin(); });

  function settle(text) { bar.hidden = true; stop.disabled = true; state.textContent = text; copies.again(); }
  drawn(table, (width) => (part ? whatIfTable(part.rows, width, panel.open, part.inference ? 'What the sightings leave (below) of the windows without them (above).' : `Windows now (below) and ${usual} (above), over the same draws.`) : h('div')));
  function show(next) {
    part = next;
    panel.know(part.rows.map((row) => [row.station, row.name]));
    said.replaceChildren(...sentences(part), ...notes(part).map((text) => h('p', { class: 'note' }, text)));
    const focused = table.contains(document.activeElement) ? document.activeElement.closest('tr')?.dataset.station : null;
    table.redraw();
    if (focused) table.querySelector(`tr[data-station="${CSS.escape(focused)}"] button`)?.focus({ preventScroll: true });
  }
  function complain({ kind, text, findings = [] }) {
    const words = (findings.length ? findings : [text]).map((one) => one.replace(/^--(set|seen)[^:]*: (journey\.)?/, ''));
    said.replaceChildren(h('div', { class: 'complaint', role: 'alert' }, h('p', {}, h('strong', {}, kind === 'infeasible' ? 'There is no answer.' : kind === 'input' ? 'That cannot be asked.' : 'The engine failed.')), words.slice(0, 3).map((one) => h('p', {}, one))));
    settle('');
  }

  function heard(data, asked) {
    if (data.error) return complain(data.error);
    if (data.done !== undefined) {
      bar.hidden = false;
      stop.disabled = false;
      if (data.of) { bar.value = data.done / data.of; state.textContent = `${count(data.stage)} runs \u2026`; } else { bar.removeAttribute('value'); state.textContent = `${count(data.stage)} first runs, held against the sightings \u2026`; }
      return undefined;
    }
    const answer = JSON.parse(data.answer ?? data.inferred);
    if (answer.error) return answer.error.kind === 'infeasible' && !data.last ? undefined : complain(answer.error);
    show(data.answer ? { ...answer, asked, rows: joined(answer) } : { inference: answer, asked, runs: data.stage, rows: joinedInference(answer) });
    done = { asked, runs: data.stage, last: data.last };
    if (asked === current) document.documentElement.dataset.answered = String(data.stage);  // what was asked before is an answer to nothing now
    performance.mark(`answered-${data.stage}`);
    if (data.last) settle(`${count(data.stage)} runs${asked.infers ? ' before sightings' : ''}.`);
    return copies.again();
  }

  function start() {
    const asked = change();
    done = null;
    current = asked;
    copies.again();
    performance.mark('asked');
    bar.value = 0;
    engine.ask(asked, asked.infers ? inferStages(question.runs) : isNone(asked) ? stages(Math.min(second, question.runs)) : stages(question.runs), (data) => heard(data, asked)).catch((error) => complain({ kind: 'bug', text: `This browser does not run the engine: ${error.message}` }));
  }
  // A slider that is pulled asks for many values: the last one within a moment counts.
  function begin() {
    current = null;
    delete document.documentElement.dataset.answered;
    clearTimeout(waiting);
    waiting = setTimeout(start, 60);
  }

  const copies = copyPanel(() => ({ change: change(), done }), engine, begin);
  const fields = controlFields(question.controls, begin);
  start();
  return h('section', { id: 'what-if', class: 'what-if', 'aria-labelledby': 'what-if-title' }, h('h2', { id: 'what-if-title' }, 'What if?'),
    h('p', { class: 'deck' }, 'Change the journey, or say when it was seen: the engine in this page runs it again with the same draws. Nothing is sent anywhere.'),
    h('div', { class: 'what-if-panes' }, h('form', { class: 'controls', onsubmit: (event) => event.preventDefault() }, fields),
      h('div', { class: 'outcome' }, h('div', { class: 'outcome-head' }, said, h('div', { class: 'progress' }, bar, state, stop, reset)), h('div', { class: 'scroll' }, table), panel.node, hasObserved && h('div', { class: 'field switch' }, h('label', { for: 'if-observed' }, observed, `The scenario's own ${report.journeys[0].estimate.observed.reports} sightings count, too`)), copies.node)));
}

// The change as others can have it.
function copyPanel(now, engine, begin) {
  const area = h('textarea', { id: 'if-copy', readonly: true, rows: 4, spellcheck: 'false', hidden: true, 'aria-label': 'What is copied' }), said = h('span', { role: 'status' });
  const put = async (text) => {
    area.value = text;
    area.hidden = false;
    area.rows = Math.min(16, Math.max(3, text.split('\n').length + 1));
    area.select();
    said.textContent = await navigator.clipboard?.writeText(text).then(() => 'Copied.', () => null) ?? 'It is selected: copy it with the keyboard.';
  };
  const command = h('button', { type: 'button', id: 'if-command', onclick: () => put(commandOf(report.made.command, question, now().change, now().done?.runs ?? question.runs)) }, 'Copy as command');
  const scenario = h('button', { type: 'button', id: 'if-scenario', onclick: async () => {
    const { text, error } = await engine.text(now().change);
    if (error) said.textContent = `This is no scenario file of its own: ${error.findings?.[0] ?? error.text} Use the command.`; else await put(text);
    begin();
  } }, 'Copy as scenario');
  const save = h('button', { type: 'button', id: 'if-save', onclick: async () => {
    const { whole } = await engine.whole();
    if (whole?.startsWith('{"error"')) said.textContent = JSON.parse(whole).error.text; else saveText(whole, 'application/json', 'what-if.json');
  } }, 'Save as JSON');
  const again = () => { const { change, done } = now(); save.disabled = !done?.last || change.infers || JSON.stringify(done.asked) !== JSON.stringify(change); };
  return { node: h('div', { class: 'copies' }, h('p', { class: 'tools' }, command, scenario, save, said), area), again };
}
