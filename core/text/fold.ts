/** Folding: one linear pass to the letters that a reader sees, with the way back to the original offsets. */

import { isTag, LONGER, readingOf, unitOf } from './characters.ts';

/** A span in UTF-16 units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A way to hide words. */
export type Disguise =
  | 'invisible-characters'
  | 'leetspeak'
  | 'spaced-letters'
  | 'joined-words'
  | 'base64'
  | 'base32'
  | 'hex'
  | 'url-encoding'
  | 'html-entities'
  | 'unicode-escapes'
  | 'binary'
  | 'decimal'
  | 'morse'
  | 'rotated'
  | 'mirrored-alphabet'
  | 'reversed';

/** A reading of a text, and where each of its units came from. */
export interface View {
  /** UTF-16 units of the reading. */
  readonly units: Uint16Array;
  /** For each unit the offset of its source in the original; one more entry for the end. Absent where they are the same. */
  readonly offsets?: Int32Array;
  /** How the view was won; absent for the plain reading. */
  readonly disguise?: Disguise | undefined;
  /** Whether so little of the text is undone that it may have been plain: what only suspects should pass it by. */
  readonly isSlight?: boolean | undefined;
  /** Whether some characters that stand for many were read as the first of them: more would take too long. */
  readonly isCut?: boolean;
  /** When the view reads decoded payloads joined: where each begins in what was joined, and its span of the original. */
  readonly parts?: { readonly starts: readonly number[]; readonly spans: readonly Span[] };
}

const isLatinLetter = (unit: number): boolean => (unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a;

/** Invisible characters beside Latin letters that make a disguise. Emoji and Indic scripts use them by right. */
const MIN_HIDDEN = 3;

/** ASCII as it reads: lower case; 0 for controls that vanish. */
const ASCII = Uint8Array.from({ length: 128 }, (_, unit) => {
  if (unit === 9 || unit === 11 || unit === 12) return 0x20;
  if (unit === 10 || unit === 13) return 10;
  if (unit < 0x20 || unit === 0x7f) return 0;
  return unit >= 0x41 && unit <= 0x5a ? unit + 32 : unit;
});

/** Folds a text that has no character but printable ASCII and white space, or tells where the first other stands. */
const foldAscii = (text: string, units: Uint16Array): number => {
  const { length } = text;
  for (let index = 0; index < length; index++) {
    const unit = text.charCodeAt(index);
    const folded = unit < 128 ? (ASCII[unit] as number) : 0;
    if (folded === 0) return index;
    units[index] = folded;
  }
  return length;
};

/** Units of characters that stand for several by which a reading may be longer than its text, and than the text again. */
const MIN_SPARE = 1000;

/** Folds what stands behind the plain part of a text. */
const foldRest = (text: string, plain: number, first: Uint16Array): View => {
  let units = first;
  let offsets = new Int32Array(text.length + 1);
  for (let index = 0; index < plain; index++) offsets[index] = index;
  /** Units of expanded characters that there is room for: behind them, only the first of each is read. */
  let spare = text.length + MIN_SPARE;
  let length = plain;
  let hidden = 0;
  const grow = (by: number): void => {
    if (length + by < units.length) return;
    const size = units.length * 2 + by;
    const [more, moreOffsets] = [new Uint16Array(size), new Int32Array(size + 1)];
    more.set(units);
    moreOffsets.set(offsets);
    [units, offsets] = [more, moreOffsets];
  };
  const add = (unit: number, at: number): void => {
    units[length] = unit;
    offsets[length] = at;
    length += 1;
  };
  for (let index = plain; index < text.length; ) {
    const unit = text.charCodeAt(index);
    const folded = unit < 128 ? (ASCII[unit] as number) : unit < 0xd800 || unit > 0xdfff ? unitOf(unit) : LONGER;
    if (folded !== 0 && folded !== LONGER) {
      if (length >= units.length) grow(1);
      add(folded, index);
      index += 1;
      continue;
    }
    const point = unit < 128 ? unit : (text.codePointAt(index) as number);
    const whole = unit < 128 ? '' : readingOf(point);
    const reading = whole.length - 1 > spare ? whole.slice(0, 1) : whole;
    spare -= Math.max(0, whole.length - 1);
    const next = index + (point > 0xffff ? 2 : 1);
    grow(reading.length);
    for (let at = 0; at < reading.length; at++) add(reading.charCodeAt(at), index);
    if (
      isTag(point) ||
      (reading === '' && (isLatinLetter(text.charCodeAt(index - 1)) || isLatinLetter(text.charCodeAt(next))))
    )
      hidden += 1;
    index = next;
  }
  offsets[length] = text.length;
  return {
    units: units.subarray(0, length),
    offsets: offsets.subarray(0, length + 1),
    ...(hidden >= MIN_HIDDEN ? { disguise: 'invisible-characters' as const } : {}),
    ...(spare < 0 ? { isCut: true } : {}),
  };
};

/** Folds `text`: compatibility forms, case, look-alikes, invisible characters, marks; any blank to a space, any line end to `\n`. */
export const fold = (text: string): View => {
  const units = new Uint16Array(text.length);
  const plain = foldAscii(text, units);
  return plain === text.length ? { units } : foldRest(text, plain, units);
};

/** Units that are made a string at once: more would exhaust the stack. */
const CHUNK = 8192;

/** Units as a string. */
export const textOf = (units: Uint16Array, start = 0, end: number = units.length): string => {
  let text = '';
  for (let at = start; at < end; at += CHUNK)
    // Spread goes through an iterator; applied to the array itself it is some fifty times as fast.
    text += String.fromCharCode.apply(null, units.subarray(at, Math.min(end, at + CHUNK)) as unknown as number[]);
  return text;
};

/** The offset in the original that a unit of a view came from. */
export const offsetAt = ({ units, offsets }: View, at: number): number =>
  offsets === undefined ? Math.min(at, units.length) : (offsets[at] ?? 0);

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
export const sourceSpan = (view: View, start: number, end: number): Span => {
  const from = offsetAt(view, start);
  const next = offsetAt(view, end);
  const to = next > from ? next : offsetAt(view, view.units.length);
  const { parts } = view;
  if (parts === undefined) return { start: from, end: to };
  const first = parts.spans[partAt(parts.starts, from)];
  const last = parts.spans[partAt(parts.starts, to - 1)];
  return { start: first?.start ?? 0, end: last?.end ?? 0 };
};
