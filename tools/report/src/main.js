// Builds the page from the document at its end. Every number shown comes from there.
import { report, show } from './page.js';
import { runPage } from './run.js';
import { comparePage } from './compare.js';
import { routesPage } from './routes.js';
import { backtestPage } from './backtest.js';
import { inferPage } from './infer.js';
import { explainPage } from './explain.js';
import { departurePage } from './departure.js';
import { oneRunPage } from './onerun.js';
import { reachPage } from './reach.js';

show({ run: runPage, compare: comparePage, routes: routesPage, backtest: backtestPage, infer: inferPage, explain: explainPage, 'depart-by': departurePage, profile: oneRunPage, reach: reachPage }[report.command]());
