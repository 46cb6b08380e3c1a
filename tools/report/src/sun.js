// When the sun is down. Source: Meeus, Astronomical Algorithms (1998), chapter 25, low accuracy; sunset at -0.833 degrees
// (NOAA solar calculator). Good to about two minutes below 65 degrees of latitude.
import { day } from './time.js';

const rad = Math.PI / 180;

// Sunrise and sunset of the day whose solar noon at `longitude` falls on the UTC date of `date`; null where the sun does not rise or not set.
function daylight(date, longitude, latitude) {
  const noonGuess = Math.floor(date / day) * day + day / 2 - (longitude / 360) * day;
  const century = (noonGuess / day + 2440587.5 - 2451545) / 36525;
  const mean = 280.46646 + 36000.76983 * century, anomaly = 357.52911 + 35999.05029 * century;
  const centre = 1.914602 * Math.sin(anomaly * rad) + 0.019993 * Math.sin(2 * anomaly * rad);
  const longitudeOfSun = (mean + centre) * rad, tilt = 23.4393 * rad;
  const declination = Math.asin(Math.sin(tilt) * Math.sin(longitudeOfSun));
  const ascension = Math.atan2(Math.cos(tilt) * Math.sin(longitudeOfSun), Math.cos(longitudeOfSun)) / rad;
  let equation = (mean - 0.0057183 - ascension) % 360;
  if (equation > 180) equation -= 360;
  if (equation < -180) equation += 360;
  const noon = noonGuess - (equation / 360) * day;
  const cosine = (Math.sin(-0.833 * rad) - Math.sin(latitude * rad) * Math.sin(declination)) / (Math.cos(latitude * rad) * Math.cos(declination));
  if (Math.abs(cosine) > 1) return null;
  const half = (Math.acos(cosine) / rad / 360) * day;
  return { rise: noon - half, set: noon + half };
}

/// Nights between two instants at one place: [{set, rise}]. Empty where the sun stays up or down for days.
export function nights(from, to, [longitude, latitude]) {
  const list = [];
  for (let date = from - 2 * day; date <= to + day; date += day) {
    const evening = daylight(date, longitude, latitude), morning = daylight(date + day, longitude, latitude);
    list.push(evening && morning ? { set: evening.set, rise: morning.rise } : null);
  }
  return list;
}
