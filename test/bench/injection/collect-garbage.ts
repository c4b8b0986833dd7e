/** Collection on demand: so that each round begins alike. */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');

/** Frees what is not used any more, at once. */
export const collectGarbage: () => void = runInNewContext('gc');
