/**
 * Plain words: a letter and small letters, parted by white space or a mark and white space. Most of a text is made of them,
 * and few can be matched, or begin what is: which, a table says by their first two units and their length.
 */

import type { PatternPart, UnitTest } from './pattern-syntax.ts';
import { mayAnnounce } from './surroundings.ts';

/** Most letters of a plain word, and most spaces behind it. */
const LONGEST = 20;
const MAX_SPACES = 8;
/** As many units as are read at once: spaces before a word with their mark, the word, and what shows how it goes on. */
const MARGIN = LONGEST + 2 * MAX_SPACES + 4;
/** Most parts of a pattern, with repeats written out up to {@link MARGIN}. */
const MAX_UNITS = 1 << 16;

const MINUS = 0x2d;
const PERCENT = 0x25;

const unitsOf = (characters: string): readonly number[] => [...characters].map((each) => each.charCodeAt(0));
const SMALL = unitsOf('abcdefghijklmnopqrstuvwxyz');
const CAPITALS = unitsOf('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
const LETTERS = [...SMALL, ...CAPITALS];
const DIGITS = unitsOf('0123456789');
const MARKS = unitsOf(',;!?).');
/** White space between plain words. */
export const SPACES: readonly number[] = unitsOf(' \n\r\t');

const ASCII = 128;

const OTHER = 0;
const SPACE = 1;
const MARK = 2;
const SMALL_LETTER = 3;
const CAPITAL = 4;
const DIGIT = 5;

/** What each unit is. As long as there are units: reads past the end are slow. */
const KINDS = new Uint8Array(0x10000).fill(OTHER);
for (const [kind, units] of [
  [SPACE, SPACES],
  [MARK, MARKS],
  [SMALL_LETTER, SMALL],
  [CAPITAL, CAPITALS],
  [DIGIT, DIGITS],
] as const)
  for (const unit of units) KINDS[unit] = kind;

const isLetter = (unit: number): boolean => KINDS[unit] === SMALL_LETTER || KINDS[unit] === CAPITAL;

/** Number of a pair of units: letters differ in their last six bits. */
const pairOf = (first: number, second: number): number => ((first & 0x3f) << 7) | second;
const PAIRS = 1 << 13;
const ALL = -1;

/** Which words can be passed over. */
export interface PlainWords {
  /** For each two first units of a word the lengths, as bits, of the words that may be matched, or begin what is. */
  readonly matched: Int32Array;
  /** What is matched may begin with the space before a word. */
  readonly beginsWithSpace: boolean;
}

/** None can. */
export const NO_PLAIN_WORDS: PlainWords = { matched: new Int32Array(PAIRS).fill(ALL), beginsWithSpace: true };

const TAKES_SPACE = 1;
const TAKES_MARK = 2;
const TAKES_LETTER = 4;
const TAKES_SMALL = 8;
const IS_MATCH = 16;
/** What follows a word and the space behind it goes on a match. */
const GOES_ON = TAKES_SPACE | TAKES_LETTER | IS_MATCH;

/** A unit that a pattern takes, and what is left of it then. */
interface Unit {
  readonly test: UnitTest;
  readonly then: Rest;
}

/** What is left of a pattern. */
interface Rest {
  /** How many letters may be left, as bits, of a word that it matches, or that it goes on behind. */
  readonly letters: number;
  /** Which kinds of units it takes first, and after a space. */
  readonly first: number;
  readonly afterSpace: number;
  /** What it can take first: each there once, however many ways lead to it. */
  units(): ReadonlySet<Unit>;
}

const NO_UNITS: ReadonlySet<Unit> = new Set();
const NOTHING: Rest = { letters: 0, first: 0, afterSpace: 0, units: () => NO_UNITS };
const MATCH: Rest = { letters: ALL, first: IS_MATCH, afterSpace: 0, units: () => NO_UNITS };

const either = (one: Rest, other: Rest): Rest => {
  let units: ReadonlySet<Unit> | undefined;
  return {
    letters: one.letters | other.letters,
    first: one.first | other.first,
    afterSpace: one.afterSpace | other.afterSpace,
    units() {
      units ??= new Set([...one.units(), ...other.units()]);
      return units;
    },
  };
};

/** Which kinds of units tests take, by the test: patterns share most of them. */
const taken = new WeakMap<UnitTest, number>();

const takenBy = (test: UnitTest): number => {
  const known = taken.get(test);
  if (known !== undefined) return known;
  const kinds =
    (SPACES.some(test) ? TAKES_SPACE : 0) |
    (MARKS.some(test) ? TAKES_MARK : 0) |
    (LETTERS.some(test) ? TAKES_LETTER : 0) |
    (SMALL.some(test) ? TAKES_SMALL : 0);
  taken.set(test, kinds);
  return kinds;
};

const takeUnit = (test: UnitTest, then: Rest): Rest => {
  const first = takenBy(test);
  const spaced = (first & TAKES_SPACE) !== 0 && (then.first & GOES_ON) !== 0;
  const marked = (first & TAKES_MARK) !== 0 && ((then.first & IS_MATCH) | (then.afterSpace & GOES_ON)) !== 0;
  let units: ReadonlySet<Unit> | undefined;
  return {
    letters: ((first & TAKES_SMALL) !== 0 ? then.letters << 1 : 0) | (spaced || marked ? 1 : 0),
    first,
    afterSpace: (first & TAKES_SPACE) !== 0 ? then.first : 0,
    units() {
      units ??= new Set([{ test, then }]);
      return units;
    },
  };
};

/** Reads patterns backwards. Undefined for one that is too large, with its repeats written out. */
const restOf = (pattern: PatternPart): Rest | undefined => {
  let left = MAX_UNITS;
  const again = (times: number, from: Rest, step: (rest: Rest) => Rest): Rest => {
    let rest = from;
    for (let count = 0; count < Math.min(times, MARGIN) && left > 0; count++) rest = step(rest);
    return rest;
  };
  /** What is left before `part`, where `rest` is left after it. */
  const before = (part: PatternPart, rest: Rest): Rest => {
    left -= 1;
    if (part.kind === 'unit') return takeUnit(part.accepts, rest);
    if (part.kind === 'sequence') return part.parts.reduceRight((after, each) => before(each, after), rest);
    if (part.kind === 'choice') return part.options.map((option) => before(option, rest)).reduce(either, NOTHING);
    if (part.kind === 'look') return either(rest, before(part.part, NOTHING));
    const { part: repeated, min, max } = part;
    const optional = again(max - min, rest, (after) => either(rest, before(repeated, after)));
    return again(min, optional, (after) => before(repeated, after));
  };
  const rest = before(pattern, MATCH);
  return left > 0 ? rest : undefined;
};

/** What is left after a unit of a kind that `rests` take. */
const after = (rests: readonly Rest[], kind: number): readonly Rest[] => {
  const units = new Set(rests.flatMap((rest) => [...rest.units()]));
  return [...units].filter(({ test }) => (takenBy(test) & kind) !== 0).map(({ then }) => then);
};

/** Which words none of `patterns` can match. */
export const plainWordsOf = (patterns: readonly PatternPart[]): PlainWords => {
  const known = patterns.map(restOf);
  const entries = known.filter((rest) => rest !== undefined);
  if (entries.length < known.length) return NO_PLAIN_WORDS;
  const marked = after(entries, TAKES_MARK);
  const spaced: Rest[] = [];
  let next = after([...entries, ...marked], TAKES_SPACE);
  for (let count = 0; count < MAX_SPACES && next.length > 0; count++) {
    spaced.push(...next);
    next = after(next, TAKES_SPACE);
  }
  if ([...entries, ...marked, ...spaced].some(({ first }) => (first & IS_MATCH) !== 0)) return NO_PLAIN_WORDS;

  const matched = new Int32Array(PAIRS);
  const add = (first: number, second: number, lengths: number): void => {
    const pair = pairOf(first, second);
    matched[pair] = (matched[pair] as number) | lengths;
  };
  const addAll = (firsts: readonly number[], rest: Rest): void => {
    const addPairs = (seconds: readonly number[], lengths: number): void => {
      for (const second of seconds) for (const first of firsts) add(first, second, lengths);
    };
    if ((rest.first & IS_MATCH) !== 0) addPairs([...Array(ASCII).keys()], ALL);
    for (const { test, then } of rest.units()) {
      if (then.letters !== 0) addPairs(SMALL.filter(test), then.letters << 2);
      if ((rest.letters & 1) !== 0) addPairs([...SPACES, ...MARKS].filter(test), 2);
    }
  };
  for (const rest of [...entries, ...spaced])
    for (const { test, then } of rest.units()) if (then.letters !== 0) addAll(LETTERS.filter(test), then);
  return { matched, beginsWithSpace: spaced.length > 0 };
};

/** Whether the run that begins at `at` is one word: neither does what is before belong to it, nor is its head an escape's. */
const isFree = (text: string, at: number): boolean => {
  const before = at === 0 ? 0 : text.charCodeAt(at - 1);
  return before !== MINUS && before !== PERCENT && (KINDS[before] as number) < SMALL_LETTER;
};

/**
 * The first place from `at` on, before `limit`, that may not be passed over so. Nothing stands at `at` that is assigned to a
 * name; at the place that is given back something may.
 */
export const overPlainWords = (text: string, at: number, limit: number, words: PlainWords): number => {
  const { matched, beginsWithSpace } = words;
  const last = Math.min(limit, text.length) - MARGIN;
  if (at > last || !isLetter(text.charCodeAt(at)) || !isFree(text, at)) return at;
  let passed = at;
  for (let start = at; start <= last; ) {
    const first = text.charCodeAt(start);
    let end = start + 1;
    let unit = text.charCodeAt(end);
    const lengths = matched[pairOf(first, unit < ASCII ? unit : 0)] as number;
    while (KINDS[unit] === SMALL_LETTER && end - start < LONGEST) {
      end += 1;
      unit = text.charCodeAt(end);
    }
    const length = end - start;
    if (((lengths >> length) & 1) !== 0) break;
    const kind = KINDS[unit];
    if (kind !== SPACE && kind !== MARK) break;
    let next = kind === MARK ? end + 1 : end;
    while (KINDS[text.charCodeAt(next)] === SPACE && next - end < MAX_SPACES) next += 1;
    // What stands behind a mark without a space, or is no word, may go on a match.
    if ((kind === MARK && next === end + 1) || !isLetter(text.charCodeAt(next))) break;
    start = next;
    passed = beginsWithSpace ? end : next;
    if (kind === SPACE && mayAnnounce(first, text.charCodeAt(end - 1), length)) break;
  }
  return passed;
};
