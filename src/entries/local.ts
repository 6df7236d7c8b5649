/** The player without an LMS: progress stays on the device. */
import { start } from '../main.ts';
import { openOnDevice } from '../tracking/local/local-session.ts';

void start(openOnDevice);
