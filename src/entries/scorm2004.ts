/** The player that reports to an LMS by SCORM 2004. */
import { start } from '../main.ts';
import { openScorm } from '../tracking/open-scorm.ts';
import { scorm2004 } from '../tracking/scorm2004/scorm2004-edition.ts';

void start(openScorm(scorm2004));
