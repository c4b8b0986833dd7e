/** The contract of a deep tier: a slower, better judge that is asked about what the screen flags, and nothing else. */

import type { Segment } from './segments.ts';

/** What a deep tier says of one text. `unknown`: it could not judge in time, or at all. */
export type DeepVerdict = 'attack' | 'clean' | 'unknown';

/** Judges texts that the screen flagged. Keeps its own time limit, budget and memory; never throws. */
export interface DeepTier {
  /** One verdict for each text, in order. */
  judge(texts: readonly Segment[], signal?: AbortSignal): Promise<readonly DeepVerdict[]>;
}
