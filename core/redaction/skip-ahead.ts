/**
 * Goes over places at which nothing can stand, of which most of a text is made: what a look at each would find out, for
 * words of prose in one loop. Where it is not sure it stops, and leaves the place to a look.
 */

import { PLAIN_WORD, ROW, WORD_ENDS } from './automaton.ts';
import { ALPHANUMERIC, BEGINS_ALWAYS, endOfRun, isAlphanumeric, isEscapeLetter, nextBeginning } from './beginnings.ts';
import type { Engine } from './engine.ts';
import { isAfterName, mayFollowName } from './surroundings.ts';

const ASCII = 128;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const UPPER_A = 0x41;
const DEAD = 0;

const ENDS = new Uint8Array(0x10000);
for (const end of WORD_ENDS) ENDS[end.charCodeAt(0)] = 1;

/** What is read of a text. */
export interface Ahead {
  readonly engine: Engine;
  /** What each ASCII unit is, and last all others. */
  readonly kinds: Uint8Array;
  text: string;
  /** Where the next character stands that some detector needs, after the places that were looked at. */
  nearest: number;
}

/** Units within which a character must stand that a detector needs. */
export const NEAR = 65;

/** Units of a walk that is worth it here. */
const STEPS = 12;

/** Whether a run is a plain word: see {@link Automaton.startOfWord}. */
const isPlain = (text: string, start: number, end: number): boolean => {
  if (end - start >= PLAIN_WORD || end >= text.length || ENDS[text.charCodeAt(end)] !== 1) return false;
  for (let at = start; at < end; at++) if (text.charCodeAt(at) < UPPER_A) return false;
  return true;
};

/** Where the next character stands that some detector needs; past the end where there is none. */
const nearest = ({ engine, text }: Ahead, from: number): number => {
  let next = text.length + NEAR;
  for (const near of engine.nears) {
    const at = text.indexOf(near, from);
    if (at >= 0 && at < next) next = at;
  }
  return next;
};

/**
 * From `at` on, where a value can begin as far as its first unit says: the first place that needs a look. `final` says that
 * no more text follows; if not, the last {@link NEAR} units need looks, since a character may follow that a detector needs.
 */
export const skipAhead = (places: Ahead, at: number, final: boolean): number => {
  const { text, kinds, engine } = places;
  const { ascii, classOf, unknown } = engine.free.cells();
  let { table } = engine.free.cells();
  if (unknown.detectors.length > 0) return at;
  const start = engine.free.start();
  const startOfWord = engine.free.startOfWord();
  const end = text.length;
  if (places.nearest < at) places.nearest = nearest(places, at);
  const limit = Math.min(places.nearest - NEAR, final ? end : end - NEAR);
  /** Where the word before this place begins, where a single space parts it from it. */
  let word = -1;
  let here = at;
  while (here <= limit && here < end) {
    const first = text.charCodeAt(here);
    const begins = kinds[first < ASCII ? first : ASCII] as number;
    const wordEnd = (begins & ALPHANUMERIC) === 0 ? here + 1 : endOfRun(text, here + 1);
    let row = DEAD;
    if ((begins & BEGINS_ALWAYS) !== 0) {
      // Whether any detector can match: a walk from here ends soon, and matches nothing.
      row = (begins & ALPHANUMERIC) !== 0 && isPlain(text, here, wordEnd) ? startOfWord : start;
      const stop = Math.min(end, here + STEPS);
      for (let index = here; index < stop; index++) {
        const unit = text.charCodeAt(index);
        const unitClass = unit < ASCII ? (ascii[unit] as number) : classOf(unit);
        const from = row;
        row = table[from + unitClass] as number;
        if (row < DEAD && engine.free.make(from, unitClass)) {
          table = engine.free.cells().table;
          row = table[from + unitClass] as number;
        }
        if (row <= DEAD) break;
        if (row > ROW) return here;
      }
    }
    if (row !== DEAD || (isAfterName(text, here, word) && mayFollowName(text, here))) return here;
    const isWord = (begins & ALPHANUMERIC) !== 0 && wordEnd < end && text.charCodeAt(wordEnd) === SPACE;
    // A word after the letter of an escape may be longer than it looks.
    word = isWord && !isEscapeLetter(text, here - 1) ? here : -1;
    here = first === BACKSLASH && wordEnd < end && isEscapeLetter(text, wordEnd) ? wordEnd + 1 : wordEnd;
    // To the next unit that a value can begin with.
    if (here < end && isAlphanumeric(text.charCodeAt(here)) && first !== BACKSLASH) continue;
    const next = nextBeginning(text, here, kinds);
    if (next !== here + 1) word = -1;
    here = next;
  }
  return here < end ? here : end;
};
