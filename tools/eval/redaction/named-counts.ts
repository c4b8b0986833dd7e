/** Counts by entity or by rule. */

import { createSpanCounts, type SpanCounts, type SpanSummary } from './span-counts.ts';

/** Texts in which a value of the name is, and texts in which none is. */
export interface NamedSummary extends SpanSummary {
  readonly name: string;
  readonly negatives: number;
  /** Of the negatives, those in which something of the name was found. */
  readonly flagged: number;
}

/** Counts of one name. */
export interface NamedCount {
  readonly counts: SpanCounts;
  /** A text without such a value. */
  addNegative(isFlagged: boolean): void;
}

/** Counts of all names. */
export interface NamedCounts {
  of(name: string): NamedCount;
  /** In order of the names. */
  summaries(): readonly NamedSummary[];
}

/** Most names; what comes later shares one. */
const MOST = 1000;
const OTHERS = '(others)';

/** Nothing counted yet. */
export const createNamedCounts = (): NamedCounts => {
  const known = new Map<string, NamedCount & { readonly negatives: { count: number; flagged: number } }>();
  const of = (name: string): NamedCount => {
    const found = known.get(name);
    if (found !== undefined) return found;
    if (known.size >= MOST && name !== OTHERS) return of(OTHERS);
    const negatives = { count: 0, flagged: 0 };
    const made = {
      counts: createSpanCounts(),
      negatives,
      addNegative(isFlagged: boolean): void {
        negatives.count += 1;
        if (isFlagged) negatives.flagged += 1;
      },
    };
    known.set(name, made);
    return made;
  };
  return {
    of,
    summaries: () =>
      [...known]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, { counts, negatives }]) => ({
          name,
          ...counts.summary(),
          negatives: negatives.count,
          flagged: negatives.flagged,
        })),
  };
};

/** The mean over names that have values, each name worth the same; `undefined` where none has. */
export const macroMean = (summaries: readonly NamedSummary[], found: keyof SpanSummary): number | undefined => {
  const withSpans = summaries.filter(({ spans }) => spans > 0);
  if (withSpans.length === 0) return undefined;
  return withSpans.reduce((sum, each) => sum + each[found] / each.spans, 0) / withSpans.length;
};
