/** What the model reads of a text: hashes of words, of pairs of them, of the letters within them, and of concepts. */

import { CLASS } from '../../text/characters.ts';
import { mixed, type Tokens } from '../../text/tokens.ts';

/** Features of some words, one after the other. */
export interface Features {
  /** 32-bit hashes, those of the first word first. */
  readonly hashes: Int32Array;
  /** For each word the index behind its last feature. */
  readonly ends: Int32Array;
}

const PRIME = 0x01000193;
/** Starts of the hashes of each kind of feature: two kinds never mean the same. */
const PAIR = 0x3c6ef372;
const SKIPPED = 0x1b873593;
const TRIPLE = 0x7feb352d;
const BROKEN = 0x846ca68b | 0;
const LETTERS = 0x9e3779b9 | 0;
const CONCEPT = 0x165667b1;
const BROKEN_CONCEPT = 0x5bd1e995;
const CONCEPT_PAIR = 0x27220a95;
const CONCEPT_SKIPPED = 0x6c62272e;
/** Stands for the start and the end of a word. */
const EDGE = 1;
/** Letters of a word that are read: nobody's words are longer, and blobs would drown the rest. */
const MAX_LETTERS = 24;
/** Words over which one concept still goes with the next, and with the one after that. */
const NEAR = 8;
const NEAR_SKIPPED = 12;
/** Most features of one word: five of whole words, four of concepts, two lengths of runs of letters at each place. */
const MOST = 9 + 2 * (MAX_LETTERS + 2);

const join = (start: number, a: number, b: number): number =>
  mixed(Math.imul(Math.imul(start ^ a, PRIME) ^ b, 0x27d4eb2f));

const runs = new Int32Array(MAX_LETTERS + 2);

/** Adds the runs of three and four letters of a word, its edges among them. */
const addLetters = (units: Uint16Array, start: number, end: number, to: Int32Array, from: number): number => {
  const length = Math.min(end - start, MAX_LETTERS);
  runs[0] = EDGE;
  for (let index = 0; index < length; index++) runs[index + 1] = units[start + index] as number;
  runs[length + 1] = EDGE;
  const last = length + 2;
  let at = from;
  for (let first = 0; first + 3 <= last; first++) {
    let hash = Math.imul(LETTERS ^ (runs[first] as number), PRIME);
    hash = Math.imul(hash ^ (runs[first + 1] as number), PRIME);
    hash = Math.imul(hash ^ (runs[first + 2] as number), PRIME);
    to[at++] = mixed(hash);
    if (first + 4 <= last) to[at++] = mixed(Math.imul(hash ^ (runs[first + 3] as number), PRIME));
  }
  return at;
};

/** Words that are read at once. */
export const BLOCK = 512;
const hashes = new Int32Array(BLOCK * MOST);
const blockEnds = new Int32Array(BLOCK);
const block: Features = { hashes, ends: blockEnds };

/** The two concepts met last, and the words that they ended with. */
interface Met {
  last: number;
  lastAt: number;
  before: number;
  beforeAt: number;
}

const met: Met = { last: 0, lastAt: 0, before: 0, beforeAt: 0 };

/** Adds what a concept says, alone and with those before it. */
const addConcept = (concept: number, kind: number, index: number, from: number): number => {
  let at = from;
  hashes[at++] = join(CONCEPT, concept, 0);
  if (kind >= CLASS.sentence) hashes[at++] = join(BROKEN_CONCEPT, concept, 0);
  if (met.last !== 0 && index - met.lastAt <= NEAR) hashes[at++] = join(CONCEPT_PAIR, met.last, concept);
  if (met.before !== 0 && index - met.beforeAt <= NEAR_SKIPPED)
    hashes[at++] = join(CONCEPT_SKIPPED, met.before, concept);
  met.before = met.last;
  met.beforeAt = met.lastAt;
  met.last = concept;
  met.lastAt = index;
  return at;
};

/** Words back to which a word is looked for again. */
const RECENT = 4;
const ZERO = 0x30;
const NINE = 0x39;

/**
 * Whether a word adds nothing: one of digits alone, and one that was just there. A hundred times "no" says no more than
 * one, and a table of numbers nothing at all.
 */
export const saysNothing = (units: Uint16Array, { starts, ends, hashes: words }: Tokens, index: number): boolean => {
  const last = units[(ends[index] as number) - 1] as number;
  const first = units[starts[index] as number] as number;
  if (first >= ZERO && first <= NINE && last >= ZERO && last <= NINE) return true;
  const word = words[index] as number;
  for (let back = 1; back <= RECENT && back <= index; back++) if (words[index - back] === word) return true;
  return false;
};

/**
 * Features of the words from `from` on, at most {@link BLOCK} of them.
 *
 * @param concepts Of all words: see `conceptsOf`.
 * @returns Arrays that the next call writes over: read them before it.
 */
export const featuresOf = (units: Uint16Array, tokens: Tokens, concepts: Uint8Array, from: number): Features => {
  const { starts, ends, hashes: words, breaks, ideographs } = tokens;
  const to = Math.min(tokens.count, from + BLOCK);
  let at = 0;
  let before = from > 0 ? (words[from - 1] as number) : 0;
  let beforeThat = from > 1 ? (words[from - 2] as number) : 0;
  if (from === 0) {
    met.last = 0;
    met.before = 0;
  }
  for (let index = from; index < to; index++) {
    if (saysNothing(units, tokens, index)) {
      blockEnds[index - from] = at;
      continue;
    }
    const concept = concepts[index] as number;
    if (concept !== 0) at = addConcept(concept, breaks[index] as number, index, at);
    const word = words[index] as number;
    hashes[at++] = word;
    hashes[at++] = join(PAIR, before, word);
    hashes[at++] = join(SKIPPED, beforeThat, word);
    if ((breaks[index] as number) >= CLASS.pause) hashes[at++] = join(BROKEN, breaks[index] as number, word);
    if (ideographs[index] === 1) hashes[at++] = join(TRIPLE, join(PAIR, beforeThat, before), word);
    else at = addLetters(units, starts[index] as number, ends[index] as number, hashes, at);
    blockEnds[index - from] = at;
    beforeThat = before;
    before = word;
  }
  return block;
};
