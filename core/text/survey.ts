/** One look over a folded text: which disguises are worth an attempt. */

import { CLASS, classes, classOf } from './characters.ts';

/** What stands in a text, in numbers. */
export interface Survey {
  /** Signs that encodings are made of. */
  readonly percents: number;
  readonly equals: number;
  readonly ampersands: number;
  readonly backslashes: number;
  readonly digits: number;
  readonly zerosAndOnes: number;
  readonly dotsAndDashes: number;
  /** Longest run of what base64 and its kin are written in. */
  readonly longestRun: number;
  /** Most words of one letter in a row. */
  readonly singles: number;
  /** Words of letters with a digit or a sign that looks like a letter among them. */
  readonly mixedWords: number;
  /** Words of at least 14 letters. */
  readonly longWords: number;
}

const LONG_WORD = 14;
/** Words with digits at one end ("gpt4", "3rd") are common: so many of them make a text worth reading as leetspeak. */
const ENDS_IN_DIGIT = 1 / 3;

const RUN = 1;
const LEET = 2;
const traits = new Uint8Array(128);
for (const character of 'abcdefghijklmnopqrstuvwxyz0123456789+/_-') traits[character.charCodeAt(0)] = RUN;
for (const character of '$!|+') traits[character.charCodeAt(0)] = (traits[character.charCodeAt(0)] ?? 0) | LEET;

/** Surveys a folded text. One pass. */
export const surveyOf = (units: Uint16Array): Survey => {
  const counts = new Int32Array(128);
  const { length } = units;
  let longestRun = 0;
  let run = 0;
  let mostSingles = 0;
  let singles = 0;
  let mixedWords = 0;
  let longWords = 0;
  let letters = 0;
  let digits = 0;
  let isMixed = false;
  let before: number = CLASS.line;
  for (let index = 0; index <= length; index++) {
    const unit = index < length ? (units[index] as number) : 0x20;
    const kind = (classes[unit] as number) || classOf(unit);
    const trait = unit < 128 ? (traits[unit] as number) : 0;
    if (unit < 128) counts[unit] = (counts[unit] as number) + 1;
    if ((trait & RUN) !== 0) run += 1;
    else {
      if (run > longestRun) longestRun = run;
      run = 0;
    }
    if (kind === CLASS.letter) {
      if (before === CLASS.digit && letters > 0) isMixed = true;
      letters += 1;
    } else if (kind === CLASS.digit) digits += 1;
    else {
      const isWithin =
        (trait & LEET) !== 0 && index + 1 < length && (classes[units[index + 1] as number] as number) === CLASS.letter;
      if (isWithin) isMixed ||= letters > 0;
      else if (letters + digits > 0) {
        if (letters + digits === 1) {
          singles += 1;
          if (singles > mostSingles) mostSingles = singles;
        } else singles = 0;
        if (isMixed) mixedWords += 1;
        else if (letters > 0 && digits > 0) mixedWords += ENDS_IN_DIGIT;
        if (letters >= LONG_WORD) longWords += 1;
        letters = 0;
        digits = 0;
        isMixed = false;
      }
    }
    before = kind;
  }
  const count = (sign: string): number => counts[sign.charCodeAt(0)] as number;
  let allDigits = 0;
  for (let unit = 0x30; unit <= 0x39; unit++) allDigits += counts[unit] as number;
  return {
    percents: count('%'),
    equals: count('='),
    ampersands: count('&'),
    backslashes: count('\\'),
    digits: allDigits,
    zerosAndOnes: count('0') + count('1'),
    dotsAndDashes: count('.') + count('-'),
    longestRun,
    singles: mostSingles,
    mixedWords,
    longWords,
  };
};
