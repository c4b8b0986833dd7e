/** Spans of a text, and how far findings reach over them. */

/** A part of a text, in UTF-16 units; `end` is exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Whether two spans have a unit in common. */
export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/** Whether two spans are the same. */
export const isSame = (a: Span, b: Span): boolean => a.start === b.start && a.end === b.end;

const LETTER = /[\p{L}\p{N}]/u; // separators and quotes around a value give nothing away

/** Whether every letter and digit of a span lies in one of several others. */
export const isCovered = (text: string, span: Span, by: readonly Span[]): boolean => {
  let index = span.start;
  while (index < span.end) {
    const over = by.find(({ start, end }) => start <= index && index < end);
    if (over !== undefined) index = over.end;
    else if (LETTER.test(text[index] ?? '')) return false;
    else index += 1;
  }
  return true;
};

/** Turns offsets in Unicode code points, as Python counts, into offsets in UTF-16 units. */
export const unitOffsets = (text: string): ((codePoints: number) => number) => {
  const units: number[] = [];
  let unit = 0;
  for (const character of text) {
    units.push(unit);
    unit += character.length;
  }
  // Most texts have no characters of two units: nothing to look up.
  if (units.length === text.length) return (codePoints) => codePoints;
  return (codePoints) => units[codePoints] ?? text.length;
};
