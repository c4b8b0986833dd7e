/** Leetspeak: digits and signs within words read as the letters they look like. */

import { CLASS, classOf } from './characters.ts';
import { createDraft } from './draft.ts';
import type { View } from './fold.ts';
import type { Room } from './room.ts';
import { trieOf, type Vocabulary, type WordTrie } from './word-trie.ts';

const LOOKS_LIKE: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  2: 'z',
  3: 'e',
  4: 'a',
  5: 's',
  6: 'g',
  7: 't',
  8: 'b',
  9: 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'i',
  '+': 't',
};
/** By unit, the letter that it looks like; 0 for none. */
const LETTERS = new Uint8Array(128);
for (const [sign, letter] of Object.entries(LOOKS_LIKE)) LETTERS[sign.charCodeAt(0)] = letter.charCodeAt(0);
/** What stands for an i or for an l. */
const EITHER = new Set([0x31, 0x21, 0x7c]);
const L = 0x6c;
/** `!`, `|`, `+`, `@`: they end a sentence, a cell or a name where they stand behind a word. */
const NOT_LAST = new Set([0x21, 0x7c, 0x2b, 0x40]);
const AT_SIGN = 0x40;
const DOT = 0x2e;
const BACKSLASH = 0x5c;

/** Longer words are payloads in some encoding. */
const MAX_WORD = 24;
/** Signs for either of two letters in one word that are tried in every combination; more are read all the same way. */
const MAX_EITHER = 3;
/** Words that are read, in proportion to all, below which a text may have none in earnest: names, versions, units. */
const SLIGHT = 0.08;
/** Units of a text from which on, if slight, it is read only where the vocabulary knows what is meant. */
const LARGE = 50_000;

const isSign = (unit: number): boolean => unit < 128 && LETTERS[unit] !== 0;

/** A word with signs in it. `either` is the combination that the vocabulary knows, one bit a sign; -1 for none. */
interface Mixed {
  readonly start: number;
  readonly end: number;
  readonly hasEither: boolean;
  readonly either: number;
}

const letterOf = (unit: number, isL: boolean): number => (isL && EITHER.has(unit) ? L : (LETTERS[unit] as number));

/** Calls back with each sign of a word and what it is read as. */
const readSigns = (
  units: Uint16Array,
  { start, end }: { start: number; end: number },
  either: number,
  found: (at: number, letter: number) => void,
): void => {
  let bit = 0;
  for (let at = start; at < end; at++) {
    const unit = units[at] as number;
    if (!isSign(unit)) continue;
    found(at, letterOf(unit, ((either >> Math.min(bit, MAX_EITHER - 1)) & 1) === 1));
    if (EITHER.has(unit)) bit += 1;
  }
};

const isKnown = (units: Uint16Array, start: number, end: number, either: number, trie: WordTrie): boolean => {
  let node = 0;
  let bit = 0;
  for (let at = start; at < end; at++) {
    const unit = units[at] as number;
    let letter = unit;
    if (isSign(unit)) {
      letter = letterOf(unit, ((either >> Math.min(bit, MAX_EITHER - 1)) & 1) === 1);
      if (EITHER.has(unit)) bit += 1;
    }
    node = trie.step(node, letter);
    if (node === 0) return false;
  }
  return trie.isWord(node);
};

/** The words of a view that have signs in them, and how much they say that it is leetspeak. */
const mixedWords = (units: Uint16Array, trie: WordTrie): { words: readonly Mixed[]; weight: number } => {
  const words: Mixed[] = [];
  let weight = 0;
  for (let start = 0; start < units.length; ) {
    let end = start;
    let letters = 0;
    let signs = 0;
    let eithers = 0;
    let isMail = false;
    for (; end < units.length; end++) {
      const unit = units[end] as number;
      if (isSign(unit)) {
        signs += 1;
        if (EITHER.has(unit)) eithers += 1;
        else if (unit === AT_SIGN) isMail = true;
      } else if (classOf(unit) === CLASS.letter) letters += 1;
      else break;
    }
    const next = end + 1;
    while (end > start && NOT_LAST.has(units[end - 1] as number)) {
      end -= 1;
      signs -= 1;
      if (EITHER.has(units[end] as number)) eithers -= 1;
    }
    const isEscape = units[start - 1] === BACKSLASH && (units[start] === 0x75 || units[start] === 0x78);
    if (letters > 0 && signs > 0 && end - start <= MAX_WORD && !isEscape) {
      let either = -1;
      for (let tried = 0; tried < 1 << Math.min(eithers, MAX_EITHER) && either < 0; tried++)
        if (isKnown(units, start, end, tried, trie)) either = tried;
      words.push({ start, end, hasEither: eithers > 0, either });
      const isWithin = !isSign(units[start] as number) && !isSign(units[end - 1] as number);
      if (!(isMail && signs === 1 && units[end] === DOT)) weight += isWithin ? 1 : 0.5;
    }
    start = next;
  }
  return { words, weight };
};

/**
 * Readings of `view` with its leetspeak undone: none, one, or two where signs stand for either of two letters in a word
 * that the vocabulary does not know. It takes their room.
 *
 * @param count Words of the view; none of its readings is slight without.
 */
export const leetViews = (view: View, vocabulary: Vocabulary, room: Room, count = 0): readonly View[] => {
  const { words, weight } = mixedWords(view.units, trieOf(vocabulary));
  const isSlight = count > 0 && (weight < 1 || weight < count * SLIGHT);
  const isSparse = isSlight && view.units.length > LARGE;
  const read = isSparse ? words.filter(({ either }) => either >= 0) : words;
  const ways = read.some(({ hasEither, either }) => hasEither && either < 0) ? [0, (1 << MAX_EITHER) - 1] : [0];
  return ways.flatMap((way) => {
    const draft = createDraft(view);
    for (const word of read)
      readSigns(view.units, word, word.either < 0 ? way : word.either, (at, letter) => draft.put(at, at + 1, letter));
    const made = draft.view('leetspeak', room);
    return made === undefined ? [] : [{ ...made, isSlight }];
  });
};
