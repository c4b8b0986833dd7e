/** How many of the values that are there were found, and how much of what was found is there. */

import type { Finding } from '../../../core/redaction/index.ts';
import { isCovered, isSame, overlaps, type Span } from './spans.ts';

/** Counts of values and findings of one name. */
export interface SpanSummary {
  /** Values that are there. */
  readonly spans: number;
  /** Of them found by this name: just so, wholly, and at least in part. */
  readonly exact: number;
  readonly covered: number;
  readonly touched: number;
  /** Wholly hidden, by whatever name. */
  readonly hidden: number;
  /** Findings of this name, and those of them where such a value is. */
  readonly findings: number;
  readonly right: number;
  /** Those that are just such a value. */
  readonly rightExact: number;
}

/** What became of one value. */
export type SpanOutcome = 'covered' | 'other name' | 'in part' | 'missed';

/** Counts. */
export interface SpanCounts {
  /** @returns What became of each span. */
  add(text: string, spans: readonly Span[], named: readonly Finding[], all: readonly Finding[]): readonly SpanOutcome[];
  summary(): SpanSummary;
}

/** Nothing counted yet. */
export const createSpanCounts = (): SpanCounts => {
  const counts = { spans: 0, exact: 0, covered: 0, touched: 0, hidden: 0, findings: 0, right: 0, rightExact: 0 };
  return {
    add(text, spans, named, all) {
      counts.spans += spans.length;
      counts.findings += named.length;
      for (const finding of named) {
        if (spans.some((span) => overlaps(span, finding))) counts.right += 1;
        if (spans.some((span) => isSame(span, finding))) counts.rightExact += 1;
      }
      return spans.map((span) => {
        const covered = isCovered(text, span, named);
        const hidden = covered || isCovered(text, span, all);
        const touched = named.some((finding) => overlaps(span, finding));
        if (named.some((finding) => isSame(span, finding))) counts.exact += 1;
        if (covered) counts.covered += 1;
        if (hidden) counts.hidden += 1;
        if (touched) counts.touched += 1;
        if (covered) return 'covered';
        if (hidden) return 'other name';
        return touched ? 'in part' : 'missed';
      });
    },
    summary: () => ({ ...counts }),
  };
};

/** Several summaries as one. */
export const sumOf = (summaries: readonly SpanSummary[]): SpanSummary => {
  const sum = { ...createSpanCounts().summary() };
  for (const summary of summaries)
    for (const key of Object.keys(sum) as (keyof SpanSummary)[]) Object.assign(sum, { [key]: sum[key] + summary[key] });
  return sum;
};

/** The harmonic mean of precision and recall; `undefined` where there is neither a value nor a finding. */
export const f1Of = (found: number, spans: number, right: number, findings: number): number | undefined => {
  if (spans === 0 && findings === 0) return undefined;
  const recall = spans === 0 ? 0 : found / spans;
  const precision = findings === 0 ? 0 : right / findings;
  return recall + precision === 0 ? 0 : (2 * recall * precision) / (recall + precision);
};
