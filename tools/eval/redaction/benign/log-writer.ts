/** Writers of logs. */

import type { Random } from '../../../../training/random.ts';

/** Writes one entry, of one line or several. */
export type LogWriter = (random: Random) => string;
