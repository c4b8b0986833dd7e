/** Asking about the pieces of one text, some at a time, within one time limit. */

import type { UnknownCause } from './cause.ts';
import { textUnitsOf } from './chunks.ts';
import { failureOf } from './failure.ts';

/** What an answer about one piece says. */
export interface PieceAnswer {
  readonly verdict: string;
  /** As the service counted them; absent where its answer does not say so. */
  readonly textUnits?: number;
}

/** Asks about one piece. It may fail, be late or be deaf to its signal. */
export type AskPiece<Answer extends PieceAnswer> = (text: string, signal: AbortSignal) => Promise<Answer>;

/** No answer about a piece, and why. */
export interface Unanswered {
  readonly verdict: 'unknown';
  readonly cause: UnknownCause;
  readonly textUnits: number;
}

/** What became of the pieces. */
export interface Asked<Answer extends PieceAnswer> {
  /** Those that were asked about, as they came to their end. */
  readonly answers: readonly ((Answer & { readonly textUnits: number }) | Unanswered)[];
  /** Why others were not. */
  readonly left?: UnknownCause;
}

/** How pieces are asked about. */
export interface Asking<Answer extends PieceAnswer> {
  /** For all of them together, in milliseconds. */
  readonly timeoutMs: number;
  /** How many are asked about at once. */
  readonly atOnce: number;
  /** Ends it: nobody waits any more. */
  readonly unwanted?: AbortSignal | undefined;
  /** Whether an answer settles the text, so that the rest is left alone. */
  readonly isFinal: (answer: Answer | Unanswered) => boolean;
}

const unanswered = (text: string, cause: UnknownCause, isBillable = true): Unanswered => ({
  verdict: 'unknown',
  cause,
  textUnits: isBillable ? textUnitsOf(text) : 0,
});

/** The answer about one piece, or why there is none, no later than the signal. Its reason is the cause. */
const answerTo = async <Answer extends PieceAnswer>(
  ask: AskPiece<Answer>,
  text: string,
  signal: AbortSignal,
): Promise<Asked<Answer>['answers'][number]> => {
  const { promise: over, resolve } = Promise.withResolvers<Unanswered>();
  const end = (): void => resolve(unanswered(text, signal.reason as UnknownCause));
  signal.addEventListener('abort', end, { once: true });
  const asked = async (): Promise<Asked<Answer>['answers'][number]> => {
    try {
      return { textUnits: textUnitsOf(text), ...(await ask(text, signal)) };
    } catch (error) {
      const { cause, isBillable } = failureOf(error);
      return signal.aborted ? unanswered(text, signal.reason as UnknownCause) : unanswered(text, cause, isBillable);
    }
  };
  try {
    return await Promise.race([asked(), over]);
  } finally {
    signal.removeEventListener('abort', end);
  }
};

/** Asks about the pieces of a text, until an answer settles it. Never fails. */
export const askPieces = async <Answer extends PieceAnswer>(
  ask: AskPiece<Answer>,
  pieces: readonly string[],
  { timeoutMs, atOnce, unwanted, isFinal }: Asking<Answer>,
): Promise<Asked<Answer>> => {
  const aborter = new AbortController();
  const end = (cause: UnknownCause): void => aborter.abort(cause);
  const leave = (): void => end('aborted');
  const timer = setTimeout(end, timeoutMs, 'timeout' satisfies UnknownCause);
  unwanted?.addEventListener('abort', leave, { once: true });
  if (unwanted?.aborted) leave();
  const answers: Asked<Answer>['answers'][number][] = [];
  const waiting = pieces.values();
  const work = async (): Promise<void> => {
    for (const piece of waiting) {
      if (aborter.signal.aborted) return;
      const answer = await answerTo(ask, piece, aborter.signal);
      answers.push(answer);
      if (isFinal(answer)) end('aborted');
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(atOnce, pieces.length) }, work));
  } finally {
    clearTimeout(timer);
    unwanted?.removeEventListener('abort', leave);
  }
  return answers.length < pieces.length ? { answers, left: aborter.signal.reason } : { answers };
};

/** Text units of all that was asked. */
export const unitsOf = ({ answers }: Asked<PieceAnswer>): number =>
  answers.reduce((sum, { textUnits = 0 }) => sum + textUnits, 0);

/** Text units of an answer, when it is a number that can be one. */
export const unitsIn = (value: unknown): { readonly textUnits?: number } =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? { textUnits: value as number } : {};
