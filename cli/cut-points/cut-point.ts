/** Cut points from scores. */

import type { CutPoints } from '../../core/injection/types.ts';
import { type ChannelScores, STEPS } from './channel-scores.ts';
import { type Interval, wilson } from './wilson.ts';

/** Which of the two cut points is looked for. */
export type CutPointName = 'flag' | 'block';

/** A share of requests. */
export interface CountedShare extends Interval {
  readonly requests: number;
  readonly share: number;
}

/** A cut point that keeps a share. */
export interface KeepingCut {
  readonly value: number;
  /** What would be flagged or blocked with it. */
  readonly kept: CountedShare;
  /**
   * Cut points of which the sample cannot tell which keeps the share, at 95 %: from `low` on one may, from `high` on one
   * surely does. `high` is absent where too few requests were seen to be sure of any.
   */
  readonly low: number;
  readonly high: number | undefined;
  /** The budget is not used up, and nothing is known of lower scores. */
  readonly atFloor: boolean;
}

/** What a log says about one channel. */
export interface ChannelCut {
  readonly requests: number;
  /** What was flagged or blocked, or would have been in monitor mode. */
  readonly present: CountedShare;
  /** Below it the scores of requests are not known, or a cut point may not be. */
  readonly floor: number;
  /** `undefined` where too many requests have a score of 1. */
  readonly cut: KeepingCut | undefined;
}

const shareOf = (requests: number, whole: number): CountedShare => ({
  requests,
  share: whole === 0 ? 0 : requests / whole,
  ...wilson(requests, whole),
});

/** The first step from which on `fits` holds: the number of requests never grows from step to step. */
const firstStep = (from: number, fits: (step: number) => boolean): number | undefined => {
  for (let step = from; step <= STEPS; step++) if (fits(step)) return step;
  return undefined;
};

/**
 * The lowest cut point that keeps the share of requests at or over it within a budget.
 *
 * @param budget Share of requests, over 0, below 1.
 * @param floor The lowest cut point that may be: what the log knows nothing below.
 */
export const cutPointFor = (scores: ChannelScores, at: CutPointName, budget: number, floor: number): ChannelCut => {
  const { requests } = scores;
  const first = Math.max(1, Math.ceil(floor * STEPS - 1e-9));
  const over = (step: number): number => scores.atLeast(step);
  const step = firstStep(first, (each) => requests > 0 && over(each) / requests <= budget);
  const present = shareOf(at === 'flag' ? scores.flagged : scores.blocked, requests);
  if (step === undefined) return { requests, present, floor, cut: undefined };
  const high = firstStep(step, (each) => wilson(over(each), requests).high <= budget);
  const low = firstStep(first, (each) => wilson(over(each), requests).low <= budget) ?? step;
  return {
    requests,
    present,
    floor,
    cut: {
      value: step / STEPS,
      kept: shareOf(over(step), requests),
      low: low / STEPS,
      high: high === undefined ? undefined : high / STEPS,
      atFloor: step === first,
    },
  };
};

/** Both cut points of a channel, with a new one of them. They keep their order. */
export const withCut = ({ flag, block }: CutPoints, at: CutPointName, value: number): CutPoints =>
  at === 'flag' ? { flag: value, block: Math.max(block, value) } : { flag: Math.min(flag, value), block: value };
