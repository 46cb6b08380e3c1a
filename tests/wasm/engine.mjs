// The engine of the pages in Node: what tools/report/dist/engine.base64 holds, asked as a page asks it.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/// A function that takes a question and returns the text of its answer. `zones` are names of time zones; the tables are the system's.
export async function engineOf(root, zones) {
  const packed = gunzipSync(Buffer.from(readFileSync(join(root, 'tools/report/dist/engine.base64'), 'latin1'), 'base64')), length = packed.readUInt32LE(0);
  const script = packed.subarray(4, 4 + length).toString('utf8'), module = await WebAssembly.compile(packed.subarray(4 + length));
  const make = new Function('require', '__dirname', '__filename', `${script}\nreturn railwindowEngine;`)(createRequire(import.meta.url), root, join(root, 'engine.js'));
  const engine = await make({ instantiateWasm: (imports, done) => { WebAssembly.instantiate(module, imports).then((instance) => done(instance, module)); return {}; } });
  const tables = '/usr/share/zoneinfo';
  for (const zone of zones) {
    engine.FS.createPath('/', `${tables}/${zone}`.split('/').slice(1, -1).join('/'), true, true);
    engine.FS.writeFile(`${tables}/${zone}`, readFileSync(`${tables}/${zone}`));
  }
  engine.FS.writeFile(`${tables}/zone.tab`, readFileSync(`${tables}/zone.tab`));
  return (question) => {
    const bytes = new TextEncoder().encode(`${JSON.stringify(question)}\0`), place = engine._malloc(bytes.length);
    engine.HEAPU8.set(bytes, place);
    const answer = engine._railwindow_ask(place), heap = engine.HEAPU8, text = Buffer.from(heap.subarray(answer, heap.indexOf(0, answer))).toString('utf8');
    engine._free(place);
    engine._free(answer);
    return text;
  };
}

/// The texts of all files below `folders`, by their paths from `root`.
export function yamlFiles(root, folders) {
  const files = {};
  for (const folder of folders)
    for (const name of readdirSync(join(root, folder), { recursive: true }))
      if (name.endsWith('.yaml')) files[`${folder}/${name}`] = readFileSync(join(root, folder, name), 'utf8');
  return files;
}

/// The names of the time zones that networks speak of.
export const zonesIn = (files) => [...new Set(Object.values(files).flatMap((text) => [...text.matchAll(/\b[A-Z][A-Za-z]+\/[A-Z][A-Za-z_/-]+/g)].map(([name]) => name)))].filter((name) => existsSync(`/usr/share/zoneinfo/${name}`));

/// What the tool writes, or how it failed.
export function native(tool, root, ...words) {
  try {
    return { text: execFileSync(tool, [...words, '--quiet'], { cwd: root, encoding: 'utf8', maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'pipe'] }) };
  } catch (error) {
    return { failed: error.status, said: error.stderr };
  }
}
