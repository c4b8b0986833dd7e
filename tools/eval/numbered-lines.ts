/** Lines of a text that comes piece by piece, with their numbers: a file of any size, one line in memory at a time. */

/** A line, or the place of one that was too long to be read. */
export interface NumberedLine {
  /** From 1. */
  readonly number: number;
  /** Without its end; `undefined` for a line longer than {@link MAX_LINE}. */
  readonly text: string | undefined;
}

/** Longest line, in UTF-16 units. */
export const MAX_LINE = 16 * 1024 * 1024;

/** The lines of a text. Empty ones are counted, and not given. */
export const numberedLines = async function* (pieces: AsyncIterable<string>): AsyncGenerator<NumberedLine> {
  let number = 0;
  /** Pieces of the line that has begun: joined once, however many they are. */
  let begun: string[] = [];
  let units = 0;
  const add = (text: string): void => {
    units += text.length;
    if (units <= MAX_LINE) begun.push(text);
    else begun = [];
  };
  const take = (): NumberedLine | undefined => {
    number += 1;
    const text = units > MAX_LINE ? undefined : begun.join('');
    begun = [];
    units = 0;
    return text?.trim() === '' ? undefined : { number, text };
  };
  for await (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
      add(piece.slice(start, end));
      start = end + 1;
      const line = take();
      if (line !== undefined) yield line;
    }
    add(piece.slice(start));
  }
  if (units === 0) return;
  const last = take();
  if (last !== undefined) yield last;
};
