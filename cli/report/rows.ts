/** Rows of a report by what they are about: how many requests, whose, how sure. */

import type { CallerCount, CallerRegistry, CallerSet } from './callers.ts';
import { createScores, type ScoreSummary, type Scores } from './scores.ts';

/** What a row is about. Columns that say nothing are empty. */
export type RowKey = readonly string[];

/** A row as it is reported. */
export interface ReportRow extends CallerCount {
  readonly key: RowKey;
  readonly requests: number;
  readonly values: number;
  readonly score: ScoreSummary | undefined;
  /** By rule. */
  readonly rules: readonly ReportRow[];
  /** Ids of the first requests. */
  readonly examples: readonly string[];
}

/** One request that belongs to a row. */
export interface RowEvent {
  readonly caller: number | undefined;
  readonly requestId?: string | undefined;
  readonly score?: number | undefined;
  /** @default 1 */
  readonly values?: number;
  readonly rules?: readonly { readonly rule: string; readonly score: number }[];
}

/** Rows that are being counted. */
export interface Rows {
  add(key: RowKey, event: RowEvent): void;
  /** Most requests first. */
  report(): readonly ReportRow[];
}

/** Most rows of a section, most rules of a row; what comes later shares one. */
const MAX_ROWS = 200;
const MAX_RULES = 50;
const OTHERS = '(others)';
const MAX_EXAMPLES = 3;

interface Row {
  readonly key: RowKey;
  requests: number;
  values: number;
  readonly callers: CallerSet;
  readonly scores: Scores;
  readonly rules: Rows | undefined;
  readonly examples: string[];
}

const compare = (a: ReportRow, b: ReportRow): number =>
  b.requests - a.requests || (a.key.join(' ') < b.key.join(' ') ? -1 : 1);

const rowsOf = (registry: CallerRegistry, most: number, rulesWithin: boolean): Rows => {
  const rows = new Map<string, Row>();
  const rowAt = (key: RowKey): Row => {
    const id = key.join('\n');
    const known = rows.get(id);
    if (known !== undefined) return known;
    if (rows.size >= most && key[0] !== OTHERS) return rowAt([OTHERS]);
    const row: Row = {
      key,
      requests: 0,
      values: 0,
      callers: registry.createSet(),
      scores: createScores(),
      rules: rulesWithin ? rowsOf(registry, MAX_RULES, false) : undefined,
      examples: [],
    };
    rows.set(id, row);
    return row;
  };
  return {
    add(key, { caller, requestId, score, values = 1, rules = [] }) {
      const row = rowAt(key);
      row.requests += 1;
      row.values += values;
      row.callers.add(caller);
      if (score !== undefined) row.scores.add(score);
      if (requestId !== undefined && row.examples.length < MAX_EXAMPLES) row.examples.push(requestId);
      const surest = new Map<string, number>();
      for (const { rule, score: sure } of rules) surest.set(rule, Math.max(sure, surest.get(rule) ?? 0));
      for (const [rule, sure] of surest) row.rules?.add([rule], { caller, score: sure });
    },
    report: () =>
      [...rows.values()]
        .map(({ key, requests, values, callers, scores, rules, examples }) => ({
          key,
          requests,
          values,
          ...callers.count(),
          score: scores.summary(),
          rules: rules?.report() ?? [],
          examples,
        }))
        .sort(compare),
  };
};

/** No rows yet. */
export const createRows = (registry: CallerRegistry): Rows => rowsOf(registry, MAX_ROWS, true);
