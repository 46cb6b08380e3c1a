// The engine of the page as the page sees it: a worker that answers one change at a time. What it is made of stands in the page, so nothing is fetched.
import workerText from './engine_worker.js?text';

const bytesOf = (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
const unpacked = (bytes, format) => new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream(format))).arrayBuffer();

// The artefact: how long the script is, in four bytes, then what Emscripten made of it, and the module.
async function artefact(text) {
  const all = await unpacked(bytesOf(text.replace(/\s+/g, '')), 'gzip'), length = new DataView(all).getUint32(0, true);
  return { script: new TextDecoder().decode(new Uint8Array(all, 4, length)), module: await WebAssembly.compile(new Uint8Array(all, 4 + length)) };
}

/// The engine for `question`, as interactive_json of the library writes it.
export class Engine {
  #parts;
  #question;
  #worker = null;
  #ready = null;
  #id = 0;
  #waiting = new Map();
  #blocked = false;

  constructor(base64, { packed, ...question }) {
    this.#question = question;
    this.#parts = Promise.all([artefact(base64), unpacked(bytesOf(packed), 'deflate').then((bytes) => JSON.parse(new TextDecoder().decode(bytes)))]);
  }

  /// When the engine has been opened; rejected where the browser cannot run it.
  ready() { return (this.#ready ??= this.#open()); }

  async #open() {
    const [{ script, module }, packed] = await this.#parts, { scenario, variant, sets, seed, quantiles, units } = this.#question;
    const address = URL.createObjectURL(new Blob([script, '\n', workerText], { type: 'text/javascript' }));
    this.#worker = new Worker(address);
    return new Promise((resolve, reject) => {
      this.#worker.onerror = (event) => reject(new Error(event.message || 'the worker did not start'));
      this.#worker.onmessage = ({ data }) => {
        if (data.opened) { URL.revokeObjectURL(address); resolve(); return; }
        if (data.error && !data.id) { reject(new Error(data.error.text)); return; }
        this.#waiting.get(data.id)?.(data);
      };
      this.#worker.postMessage({ task: 'open', module, packed, question: { scenario, variant, sets, seed, quantiles, units } });
    });
  }

  // An answer to sightings is one long step: who changes his mind meanwhile gets a new worker, which takes less time than to wait.
  #restart() {
    this.#worker?.terminate();
    this.#ready = null;
    this.#waiting.clear();
  }

  async #send(message, listener) {
    const id = ++this.#id;
    if (this.#blocked) this.#restart();
    this.#blocked = false;
    await this.ready();
    if (id !== this.#id) return;
    this.#waiting.clear();
    this.#waiting.set(id, (data) => {
      this.#blocked = message.change?.infers && !data.last && !data.error;
      listener(data);
    });
    this.#blocked = Boolean(message.change?.infers);
    this.#worker.postMessage({ ...message, id });
  }

  /// Asks `change`, {sets, seen, variant, infers}, with so many runs after so many; `listener` gets progress and answers until another is asked.
  ask(change, stages, listener) { return this.#send({ task: 'ask', change, stages }, listener); }
  /// Lets go of what is asked.
  stop() { return this.#send({ task: 'stop' }, () => {}); }
  /// The whole answer as the command line would write it.
  whole() { return new Promise((resolve) => { this.#send({ task: 'whole' }, resolve); }); }
  /// The change as a scenario file.
  text(change) { return new Promise((resolve) => { this.#send({ task: 'text', change }, resolve); }); }
}
