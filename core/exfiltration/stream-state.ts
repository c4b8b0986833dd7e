/** What a stream knows: the place of reading, what was found, and where that stood in what was pushed. */

import { createInvisibleStage, type InvisibleStage } from './invisible.ts';
import { createOffsets, type Offsets } from './offsets.ts';
import { createReader } from './read-unit.ts';
import type { Reader, Swallow } from './reader.ts';
import type { ExfiltrationFinding } from './types.ts';
import { type ExfiltrationPolicy, type Verdict, verdictOn } from './verdict.ts';

/** State of a stream. Functions take it, so that all streams run through the same ones: V8 is slow with closures of each. */
export interface StreamState extends Reader {
  readonly stage: InvisibleStage;
  readonly invisible: Verdict | undefined;
  readonly cuts: ExfiltrationFinding[];
  readonly hidden: ExfiltrationFinding[];
  /** From what is read to what is visible of what was pushed, and on to what was pushed. */
  readonly toVisible: Offsets;
  readonly toPushed: Offsets;
  /** Units taken out by the first stage, and units that it passed on. */
  removed: number;
  visible: number;
  /** Place at which something invisible ends the reply. */
  stopAt: number;
  /** First unit not passed on. */
  kept: number;
  /** What is being passed over, from which place, and the index of its finding. */
  swallow: Swallow | undefined;
  swallowAt: number;
  swallowed: number;
  ended: boolean;
  /** What was passed on since the last piece. */
  out: string;
  /** Findings that were told. */
  toldCuts: number;
  toldHidden: number;
}

/** A stream that has read nothing. */
export const createState = (policy: ExfiltrationPolicy): StreamState => {
  const invisible = verdictOn(policy, 'invisible');
  return {
    ...createReader(policy),
    stage: createInvisibleStage(invisible !== undefined),
    invisible,
    cuts: [],
    hidden: [],
    toVisible: createOffsets(),
    toPushed: createOffsets(),
    removed: 0,
    visible: 0,
    stopAt: Number.POSITIVE_INFINITY,
    kept: 0,
    swallow: undefined,
    swallowAt: 0,
    swallowed: 0,
    ended: false,
    out: '',
    toldCuts: 0,
    toldHidden: 0,
  };
};
