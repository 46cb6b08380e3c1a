// Scenarios made to break a page: names that look like markup, scripts of many directions, 300 stations, one section, ten days.
import { mkdirSync, writeFileSync } from 'node:fs';

export const hostileNames = [
  '</script><script>alert(1)</script>', '"quoted" & \'single\'', '<img src=x onerror=alert(2)>', '\u05d9\u05e8\u05d5\u05e9\u05dc\u05d9\u05dd', '\u0645\u062d\u0637\u0629 \u0627\u0644\u0642\u0637\u0627\u0631',
  '\u5e73\u58cc\u99c5', '\ube14\ub77c\ub514\ubcf4\uc2a4\ud1a1', 'line\u2028separator', '<!-- comment', ']]>', '\u202eright to left', 'A name that is so long that no column of any figure on any telephone can hold it in one line', '\ud83d\ude82\ud83d\ude83', '%REPORT% %TITLE% $& $1', 'e\u0301\u0302\u0323',
];

const quoted = (text) => JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u202e', '\\u202e');
const sourced = 'source: "made up", confidence: low';

// Two destinations, two departures with names that break things, a doubtful sighting, a watch, and what was said.
const openJourney = (count) => ({
  journey: `  to: [{station: s${count - 1}, weight: 1}, {station: s${count >> 1}, weight: 2}]
  depart:
    - {between: ["2024-03-01 10:00", "2024-03-01 14:00"], weight: 1, name: ${quoted(hostileNames[0])}}
    - {between: ["2024-03-01 12:00", "2024-03-01 18:00"], weight: 1, name: ${quoted(hostileNames[11])}}`,
  observed: `  - {at: s3, event: pass, between: ["2024-03-01 12:00", "2024-03-01 18:00"], reliability: 0.8, known_at: "2024-03-01 19:00", source: ${quoted(hostileNames[2])}}
  - {at: s${count >> 1}, not_seen: {until: "2024-03-02 18:00", noticed: 0.5}, reliability: 0.9, source: ${quoted(hostileNames[10])}}
evidence: [{for: s${count - 1}, factor: 3, source: ${quoted(hostileNames[8])}}]
press: [{at: s${count - 1}, event: arrive, between: ["2024-03-01 00:00", "2024-03-09 00:00"], source: ${quoted(hostileNames[13])}}]`,
});

/// Writes a scenario of `count` stations `km` apart, from longitude `west` eastwards, and returns its file; `open` leaves open where it goes and when it left.
export function hostileScenario(folder, { count, km, speed, name, variants = false, open = false, west = 100, wide = 40, south = 35 }) {
  mkdirSync(folder, { recursive: true });
  const stations = Array.from({ length: count }, (_, i) => ({ id: `s${i}`, name: hostileNames[i % hostileNames.length], longitude: (west + (i * wide) / Math.max(count - 1, 1)).toFixed(4), latitude: (south + 8 * Math.sin(i / 9)).toFixed(4) }));
  writeFileSync(`${folder}/${name}-network.yaml`, `schema: railwindow.network/1
name: ${quoted('</script>')}
source: "made up"
confidence: low
stations:
${stations.map((one) => `  ${one.id}: {name: ${quoted(one.name)}, country: CN, position: ${Math.abs(one.latitude)} ${one.latitude < 0 ? 'S' : 'N'} ${Math.abs(one.longitude)} ${one.longitude < 0 ? 'W' : 'E'}, time_zone: Asia/Shanghai}`).join('\n')}
lines:
  main:
    name: ${quoted('<b>line</b>')}
    gauge: 1435 mm
    tracks: 1
    electrification: none
    limit: {value: 200 km/h, ${sourced}}
    operating_speed: {uniform: [${0.5 * speed} km/h, ${speed} km/h], ${sourced}}
    chainage:
${stations.map((one, i) => `      ${one.id}: ${i * km} km`).join('\n')}
`);
  writeFileSync(`${folder}/${name}-practice.yaml`, `schema: railwindow.practice/1\ncountry: CN\nsource: ${quoted('</script><!-- & "')}\nconfidence: low\nsection_noise: 0.02\n${open ? `reports: {high: 0.98, medium: 0.9, low: 0.8, span: 48 h, ${sourced}}\n` : ''}`);
  writeFileSync(`${folder}/${name}-train.yaml`, `schema: railwindow.train/1
name: Train
source: "made up"
confidence: low
gauges: [1435 mm]
cars: 10
car: {length: 20 m, mass: 50 t, axles: 4, resistance: russian jointed, rotating_mass_factor: 1.06}
locomotive_length: 20 m
limit: 120 km/h
dynamics: {constant_acceleration: 0.2 m/s^2}
service_deceleration: 0.3 m/s^2
brake_build_up: 2 s
journey_pace: {normal: {mean: 0, sd: 0.05}}
`);
  const file = `${folder}/${name}.yaml`;
  writeFileSync(file, `# When? </script><script>alert(3)</script> & "quotes" \u05e9\u05dc\u05d5\u05dd
schema: railwindow.scenario/1
networks: [${name}-network.yaml]
practice: [${name}-practice.yaml]
train: ${name}-train.yaml
journey:
  from: s0
${open ? openJourney(count).journey : `  to: s${count - 1}
  depart: {between: ["2024-03-01 10:00", "2024-03-01 14:00"]}`}
notes: ["a note with </script> and <!-- in it"]
claims: [{says: "<script>alert(4)</script>", from: s0, to: s${count - 1}, at_least: 1 min, source: "<b>nobody</b>"}]
observed:
  - {at: s0, event: depart, between: ["2024-03-01 10:00", "2024-03-01 14:00"], source: "</script><script>alert(5)</script>"}
  - {at: s${count - 1}, event: arrive, not_before: "2024-03-01 12:00", source: "<!-- \u05e9\u05dc\u05d5\u05dd"}
${open ? openJourney(count).observed : ''}
${variants ? `variants:
  '</script><script>alert(6)</script>': {why: "<img src=x onerror=alert(7)>", journey: {depart: {at: "2024-03-01 09:00"}}}
  "\u0645\u062d\u0637\u0629 \u0627\u0644\u0642\u0637\u0627\u0631": {why: "\u202eright to left", edits: {train: {cars: 20}}}
  "a variant with a name that is far too long for any column of any figure on any telephone": {edits: {train: {cars: 40}}}
` : ''}`);
  return file;
}
