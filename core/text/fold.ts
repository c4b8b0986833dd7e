/** Folding: one linear pass to the letters that a reader sees, with the way back to the original offsets. */

import { CONFUSABLES } from './confusables.ts';

/** A reading of a text, and where each of its units came from. */
export interface View {
  readonly text: string;
  /** For each UTF-16 unit of `text` the offset of its source in the original; one more entry for the end. */
  readonly offsets: readonly number[];
  /** How the view was won; undefined for the plain reading. */
  readonly disguise?: Disguise;
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
  | 'rot13'
  | 'reversed';

/** Code points that show nothing: zero-width, bidi controls, variation selectors, fillers; and marks without a letter. */
const INVISIBLE: readonly (readonly [first: number, last: number])[] = [
  [0xad, 0xad],
  [0x300, 0x36f],
  [0x483, 0x489],
  [0x61c, 0x61c],
  [0x115f, 0x1160],
  [0x17b4, 0x17b5],
  [0x180b, 0x180e],
  [0x1ab0, 0x1aff],
  [0x1dc0, 0x1dff],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0x20d0, 0x20ff],
  [0x3164, 0x3164],
  [0xfe00, 0xfe0f],
  [0xfeff, 0xfeff],
  [0xffa0, 0xffa0],
  [0x1bca0, 0x1bca3],
  [0xe0001, 0xe001f],
  [0xe007f, 0xe01ef],
];
const isInvisible = (point: number): boolean => INVISIBLE.some(([first, last]) => point >= first && point <= last);

/** Letters of scripts whose marks are decoration: Latin, Greek, Cyrillic. In others a mark is a letter of its own. */
const WITH_MARKS = /^[\u00c0-\u052f\u1e00-\u1fff]$/;
const SPACE = /^\s$/;

/** Tag characters: ASCII, invisible (Unicode block Tags). */
const TAG_FIRST = 0xe0020;
const TAG_LAST = 0xe007e;
const TAG_BASE = 0xe0000;

const confused = (text: string): string => {
  let out = '';
  for (const character of text) out += CONFUSABLES.get(character) ?? character;
  return out;
};

/** What a character reads as: nothing, itself, or what it stands for. */
const readingOf = (character: string): string => {
  const point = character.codePointAt(0) ?? 0;
  if (point >= TAG_FIRST && point <= TAG_LAST) return String.fromCharCode(point - TAG_BASE).toLowerCase();
  if (isInvisible(point)) return '';
  const compatible = character.normalize('NFKC').toLowerCase();
  const bare = WITH_MARKS.test(compatible) ? compatible.normalize('NFD').replaceAll(/\p{M}/gu, '') : compatible;
  return confused(bare);
};

/** Folds `text`: compatibility forms, case, look-alikes, invisible characters, marks; white space to one space or newline. */
export const fold = (text: string): View => {
  let out = '';
  const offsets: number[] = [];
  let invisible = 0;
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
    const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
    if (SPACE.test(character)) {
      if (pendingSpace < 0) pendingSpace = index;
      newline ||= unit === 0x0a || unit === 0x0d || unit === 0x2028 || unit === 0x2029;
    } else {
      const reading = readingOf(character);
      if (reading === '' || unit === 0xdb40) invisible += 1;
      if (reading !== '') emit(reading, index);
    }
    index += character.length;
  }
  offsets.push(text.length);
  return { text: out, offsets, ...(invisible > 2 ? { disguise: 'invisible-characters' as const } : {}) };
};

/** The span in the original that a span of a view came from. */
export const sourceSpan = ({ offsets }: View, start: number, end: number): { start: number; end: number } => {
  const from = offsets[start] ?? 0;
  const next = offsets[end] ?? from;
  return { start: from, end: next > from ? next : (offsets.at(-1) ?? from) };
};
