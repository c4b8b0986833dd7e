/** All pieces of one text, some at a time, within one time limit. */

import { textUnitsOf } from './chunks.ts';
import { failureOf } from './failure.ts';
import { type Answer, type Finding, type UnknownCause, worstOf } from './outcome.ts';

/** Pieces of a text that are judged at once. */
const AT_ONCE = 4;

/** Asks about one piece. It may fail, be late or be deaf to its signal. */
export type Ask = (text: string, signal: AbortSignal) => Promise<Answer>;

/** What became of a text, and what it cost. */
export interface Judgement extends Finding {
  readonly calls: number;
  /** As the service counted them; of calls without an answer, what they may have cost. */
  readonly textUnits: number;
}

type Piece = Finding & Pick<Judgement, 'textUnits'>;

const unknown = (text: string, cause: UnknownCause, isBillable = true): Piece => ({
  verdict: 'unknown',
  cause,
  textUnits: isBillable ? textUnitsOf(text) : 0,
});

/** The answer about one piece, or why there is none, no later than the signal. Its reason is the cause. */
const answerTo = async (ask: Ask, text: string, signal: AbortSignal): Promise<Piece> => {
  const { promise: over, resolve } = Promise.withResolvers<Piece>();
  const end = (): void => resolve(unknown(text, signal.reason as UnknownCause));
  signal.addEventListener('abort', end, { once: true });
  const asked = async (): Promise<Piece> => {
    try {
      return { textUnits: textUnitsOf(text), ...(await ask(text, signal)) };
    } catch (error) {
      const { cause, isBillable } = failureOf(error);
      return signal.aborted ? unknown(text, signal.reason as UnknownCause) : unknown(text, cause, isBillable);
    }
  };
  try {
    return await Promise.race([asked(), over]);
  } finally {
    signal.removeEventListener('abort', end);
  }
};

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
  const aborter = new AbortController();
  const end = (cause: UnknownCause): void => aborter.abort(cause);
  const leave = (): void => end('aborted');
  const timer = setTimeout(end, timeoutMs, 'timeout' satisfies UnknownCause);
  unwanted.addEventListener('abort', leave, { once: true });
  const judged: Piece[] = [];
  const waiting = pieces.values();
  const work = async (): Promise<void> => {
    for (const piece of waiting) {
      if (aborter.signal.aborted) return;
      const answer = await answerTo(ask, piece, aborter.signal);
      judged.push(answer);
      if (answer.verdict === 'attack') end('aborted');
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, pieces.length) }, work));
  } finally {
    clearTimeout(timer);
    unwanted.removeEventListener('abort', leave);
  }
  const left: Finding[] = judged.length < pieces.length ? [{ verdict: 'unknown', cause: aborter.signal.reason }] : [];
  const { verdict, cause } = worstOf([...judged, ...left]);
  return {
    verdict,
    ...(cause !== undefined && { cause }),
    calls: judged.length,
    textUnits: judged.reduce((sum, { textUnits }) => sum + textUnits, 0),
  };
};
