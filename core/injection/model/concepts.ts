/** Concepts: what words and short phrases stand for, the same in every language. */

import { CLASS } from '../../text/characters.ts';
import { mixed, type Tokens } from '../../text/tokens.ts';
import { LEXICON } from './lexicon.ts';
import type { PackedLexicon } from './packed.ts';

/** Binary logarithm of the number of bits of {@link PackedLexicon.beginnings}. */
export const BEGINNING_BITS = 17;

/** Hash of no word at all, and of words that another follows. */
export const PHRASE_START = 0x2545f491;
export const phraseStep = (hash: number, word: number): number => mixed(Math.imul(hash ^ word, 0x9e3779b1));

/** Concepts of a text, word by word. */
export type ConceptReader = (tokens: Tokens) => Uint8Array;

const bytesOf = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'));

/** Words for which concepts are kept between calls. */
const KEPT = 1 << 16;

const unpacked = ({ phrases, numbers, beginnings }: PackedLexicon): ConceptReader => {
  const hashes = new Int32Array(bytesOf(phrases).buffer);
  const concepts = bytesOf(numbers);
  const bits = bytesOf(beginnings);
  let size = 1024;
  while (size < hashes.length * 2) size *= 2;
  const keys = new Int32Array(size);
  const values = new Uint8Array(size);
  for (const [index, hash] of hashes.entries()) {
    let at = hash & (size - 1);
    while (values[at] !== 0) at = (at + 1) & (size - 1);
    keys[at] = hash;
    values[at] = concepts[index] as number;
  }
  const conceptOf = (hash: number): number => {
    let at = hash & (size - 1);
    while (values[at] !== 0) {
      if (keys[at] === hash) return values[at] as number;
      at = (at + 1) & (size - 1);
    }
    return 0;
  };
  const goesOn = (hash: number): boolean => {
    const bit = hash >>> (32 - BEGINNING_BITS);
    return ((bits[bit >> 3] as number) & (1 << (bit & 7))) !== 0;
  };
  const kept = new Uint8Array(KEPT);
  return ({ count, hashes: words, breaks }) => {
    const to = count <= KEPT ? kept : new Uint8Array(count);
    for (let index = 0; index < count; ) {
      let hash = PHRASE_START;
      let found = 0;
      let end = index;
      for (let last = index; last < count; last++) {
        if (last > index && (breaks[last] as number) >= CLASS.sentence) break;
        hash = phraseStep(hash, words[last] as number);
        const concept = conceptOf(hash);
        if (concept !== 0) {
          found = concept;
          end = last;
        }
        if (!goesOn(hash)) break;
      }
      for (; index <= end; index++) to[index] = 0;
      to[end] = found;
    }
    return to;
  };
};

let reader: ConceptReader | undefined;

/**
 * For each word of a text the number of the concept of the phrase that ends with it, or 0. The longest phrase counts, and
 * none overlaps another.
 *
 * @returns An array that the next call may write over: read it before.
 */
export const conceptsOf: ConceptReader = (tokens) => {
  reader ??= unpacked(LEXICON);
  return reader(tokens);
};
