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
  /** What it is called in a cache. */
  readonly key: string;
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

/** The verdict that was found, given or not. */
const foundVerdict = ({ verdict, heldBack }: ScreenResult): Verdict => heldBack?.verdict ?? verdict;

/** Hints of texts that only stand near each other are no one attack, which is worth a look and no refusal. */
const withoutSums = (chunk: Chunk, result: ScreenResult): ScreenResult => {
  if (result.verdict !== 'block' || result.findings.some(({ start, end }) => crosses(chunk, start, end))) return result;
  const { score, findings } = result;
  return { verdict: 'flag', score, findings };
};

/**
 * Names what is read on, apart from a text that says the same: hints that are a refusal there are none here. Whether
 * they are depends on where its texts begin.
 */
const keyOfChunk = (keyOf: TextKey, channel: Channel, { text, borders }: Chunk, isWhole: boolean): string =>
  `read-on ${keyOf({ channel, text: `${isWhole ? borders : 'in part'}\n${text}` })}`;

/**
 * Screens texts in order, and as they are read on into each other by channel. What is read on counts where it says more
 * than each of its texts alone.
 *
 * @throws the signal's reason when it is aborted.
 */
export const screenSegments = ({ screen, keyOf, known, signal }: Screening, segments: readonly Segment[]): Screened => {
  const screened: ScreenedSegment[] = [];
  let failure: unknown;

  const judge = (segment: Segment, key: string, find: () => ScreenResult): ScreenedSegment | undefined => {
    signal?.throwIfAborted();
    const before = known.get(key);
    if (before !== undefined) return { ...segment, key, result: before, known: true };
    try {
      const result = find();
      known.set(key, result);
      return { ...segment, key, result, known: false };
    } catch (error) {
      failure ??= error;
      return undefined;
    }
  };

  const alone = segments.map((segment) => {
    const { channel, text } = segment;
    const judged = judge(segment, keyOf(segment), () => screen(text, { channel }));
    if (judged !== undefined) screened.push(judged);
    return judged?.result;
  });

  for (const channel of ['user', 'data'] as const) {
    const texts = segments.map((segment, index) => {
      const isLeftOut = segment.label === true || alone[index]?.heldBack?.by === 'allow-list';
      return segment.channel === channel && !isLeftOut ? segment.text : '';
    });
    for (const chunk of readOn(texts)) {
      const { text, first, last } = chunk;
      const parts = alone.slice(first, last + 1).filter((_, at) => texts[first + at] !== '');
      const segment = { channel, text };
      // Where a part could not be judged, what is found in it stands here.
      const isWhole = parts.every((part) => part !== undefined);
      const judged = judge(segment, keyOfChunk(keyOf, channel, chunk, isWhole), () => {
        const result = screen(text, { channel });
        return isWhole ? withoutSums(chunk, result) : result;
      });
      if (judged === undefined) continue;
      const worst = Math.max(...parts.map((part) => (part === undefined ? 0 : SEVERITY[foundVerdict(part)])));
      if (SEVERITY[foundVerdict(judged.result)] > worst) screened.push(judged);
    }
  }
  return { segments: screened, failure };
};
