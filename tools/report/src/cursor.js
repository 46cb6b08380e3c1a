// One station is chosen for all figures at once, by pointer or by arrow keys; the figure that was used shows its numbers.
import { h, s } from './dom.js';

const listeners = new Set();
let chosen = null;

export const onChoice = (listener) => { listeners.add(listener); listener(chosen); };
export function choose(index, source) {
  chosen = index;
  for (const listener of listeners) listener(index, source);
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
      box.style.top = `${Math.max(0, y - high / 2)}px`;
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

/// The part of a figure that takes the keyboard: arrows go from station to station, Home and End to the ends, Escape lets go.
export function slider(label, order, textOf, place) {
  let at = -1;
  const node = s('g', { class: 'slider', tabindex: 0, role: 'slider', 'aria-label': label, 'aria-valuemin': 0, 'aria-valuemax': order.length - 1, 'aria-valuenow': 0, 'aria-valuetext': 'no station chosen; use the arrow keys' });
  const go = (to) => {
    at = Math.max(0, Math.min(order.length - 1, to));
    node.setAttribute('aria-valuenow', at);
    node.setAttribute('aria-valuetext', textOf(order[at]));
    place(order[at]);
  };
  node.addEventListener('keydown', (event) => {
    const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, PageDown: 10, PageUp: -10 };
    if (event.key in steps) go(at + steps[event.key]);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(order.length - 1);
    else if (event.key === 'Escape') { at = -1; place(null); }
    else return;
    event.preventDefault();
  });
  node.addEventListener('blur', () => place(null));
  return node;
}
