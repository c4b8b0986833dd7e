/** All pieces of one text, some at a time, within one time limit. */

import { type AskPiece, askPieces, unitsOf } from '../guardrails/ask-pieces.ts';
import { type Answer, type Finding, worstOf } from './outcome.ts';

/** Pieces of a text that are judged at once. */
const AT_ONCE = 4;

/** Asks about one piece. It may fail, be late or be deaf to its signal. */
export type Ask = AskPiece<Answer>;

/** What became of a text, and what it cost. */
export interface Judgement extends Finding {
  readonly calls: number;
  /** As the service counted them; of calls without an answer, what they may have cost. */
  readonly textUnits: number;
}

/**
 * Judges the pieces of a text, and leaves off at the first attack. Never fails.
 *
 * @param timeoutMs For all of them together.
 * @param unwanted Ends it: nobody waits any more.
 */
export const judgeText = async (
  ask: Ask,
  pieces: readonly string[],
  timeoutMs: number,
  unwanted: AbortSignal,
): Promise<Judgement> => {
  const isFinal = ({ verdict }: Finding): boolean => verdict === 'attack';
  const asked = await askPieces(ask, pieces, { timeoutMs, atOnce: AT_ONCE, unwanted, isFinal });
  const left: readonly Finding[] = asked.left === undefined ? [] : [{ verdict: 'unknown', cause: asked.left }];
  const { verdict, cause } = worstOf([...asked.answers, ...left]);
  return {
    verdict,
    ...(cause !== undefined && { cause }),
    calls: asked.answers.length,
    textUnits: unitsOf(asked),
  };
};
