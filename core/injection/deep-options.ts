/** How a deep tier is used. */

import { integer, type OptionCheck, object, oneOf } from '../options.ts';
import type { DeepFailureMode } from './ask-deep-tier.ts';
import type { DeepTier } from './deep-tier.ts';

/** Options wherever a deep tier may stand behind a screen. */
export interface DeepOptions {
  /** Asked about what is flagged, and nothing else. @default none: what is flagged passes */
  readonly deep?: DeepTier;
  /** What becomes of a flagged text that the deep tier could not judge. @default 'flag': it passes */
  readonly onDeepFailure?: DeepFailureMode;
  /**
   * No refusal of a prompt leaves sooner after its screening began, in milliseconds, so that time does not tell rules
   * from the deep tier. Give it the deep tier's own time limit to hide all of its refusals.
   * @default 600 with a deep tier, else 0
   */
  readonly refusalFloorMs?: number;
}

/** Floor of refusals with a deep tier, in milliseconds. */
const FLOOR_MS = 600;

const deepTier: OptionCheck = (value) =>
  object(value) === undefined && typeof (value as DeepTier).judge === 'function' ? undefined : 'a deep tier';

/** How the options of {@link DeepOptions} are checked. */
export const DEEP_CHECKS: Readonly<Record<keyof DeepOptions, OptionCheck>> = {
  deep: deepTier,
  onDeepFailure: oneOf('flag', 'block'),
  refusalFloorMs: integer(0),
};

/** The floor of refusals that options come to, in milliseconds. */
export const floorOf = ({ deep, refusalFloorMs }: DeepOptions): number =>
  refusalFloorMs ?? (deep === undefined ? 0 : FLOOR_MS);
