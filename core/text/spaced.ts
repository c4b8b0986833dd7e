/** Words written as single letters: `i g n o r e`, `i.g.n.o.r.e`, `i-g-n-o-r-e`. */

import type { View } from './fold.ts';

/** Single letters with something between them, at least eight. */
const SPACED_RUN = /(?<![a-z0-9])[a-z0-9@$](?:[ \n.\-_*|/\\,~+:]{1,3}[a-z0-9@$](?![a-z0-9])){7,}/g; // i g n o r e  a l l
const LETTER = /^[a-z0-9@$]$/;

/** What stands between two letters: the signs, and how far apart they are in the original, where blanks are not folded. */
const betweensOf = (view: View, from: number, to: number): readonly { at: number; between: string }[] => {
  const letters: { at: number; between: string }[] = [];
  let last = -1;
  for (let index = from; index < to; index++) {
    if (!LETTER.test(view.text[index] ?? '')) continue;
    const distance = last < 0 ? 0 : (view.offsets[index] ?? 0) - (view.offsets[last] ?? 0);
    letters.push({ at: index, between: last < 0 ? '' : `${distance}${view.text.slice(last + 1, index)}` });
    last = index;
  }
  return letters;
};

const commonest = (values: readonly string[]): string => {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = values[0] ?? '';
  for (const [value, count] of counts) if (count > (counts.get(best) ?? 0)) best = value;
  return best;
};

/**
 * The view with its spaced letters joined to words, or `undefined` where there are none. What stands most often between
 * the letters of a run holds words together; anything else, a wider blank for one, ends a word.
 */
export const spacedView = (view: View): View | undefined => {
  let text = '';
  const offsets: number[] = [];
  const add = (unit: string, at: number): void => {
    text += unit;
    offsets.push(view.offsets[at] ?? 0);
  };
  let last = 0;
  for (const { index, 0: run } of view.text.matchAll(SPACED_RUN)) {
    for (let at = last; at < index; at++) add(view.text[at] ?? '', at);
    const letters = betweensOf(view, index, index + run.length);
    const usual = commonest(letters.slice(1).map(({ between }) => between));
    for (const [position, { at, between }] of letters.entries()) {
      if (position > 0 && between !== usual) add(' ', at);
      add(view.text[at] ?? '', at);
    }
    last = index + run.length;
  }
  if (last === 0) return undefined;
  for (let at = last; at < view.text.length; at++) add(view.text[at] ?? '', at);
  offsets.push(view.offsets.at(-1) ?? 0);
  return { text, offsets, disguise: 'spaced-letters' };
};
