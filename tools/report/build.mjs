// Makes dist/page.html, the page around a report: one file with style and script in it. The engine puts in what it says, its map and its document. `node build.mjs --check` compares with what is committed.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { build, version } from 'esbuild';

const here = (name) => new URL(name, import.meta.url);
const bundle = async (entry, loader) => {
  const result = await build({ entryPoints: [here(entry).pathname], bundle: true, minify: true, write: false, format: 'iife', target: 'es2020', charset: 'ascii', legalComments: 'none', loader });
  return result.outputFiles[0].text.trim().replaceAll('</script', '<\\/script');
};
const hash = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const script = await bundle('src/main.js');
const style = await bundle('src/style.css');
const policy = `default-src 'none'; script-src ${hash(script)}; style-src ${hash(style)}; base-uri 'none'; form-action 'none'`;
const page = readFileSync(here('src/page.html'), 'utf8')
  .replace('%POLICY%', () => policy)
  .replace('%STYLE%', () => style)
  .replace('%SCRIPT%', () => script);

// The engine replaces these wherever they stand; in the script they would change what its hash promises.
for (const mark of ['%TITLE%', '%DESCRIPTION%', '%CONTENT%', '%BASEMAP%', '%REPORT%']) if ((script + style).includes(mark)) throw new Error(`script or style hold ${mark}`);

if (process.argv.includes('--check')) {
  const same = readFileSync(here('dist/page.html'), 'utf8') === page;
  console.log(same ? `dist/page.html is what esbuild ${version} makes of the sources` : `dist/page.html is not what esbuild ${version} makes of the sources: run npm run build`);
  process.exit(same ? 0 : 1);
}
writeFileSync(here('dist/page.html'), page);
console.log(`dist/page.html: ${page.length} bytes, of which script ${script.length}, style ${style.length}`);
