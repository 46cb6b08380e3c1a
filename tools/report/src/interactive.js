// The page of a run that answers: the same page, with what-if behind its headline.
import { show } from './page.js';
import { runPage } from './run.js';
import { whatIfSection } from './whatif.js';

const main = runPage();
main.querySelector('header').after(whatIfSection());
show(main);
