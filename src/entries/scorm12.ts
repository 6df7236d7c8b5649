/** The player that reports to an LMS by SCORM 1.2. */
import { start } from '../main.ts';
import { openScorm } from '../tracking/open-scorm.ts';
import { scorm12 } from '../tracking/scorm12/scorm12-edition.ts';

void start(openScorm(scorm12));
