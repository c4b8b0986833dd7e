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
  /** Bucket of each feature, those of the first word first: see `itemOf`. */
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

/** The text of an example that is read. */
const textOf = ({ text }: Example): string => {
  const half = MAX_UNITS / 2;
  return text.length > MAX_UNITS ? `${text.slice(0, half)}\n${text.slice(-half)}` : text;
};

/** Binary logarithm of the number of counters: enough that few features share one. */
const COUNTER_BITS = 26;

/** Tells whether a feature stands in more than one text: what stands in one alone teaches nothing but that text. */
export type IsCommon = (hash: number) => boolean;

/** Counts the texts of each feature. */
export const commonFeatures = (examples: readonly Example[]): IsCommon => {
  const counts = new Uint8Array(1 << COUNTER_BITS);
  for (const example of examples) {
    const seen = new Set<number>();
    readEach(textOf(example), ({ units, isSlight }, tokens) => {
      if (isSlight) return;
      const concepts = conceptsOf(tokens);
      for (let from = 0; from < tokens.count; from += BLOCK) {
        const { hashes, ends } = featuresOf(units, tokens, concepts, from);
        const used = ends[Math.min(BLOCK, tokens.count - from) - 1] as number;
        for (let at = 0; at < used; at++) seen.add((hashes[at] as number) >>> (32 - COUNTER_BITS));
      }
    });
    for (const counter of seen) counts[counter] = Math.min(2, (counts[counter] as number) + 1);
  }
  return (hash) => (counts[hash >>> (32 - COUNTER_BITS)] as number) > 1;
};

const readingOf = (units: Uint16Array, tokens: Tokens, bits: number, isCommon: IsCommon): Reading => {
  const { count } = tokens;
  const concepts = conceptsOf(tokens);
  const buckets: number[] = [];
  const ends = new Int32Array(count);
  for (let from = 0; from < count; from += BLOCK) {
    const block = featuresOf(units, tokens, concepts, from);
    const words = Math.min(BLOCK, count - from);
    const base = buckets.length;
    for (let word = 0; word < words; word++) ends[from + word] = base + (block.ends[word] as number);
    for (let at = 0; at < (block.ends[words - 1] as number); at++) {
      const hash = block.hashes[at] as number;
      buckets.push(isCommon(hash) ? hash >>> (32 - bits) : 1 << bits);
    }
  }
  return { buckets: Int32Array.from(buckets), ends, breaks: tokens.breaks.slice(0, count) };
};

/**
 * Reads one example.
 *
 * @param bits Binary logarithm of the number of buckets; the one behind the last is for features that are not common.
 */
export const itemOf = (example: Example, bits: number, isCommon: IsCommon): Item => {
  const readings: Reading[] = [];
  let known: Pick<Item, 'shingles' | 'identity'> | undefined;
  readEach(textOf(example), ({ units, isSlight }, tokens) => {
    const { count } = tokens;
    if ((isSlight || count === 0) && readings.length > 0) return;
    readings.push(readingOf(units, tokens, bits, isCommon));
    known ??= shinglesOf(tokens);
  });
  return { example, readings, shingles: known?.shingles ?? new Int32Array(), identity: known?.identity ?? 0 };
};
