// Runs in a worker behind what Emscripten made of the engine: answers one change at a time, in slices between which a newer one is heard.
/* global railwindowEngine */
let engine, latest = 0, base = 0;
const kept = new Set();  // runs for which the question's own answer is there to be compared with

const channel = new MessageChannel();
const pause = () => new Promise((resolve) => { channel.port1.onmessage = resolve; channel.port2.postMessage(null); });

function ask(question) {
  const bytes = new TextEncoder().encode(`${JSON.stringify(question)}\0`), place = engine._malloc(bytes.length);
  engine.HEAPU8.set(bytes, place);
  const answer = engine._railwindow_ask(place), heap = engine.HEAPU8, text = new TextDecoder().decode(heap.subarray(answer, heap.indexOf(0, answer)));
  engine._free(place);
  engine._free(answer);
  return text;
}
function parsed(question) {
  const answer = JSON.parse(ask(question));
  if (answer.error) throw Object.assign(new Error(answer.error.text), { answer: answer.error });
  return answer;
}

const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
function writeZones({ zones, zone_tab: table }) {
  const root = '/usr/share/zoneinfo';
  engine.FS.createPath('/', root.slice(1), true, true);
  for (const [name, base64] of Object.entries(zones)) {
    const folder = `${root}/${name}`.split('/').slice(0, -1).join('/');
    engine.FS.createPath('/', folder.slice(1), true, true);
    engine.FS.writeFile(`${root}/${name}`, bytesOf(base64));
  }
  engine.FS.writeFile(`${root}/zone.tab`, table);
}

// Slices of some hundredths of a second: a reader does not notice them, and the engine loses nothing by them.
const sliced = { runs: 128 };
function slice(what, from, to) {
  const runs = Math.min(to, from + sliced.runs), begin = performance.now();
  parsed({ ask: what, runs });
  const took = performance.now() - begin;
  if (took > 60) sliced.runs = Math.max(64, sliced.runs / 2);
  else if (took < 25) sliced.runs = Math.min(2048, sliced.runs * 2);
  return runs;
}
// The question itself, up to `stage`; where it is there, its answer is kept.
function baseSlice(stage) {
  if (base < stage) base = slice('base', base, stage);
  if (base === stage) { parsed({ ask: 'base', runs: stage, keep: true }); kept.add(stage); }
}
const baseLacks = (stage) => base < stage || (base === stage && !kept.has(stage));

// Change and question go on side by side, as they are compared run by run.
async function run(id, change, stages) {
  parsed({ ask: 'change', ...change });
  let done = 0;
  for (const stage of stages) {
    while (done < stage || baseLacks(stage)) {
      if (done < stage && (done <= base || !baseLacks(stage))) done = slice('run', done, stage); else baseSlice(stage);
      postMessage({ id, done: done + Math.min(base, stage), of: 2 * stage, stage });
      await pause();
      if (latest !== id) return;
    }
    postMessage({ id, answer: ask({ ask: 'answer' }), stage, last: stage === stages.at(-1) });
    await pause();
    if (latest !== id) return;
  }
}

async function infer(id, change, stages) {
  parsed({ ask: 'change', ...change });
  for (const stage of stages) {
    postMessage({ id, done: 0, of: 0, stage });
    postMessage({ id, inferred: ask({ ask: 'infer', runs: stage }), stage, last: stage === stages.at(-1) });
    await pause();
    if (latest !== id) return;
  }
}

const tasks = {
  async open({ module, question, packed }) {
    engine = await railwindowEngine({
      instantiateWasm: (imports, done) => { WebAssembly.instantiate(module, imports).then((instance) => done(instance, module)); return {}; },
      print: () => {}, printErr: () => {},
    });
    writeZones(packed);
    parsed({ ask: 'open', ...question, files: packed.files });
    postMessage({ opened: true });
  },
  ask: ({ id, change, stages }) => (change.infers ? infer : run)(id, change, stages),
  whole: ({ id }) => postMessage({ id, whole: ask({ ask: 'whole' }) }),
  text: ({ id, change }) => { parsed({ ask: 'change', ...change }); postMessage({ id, text: parsed({ ask: 'scenario' }).text }); },
  stop: () => {},
};

onmessage = async ({ data }) => {
  if (data.id) latest = data.id;
  try {
    await tasks[data.task](data);
  } catch (error) {
    postMessage({ id: data.id, error: error.answer ?? { kind: 'bug', text: String(error.message ?? error), findings: [] } });
  }
};
