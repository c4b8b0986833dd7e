/** The grams of a protected text, in every order in which it may be said: forwards, backwards, words or letters turned. */

import { CLASS, classOf } from '../text/characters.ts';
import { GRAM, gramOf, letterValue, START, startOf } from './gram-hash.ts';
import { createLetterReader, LATIN, OTHER, SECOND } from './letter-reader.ts';
import { beginningsOf } from './word-beginnings.ts';

/** A text, to be found in others. */
export interface ProtectedText {
  /** Letters of it that can be found: numbers and signs do not count. */
  readonly letters: number;
  /** Words of it, in units of {@link WORD}. */
  readonly weight: number;
  /** Bits for {@link isSet} of hashes that begin a gram, or what is said from a word on; other hashes may share one. */
  readonly starts: Uint32Array;
  readonly mask: number;
  /** Place of a gram among those of all orders, by its hash; -1 for none. */
  placeOf(gram: number): number;
  /** Words in the gram at `place`; but for its first letter, all of each. */
  within(place: number): number;
  /** The word that ends with the gram at `place`; 0 where none does. */
  ending(place: number): number;
  /** Places in all orders together: none is as large. */
  readonly places: number;
}

/** What a word weighs. A character of Chinese, Japanese or Korean is half a word, one of Thai a quarter. */
export const WORD = 4;

/** Letters of a text from which on only its straight order is looked for: memory is bounded. */
const MOST_TURNED = 32_768;

const bitOf = (hash: number, mask: number): number => (hash ^ (hash >>> 15)) & mask;
const otherBitOf = (hash: number, mask: number): number => (Math.imul(hash, 0x9e37_79b1) >>> 7) & mask;

/** Whether both bits of a hash are set: of one that is none of the text, seldom. Source: Bloom, 1970. */
export const isSet = (bits: Uint32Array, mask: number, hash: number): boolean => {
  const bit = bitOf(hash, mask);
  if (((bits[bit >>> 5] as number) & (1 << (bit & 31))) === 0) return false;
  const other = otherBitOf(hash, mask);
  return ((bits[other >>> 5] as number) & (1 << (other & 31))) !== 0;
};

/** Words of a text, each as its letters. */
const wordsOf = (text: string): readonly (readonly number[])[] => {
  const words: number[][] = [];
  let word: number[] = [];
  const part = (): void => {
    if (word.length > 0) words.push(word);
    word = [];
  };
  const reader = createLetterReader({ take: (letter) => word.push(letter), part });
  for (const character of text) reader.takePoint(character.codePointAt(0) ?? 0, 0);
  part();
  return words;
};

const weightOf = (word: readonly number[]): number => {
  const first = word[0] as number;
  if (first < LATIN || classOf(first - OTHER) !== CLASS.ideograph) return WORD;
  return word.length;
};

const turned = (word: readonly number[]): readonly number[] => ((word[1] ?? 0) >= SECOND ? word : word.toReversed());

type Words = readonly (readonly number[])[];

const ordersOf = (words: Words, letters: number): readonly Words[] => {
  if (letters > MOST_TURNED) return [words];
  const backwards = words.toReversed();
  return [words, backwards.map(turned), words.map(turned), backwards];
};

const powerOfTwo = (least: number): number => 2 ** Math.ceil(Math.log2(Math.max(32, least)));

/** The grams of `text`. */
export const protectedTextOf = (text: string): ProtectedText => {
  const words = wordsOf(text);
  const letters = words.reduce((sum, word) => sum + word.length, 0);
  const orders = ordersOf(words, letters);
  const places = letters * orders.length;
  const size = powerOfTwo(2 * places);
  const grams = new Int32Array(size);
  /** By slot, the place of its gram, and 1; 0 for an empty one. */
  const slots = new Uint32Array(size);
  const bits = powerOfTwo(64 * places);
  const mask = bits - 1;
  const starts = new Uint32Array(bits >>> 5);
  const ending = new Uint8Array(places);
  const within = new Uint8Array(places);

  const slotOf = (gram: number): number => {
    let slot = (gram ^ (gram >>> 16)) & (size - 1);
    while (slots[slot] !== 0 && grams[slot] !== gram) slot = (slot + 1) & (size - 1);
    return slot;
  };

  const values = new Int32Array(letters);
  const halves = new Int32Array(letters);
  /** Hashes the letters of an order. */
  const hash = (order: Words): void => {
    let at = 0;
    let latin = 0;
    for (const word of order)
      for (let position = 0; position < word.length; position++) {
        const letter = word[position] as number;
        values[at] = letterValue(letter, latin);
        if (letter < LATIN) latin = letter;
        halves[at] = startOf(halves[at - 1] ?? 0, values[at] as number, values[at - START] ?? 0);
        at += 1;
      }
  };

  /** Weighs the words that end in each gram. */
  const weigh = (order: Words, first: number): void => {
    let end = first;
    for (const word of order) {
      end += word.length;
      const weight = weightOf(word);
      ending[end - 1] = weight;
      // All of it is in these grams, but for its first letter if there are more.
      const last = Math.min(end - word.length + (word.length > 1 ? 1 : 0) + GRAM, first + letters);
      for (let place = end - 1; place < last; place++) within[place] = (within[place] as number) + weight;
    }
  };

  const setBit = (hash: number): void => {
    for (const bit of [bitOf(hash, mask), otherBitOf(hash, mask)])
      starts[bit >>> 5] = (starts[bit >>> 5] as number) | (1 << (bit & 31));
  };

  const index = (first: number): void => {
    for (let at = START - 1; at < letters; at++) {
      setBit(halves[at] as number);
      if (at < GRAM - 1) continue;
      const gram = gramOf(halves[at - START] as number, halves[at] as number);
      const slot = slotOf(gram);
      if (slots[slot] !== 0) continue;
      grams[slot] = gram;
      slots[slot] = first + at + 1;
    }
  };

  for (const [number, order] of orders.entries()) {
    hash(order);
    weigh(order, number * letters);
    index(number * letters);
    beginningsOf(order, setBit);
  }

  return {
    letters,
    weight: words.reduce((sum, word) => sum + weightOf(word), 0) - (words[0]?.length === 1 ? WORD : 0),
    starts,
    mask,
    placeOf: (gram) => (slots[slotOf(gram)] as number) - 1,
    within: (place) => within[place] as number,
    ending: (place) => ending[place] as number,
    places,
  };
};
