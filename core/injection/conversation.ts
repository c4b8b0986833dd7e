/** Screening of a conversation: each text by who wrote it, and only what was not screened before. */

import type { ConverseMessage } from '../converse/types.ts';
import type { ScreenText } from './screen.ts';
import { type Segment, seamsOf, segmentsOf } from './segments.ts';
import type { ScreenResult, Verdict } from './types.ts';

/**
 * Results by {@link segmentKey}, to be kept by whoever screens a growing conversation again and again. Its keys hold the
 * texts: keep it in memory, and do not share it between screens with different cut points.
 */
export type ScreenCache = Pick<Map<string, ScreenResult>, 'get' | 'set'>;

/** The judgement of a conversation: the worst of its texts. */
export interface ConversationResult {
  readonly verdict: Verdict;
  readonly score: number;
  /**
   * What was screened now, and did not pass. A deep tier, when there is one, belongs to the caller of this function: it
   * looks at the segments whose verdict is `flag`, and at nothing else.
   */
  readonly segments: readonly (Segment & { readonly result: ScreenResult })[];
}

/** Options of `screenConversation`. */
export interface ConversationOptions {
  /** @default a cache for this call only */
  readonly cache?: ScreenCache;
  /** Ends the screening between two texts. */
  readonly signal?: AbortSignal;
}

/** Key of a segment in a {@link ScreenCache}. */
export const segmentKey = ({ channel, text }: Segment): string => `${channel}\n${text}`;

const SEVERITY: Readonly<Record<Verdict, number>> = { allow: 0, flag: 1, block: 2 };

/** Whether `a` is worse than `b`: cut points differ by channel, so the verdict counts before the score. */
const isWorse = (a: Pick<ScreenResult, 'verdict' | 'score'>, b: Pick<ScreenResult, 'verdict' | 'score'>): boolean =>
  SEVERITY[a.verdict] > SEVERITY[b.verdict] || (a.verdict === b.verdict && a.score > b.score);

/**
 * Screens what a cache does not know, texts and the seams between the caller's own.
 *
 * @throws the signal's reason when it is aborted.
 */
export const screenConversation = async (
  screen: ScreenText,
  messages: readonly ConverseMessage[],
  { cache = new Map(), signal }: ConversationOptions = {},
): Promise<ConversationResult> => {
  const segments: (Segment & { result: ScreenResult })[] = [];
  let worst: Pick<ScreenResult, 'verdict' | 'score'> = { verdict: 'allow', score: 0 };
  const texts = segmentsOf(messages);
  for (const segment of [...texts, ...seamsOf(texts)]) {
    signal?.throwIfAborted();
    const key = segmentKey(segment);
    const known = cache.get(key);
    const result = known ?? screen(segment.text, { channel: segment.channel });
    if (known === undefined) cache.set(key, result);
    if (known === undefined && result.verdict !== 'allow') segments.push({ ...segment, result });
    if (isWorse(result, worst)) worst = result;
  }
  return { verdict: worst.verdict, score: worst.score, segments };
};
