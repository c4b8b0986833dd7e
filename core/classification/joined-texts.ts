/** What texts say that a model reads one after the other: a number may begin in one and end in the next. */

import { member, textOf } from '../converse/types.ts';
import { merged } from '../redaction/spans.ts';
import { type ClassifiedValue, type TextClassification, withValues } from './classifier.ts';
import { highestOf, isAbove } from './levels.ts';

/** Texts that stand side by side in a list of blocks, where there are several. Nothing is read between two at a cache point. */
export const neighboursIn = (blocks: readonly unknown[]): readonly (readonly string[])[] => {
  const runs: string[][] = [[]];
  for (const block of blocks) {
    const text = textOf(block);
    if (text === '' || member(block, 'cachePoint') !== undefined) continue;
    if (text === undefined) runs.push([]);
    else runs.at(-1)?.push(text);
  }
  return runs.filter(({ length }) => length > 1);
};

const covers = (known: ClassifiedValue, value: ClassifiedValue): boolean =>
  known.start <= value.start && known.end >= value.end && !isAbove(value.level, known.level);

/** Values in order; those that overlap are one, of the highest level. */
const union = (values: readonly ClassifiedValue[]): readonly ClassifiedValue[] =>
  merged(values).map((value) => ({
    ...(value as ClassifiedValue),
    level: highestOf(
      values.filter(({ start, end }) => start < value.end && end > value.start).map(({ level }) => level),
    ),
  }));

/**
 * What each of several texts is, side by side: with its part of the values that are found in all of them together.
 *
 * @param found What each is by itself.
 * @param together What they are as one text.
 */
export const besideEachOther = (
  texts: readonly string[],
  found: readonly TextClassification[],
  together: TextClassification,
): readonly TextClassification[] => {
  let from = 0;
  let next = 0;
  return found.map((own, index) => {
    const begin = from;
    from += texts[index]?.length ?? 0;
    const parts: ClassifiedValue[] = [];
    for (let at = next; (together.values[at]?.start ?? from) < from; at++) {
      const value = together.values[at] as ClassifiedValue;
      parts.push({ ...value, start: Math.max(value.start, begin) - begin, end: Math.min(value.end, from) - begin });
      // One that goes on is in the next text, too.
      if (value.end <= from) next = at + 1;
    }
    const more = parts.filter((part) => !own.values.some((known) => covers(known, part)));
    return more.length === 0 ? own : withValues(own, union([...own.values, ...more]));
  });
};
