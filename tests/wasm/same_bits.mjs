// The engine of the pages gives the bits of the native one: of every scenario, of what-ifs, and given what was seen.
//   node same_bits.mjs RAILWINDOW ROOT
import { engineOf, native, yamlFiles, zonesIn } from './engine.mjs';

const [tool, root] = process.argv.slice(2), files = yamlFiles(root, ['scenarios', 'networks']), ask = await engineOf(root, zonesIn(files));
const quantiles = [0.05, 0.5, 0.95], runs = 64;
let failed = 0, compared = 0;

function same(what, found, wanted) {
  ++compared;
  if (found === wanted.text) return;
  ++failed;
  const lines = String(found).split('\n'), others = String(wanted.text ?? wanted.said).split('\n'), at = lines.findIndex((line, i) => line !== others[i]);
  console.log(`${what}: line ${at + 1} is '${lines[at]?.slice(0, 300)}', natively '${others[at]?.slice(0, 300)}'`);
}
const asked = (...questions) => {
  let text = '';
  for (const question of questions) {
    text = ask(question);
    if (text.startsWith('{"error"')) return text;
  }
  return text;
};
const whole = (scenario, { sets = [], variant } = {}) => asked({ ask: 'open', scenario, files, variant: '', sets: [], seed: '1', quantiles, units: 'metric' }, { ask: 'change', sets, seen: [], ...(variant ? { variant } : {}) }, { ask: 'run', runs: runs / 2 }, { ask: 'run', runs }, { ask: 'whole' });
const words = ({ sets = [], variant }) => [...sets.flatMap((set) => ['--set', set]), ...(variant ? ['--variant', variant] : [])];
const natively = (scenario, change = {}) => native(tool, root, 'run', scenario, '--runs', String(runs), '--format', 'json', ...words(change));

const isScenario = (text) => /^schema: railwindow.scenario\/1/m.test(text);
for (const scenario of Object.keys(files).filter((name) => name.startsWith('scenarios/') && isScenario(files[name]))) {
  const wanted = natively(scenario);
  if (wanted.text === undefined) { console.log(`${scenario}: natively status ${wanted.failed}: ${wanted.said}`); ++failed; continue; }
  same(scenario, whole(scenario), wanted);
}

const main = 'scenarios/pyongyang-vladivostok-2019.yaml';
for (const change of [
  { sets: ['journey.depart=2019-04-23 20:00'] },
  { sets: ['journey.calls[0].dwell=150 min', 'edits.train.cars=24', 'edits.practice.KP.pace.median=0.85', 'edits.practice.RU.pace.median=1.1'] },
  { sets: ['journey.regauging=khasan', 'disruptions=off', 'journey.reception=false', 'journey.calls[0].reception=false'] },
  { variant: 'turn-at-baranovsky', sets: ['journey.depart={at: "2019-04-23 20:00", spread: 30 min}'] },
]) same(`${main} with ${words(change).join(' ')}`, whole(main, change), natively(main, change));

const seen = ['khasan arrive 2019-04-24 22:30..2019-04-25 04:00'], few = 2048;
same(`${main} seen at Khasan`, asked({ ask: 'open', scenario: main, files, variant: '', sets: [], seed: '1', quantiles, units: 'metric' }, { ask: 'change', sets: [], seen }, { ask: 'infer', runs: few }), native(tool, root, 'infer', main, '--runs', String(few), '--format', 'json', '--seen', seen[0]));

console.log(`${compared - failed} of ${compared} answers are the same to the byte`);
process.exit(failed ? 1 : 0);
