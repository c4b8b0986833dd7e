/** Screening of several texts that belong together: each alone, and as they are read one after the other. */

import { SEVERITY } from './graded.ts';
import type { ScreenCache, TextKey } from './memory.ts';
import { type Chunk, crosses, readOn } from './reading-on.ts';
import type { ScreenText } from './screen.ts';
import type { Segment } from './segments.ts';
import type { Channel, ScreenResult, Verdict } from './types.ts';

/** A text and its judgement. */
export interface ScreenedSegment extends Segment {
  readonly result: ScreenResult;
  /** Whether it was known before. */
  readonly known: boolean;
}

/** What screening came to. */
export interface Screened {
  readonly segments: readonly ScreenedSegment[];
  /** What the screen threw first, if it did. The other texts were screened all the same. */
  readonly failure: unknown;
}

/** With what, and what is known. */
export interface Screening {
  readonly screen: ScreenText;
  readonly keyOf: TextKey;
  readonly known: ScreenCache;
  /** Ends the screening between two texts. */
  readonly signal?: AbortSignal | undefined;
}

/** Shorter texts are many before they are long. Of more than so many, the rest is read in chunks only. */
const SHORT = 40;
const MAX_SHORT_ALONE = 200;

/** The verdict that was found, given or not. */
const foundVerdict = ({ verdict, heldBack }: ScreenResult): Verdict => heldBack?.verdict ?? verdict;

/** Hints of texts that only stand near each other are no one attack, which is worth a look and no refusal. */
const withoutSums = (chunk: Chunk, result: ScreenResult): ScreenResult => {
  if (result.verdict !== 'block' || result.findings.some(({ start, end }) => crosses(chunk, start, end))) return result;
  const { score, findings } = result;
  return { verdict: 'flag', score, findings };
};

/**
 * Screens texts in order, and as they are read on into each other by channel. What is read on counts where it says more
 * than each of its texts alone.
 *
 * @throws the signal's reason when it is aborted.
 */
export const screenSegments = ({ screen, keyOf, known, signal }: Screening, segments: readonly Segment[]): Screened => {
  const screened: ScreenedSegment[] = [];
  let failure: unknown;

  const judge = (segment: Segment, adjust: (result: ScreenResult) => ScreenResult): ScreenedSegment | undefined => {
    signal?.throwIfAborted();
    const key = keyOf(segment);
    const before = known.get(key);
    if (before !== undefined) return { ...segment, result: before, known: true };
    try {
      const result = adjust(screen(segment.text, { channel: segment.channel }));
      known.set(key, result);
      return { ...segment, result, known: false };
    } catch (error) {
      failure ??= error;
      return undefined;
    }
  };

  let short = 0;
  const alone = segments.map((segment) => {
    if (segment.text.length < SHORT) short += 1;
    if (segment.text.length < SHORT && short > MAX_SHORT_ALONE) return undefined;
    const judged = judge(segment, (result) => result);
    if (judged !== undefined) screened.push(judged);
    return judged?.result;
  });

  const readTogether = (channel: Channel, isLabel: boolean): void => {
    const texts = segments.map((segment, index) => {
      const passes = alone[index]?.heldBack?.by === 'allow-list';
      return segment.channel === channel && (segment.label === true) === isLabel && !passes ? segment.text : '';
    });
    for (const chunk of readOn(texts)) {
      const parts = alone.slice(chunk.first, chunk.last + 1).filter((_, at) => texts[chunk.first + at] !== '');
      const areJudged = parts.every((part) => part !== undefined);
      const segment = { channel, text: chunk.text };
      const judged = judge(segment, (result) => (areJudged ? withoutSums(chunk, result) : result));
      if (judged === undefined) continue;
      const worst = Math.max(...parts.map((part) => (part === undefined ? 0 : SEVERITY[foundVerdict(part)])));
      if (SEVERITY[foundVerdict(judged.result)] > worst) screened.push(judged);
    }
  };

  for (const channel of ['user', 'data'] as const) {
    readTogether(channel, false);
    if (short > MAX_SHORT_ALONE) readTogether(channel, true);
  }
  return { segments: screened, failure };
};
