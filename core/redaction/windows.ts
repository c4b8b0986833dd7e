/** A text that comes in pieces, as windows that a slow judge reads before any of it is passed on. */

import { betweenCharacters, sentenceBorder } from '../text/sentence-border.ts';

/**
 * UTF-16 units at the end of a window that wait for the next one: a name of up to this length is read as a whole before a
 * part of it is passed on.
 */
export const HELD: number = 120;

/** UTF-16 units before a window that are read again, so that what begins it has its context. */
export const SEEN: number = 120;

/** How far back from the ideal place the border of what is held is looked for. */
const SLACK = 40;

/** Shortest windows: half of one is more than what is held. */
export const MIN_WINDOW: number = 2 * (HELD + SLACK) + 80;

/** Longest windows: with what was seen before they are one call of a guardrail. */
export const MAX_WINDOW = 24_000;

/** A window. Offsets are those of the whole text, in UTF-16 units. */
export interface TextWindow {
  /** What is read: what was seen before, what is passed on, and what is held. */
  readonly text: string;
  /** Where `text` begins. */
  readonly start: number;
  /** Up to where text may be passed on once this window is judged. */
  readonly release: number;
  /** All of it was in an earlier window. */
  readonly isKnown: boolean;
}

/** Parts one text. Which windows there are depends on the text and on when {@link due} is called, not on the pieces. */
export interface Windows {
  /** Windows that are full after one more piece. */
  push(piece: string): readonly TextWindow[];
  /** Whether there is text that is in no window. */
  readonly waiting: boolean;
  /** A window of what there is, short of what is held; `undefined` where that would pass nothing on. */
  due(): TextWindow | undefined;
  /** The last window; `undefined` where all was passed on. Nothing may be pushed afterwards. */
  end(): TextWindow | undefined;
}

/** Windows of `units` at most, not counting what was seen before. */
export const createWindows = (units: number): Windows => {
  /** Text from what was seen before on, and where it begins in the whole. */
  let text = '';
  let base = 0;
  /** Up to where text was given to be passed on, and up to where it stood in a window. */
  let given = 0;
  let read = 0;

  const windowTo = (end: number, release: number): TextWindow => {
    const window = { text: text.slice(0, end - base), start: base, release, isKnown: end === read };
    given = release;
    read = end;
    const seen = Math.max(0, betweenCharacters(text, given - SEEN - base));
    text = text.slice(seen);
    base += seen;
    return window;
  };

  /** Up to where a window that ends at `end` can be passed on. */
  const releaseOf = (end: number): number => {
    const most = end - HELD;
    return most <= given ? given : base + sentenceBorder(text, Math.max(given, most - SLACK) - base, most - base);
  };

  const endOfText = (): number => base + text.length;

  return {
    push(piece) {
      text += piece;
      const full: TextWindow[] = [];
      while (endOfText() - given >= units) {
        const from = given + Math.ceil(units / 2);
        const end = base + sentenceBorder(text, from - base, given + units - base);
        full.push(windowTo(end, releaseOf(end)));
      }
      return full;
    },
    get waiting() {
      return read < endOfText();
    },
    due() {
      const end = base + betweenCharacters(text, text.length);
      const release = releaseOf(end);
      return read === end || release <= given ? undefined : windowTo(end, release);
    },
    end() {
      const end = endOfText();
      return given === end ? undefined : windowTo(end, end);
    },
  };
};
