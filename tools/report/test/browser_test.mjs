// Pages of real and hostile scenarios in Chromium: what a reader of them may rely on.
//   node browser_test.mjs RAILWINDOW [FOLDER]    prints one line per test; the last is `N passed, N failed`
import { browser, counts } from './harness.mjs';
import { testAsking } from './asking.mjs';
import { testAskedPages } from './asked_pages.mjs';
import { testExplainPages } from './explain_page.mjs';
import { testInteractivePages } from './interactive_page.mjs';
import { testInferPages } from './infer_page.mjs';
import { testBacktestPages, testComparePages, testRoutesPages } from './other_pages.mjs';
import { testMade } from './made.mjs';
import { testMaps } from './maps.mjs';
import { testPlainPages } from './plain_page.mjs';
import { testRunPages } from './run_page.mjs';
import { testTraffic } from './traffic.mjs';

await testRunPages();
await testTraffic();
await testPlainPages();
await testMade();
await testMaps();
await testAsking();
await testComparePages();
await testRoutesPages();
await testBacktestPages();
await testInferPages();
await testExplainPages();
await testAskedPages();
await testInteractivePages();
await browser.close();
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exit(counts.failed ? 1 : 0);
