/** How sure one check digit makes: of ten numbers of a format, one passes it by chance. */

import type { Detector } from '../../types.ts';

/** Below the default set's threshold: only context lifts it. */
const UNANNOUNCED = 0.3;

/**
 * A number with a checksum that some other number may pass by chance. Where its entity is asked for, it counts wherever
 * it stands, with the detector's own score; in the default set only where one of the `context` words announces it.
 */
export const provedOrAnnounced = (
  detector: Detector & { readonly context: readonly string[] },
): readonly Detector[] => [
  { ...detector, byDefault: false },
  { ...detector, score: UNANNOUNCED },
];
