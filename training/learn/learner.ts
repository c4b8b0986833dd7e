/**
 * Logistic regression over hashed features, pooled over windows as `core/injection/model/linear.ts` pools them: the
 * gradient goes to all of a text and, once more, to its strongest window. A head that looks at sentences learns what
 * is harmless from each sentence of a document, and what is not from passages alone: which sentence of a document is the
 * bad one cannot be learned by guessing. AdaGrad, one example at a time.
 */

import type { Head } from '../../core/injection/model/head.ts';
import { eachSentence, eachWindow } from '../../core/injection/model/linear.ts';
import { seeded, shuffled } from '../random.ts';
import type { Item, Reading } from './dataset.ts';

/** How a head is shaped and learned. */
export interface LearnOptions {
  /** Binary logarithm of the number of weights. */
  readonly bits: number;
  readonly parts: Head['parts'];
  readonly prior: number;
  readonly window: number;
  readonly whole: number;
  readonly epochs: number;
  readonly rate: number;
  /** Pull of each weight to zero (L2), each time that it is met. */
  readonly decay: number;
  readonly seed: number;
}

/** What was learned. */
export interface Learned {
  readonly weights: Float32Array;
  readonly bias: number;
  readonly options: LearnOptions;
}

interface Pass {
  logit: number;
  /** Scale of the gradient of every feature, and of those from `from` to `to` besides. */
  all: number;
  strongest: number;
  from: number;
  to: number;
}

const sums = new Float64Array(8192);

const forward = (
  weights: Float32Array,
  bias: number,
  { buckets, ends, breaks }: Reading,
  { parts, prior, window, whole }: LearnOptions,
): Pass => {
  const count = Math.min(ends.length, sums.length - 1);
  if (count === 0) return { logit: bias, all: 0, strongest: 0, from: 0, to: 0 };
  let at = 0;
  let sum = 0;
  for (let word = 0; word < count; word++) {
    const end = ends[word] as number;
    for (; at < end; at++) sum += weights[buckets[at] as number] as number;
    sums[word + 1] = sum;
  }
  let best = Number.NEGATIVE_INFINITY;
  let strongest = 0;
  let [from, to] = [0, 0];
  const look = (first: number, last: number): void => {
    const start = first === 0 ? 0 : (ends[first - 1] as number);
    const end = ends[last - 1] as number;
    const scale = 1 / Math.sqrt(end - start + prior);
    const value = ((sums[last] as number) - (sums[first] as number)) * scale;
    if (value > best) [best, strongest, from, to] = [value, scale, start, end];
  };
  if (parts === 'windows') eachWindow(count, window, look);
  else eachSentence({ count, breaks }, window, look);
  const all = 1 / Math.sqrt((ends[count - 1] as number) + prior);
  const logit = bias + whole * sum * all + (1 - whole) * best;
  return { logit, all: whole * all, strongest: (1 - whole) * strongest, from, to };
};

/** The reading of an item that looks most like an attack. */
const worst = (
  weights: Float32Array,
  bias: number,
  { readings }: Item,
  options: LearnOptions,
): { reading: Reading; pass: Pass } => {
  let [reading] = readings as [Reading, ...Reading[]];
  let pass = forward(weights, bias, reading, options);
  for (const other of readings.slice(1)) {
    const next = forward(weights, bias, other, options);
    if (next.logit > pass.logit) [reading, pass] = [other, next];
  }
  return { reading, pass };
};

/** Learns from items, each as heavy as its weight says. The same items, options and seed give the same weights. */
export const learn = (items: readonly Item[], weightOf: (item: Item) => number, options: LearnOptions): Learned => {
  const { bits, epochs, rate, decay, seed } = options;
  // The last one, of features that are not common, stays 0.
  const rare = 1 << bits;
  const weights = new Float32Array(rare + 1);
  const squares = new Float32Array(rare).fill(0.01);
  const random = seeded(seed);
  let bias = 0;
  let biasSquares = 0.001;
  for (let epoch = 0; epoch < epochs; epoch++)
    for (const item of shuffled(random, items)) {
      const { reading, pass } = worst(weights, bias, item, options);
      const { logit, all, strongest, from, to } = pass;
      const error = (1 / (1 + Math.exp(-logit)) - Number(item.example.isAttack)) * weightOf(item);
      const { buckets } = reading;
      for (let at = 0; at < buckets.length; at++) {
        const bucket = buckets[at] as number;
        if (bucket === rare) continue;
        const weight = weights[bucket] as number;
        const gradient = error * (all + (at >= from && at < to ? strongest : 0)) + decay * weight;
        const square = (squares[bucket] as number) + gradient * gradient;
        squares[bucket] = square;
        weights[bucket] = weight - (rate * gradient) / Math.sqrt(square);
      }
      biasSquares += error * error;
      bias -= (0.1 * rate * error) / Math.sqrt(biasSquares);
    }
  return { weights: weights.subarray(0, rare), bias, options };
};
