/** Folding: one linear pass to the letters that a reader sees, with the way back to the original offsets. */

import { CONFUSABLES } from './confusables.ts';

/** A span in UTF-16 units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A reading of a text, and where each of its units came from. */
export interface View {
  readonly text: string;
  /** For each UTF-16 unit of `text` the offset of its source in the original; one more entry for the end. */
  readonly offsets: readonly number[];
  /** How the view was won; undefined for the plain reading. */
  readonly disguise?: Disguise;
  /** When the view reads decoded payloads joined: where each begins in what was joined, and its span of the original. */
  readonly parts?: { readonly starts: readonly number[]; readonly spans: readonly Span[] };
}

/** A way to hide words. */
export type Disguise =
  | 'invisible-characters'
  | 'leetspeak'
  | 'spaced-letters'
  | 'base64'
  | 'hex'
  | 'url-encoding'
  | 'html-entities'
  | 'unicode-escapes'
  | 'binary'
  | 'morse'
  | 'rot13'
  | 'reversed';

/**
 * Shows nothing of its own: zero-width, bidi controls, variation selectors, controls, lone surrogates; marks that sit on
 * any letter, the Arabic stretching line, the nukta.
 */
const INVISIBLE =
  /^(?:[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Cs}]|(?=\p{M})\p{Script=Inherited}|\u0640|\u093c)$/u;
/** Shows as a blank: white space, the Hangul fillers, the empty Braille pattern. */
const BLANK = /^[\s\u0085\u115f\u1160\u3164\uffa0\u2800]$/;
const LINE_END = /^[\n\r\u0085\u2028\u2029]$/;
/** Scripts whose marks are decoration; in others a mark is a letter of its own, and Hangul and kana stay whole. */
const DECORATED = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}]/u;
const MARKS = /\p{M}/gu;
const NUKTA = '\u093c';

/** Tag characters: ASCII, invisible (Unicode block Tags). */
const TAG_FIRST = 0xe0020;
const TAG_LAST = 0xe007e;
const TAG_BASE = 0xe0000;
/** First of 26 letters in boxes, circles or flags that have no compatibility form. */
const LETTER_BLOCKS = [0x1f130, 0x1f150, 0x1f170, 0x1f1e6];

const confused = (text: string): string => {
  let out = '';
  for (const character of text) out += CONFUSABLES.get(character) ?? character;
  return out;
};

const read = (character: string, point: number): string => {
  if (point >= TAG_FIRST && point <= TAG_LAST) return String.fromCharCode(point - TAG_BASE).toLowerCase();
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

/** What a code point reads as: nothing, itself, or what it stands for. */
const readingOf = (character: string, point: number): string => {
  const known = readings.get(point);
  if (known !== undefined) return known;
  const reading = read(character, point);
  if (readings.size >= MAX_READINGS) readings.clear();
  readings.set(point, reading);
  return reading;
};

const isLatinLetter = (unit: number): boolean => (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;

/** Invisible characters beside Latin letters that make a disguise. Emoji and Indic scripts use them by right. */
const MIN_HIDDEN = 3;

/** Folds `text`: compatibility forms, case, look-alikes, invisible characters, marks; white space to one space or newline. */
export const fold = (text: string): View => {
  let out = '';
  const offsets: number[] = [];
  let hidden = 0;
  let index = 0;
  let pendingSpace = -1;
  let newline = false;
  const emit = (reading: string, at: number): void => {
    if (pendingSpace >= 0) {
      out += newline ? '\n' : ' ';
      offsets.push(pendingSpace);
      pendingSpace = -1;
      newline = false;
    }
    out += reading;
    for (let unit = 0; unit < reading.length; unit++) offsets.push(at);
  };
  while (index < text.length) {
    const unit = text.charCodeAt(index);
    if (unit > 0x20 && unit < 0x7f) {
      emit(unit >= 0x41 && unit <= 0x5a ? String.fromCharCode(unit + 32) : (text[index] ?? ''), index);
      index += 1;
      continue;
    }
    const point = text.codePointAt(index) ?? 0;
    const character = String.fromCodePoint(point);
    const reading = readingOf(character, point);
    const next = index + character.length;
    if (reading === ' ' || reading === '\n') {
      if (pendingSpace < 0) pendingSpace = index;
      newline ||= reading === '\n';
    } else if (reading !== '') emit(reading, index);
    const isTag = point >= TAG_FIRST && point <= TAG_LAST;
    if (
      isTag ||
      (reading === '' && (isLatinLetter(text.charCodeAt(index - 1)) || isLatinLetter(text.charCodeAt(next))))
    )
      hidden += 1;
    index = next;
  }
  offsets.push(text.length);
  return { text: out, offsets, ...(hidden >= MIN_HIDDEN ? { disguise: 'invisible-characters' as const } : {}) };
};

/** Index of the last of the ascending `starts` that is not beyond `at`. */
const partAt = (starts: readonly number[], at: number): number => {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
};

/** The span in the original that a span of a view came from: of a payload, all of it. */
export const sourceSpan = ({ offsets, parts }: View, start: number, end: number): Span => {
  const from = offsets[start] ?? 0;
  const next = offsets[end] ?? from;
  const to = next > from ? next : (offsets.at(-1) ?? from);
  if (parts === undefined) return { start: from, end: to };
  const first = parts.spans[partAt(parts.starts, from)];
  const last = parts.spans[partAt(parts.starts, to - 1)];
  return { start: first?.start ?? 0, end: last?.end ?? 0 };
};
