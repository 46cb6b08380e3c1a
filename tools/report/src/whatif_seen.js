// Sightings that the reader adds: a place of the journey, what the train did there, and between which two times on its clocks.
import { h, named } from './dom.js';
import { alsoAsked, ask, askedOf, onAsked } from './asked.js';

const words = { arrive: 'arrives', depart: 'leaves', pass: 'passes', seen: 'is there' }, time = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/;

// In the address: station.visit.event.from.until, one behind the other.
const kind = {
  read: (text) => {
    const list = text.split(';').filter(Boolean).map((one) => { const [station, visit, event, from, until] = one.split('~'); return { station, visit: +visit, event, from, until }; });
    return list.length && list.every((one) => /^[\p{L}\p{N}_-]+$/u.test(one.station) && Number.isInteger(one.visit) && one.visit > 0 && words[one.event] && time.test(one.from) && time.test(one.until)) ? list : null;
  },
  write: (list) => list.map(({ station, visit, event, from, until }) => [encodeURIComponent(station), visit, event, from, until].join('~')).join(';'),
};

/// The sightings that stand in the address.
export const sightings = () => askedOf('if-seen') ?? [];
export const resetSightings = () => { if (askedOf('if-seen')) ask('if-seen', null); };

const clockText = (local) => local.replace('T', ' ');

/// The form for one place after another and the list of what was added. `open(place)` shows it for `{station, visit, name, events, from, until}`.
export function sightingsPanel(changed) {
  alsoAsked('if-seen', kind);
  const list = h('ul', { class: 'seen-list' }), form = h('form', { class: 'seen-form', hidden: true }), names = new Map();
  const show = () => {
    list.replaceChildren(...sightings().map((one, i) => h('li', {}, named(names.get(one.station) ?? one.station), ` ${words[one.event]} between ${clockText(one.from)} and ${one.until.slice(0, 10) === one.from.slice(0, 10) ? one.until.slice(11) : clockText(one.until)} `,
      h('button', { type: 'button', 'aria-label': `Take away: ${names.get(one.station) ?? one.station} ${words[one.event]} ${clockText(one.from)}`, onclick: () => { const rest = sightings().filter((_, k) => k !== i); ask('if-seen', rest.length ? rest : null); } }, 'Take away'))));
    list.hidden = sightings().length === 0;
  };
  const open = (place, origin) => {
    // An answer that came meanwhile has drawn the table anew.
    const button = () => (origin?.isConnected ? origin : document.querySelector(`tr[data-station="${CSS.escape(place.station)}"] button.place`));
    const event = h('select', { id: 'seen-event' }, place.events.map((one) => h('option', { value: one }, words[one])));
    const field = (id, value) => h('input', { type: 'datetime-local', id, step: 60, required: true, value });
    const from = field('seen-from', place.from), until = field('seen-until', place.until), close = () => { form.hidden = true; form.replaceChildren(); button()?.focus(); };
    form.replaceChildren(h('p', { class: 'seen-head' }, h('strong', {}, 'Seen at ', named(place.name)), h('span', { class: 'why' }, ' (clocks there)')), h('div', { class: 'times' }, h('label', { for: 'seen-event' }, 'The train', event), h('label', { for: 'seen-from' }, 'between', from), h('label', { for: 'seen-until' }, 'and', until)),
      h('p', { class: 'buttons' }, h('button', { type: 'submit' }, 'Add the sighting'), h('button', { type: 'button', onclick: close }, 'Leave it')));
    form.onsubmit = (submitted) => {
      submitted.preventDefault();
      const one = { station: place.station, visit: place.visit, event: event.value, from: from.value, until: until.value < from.value ? from.value : until.value };
      close();
      ask('if-seen', [...sightings(), one].sort((a, b) => (a.from < b.from ? -1 : 1)));
    };
    form.onkeydown = (pressed) => { if (pressed.key === 'Escape') close(); };
    form.hidden = false;
    event.focus();
  };
  onAsked('if-seen', () => { show(); changed(); });
  show();
  return { node: h('div', { class: 'field seen-panel' }, h('p', { class: 'label' }, 'Sightings'), h('p', { class: 'why' }, 'Choose a place in the table to say when the train was seen there.'), list, form), open, know: (all) => { for (const [id, name] of all) names.set(id, name); show(); } };
}
