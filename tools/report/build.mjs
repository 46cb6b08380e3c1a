// Makes dist/page.html, the page around a report, and dist/interactive.html, the page that answers: each one file with style and script in it. The engine puts in what it says, its map and its document. `node build.mjs --check` compares with what is committed.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { build, version } from 'esbuild';

const here = (name) => new URL(name, import.meta.url);
const shared = { bundle: true, minify: true, write: false, format: 'iife', charset: 'ascii', legalComments: 'none' };
// A script that another one starts as a worker: as a text.
const asText = { name: 'text', setup({ onResolve, onLoad }) {
  onResolve({ filter: /\?text$/ }, ({ path }) => ({ path: here(`src/${path.slice(2, -5)}`).pathname, namespace: 'text' }));
  onLoad({ filter: /.*/, namespace: 'text' }, async ({ path }) => ({ loader: 'text', contents: (await build({ ...shared, entryPoints: [path], target: 'es2022' })).outputFiles[0].text.trim() }));
} };
const bundle = async (entry, target) => {
  const result = await build({ ...shared, entryPoints: [here(entry).pathname], target, plugins: [asText] });
  return result.outputFiles[0].text.trim().replaceAll('</script', '<\\/script');
};
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

// `more` is what a page may do beyond its own script and style.
async function page(name, target, more, change) {
  const script = await bundle(`src/${name}.js`, target), style = await bundle(name === 'main' ? 'src/style.css' : `src/${name}.css`, target);
  const policy = `default-src 'none'; script-src ${hash(script)}${more.script}; style-src ${hash(style)};${more.rest} base-uri 'none'; form-action 'none'`;
  // The engine replaces these wherever they stand; in the script they would change what its hash promises.
  for (const mark of ['%TITLE%', '%DESCRIPTION%', '%CONTENT%', '%BASEMAP%', '%REPORT%', '%ENGINE%']) if ((script + style).includes(mark)) throw new Error(`script or style hold ${mark}`);
  return change(readFileSync(here('src/page.html'), 'utf8')).replace('%POLICY%', () => policy).replace('%STYLE%', () => style).replace('%SCRIPT%', () => script);
}

const withEngine = (text) => text.replace('<script>%SCRIPT%', '<script type="text/plain" id="engine">%ENGINE%</script>\n<script>%SCRIPT%');
const pages = {
  'dist/page.html': await page('main', 'es2020', { script: '', rest: '' }, (text) => text),
  // The engine is WebAssembly in a worker that the page makes of what stands in it.
  'dist/interactive.html': await page('interactive', 'es2022', { script: " 'wasm-unsafe-eval' blob:", rest: ' worker-src blob:;' }, withEngine),
};

if (process.argv.includes('--check')) {
  const other = Object.keys(pages).filter((file) => readFileSync(here(file), 'utf8') !== pages[file]);
  console.log(other.length ? `${other.join(' and ')} are not what esbuild ${version} makes of the sources: run npm run build` : `the pages in dist are what esbuild ${version} makes of the sources`);
  process.exit(other.length ? 1 : 0);
}
for (const [file, text] of Object.entries(pages)) {
  writeFileSync(here(file), text);
  console.log(`${file}: ${text.length} bytes`);
}
