/** The letters and digits of a text, folded as the screen folds text, and where words begin and end. */

import { CLASS, classOf } from '../text/characters.ts';
import { fold } from '../text/fold.ts';

/** Something begins or ends. */
export const EDGE = 1;
/** Something begins. */
export const FILLED = 2;

/** A text as its words. */
export interface Words {
  /** Letters and digits, folded; between two words one blank. */
  readonly spaced: Uint16Array;
  /** Letters and digits alone. */
  readonly joined: Uint16Array;
  /**
   * For each unit of `joined`, and for its end, whether something begins or ends there: {@link EDGE} for a word, a number
   * within one, an ideograph; {@link FILLED} where a number begins behind the zeros that fill it up; 0 for nothing.
   */
  readonly borders: Uint8Array;
}

const BLANK = 0x20;
const ZERO = 0x30;

/** The words of a text, in one pass. */
export const wordsOf = (text: string): Words => {
  const { units } = fold(text);
  const spaced = new Uint16Array(units.length);
  const joined = new Uint16Array(units.length);
  const borders = new Uint8Array(units.length + 1);
  let spacedLength = 0;
  let length = 0;
  /** Class of the unit before; 0 where none or no part of a word stands there. */
  let before = 0;
  let isFilling = false;
  for (let index = 0; index < units.length; index++) {
    const unit = units[index] as number;
    const kind = classOf(unit);
    // Halves of pairs are letters of scripts, or emoji: no sign of a sentence.
    const isPart = kind >= CLASS.letter || (unit >= 0xd800 && unit <= 0xdfff);
    if (!isPart) {
      before = 0;
      continue;
    }
    if (before === 0 && spacedLength > 0) spaced[spacedLength++] = BLANK;
    const isBegun = before !== kind;
    if (isBegun || kind === CLASS.ideograph) borders[length] = EDGE;
    else if (isFilling) borders[length] = FILLED;
    isFilling = unit === ZERO && (isBegun || isFilling);
    spaced[spacedLength++] = unit;
    joined[length++] = unit;
    before = kind;
  }
  borders[length] = EDGE;
  return {
    spaced: spaced.subarray(0, spacedLength),
    joined: joined.subarray(0, length),
    borders: borders.subarray(0, length + 1),
  };
};
