/** A linear model over hashed features, pooled over windows of a text: inference only. */

import { CLASS } from '../../text/characters.ts';
import type { View } from '../../text/fold.ts';
import type { Tokens } from '../../text/tokens.ts';
import { conceptsOf } from './concepts.ts';
import { BLOCK, featuresOf } from './features.ts';
import type { Head } from './head.ts';

/** What a head makes of a text. */
export interface Estimate {
  /** Log-odds. */
  readonly logit: number;
  /** First word of the strongest window, and the one behind its last. */
  readonly first: number;
  readonly end: number;
}

/** Looks at windows of so many words, each half a window behind the one before. */
export const eachWindow = (count: number, window: number, look: (from: number, to: number) => void): void => {
  for (let from = 0; ; from += window >> 1) {
    const to = Math.min(count, from + window);
    look(from, to);
    if (to >= count) return;
  }
};

/** Fewest words of a sentence: fewer belong to the next. */
const MIN_SENTENCE = 3;

/** Looks at each sentence or line, and at each together with the one before it. */
export const eachSentence = (
  { count, breaks }: Pick<Tokens, 'count' | 'breaks'>,
  most: number,
  look: (from: number, to: number) => void,
): void => {
  let before = 0;
  let from = 0;
  for (let to = 1; to <= count; to++) {
    const isEnd = to === count || (breaks[to] as number) >= CLASS.sentence;
    if (!(isEnd && to - from >= MIN_SENTENCE) && to - from < most && to < count) continue;
    look(from, to);
    if (before < from) look(before, to);
    before = from;
    from = to;
  }
};

/** Words for which sums are kept between calls. */
const KEPT = 1 << 15;
const keptSums = new Float64Array(KEPT + 1);
const keptCounts = new Int32Array(KEPT + 1);

/** Fewest words of which anything is said: a word or two, the name of a field among them, are no order yet. */
const MIN_WORDS = 3;
/** Fewest features, those of two short words: digits and repetitions have none. */
const MIN_FEATURES = 16;
const NOTHING: Estimate = { logit: Number.NEGATIVE_INFINITY, first: 0, end: 0 };

/** What a head makes of a reading of a text: of one that may have been plain, or that says hardly anything, nothing. */
export const estimate = (head: Head, { units, isSlight }: View, tokens: Tokens): Estimate => {
  const { weights, scale, bias, parts, prior, window, whole } = head;
  const { count } = tokens;
  if (isSlight || count < MIN_WORDS) return NOTHING;
  const shift = Math.clz32(weights.length - 1);
  const sums = count <= KEPT ? keptSums : new Float64Array(count + 1);
  const counts = count <= KEPT ? keptCounts : new Int32Array(count + 1);
  const concepts = conceptsOf(tokens);
  let sum = 0;
  for (let from = 0; from < count; from += BLOCK) {
    const { hashes, ends } = featuresOf(units, tokens, concepts, from);
    const words = Math.min(BLOCK, count - from);
    const base = counts[from] as number;
    let at = 0;
    for (let word = 0; word < words; word++) {
      const end = ends[word] as number;
      for (; at < end; at++) sum += weights[(hashes[at] as number) >>> shift] as number;
      sums[from + word + 1] = sum;
      counts[from + word + 1] = base + at;
    }
  }
  let best = Number.NEGATIVE_INFINITY;
  let first = 0;
  let end = count;
  const look = (from: number, to: number): void => {
    const features = (counts[to] as number) - (counts[from] as number);
    const value = ((sums[to] as number) - (sums[from] as number)) / Math.sqrt(features + prior);
    if (value <= best) return;
    best = value;
    first = from;
    end = to;
  };
  if (parts === 'windows') eachWindow(count, window, look);
  else eachSentence(tokens, window, look);
  if ((counts[count] as number) < MIN_FEATURES) return NOTHING;
  const all = sum / Math.sqrt((counts[count] as number) + prior);
  return { logit: bias + scale * (whole * all + (1 - whole) * best), first, end };
};
