/** A linear model over hashed features, pooled over windows of a text: inference only. */

import type { Tokens } from '../../text/tokens.ts';
import { conceptsOf } from './concepts.ts';
import { BLOCK, featuresOf } from './features.ts';

/** One head of the model: the weights for one channel, and how they are read. */
export interface Head {
  /** One weight for each bucket; their number is a power of two. */
  readonly weights: Int8Array;
  /** What a weight of 1 stands for. */
  readonly scale: number;
  readonly bias: number;
  /** Words of a window, which start half a window apart. */
  readonly window: number;
  /** Share of the whole text in the score; the rest is its strongest window's. */
  readonly whole: number;
}

/** What a head makes of a text. */
export interface Estimate {
  /** Log-odds. */
  readonly logit: number;
  /** First word of the strongest window, and the one behind its last. */
  readonly first: number;
  readonly end: number;
}

/** Features that say as much as all those of a text that has none. */
export const PRIOR_FEATURES = 20;

/** Words for which sums are kept between calls. */
const KEPT = 1 << 15;
const keptSums = new Float64Array(KEPT + 1);
const keptCounts = new Int32Array(KEPT + 1);

/** What a head makes of the words of a folded text. */
export const estimate = (head: Head, units: Uint16Array, tokens: Tokens): Estimate => {
  const { weights, scale, bias, window, whole } = head;
  const { count } = tokens;
  if (count === 0) return { logit: bias, first: 0, end: 0 };
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
  let last = count;
  const step = window >> 1;
  for (let from = 0; ; from += step) {
    const to = Math.min(count, from + window);
    const features = (counts[to] as number) - (counts[from] as number);
    const value = ((sums[to] as number) - (sums[from] as number)) / Math.sqrt(features + PRIOR_FEATURES);
    if (value > best) {
      best = value;
      first = from;
      last = to;
    }
    if (to >= count) break;
  }
  const all = sum / Math.sqrt((counts[count] as number) + PRIOR_FEATURES);
  return { logit: bias + scale * (whole * all + (1 - whole) * best), first, end: last };
};
