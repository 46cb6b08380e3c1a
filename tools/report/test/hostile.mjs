// Scenarios made to break a page: names that look like markup, scripts of many directions, 300 stations, one section, ten days.
import { mkdirSync, writeFileSync } from 'node:fs';

export const hostileNames = [
  '</script><script>alert(1)</script>', '"quoted" & \'single\'', '<img src=x onerror=alert(2)>', '\u05d9\u05e8\u05d5\u05e9\u05dc\u05d9\u05dd', '\u0645\u062d\u0637\u0629 \u0627\u0644\u0642\u0637\u0627\u0631',
  '\u5e73\u58cc\u99c5', '\ube14\ub77c\ub514\ubcf4\uc2a4\ud1a1', 'line\u2028separator', '<!-- comment', ']]>', '\u202eright to left', 'A name that is so long that no column of any figure on any telephone can hold it in one line', '\ud83d\ude82\ud83d\ude83', '%REPORT% %TITLE% $& $1', 'e\u0301\u0302\u0323',
];

const quoted = (text) => JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u202e', '\\u202e');
const sourced = 'source: "made up", confidence: low';

/// Writes a scenario of `count` stations `km` apart and returns its file.
export function hostileScenario(folder, { count, km, speed, name, variants = false }) {
  mkdirSync(folder, { recursive: true });
  const stations = Array.from({ length: count }, (_, i) => ({ id: `s${i}`, name: hostileNames[i % hostileNames.length], longitude: (100 + (i * 40) / Math.max(count - 1, 1)).toFixed(4), latitude: (35 + 8 * Math.sin(i / 9)).toFixed(4) }));
  writeFileSync(`${folder}/${name}-network.yaml`, `schema: railwindow.network/1
name: ${quoted('</script>')}
source: "made up"
confidence: low
stations:
${stations.map((one) => `  ${one.id}: {name: ${quoted(one.name)}, country: CN, position: ${one.latitude} N ${one.longitude} E, time_zone: Asia/Shanghai}`).join('\n')}
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
  writeFileSync(`${folder}/${name}-practice.yaml`, `schema: railwindow.practice/1\ncountry: CN\nsource: ${quoted('</script><!-- & "')}\nconfidence: low\nsection_noise: 0.02\n`);
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
  to: s${count - 1}
  depart: {between: ["2024-03-01 10:00", "2024-03-01 14:00"]}
notes: ["a note with </script> and <!-- in it"]
claims: [{says: "<script>alert(4)</script>", from: s0, to: s${count - 1}, at_least: 1 min, source: "<b>nobody</b>"}]
observed:
  - {at: s0, event: depart, between: ["2024-03-01 10:00", "2024-03-01 14:00"], source: "</script><script>alert(5)</script>"}
  - {at: s${count - 1}, event: arrive, not_before: "2024-03-01 12:00", source: "<!-- \u05e9\u05dc\u05d5\u05dd"}
${variants ? `variants:
  '</script><script>alert(6)</script>': {why: "<img src=x onerror=alert(7)>", journey: {depart: {at: "2024-03-01 09:00"}}}
  "\u0645\u062d\u0637\u0629 \u0627\u0644\u0642\u0637\u0627\u0631": {why: "\u202eright to left", edits: {train: {cars: 20}}}
  "a variant with a name that is far too long for any column of any figure on any telephone": {edits: {train: {cars: 40}}}
` : ''}`);
  return file;
}
