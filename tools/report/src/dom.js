// Elements from plain values. Text only ever enters as text nodes, so names cannot become markup.

const svgSpace = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
export const s = (tag, attributes, ...children) => fill(document.createElementNS(svgSpace, tag), attributes, children);

/// A name in its own direction and, where it has one, script.
export const named = (text) => h('bdi', {}, text);

/// One entry of a legend, which never breaks between its sign and its words.
export const legendKey = (kind, text) => h('span', { class: 'group' }, h('span', { class: `key ${kind}` }), text);

const measuring = document.createElement('canvas').getContext('2d');
let family = '';

/// Width of `text` in pixels as charts set it.
export function textWidth(text, size = 12, weight = 400) {
  family ||= getComputedStyle(document.body).fontFamily;
  measuring.font = `${weight} ${size}px ${family}`;
  return measuring.measureText(text).width;
}

/// `text` cut so that it fits into `width`.
export function fitted(text, width, size = 12, weight = 400) {
  if (textWidth(text, size, weight) <= width) return text;
  const letters = [...text];
  while (letters.length > 1 && textWidth(letters.join('') + '\u2026', size, weight) > width) letters.pop();
  return letters.join('').trimEnd() + '\u2026';
}

/// Calls `draw(width)` now and whenever the width of `host` changes. What it returns replaces the content.
export function drawn(host, draw) {
  let last = 0;
  // `plot` of what is drawn says where its axes lie, for those who draw it nearer.
  const put = (width) => { const node = draw(width); host.plot = node.plot; host.replaceChildren(node); };
  const redraw = (width) => {
    if (Math.abs(width - last) < 1 || width < 1) return;
    last = width;
    const stops = () => [...host.querySelectorAll('[tabindex="0"]')], focused = stops().indexOf(document.activeElement);
    put(width);
    if (focused >= 0) stops()[focused]?.focus({ preventScroll: true });
  };
  new ResizeObserver(([entry]) => redraw(entry.contentRect.width)).observe(host);
  requestAnimationFrame(() => redraw(host.clientWidth));
  host.drawAt = put;
  host.redraw = () => { last = 0; redraw(host.clientWidth); };
  return host;
}
