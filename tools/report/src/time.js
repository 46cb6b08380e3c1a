// Times as the JSON writes them (local, with offset) and as people read them. Nothing here depends on the reader's own time zone.

const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
export const hour = 3600e3, day = 24 * hour;

/// {at: milliseconds UTC, offset: milliseconds that local clocks are ahead}.
export function instant(iso) {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(iso);
  return { at: Date.parse(iso), offset: (sign === '-' ? -1 : 1) * (hours * 60 + +minutes) * 60e3 };
}

// To the nearest minute, as the table prints it.
const clock = ({ at, offset }) => new Date(Math.round((at + offset) / 60e3) * 60e3);
const two = (n) => String(n).padStart(2, '0');

export const timeOf = (t) => { const d = clock(t); return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}`; };
export const dateOf = (t) => { const d = clock(t); return `${d.getUTCDate()} ${months[d.getUTCMonth()]}`; };
export const weekdayOf = (t) => days[clock(t).getUTCDay()];
export const dayOf = (t) => `${weekdayOf(t)} ${dateOf(t)}`;
export const yearOf = (t) => clock(t).getUTCFullYear();
/// `12 Sep 06:10`
export const shortTime = (t) => `${dateOf(t)} ${timeOf(t)}`;
/// `Tue 12 Sep, 06:10`
export const longTime = (t) => `${dayOf(t)}, ${timeOf(t)}`;

/// `UTC+9`, `UTC+8:30`
export function zoneText(offset) {
  const minutes = Math.abs(offset) / 60e3;
  return `UTC${offset < 0 ? '\u2212' : '+'}${Math.floor(minutes / 60)}${minutes % 60 ? ':' + two(minutes % 60) : ''}`;
}

/// `2023-09-12T18:00` on the clocks of `t`, to the minute, as fields of forms have it; `2023-09-12T18:00+10:00` with the offset.
export function localIso({ at, offset }, withOffset = false) {
  const minutes = Math.abs(offset) / 60e3;
  return clock({ at, offset }).toISOString().slice(0, 16) + (withOffset ? `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}` : '');
}

/// The instant that a field of a form means on clocks at `offset`; null where it holds none.
export function fromLocal(text, offset) {
  const at = Date.parse(`${text}Z`) - offset;
  return Number.isFinite(at) ? { at, offset } : null;
}

/// `28 h 10 min` of seconds, to the nearest minute.
export function durationText(seconds) {
  const minutes = Math.round(Math.abs(seconds) / 60), sign = seconds <= -30 ? '\u2212' : '';
  return minutes < 60 ? `${sign}${minutes} min` : `${sign}${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
}

/// `28:10`
export function clockText(seconds) {
  const minutes = Math.round(seconds / 60);
  return `${minutes < 0 ? '\u2212' : ''}${Math.floor(Math.abs(minutes) / 60)}:${two(Math.abs(minutes) % 60)}`;
}

/// Ticks of local clocks between two instants: hours as far as they fit, and the days they belong to.
export function ticks(from, to, offset, width) {
  const perHour = width / ((to - from) / hour);
  const step = [1, 2, 3, 6, 12, 24, 48, 72, 120, 240, 480].find((hours) => hours * perHour >= (hours < 24 ? 36 : 58)) ?? 960;
  const hours = [];
  for (let at = Math.ceil((from + offset) / (step * hour)) * step * hour; at <= to + offset; at += step * hour)
    hours.push({ at: at - offset, text: step < 24 ? timeOf({ at, offset: 0 }) : '', midnight: at % day === 0 });
  const dayStep = Math.max(1, step / 24) * day, named = [];
  for (let at = Math.floor((from + offset) / dayStep) * dayStep; at < to + offset; at += dayStep) {
    const begin = Math.max(from, at - offset), end = Math.min(to, at - offset + dayStep);
    const room = ((end - begin) / hour) * perHour, local = { at: at + hour, offset: 0 };
    const text = room > 76 ? dayOf(local) : room > 44 ? dateOf(local) : room > 18 && step < 24 ? dateOf(local).split(' ')[0] : '';
    named.push({ begin, end, text });
  }
  return { hours, days: named };
}
