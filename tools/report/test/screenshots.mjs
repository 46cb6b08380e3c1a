// Pictures of a page to be looked at before a change is accepted: node screenshots.mjs PAGE.html FOLDER
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { openBrowser } from './browser.mjs';

const [page, folder] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await openBrowser();
for (const [name, options] of Object.entries({
  light: { viewport: { width: 1280, height: 900 }, colorScheme: 'light' },
  dark: { viewport: { width: 1280, height: 900 }, colorScheme: 'dark' },
  phone: { viewport: { width: 390, height: 844 }, colorScheme: 'light', deviceScaleFactor: 2, isMobile: true, hasTouch: true },
})) {
  const context = await browser.newContext(options), tab = await context.newPage();
  await tab.goto(`file://${resolve(page)}`);
  await tab.waitForSelector('main .chart');
  await tab.waitForTimeout(200);
  await tab.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  if (name === 'light') await tab.pdf({ path: `${folder}/print.pdf`, format: 'A4', preferCSSPageSize: true });
  for (const figure of await tab.$$('figure, header')) await figure.screenshot({ path: `${folder}/${name}-${(await figure.getAttribute('id')) ?? 'head'}.png` });
  await context.close();
}
await browser.close();
