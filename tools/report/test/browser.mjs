// Debian's Chromium, or the one that CHROMIUM names.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium'].find((path) => path && existsSync(path));
if (!executablePath) {
  console.error('no Chromium here: install the package chromium or set CHROMIUM');
  process.exit(69);
}
/// Headless; without its sandbox where the user is root, as containers need it.
export const openBrowser = () => chromium.launch({ executablePath, args: process.getuid() === 0 ? ['--no-sandbox'] : [] });
