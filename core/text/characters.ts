/** What a character reads as, and what kind of sign it is. Tables filled as characters are met: bounded by Unicode's planes. */

import { CONFUSABLES } from './confusables.ts';

/**
 * Classes of UTF-16 units of a folded text. Those that part words come first, in order of strength, so that the
 * strongest of several is the highest; from `letter` on they make words.
 */
export const CLASS = {
  none: 0,
  blank: 1,
  /** Comma, dash, symbols, halves of pairs. */
  pause: 2,
  quote: 3,
  bracket: 4,
  colon: 5,
  sentence: 6,
  line: 7,
  letter: 8,
  digit: 9,
  /** A character of a script that writes no spaces between words: a word of its own. */
  ideograph: 10,
} as const;

/**
 * Shows nothing of its own: zero-width, bidi controls, variation selectors, controls, lone surrogates; marks that sit on
 * any letter, the Arabic stretching line, the nukta.
 */
const INVISIBLE =
  /^(?:[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Cs}]|(?=\p{M})\p{Script=Inherited}|\u0640|\u093c)$/u;
/** Shows as a blank: white space, the Hangul fillers, the empty Braille pattern. */
const BLANK = /^(?:(?!\ufeff)\s|[\u0085\u115f\u1160\u3164\uffa0\u2800])$/;
const LINE_END = /^[\n\r\u0085\u2028\u2029]$/;
/** Scripts whose marks are decoration; in others a mark is a letter of its own, and Hangul and kana stay whole. */
const DECORATED = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}]/u;
const MARKS = /\p{M}/gu;
const NUKTA = '\u093c';
const DIGIT = /^\p{Nd}$/u;
const LETTER = /^[\p{L}\p{M}\p{N}]$/u;
const IDEOGRAPH =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]$/u;

/** Tag characters: ASCII, invisible (Unicode block Tags). */
const TAG_FIRST = 0xe0020;
const TAG_LAST = 0xe007e;
const TAG_BASE = 0xe0000;
/** First of 26 letters in boxes, circles or flags that have no compatibility form. */
const LETTER_BLOCKS = [0x1f130, 0x1f150, 0x1f170, 0x1f1e6];

/** Whether a code point is an invisible copy of an ASCII character. */
export const isTag = (point: number): boolean => point >= TAG_FIRST && point <= TAG_LAST;

const confused = (text: string): string => {
  let out = '';
  for (const character of text) out += CONFUSABLES.get(character) ?? character;
  return out;
};

const read = (point: number): string => {
  const character = String.fromCodePoint(point);
  if (isTag(point)) return String.fromCharCode(point - TAG_BASE).toLowerCase();
  if (BLANK.test(character)) return LINE_END.test(character) ? '\n' : ' ';
  if (INVISIBLE.test(character)) return '';
  const block = LETTER_BLOCKS.find((first) => point >= first && point < first + 26);
  if (block !== undefined) return String.fromCharCode(0x61 + point - block);
  const compatible = character.normalize('NFKC').toLowerCase();
  const bare = DECORATED.test(compatible) ? compatible.normalize('NFD').replaceAll(MARKS, '') : compatible;
  return confused(bare.replaceAll(NUKTA, ''));
};

/** Readings by code point. Bounded, so that no text can make it grow. */
const readings = new Map<number, string>();
const MAX_READINGS = 8192;

/** What a code point reads as: nothing, itself, or what it stands for. Compatibility form, case, marks, look-alikes. */
export const readingOf = (point: number): string => {
  const known = readings.get(point);
  if (known !== undefined) return known;
  const reading = read(point);
  if (readings.size >= MAX_READINGS) readings.clear();
  readings.set(point, reading);
  return reading;
};

/** Readings of the basic plane that are one unit: 0 where it is not known yet, {@link LONGER} where it is none. */
const units = new Uint16Array(0x10000);
/** A reading of none or several units: see {@link readingOf}. No character folds to this one. */
export const LONGER = 0xffff;

/** What a unit that is no surrogate reads as, when that is one unit; else {@link LONGER}. */
export const unitOf = (unit: number): number => {
  const known = units[unit];
  if (known) return known;
  const reading = readingOf(unit);
  const single = reading.length === 1 ? reading.charCodeAt(0) : LONGER;
  units[unit] = single;
  return single;
};

const SIGNS: ReadonlyMap<string, number> = new Map(
  (
    [
      ['"\'`', CLASS.quote],
      ['()[]{}<>|', CLASS.bracket],
      [':=', CLASS.colon],
      ['.!?;。！？；।؟…', CLASS.sentence],
    ] as const
  ).flatMap(([signs, kind]) => [...signs].map((sign) => [sign, kind] as const)),
);

const classFor = (unit: number): number => {
  const character = String.fromCharCode(unit);
  if (LINE_END.test(character)) return CLASS.line;
  if (BLANK.test(character)) return CLASS.blank;
  if (IDEOGRAPH.test(character)) return CLASS.ideograph;
  if (DIGIT.test(character)) return CLASS.digit;
  return LETTER.test(character) ? CLASS.letter : (SIGNS.get(character) ?? CLASS.pause);
};

/** Class by unit, one of {@link CLASS}; 0 where it is not known yet: {@link classOf} tells. */
export const classes: Uint8Array = new Uint8Array(0x10000);
for (let unit = 0; unit < 128; unit++) classes[unit] = classFor(unit);

/** The class of a unit of a folded text. */
export const classOf = (unit: number): number => {
  const known = classes[unit];
  if (known) return known;
  const kind = classFor(unit);
  classes[unit] = kind;
  return kind;
};
