/** Harmless texts, the same each time: nothing in them is private, whatever it looks like. */

import type { BenignFile } from './benign-file.ts';
import { benignLogs } from './logs.ts';
import { packageFiles } from './packages.ts';
import { benignProse } from './prose.ts';

/** The whole corpus: made from installed packages, which the lock file pins, and from a seed. Nothing is fetched. */
export const benignCorpus = (): readonly BenignFile[] => [...packageFiles(), ...benignLogs(), ...benignProse()];
