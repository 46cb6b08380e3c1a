// One station is chosen for all figures at once, by pointer or by arrow keys; the figure that was used shows its numbers.
import { h, s } from './dom.js';

const listeners = new Set();
let chosen = null;

/// Calls `listener(index, source)` for every choice as long as `node` is part of the page; figures are drawn anew.
export const onChoice = (listener, node) => { listeners.add({ listener, node }); listener(chosen); };
export function choose(index, source) {
  chosen = index;
  for (const one of listeners) one.node.isConnected ? one.listener(index, source) : listeners.delete(one);
}

/// A box of numbers beside the pointer or the chosen station of a figure.
export function tooltip(host) {
  const box = h('div', { class: 'tip', role: 'status', 'aria-live': 'polite', hidden: true });
  return {
    box,
    show(content, x, y) {
      box.hidden = false;
      box.replaceChildren(...content);
      const room = host.clientWidth, wide = box.offsetWidth, high = box.offsetHeight;
      box.style.left = `${Math.max(0, Math.min(room - wide, x + 14 + wide > room ? x - 14 - wide : x + 14))}px`;
      box.style.top = `${Math.max(0, Math.min(y, host.clientHeight) - high / 2)}px`;
    },
    hide() { box.hidden = true; },
  };
}

// What a finger has opened stays until another place is touched.
let touched = null;
document.addEventListener('pointerdown', (event) => {
  if (touched && event.pointerType === 'touch' && !touched.node.contains(event.target)) { touched.hide(); touched = null; }
}, true);

/// Calls `show(event)` where `node` is pointed at or touched, and `hide()` when that is over.
export function whenPointedAt(node, show, hide) {
  const begin = (event) => {
    if (event.pointerType === 'touch') touched = { node, hide };
    show(event);
  };
  node.addEventListener('pointermove', begin);
  node.addEventListener('pointerdown', begin);
  node.addEventListener('pointerleave', (event) => event.pointerType !== 'touch' && hide());
}

const reached = new Map();  // where the keyboard was, for figures that are drawn anew under it

/// The part of a figure that takes the keyboard: arrows go from station to station, Home and End to the ends, Escape lets go.
export function slider(label, order, textOf, place) {
  let at = reached.get(label) ?? -1;
  const node = s('g', { class: 'slider', tabindex: 0, role: 'slider', 'aria-label': label, 'aria-valuemin': 0, 'aria-valuemax': order.length - 1, 'aria-valuenow': 0, 'aria-valuetext': 'no station chosen; use the arrow keys' });
  const go = (to) => {
    at = Math.max(0, Math.min(order.length - 1, to));
    reached.set(label, at);
    node.setAttribute('aria-valuenow', at);
    node.setAttribute('aria-valuetext', textOf(order[at]));
    place(order[at]);
  };
  node.addEventListener('keydown', (event) => {
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    if (event.key in steps) go(at + steps[event.key]);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(order.length - 1);
    else if (event.key === 'Escape') { at = -1; reached.delete(label); place(null); }
    else return;
    event.preventDefault();
  });
  node.addEventListener('blur', () => place(null));
  return node;
}

/// A time that is moved by hand along `x`: by its handle, by arrow keys, by a click beside it. `of` is {label, textOf(at), get(), set(at), width}; `mark`
/// is the node that lies at the time, and is moved there. Arrows go by a nice part of what the axis shows, Home and End to its ends.
export function timeHandle(svg, x, mark, { label, textOf, get, set }) {
  const [from, to] = x.domain(), step = [1, 5, 10, 30, 60, 180].map((minutes) => minutes * 60e3).find((size) => (to - from) / size <= 220) ?? 360 * 60e3;
  const rounded = (at) => Math.round(at / step) * step, within = (at) => Math.max(from, Math.min(to, at));
  for (const [name, value] of Object.entries({ class: `${mark.getAttribute('class')} handle`, tabindex: 0, role: 'slider', 'aria-label': label, 'aria-valuemin': Math.round(from / 60e3), 'aria-valuemax': Math.round(to / 60e3) })) mark.setAttribute(name, value);
  const timeUnder = (event) => { const box = svg.getBoundingClientRect(); return x.invert(((event.clientX - box.left) * svg.viewBox.baseVal.width) / box.width); };
  mark.addEventListener('keydown', (event) => {
    const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 6, PageDown: -6 };
    if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key in steps) set(within(rounded(get() + steps[event.key] * step)));
    else if (event.key === 'Home' || event.key === 'End') set(event.key === 'Home' ? Math.ceil(from / step) * step : Math.floor(to / step) * step);
    else return;
    event.preventDefault();
  });
  mark.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.preventDefault();
    mark.focus();
    mark.setPointerCapture(event.pointerId);
    const move = (moved) => { moved.stopPropagation(); set(rounded(within(timeUnder(moved)))); };
    mark.addEventListener('pointermove', move);
    for (const end of ['pointerup', 'pointercancel']) mark.addEventListener(end, () => mark.removeEventListener('pointermove', move), { once: true });
  });
  mark.addEventListener('click', (event) => event.stopPropagation());
  return (at) => {
    const inside = at >= from && at <= to;
    mark.setAttribute('transform', `translate(${x(within(at)).toFixed(1)},0)`);
    mark.classList.toggle('outside', !inside);
    mark.setAttribute('aria-valuenow', Math.round(at / 60e3));
    mark.setAttribute('aria-valuetext', textOf(at));
  };
}
