/**
 * Finds words among letters, whatever stands between the letters. All words are looked for at once, each letter costs one
 * step. Source: Aho and Corasick, "Efficient string matching", 1975.
 */

/** Letters of the alphabet, `a` is 0. */
const LETTERS = 26;

/** Number of a letter in ASCII, either case; not below {@link LETTERS} for any other unit. */
const numberOf = (unit: number): number => ((unit | 0x20) - 0x61) >>> 0;

/** Some words, to be found in texts. */
export interface LetterWords {
  walk(): LetterWalk;
}

/** One reading of one text on its way. */
export interface LetterWalk {
  /** Takes a unit of what is read, and where in the text it begins. What is no letter is passed by. */
  take(unit: number, at: number): void;
  /** Where in the text the longest begun word begins, once {@link TELLING} letters of it are there; else Infinity. */
  readonly from: number;
  readonly isFound: boolean;
}

/** Letters of a word that are seldom met by chance. */
export const TELLING = 4;

/** More than a word has letters: a power of two. */
const REMEMBERED = 32;

/** An automaton of `words`, in small letters of ASCII, at most {@link REMEMBERED} each. */
export const createLetterWords = (words: readonly string[]): LetterWords => {
  const next: number[][] = [[]];
  const depths = [0];
  const ends = [false];
  const add = (word: string): void => {
    let state = 0;
    for (let index = 0; index < word.length; index++) {
      const letter = numberOf(word.charCodeAt(index));
      const row = next[state] as number[];
      if (row[letter] === undefined) {
        row[letter] = next.push([]) - 1;
        depths.push(index + 1);
        ends.push(false);
      }
      state = row[letter] as number;
    }
    ends[state] = true;
  };
  for (const word of words) add(word);

  /** For each state and letter the state that follows. */
  const table = new Uint16Array(next.length * LETTERS);
  const failures = new Uint16Array(next.length);
  const queue = [0];
  for (const state of queue) {
    const failure = failures[state] as number;
    for (let letter = 0; letter < LETTERS; letter++) {
      const child = next[state]?.[letter];
      const instead = state === 0 ? 0 : (table[failure * LETTERS + letter] as number);
      table[state * LETTERS + letter] = child ?? instead;
      if (child === undefined) continue;
      failures[child] = instead;
      ends[child] ||= ends[instead] === true;
      queue.push(child);
    }
  }

  return {
    walk: () => {
      const places: number[] = new Array(REMEMBERED).fill(0);
      let count = 0;
      let state = 0;
      let isFound = false;
      return {
        take(unit, at) {
          const letter = numberOf(unit);
          if (letter >= LETTERS || isFound) return;
          places[count & (REMEMBERED - 1)] = at;
          count += 1;
          state = table[state * LETTERS + letter] as number;
          isFound = ends[state] === true;
        },
        get from() {
          const depth = depths[state] as number;
          return depth < TELLING ? Number.POSITIVE_INFINITY : (places[(count - depth) & (REMEMBERED - 1)] as number);
        },
        get isFound() {
          return isFound;
        },
      };
    },
  };
};
