/** The letters of a text as a reader sees them: any case, compatibility forms, look-alikes, tag characters. */

import { createEscapeReader } from '../leaks/escape-reader.ts';
import type { Reading } from '../leaks/leak-check.ts';
import { readingOf } from '../text/characters.ts';
import type { LetterWalk } from './letter-walk.ts';

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** A reading that hands letters to `letters`. */
export const plainReading = (letters: LetterWalk): Reading => {
  let high = 0;
  let highAt = 0;
  const takeOther = (unit: number, at: number): void => {
    if (isHigh(unit)) {
      high = unit;
      highAt = at;
      return;
    }
    const isPair = isLow(unit) && high !== 0;
    const point = isPair ? 0x10000 + ((high - 0xd800) << 10) + (unit - 0xdc00) : unit;
    for (const letter of readingOf(point)) letters.take(letter.charCodeAt(0), isPair ? highAt : at);
    high = 0;
  };
  return {
    read(piece, at) {
      for (let index = 0; index < piece.length; index++) {
        const unit = piece.charCodeAt(index);
        if (unit < 0x80) letters.take(unit, at + index);
        else takeOther(unit, at + index);
      }
    },
  };
};

/** A reading that hands on letters with escapes of URLs, HTML and JSON undone: the `n` of `\\n` is none. */
export const escapedReading = (letters: LetterWalk): Reading => {
  const takePoint = (point: number, at: number): void => {
    if (point < 0x80) letters.take(point, at);
    else for (const letter of readingOf(point)) letters.take(letter.charCodeAt(0), at);
  };
  return createEscapeReader({ takePoint, takeByte: takePoint });
};
