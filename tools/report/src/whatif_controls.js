// What the reader may change: fields made of the controls that the document lists. Values stand in the address under `if-` and the control's name.
import { h, named } from './dom.js';
import { alsoAsked, ask, askedOf, onAsked } from './asked.js';
import { durationText } from './time.js';
import { valueKinds } from './edits.js';
import { report } from './page.js';

/// What is not changed: the scenario, or what the command line had made of it already.
export const usual = report.interactive.sets.length || report.interactive.variant ? 'as the page was made' : 'as in the scenario';

const countryName = (code) => { try { return new Intl.DisplayNames(['en'], { type: 'region' }).of(code); } catch { return code; } };
const key = (control) => `if-${control.id}`;
const minutesOf = (local) => Date.parse(`${local}Z`) / 60e3, localOf = (minutes) => new Date(minutes * 60e3).toISOString().slice(0, 16);
const written = (text) => text.slice(0, 16).replace(' ', 'T');

const valueText = (control, value) => (control.unit === 'min' ? durationText(60 * value) : control.country ? `\u00d7 ${(+value).toFixed(2)}` : String(value));
const labelText = (control) => (control.country ? `${control.label} ${countryName(control.country)}` : control.label);

// What the scenario says of a number, beside the slider that replaces it.
function asWritten(control) {
  if (control.written && control.written[0] !== control.written[1]) return `${usual}: ${control.written.map((minutes) => durationText(60 * minutes)).join(' to ')}`;
  return `${usual}: ${valueText(control, control.value)}`;
}

function numberField(control, set) {
  const id = key(control), field = h('input', { type: 'range', id, min: control.low, max: control.high, step: control.step, value: control.value, 'aria-describedby': `${id}-said`, oninput: () => set(+field.value) }), said = h('output', { for: id, id: `${id}-said` });
  return { node: h('div', { class: 'field' }, h('label', { for: id }, named(labelText(control)), control.why && h('span', { class: 'why' }, ` (${control.why})`)), field, said), show: (value) => {
    field.value = value ?? control.value;
    field.setAttribute('aria-valuetext', value === null ? asWritten(control) : valueText(control, value));
    said.textContent = value === null ? asWritten(control) : valueText(control, value);
  } };
}

function choiceField(control, set) {
  const id = key(control), field = h('select', { id, onchange: () => set(field.value || null) }, h('option', { value: '' }, usual), control.options.map((one) => h('option', { value: one.id }, one.label))), why = h('p', { class: 'why' });
  return { node: h('div', { class: 'field' }, h('label', { for: id }, control.label), field, why), show: (value) => {
    field.value = control.options.some((one) => one.id === value) ? value : '';
    why.textContent = control.options.find((one) => one.id === value)?.why ?? '';
  } };
}

function switchField(control, set) {
  const id = key(control), usual = control.on ? 'on' : 'off', field = h('input', { type: 'checkbox', id, onchange: () => { const word = field.checked ? 'on' : 'off'; set(word === usual ? null : word); } });
  return { node: h('div', { class: 'field switch' }, h('label', { for: id }, field, control.label)), show: (value) => { field.checked = (value ?? usual) === 'on'; } };
}

// Two times and a slider that moves both. The two are one where the departure is known.
function departureField(control, set) {
  const id = key(control), first = { from: written(control.from), until: written(control.until) };
  let now = first;
  const take = (from, until) => { if (from && until) set(from === first.from && until === first.until ? null : { from, until: until < from ? from : until }); };
  const from = h('input', { type: 'datetime-local', id, step: 60, oninput: () => take(from.value, now.from === now.until ? from.value : until.value) });
  const until = h('input', { type: 'datetime-local', id: `${id}-until`, step: 60, oninput: () => take(now.from, until.value) });
  const moved = (hours) => ({ from: localOf(minutesOf(first.from) + 60 * hours), until: localOf(minutesOf(first.until) + 60 * hours) });
  const slider = h('input', { type: 'range', id: `${id}-later`, min: -24, max: 24, step: 0.5, value: 0, 'aria-label': 'Departure: hours later', oninput: () => { const all = moved(+slider.value); take(all.from, all.until); } }), said = h('output', { for: `${id}-later` });
  return { node: h('fieldset', { class: 'field departure' }, h('legend', {}, 'Departure from ', named(control.station), h('span', { class: 'why' }, ' (clocks there)')), h('div', { class: 'times' }, h('label', { for: id }, 'between', from), h('label', { for: `${id}-until` }, 'and', until)), slider, said), show: (value) => {
    now = value ?? first;
    if (document.activeElement !== from) from.value = now.from;
    if (document.activeElement !== until) until.value = now.until;
    const minutes = minutesOf(now.from) - minutesOf(first.from), alike = minutesOf(now.until) - minutesOf(first.until) === minutes;
    slider.value = minutes / 60;
    const text = value === null ? usual : !alike ? 'other times' : minutes === 0 ? usual : `${durationText(60 * Math.abs(minutes))} ${minutes > 0 ? 'later' : 'earlier'}`;
    said.textContent = text;
    slider.setAttribute('aria-valuetext', text);
  } };
}

const makers = { number: numberField, choice: choiceField, switch: switchField, departure: departureField };

/// The fields of all controls. `changed()` is called when a value is another one, by hand or by the address.
export function controlFields(controls, changed) {
  return controls.map((control) => {
    alsoAsked(key(control), valueKinds[control.kind]);
    const { node, show } = makers[control.kind](control, (value) => ask(key(control), value));
    const take = () => show(askedOf(key(control)) ?? null);
    take();
    onAsked(key(control), () => { take(); changed(); });
    return node;
  });
}

/// Values by control as they stand in the address.
export const valuesOf = (controls) => Object.fromEntries(controls.map((control) => [control.id, askedOf(key(control))]));

/// All controls as the scenario has them.
export const resetControls = (controls) => controls.forEach((control) => { if (askedOf(key(control)) != null) ask(key(control), null); });
