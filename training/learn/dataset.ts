/** Examples as the model reads them: features, word by word, through the code that reads texts at run time. */

import { conceptsOf } from '../../core/injection/model/concepts.ts';
import { BLOCK, featuresOf } from '../../core/injection/model/features.ts';
import { readEach } from '../../core/injection/readings.ts';
import type { Tokens } from '../../core/text/tokens.ts';
import type { Example } from '../examples/example.ts';

/** Units of a text that are learned from: of a longer one the beginning and the end. */
const MAX_UNITS = 4000;
/** Words that make a shingle, by which near-duplicates are known. */
const SHINGLE = 4;

/** One reading of an example. */
export interface Reading {
  /** Bucket of each feature, those of the first word first. */
  readonly buckets: Int32Array;
  /** For each word the index behind its last feature. */
  readonly ends: Int32Array;
  /** What stands before each word, one of `CLASS`. */
  readonly breaks: Uint8Array;
}

/** One example, read in every way. */
export interface Item {
  readonly example: Example;
  /** The plain reading first. */
  readonly readings: readonly Reading[];
  /** Hashes of its runs of {@link SHINGLE} words; of a shorter text, one of the whole. */
  readonly shingles: Int32Array;
  /** Hash of all its words in order: equal for texts that differ in signs and case only. */
  readonly identity: number;
}

const join = (hash: number, next: number): number => Math.imul(hash ^ next, 0x01000193);

/** What near-duplicates of a text are known by. */
export const shinglesOf = ({ count, hashes }: Tokens): Pick<Item, 'shingles' | 'identity'> => {
  const shingles = new Set<number>();
  let identity = 0;
  for (let index = 0; index < count; index++) {
    identity = join(identity, hashes[index] as number);
    if (index + SHINGLE > count) continue;
    let shingle = 0;
    for (let at = index; at < index + SHINGLE; at++) shingle = join(shingle, hashes[at] as number);
    shingles.add(shingle);
  }
  if (count < SHINGLE) shingles.add(identity);
  return { shingles: Int32Array.from(shingles), identity };
};

const readingOf = (units: Uint16Array, tokens: Tokens, bits: number): Reading => {
  const { count } = tokens;
  const concepts = conceptsOf(tokens);
  const buckets: number[] = [];
  const ends = new Int32Array(count);
  for (let from = 0; from < count; from += BLOCK) {
    const block = featuresOf(units, tokens, concepts, from);
    const words = Math.min(BLOCK, count - from);
    const base = buckets.length;
    for (let word = 0; word < words; word++) ends[from + word] = base + (block.ends[word] as number);
    for (let at = 0; at < (block.ends[words - 1] as number); at++)
      buckets.push((block.hashes[at] as number) >>> (32 - bits));
  }
  return { buckets: Int32Array.from(buckets), ends, breaks: tokens.breaks.slice(0, count) };
};

/** Reads one example. @param bits Binary logarithm of the number of buckets. */
export const itemOf = (example: Example, bits: number): Item => {
  const { text } = example;
  const half = MAX_UNITS / 2;
  const readings: Reading[] = [];
  let known: Pick<Item, 'shingles' | 'identity'> | undefined;
  readEach(
    text.length > MAX_UNITS ? `${text.slice(0, half)}\n${text.slice(-half)}` : text,
    ({ units, isSlight }, tokens) => {
      const { count } = tokens;
      if ((isSlight || count === 0) && readings.length > 0) return;
      readings.push(readingOf(units, tokens, bits));
      known ??= shinglesOf(tokens);
    },
  );
  return { example, readings, shingles: known?.shingles ?? new Int32Array(), identity: known?.identity ?? 0 };
};
