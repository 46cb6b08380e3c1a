// Drawing nearer: by wheel with Ctrl held, by two fingers, by buttons, by keys. A wheel or a finger alone scrolls the page as everywhere.
// A view is [factor, u, v]: what lies in the middle, in the figure's own coordinates, so that a link shows the same on another screen.
import { h } from './dom.js';
import { ask, askedOf, onAsked } from './asked.js';

const most = 24;

/// The view that is asked of figure `id`, or null for the whole.
export const viewOf = (id) => askedOf(id);

// What a figure says of its plot: `area` [left, top, right, bottom] in pixels, and how a share of the whole becomes its own coordinates and back.
const plain = { toOwn: (share) => share, toShare: (own) => own };

/// Makes the plot in `host` one that can be drawn nearer; the figure leaves `host.plot` = {area, toOwn, toShare} at each drawing. Returns its buttons.
export function zooming(host, id, title, tip) {
  let waiting = 0;
  const plot = () => ({ ...plain, area: [0, 0, host.clientWidth, host.clientHeight], ...host.plot });
  const now = () => { const view = askedOf(id); return view ? [Math.min(most, view[0]), ...plot().toShare(view.slice(1))] : [1, 0.5, 0.5]; };
  const set = (factor, x, y) => {
    const k = Math.min(most, factor), half = 0.5 / k, inside = (value) => Math.max(half, Math.min(1 - half, value));
    ask(id, k < 1.02 ? null : [k, ...plot().toOwn([inside(x), inside(y)])]);
  };
  // Nearer by `times` around a point of the plot, which stays where it is.
  const around = (times, px, py) => {
    const { area: [left, top, right, bottom] } = plot(), [k, x, y] = now(), nearer = Math.max(1, Math.min(most, k * times));
    const dx = (px - (left + right) / 2) / (right - left), dy = (py - (top + bottom) / 2) / (bottom - top);
    set(nearer, x + dx / k - dx / nearer, y + dy / k - dy / nearer);
  };
  const middle = () => { const { area: [left, top, right, bottom] } = plot(); return [(left + right) / 2, (top + bottom) / 2]; };
  const shift = (dx, dy) => { const { area: [left, top, right, bottom] } = plot(), [k, x, y] = now(); set(k, x - dx / (right - left) / k, y - dy / (bottom - top) / k); };
  const placeIn = ({ clientX, clientY }) => { const box = host.getBoundingClientRect(); return [clientX - box.left, clientY - box.top]; };

  host.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    around(Math.exp(-Math.max(-60, Math.min(60, event.deltaY * (event.deltaMode ? 20 : 1))) / 120), ...placeIn(event));
  }, { passive: false });

  // Two fingers. The node under a finger hears of it even when the figure has been drawn anew.
  host.addEventListener('touchstart', (event) => {
    if (event.touches.length !== 2) return;
    event.preventDefault();
    const pairOf = ({ touches: [a, b] }) => { const [ax, ay] = placeIn(a), [bx, by] = placeIn(b); return { x: (ax + bx) / 2, y: (ay + by) / 2, apart: Math.max(20, Math.hypot(ax - bx, ay - by)) }; };
    let last = pairOf(event);
    const move = (moved) => {
      if (moved.touches.length !== 2) return;
      moved.preventDefault();
      const pair = pairOf(moved);
      shift(pair.x - last.x, pair.y - last.y);
      around(pair.apart / last.apart, pair.x, pair.y);
      last = pair;
    };
    for (const touch of event.touches) {
      touch.target.addEventListener('touchmove', move, { passive: false });
      for (const end of ['touchend', 'touchcancel']) touch.target.addEventListener(end, () => touch.target.removeEventListener('touchmove', move), { once: true });
    }
  }, { passive: false });

  // A mouse pulls what is drawn nearer; the click that ends a pull is none.
  host.addEventListener('pointerdown', (event) => {
    if (event.pointerType !== 'mouse' || event.button !== 0 || !askedOf(id) || event.target.closest('.handle')) return;
    let last = placeIn(event), far = 0;
    const move = (moved) => {
      const place = placeIn(moved), [dx, dy] = [place[0] - last[0], place[1] - last[1]];
      far += Math.abs(dx) + Math.abs(dy);
      if (far < 4) return;
      host.setPointerCapture(event.pointerId);
      shift(dx, dy);
      last = place;
    };
    host.addEventListener('pointermove', move);
    for (const end of ['pointerup', 'pointercancel']) host.addEventListener(end, () => host.removeEventListener('pointermove', move), { once: true });
  });

  const nearer = () => around(1.6, ...middle()), farther = () => around(1 / 1.6, ...middle()), whole = () => ask(id, null);
  const quarter = (dx, dy) => () => { const { area: [left, top, right, bottom] } = plot(); shift(dx * (right - left) / 4, dy * (bottom - top) / 4); };
  const ways = { ArrowLeft: quarter(1, 0), ArrowRight: quarter(-1, 0), ArrowUp: quarter(0, 1), ArrowDown: quarter(0, -1) };
  const keys = (event) => {
    const does = event.ctrlKey || event.metaKey || event.altKey ? null : event.shiftKey && askedOf(id) && ways[event.key] ? ways[event.key] : { '+': nearer, '=': nearer, '-': farther, '0': whole }[event.key];
    if (!does) return;
    event.preventDefault();
    event.stopPropagation();
    does();
  };
  host.addEventListener('keydown', keys, true);

  const button = (label, sign, does) => h('button', { type: 'button', 'aria-label': `${label}: ${title}`, title: label, onclick: does }, sign);
  const near = button('Zoom in', '+', nearer), far = button('Zoom out', '\u2212', farther), reset = button('Show all', 'all', whole);
  const moves = [['left', '\u2190', ways.ArrowLeft], ['right', '\u2192', ways.ArrowRight], ['up', '\u2191', ways.ArrowUp], ['down', '\u2193', ways.ArrowDown]].map(([where, sign, does]) => button(`Move ${where}`, sign, does));
  const tools = h('span', { class: 'zoom', role: 'group', 'aria-label': `Zoom of ${title}`, title: 'Or Ctrl and wheel, two fingers, the keys + - 0 and Shift with arrows' }, near, far, reset, moves);
  tools.addEventListener('keydown', keys);
  const turn = () => {
    const view = askedOf(id);
    const lost = !view && [far, reset, ...moves].includes(document.activeElement);
    for (const one of [far, reset, ...moves]) one.disabled = !view;
    if (lost) near.focus();
    near.disabled = Boolean(view) && view[0] >= most;
    for (const one of moves) one.hidden = !view;
    host.classList.toggle('nearer', Boolean(view));
  };
  turn();
  onAsked(id, () => {
    turn();
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => { tip.hide(); host.redraw(); });  // what it spoke of has moved away
  });
  return tools;
}
