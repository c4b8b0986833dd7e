/** Screening of a conversation: each text by who wrote it, and only what was not screened before. */

import type { ConverseMessage } from '../converse/types.ts';
import { afterDeepTier, askDeepTier, type DeepFailureMode } from './ask-deep-tier.ts';
import type { DeepTier, DeepVerdict } from './deep-tier.ts';
import { SEVERITY } from './graded.ts';
import type { ScreenCache } from './memory.ts';
import type { TenantScreen } from './screen.ts';
import { type ScreenedSegment, screenSegments } from './screen-segments.ts';
import { type Segment, segmentsOf } from './segments.ts';
import type { ScreenResult, Verdict } from './types.ts';

/** A text of a conversation that did not pass, or that a mode, an allow-list or a deep tier let pass. */
export interface SuspectSegment extends Segment {
  readonly result: ScreenResult;
  /** What the deep tier said, where it was asked. */
  readonly deep?: DeepVerdict;
}

/** The judgement of a conversation: the worst of its texts. */
export interface ConversationResult {
  readonly verdict: Verdict;
  readonly score: number;
  /** What was screened now, and found suspect. */
  readonly segments: readonly SuspectSegment[];
}

/** Options of `screenConversation`. */
export interface ConversationOptions {
  /** @default a cache for this call only */
  readonly cache?: ScreenCache;
  /** Judges what is flagged, all of it at once, unless something is blocked anyway. @default none */
  readonly deep?: DeepTier;
  /** What becomes of a flagged text that the deep tier could not judge. @default 'flag' */
  readonly onDeepFailure?: DeepFailureMode;
  /** Ends the screening between two texts, and the wait for the deep tier. */
  readonly signal?: AbortSignal;
}

/** Names a text within one invocation, under one screen. */
export const segmentKey = ({ channel, text }: Segment): string => `${channel}\n${text}`;

type Judged = ScreenedSegment & { readonly deep?: DeepVerdict };

const FLAGGED = { verdict: 'flag', by: 'deep-tier' } as const;

const resolved = (segment: ScreenedSegment, deep: DeepVerdict, onFailure: DeepFailureMode): Judged => {
  const { score, findings } = segment.result;
  const verdict = afterDeepTier(deep, onFailure);
  const result = { verdict, score, findings, ...(verdict === 'allow' && { heldBack: FLAGGED }) };
  return { ...segment, known: false, deep, result };
};

/** Whether `a` is worse than `b`: cut points differ by channel, so the verdict counts before the score. */
const isWorse = (a: Pick<ScreenResult, 'verdict' | 'score'>, b: Pick<ScreenResult, 'verdict' | 'score'>): boolean =>
  SEVERITY[a.verdict] > SEVERITY[b.verdict] || (a.verdict === b.verdict && a.score > b.score);

/**
 * Screens what a cache does not know: texts alone, and as they are read on into each other. What is flagged goes to the
 * deep tier, where there is one; what it could not judge goes there again the next time.
 *
 * @throws the signal's reason when it is aborted during the screening; what the screen throws.
 */
export const screenConversation = async (
  { screen, keyOf }: TenantScreen,
  messages: readonly ConverseMessage[],
  { cache = new Map(), deep, onDeepFailure = 'flag', signal }: ConversationOptions = {},
): Promise<ConversationResult> => {
  const screened = screenSegments({ screen, keyOf, known: cache, signal }, segmentsOf(messages));
  if (screened.failure !== undefined) throw screened.failure;
  let judged: readonly Judged[] = screened.segments;
  const flagged = judged.filter(({ result }) => result.verdict === 'flag');
  const isRefused = judged.some(({ result }) => result.verdict === 'block');
  if (deep !== undefined && flagged.length > 0 && !isRefused) {
    const verdicts = await askDeepTier(deep, flagged, signal);
    const after = new Map(
      flagged.map((segment, index) => [
        segment as Judged,
        resolved(segment, verdicts[index] ?? 'unknown', onDeepFailure),
      ]),
    );
    judged = judged.map((segment) => after.get(segment) ?? segment);
    for (const segment of after.values()) if (segment.deep !== 'unknown') cache.set(segment.key, segment.result);
  }
  let worst: Pick<ScreenResult, 'verdict' | 'score'> = { verdict: 'allow', score: 0 };
  for (const { result } of judged) if (isWorse(result, worst)) worst = result;
  const segments = judged
    .filter(({ known, result }) => !known && (result.verdict !== 'allow' || result.heldBack !== undefined))
    .map(({ known: _, key: __, ...segment }) => segment);
  return { verdict: worst.verdict, score: worst.score, segments };
};
