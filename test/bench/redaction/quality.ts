/** What contenders make of labelled rows, told from what they give back: the same way for all. */

import type { LabelledRow, VectorRow } from '../../../tools/eval/redaction/row.ts';
import { f1Of } from '../../../tools/eval/redaction/span-counts.ts';
import { isCovered, overlaps, type Span } from '../../../tools/eval/redaction/spans.ts';
import { STRUCTURED } from '../../../tools/eval/redaction/structured.ts';
import type { Contestant } from './contestant.ts';
import { removedFrom } from './removed.ts';
import type { Sample } from './sample.ts';

/** Quality of one contender; shares from 0 to 1. */
export interface Quality {
  /** F1 of the values that have a structure. */
  readonly f1: number;
  readonly recall: number;
  readonly precision: number;
  /** Mean over rules of the secrets that are wholly hidden. */
  readonly secrets: number;
  /** Of the texts that look like secrets and are none, those that it changes. */
  readonly flagged: number;
  /** Rows that threw or took too long: they count as given back unchanged. */
  readonly failed: number;
}

type Removed = (text: string) => Promise<readonly Span[]>;

const share = (count: number, of: number): number => (of === 0 ? Number.NaN : count / of);

/** What is taken out of names and addresses is neither right nor wrong here: no column is about them. */
const structuredQuality = async (rows: readonly LabelledRow[], removed: Removed) => {
  const counts = { spans: 0, hidden: 0, right: 0, wrong: 0 };
  for (const { text, spans } of rows) {
    const parts = await removed(text);
    const structured = spans.filter(({ entity }) => STRUCTURED.includes(entity));
    counts.spans += structured.length;
    counts.hidden += structured.filter((span) => isCovered(text, span, parts)).length;
    for (const part of parts)
      if (structured.some((span) => overlaps(span, part))) counts.right += 1;
      else if (!spans.some((span) => overlaps(span, part))) counts.wrong += 1;
  }
  const { spans, hidden, right, wrong } = counts;
  return {
    f1: f1Of(hidden, spans, right, right + wrong) ?? Number.NaN,
    recall: share(hidden, spans),
    precision: share(right, right + wrong),
  };
};

const secretQuality = async (rows: readonly VectorRow[], removed: Removed) => {
  const rules = new Map<string, { spans: number; hidden: number }>();
  const negatives = { rows: 0, flagged: 0 };
  for (const { rule = '', text, spans } of rows) {
    const parts = await removed(text);
    if (spans.length === 0) {
      negatives.rows += 1;
      if (parts.length > 0) negatives.flagged += 1;
      continue;
    }
    const counts = rules.get(rule) ?? { spans: 0, hidden: 0 };
    rules.set(rule, counts);
    counts.spans += spans.length;
    counts.hidden += spans.filter((span) => isCovered(text, span, parts)).length;
  }
  const recalls = [...rules.values()].map(({ spans, hidden }) => hidden / spans);
  return {
    secrets: share(
      recalls.reduce((sum, each) => sum + each, 0),
      recalls.length,
    ),
    flagged: share(negatives.flagged, negatives.rows),
  };
};

/** Measures a contender. @param cutOffMs Longest time for a row. */
export const measureQuality = async (contestant: Contestant, sample: Sample, cutOffMs: number): Promise<Quality> => {
  let failed = 0;
  const removed: Removed = async (text) => {
    const answer = await contestant.ask({ text, wantsText: true }, cutOffMs);
    if (answer.end === 'done') return removedFrom(text, answer.text ?? text);
    failed += 1;
    return [];
  };
  const structured = await structuredQuality(sample.labelled, removed);
  const secrets = await secretQuality(sample.secrets, removed);
  return { ...structured, ...secrets, failed };
};
