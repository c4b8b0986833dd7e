/** Harmless texts, the same each time: nothing in them is private, whatever it looks like. */

import { benignLogs } from './logs.ts';
import { packageFiles } from './packages.ts';
import { benignProse } from './prose.ts';

/** What a text is. */
export type BenignKind = 'code' | 'lock files' | 'logs' | 'prose';

/** A harmless text. */
export interface BenignFile {
  readonly kind: BenignKind;
  /** A path below the folder that `--write-benign` names. */
  readonly name: string;
  readonly text: string;
}

/** The whole corpus: made from installed packages, which the lock file pins, and from a seed. Nothing is fetched. */
export const benignCorpus = (): readonly BenignFile[] => [...packageFiles(), ...benignLogs(), ...benignProse()];
