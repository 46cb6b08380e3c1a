// What the reader asks of the page: a cut-off, a moment, how far a figure is drawn in, what is shown side by side. It stands in the address behind `#`, so that a link asks the same.
import { localIso, instant } from './time.js';

const time = { read: (text) => (/^\d{4}-\d\d-\d\dT\d\d:\d\d[+-]\d\d:\d\d$/.test(text) && Number.isFinite(instant(text).at) ? instant(text) : null), write: (value) => localIso(value, true) };
const view = {
  read: (text) => { const numbers = text.split(',').map(Number); return numbers.length === 3 && numbers.every(Number.isFinite) && numbers[0] > 1 ? numbers : null; },
  write: (numbers) => numbers.map((value, i) => +value.toFixed(i === 0 ? 2 : 4)).join(','),
};
const choice = (...words) => ({ read: (text) => (words.includes(text) ? text : null), write: (word) => word });
const list = { read: (text) => (/^\d+(,\d+)*$/.test(text) ? text.split(',').map(Number) : null), write: (numbers) => numbers.join(',') };
const kinds = { ways: choice('each'), shown: list, by: time, at: time, map: view, 'string-line': view }, asked = {}, listeners = new Set();
let waiting = 0;

// Only what has the right form counts; a fragment without `=` leads to a place of the page and asks nothing.
function read() {
  if (location.hash && !location.hash.includes('=')) return;
  const parts = new Map(location.hash.slice(1).split('&').map((part) => part.split('=')));
  for (const [name, kind] of Object.entries(kinds)) {
    let text = '';
    try { text = decodeURIComponent(parts.get(name) ?? ''); } catch { /* no text of ours */ }
    asked[name] = kind.read(text);
  }
}

function write() {
  const text = Object.entries(kinds).filter(([name]) => asked[name]).map(([name, kind]) => `${name}=${kind.write(asked[name])}`).join('&');
  // A browser that keeps its address to itself loses the link, not the answer.
  try { history.replaceState(null, '', `#${text}`); } catch { /* as above */ }
}

// Listeners of figures that were drawn anew since are let go.
function tell(name) {
  for (const one of listeners) {
    if (one.node && !one.node.isConnected) listeners.delete(one);
    else if (one.name === name) one.listener(asked[name]);
  }
}

/// What is asked of `name`, or null.
export const askedOf = (name) => asked[name];

/// Asks for `value`, null for nothing. Browsers allow an address to change only so often: it follows when the reader pauses.
export function ask(name, value) {
  asked[name] = value;
  tell(name);
  clearTimeout(waiting);
  waiting = setTimeout(write, 200);
}

/// Calls `listener(value)` whenever `name` is asked anew, as long as `node`, if one is given, is part of the page.
export const onAsked = (name, listener, node) => listeners.add({ name, listener, node });

read();
addEventListener('hashchange', () => { read(); Object.keys(kinds).forEach(tell); });

/// Lets the reader ask for one more thing; what stands in the address already counts.
export function alsoAsked(name, kind) {
  kinds[name] = kind;
  read();
}
