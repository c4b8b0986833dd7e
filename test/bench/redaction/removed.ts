/** What a redactor took out of a text, told from what it gave back: most say no more than that. */

import type { Span } from '../../../tools/eval/redaction/spans.ts';

const TOKEN = /[\p{L}\p{N}]+|[^\p{L}\p{N}]/gu; // words and numbers; each other character

interface Token extends Span {
  readonly text: string;
}

const tokensOf = (text: string): readonly Token[] =>
  [...text.matchAll(TOKEN)].map(({ 0: found, index }) => ({ text: found, start: index, end: index + found.length }));

/** Lengths of the longest common subsequences of all ends of two lists, row by row. */
const commonLengths = (a: readonly Token[], b: readonly Token[]): readonly Uint16Array[] => {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--) {
      const [row, below] = [rows[i] as Uint16Array, rows[i + 1] as Uint16Array];
      row[j] = a[i]?.text === b[j]?.text ? 1 + (below[j + 1] ?? 0) : Math.max(below[j] ?? 0, row[j + 1] ?? 0);
    }
  return rows;
};

const BETWEEN = /^[ -]?$/; // groups of one number

/** Parts of `text` that are not in `redacted`, those with no more than a space or dash between them as one. */
export const removedFrom = (text: string, redacted: string): readonly Span[] => {
  if (text === redacted) return [];
  const [a, b] = [tokensOf(text), tokensOf(redacted)];
  const lengths = commonLengths(a, b);
  const removed: { start: number; end: number }[] = [];
  const remove = ({ start, end }: Token): void => {
    const last = removed.at(-1);
    if (last !== undefined && BETWEEN.test(text.slice(last.end, start))) last.end = end;
    else removed.push({ start, end });
  };
  let j = 0;
  for (const [i, token] of a.entries()) {
    while (j < b.length && b[j]?.text !== token.text && (lengths[i]?.[j + 1] ?? 0) >= (lengths[i]?.[j] ?? 0)) j += 1;
    const kept = b[j]?.text === token.text && lengths[i]?.[j] === 1 + (lengths[i + 1]?.[j + 1] ?? 0);
    if (kept) j += 1;
    else remove(token);
  }
  return removed;
};
