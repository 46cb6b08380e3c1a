// Every YAML file of the repository against the JSON Schema that `railwindow check --schema` publishes for its kind, by a validator that is not ours.
//   node check.mjs RAILWINDOW [ROOT]    prints what is wrong; the last line is `N passed, N failed`
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Ajv from 'ajv/dist/2020.js';
import { Job } from 'kubernetes-models/batch/v1';
import { parse } from 'yaml';

const [tool, root = new URL('../..', import.meta.url).pathname] = process.argv.slice(2);
const kinds = ['scenario', 'network', 'practice', 'train', 'rolling-stock', 'grid'];

const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, strict: true, strictRequired: false });
const validators = new Map(kinds.map((kind) => [`railwindow.${kind}/1`, ajv.compile(JSON.parse(execFileSync(tool, ['check', '--schema', kind], { encoding: 'utf8' })))]));

function* yamlFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (['.git', 'build', 'node_modules'].includes(entry.name)) continue;
    if (entry.isDirectory()) yield* yamlFiles(join(folder, entry.name));
    else if (entry.name.endsWith('.yaml')) yield join(folder, entry.name);
  }
}

const counts = { passed: 0, failed: 0 };
function note(name, problems) {
  counts[problems.length ? 'failed' : 'passed'] += 1;
  for (const problem of problems) console.log(`${name}: ${problem}`);
}

// A manifest of Kubernetes, by the schema of its interface.
function problemsOfJob(document) {
  try {
    return new Job(document).validate() ?? [];
  } catch (error) {
    return [error.message];
  }
}

for (const file of yamlFiles(root)) {
  const document = parse(readFileSync(file, 'utf8'));
  if (document?.apiVersion) {
    note(relative(root, file), problemsOfJob(document));
    continue;
  }
  const validate = validators.get(document?.schema);
  const problems = !validate ? [`no kind of file has the schema '${document?.schema}'`]
    : validate(document) ? [] : validate.errors.map((error) => `${error.instancePath || '/'} ${error.message} ${JSON.stringify(error.params)}`);
  note(relative(root, file), problems);
}

// The schema says no, too: a validator that lets everything pass would show nothing.
const wrong = [
  ['a key that is misspelled', 'networks/rolling-stock/special-train.yaml', (train) => { train.gauge = train.gauges; }],
  ['a truth as a text', 'networks/primorye.yaml', (network) => { Object.values(network.stations)[0].reversal = { possible: 'yes' }; }],
  ['a country of three letters', 'networks/practice/dprk.yaml', (practice) => { practice.country = 'PRK'; }],
  ['a journey without an end', 'scenarios/press-20-hours.yaml', (scenario) => { delete scenario.journey.to; }],
];
for (const [what, file, spoil] of wrong) {
  const document = parse(readFileSync(join(root, file), 'utf8'));
  spoil(document);
  note(`refused: ${what}`, validators.get(document.schema)(document) ? ['the schema lets it pass'] : []);
}

const job = parse(readFileSync(join(root, 'tools/cluster/kubernetes-indexed-job.yaml'), 'utf8'));
note('refused: a job of "eight" parts', problemsOfJob({ ...job, spec: { ...job.spec, completions: 'eight' } }).length ? [] : ['the schema lets it pass']);

console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed ? 1 : 0);
