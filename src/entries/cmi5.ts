/** The player that reports to an LMS by cmi5. */
import { start } from '../main.ts';
import { openCmi5 } from '../tracking/cmi5/open-cmi5.ts';

void start(openCmi5);
