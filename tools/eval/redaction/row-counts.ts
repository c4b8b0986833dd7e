/** What a set of entities makes of rows, by the shape of the rows. */

import type { Finding } from '../../../core/redaction/index.ts';
import { createNamedCounts, type NamedSummary } from './named-counts.ts';
import type { FlagRow, LabelledRow, NumberRow, Row, VectorRow } from './row.ts';
import type { SpanOutcome } from './span-counts.ts';

/** What was counted. */
export interface RowSummary {
  /** By entity, secrets apart. */
  readonly vectors: readonly NamedSummary[];
  /** By rule. */
  readonly secrets: readonly NamedSummary[];
  /** By rule, of rows that only say whether there is a secret. */
  readonly flags: readonly FlagSummary[];
  /** By entity, of numbers that stand alone. */
  readonly numbers: readonly FlagSummary[];
  /** By entity, of texts in which all values are labelled. */
  readonly labelled: readonly NamedSummary[];
}

/** Rows that hold something or do not, and what was found in them. */
export interface FlagSummary {
  readonly name: string;
  readonly positives: number;
  readonly found: number;
  readonly negatives: number;
  readonly flagged: number;
}

/** What a set is wrong about, in a word. */
export type Mistake = Exclude<SpanOutcome, 'covered'> | 'flagged' | 'wrong';

/** Counts of one set. */
export interface RowCounts {
  /** @returns What it is wrong about, and of which entity or rule. */
  add(row: Row, findings: readonly Finding[]): readonly (readonly [name: string, mistake: Mistake])[];
  summary(): RowSummary;
}

type Mistakes = ReturnType<RowCounts['add']>;

const SECRET = 'SECRET';

const createFlagCounts = () => {
  const known = new Map<string, { positives: number; found: number; negatives: number; flagged: number }>();
  return {
    add(name: string, isPositive: boolean, isFound: boolean): Mistakes {
      const counts = known.get(name) ?? { positives: 0, found: 0, negatives: 0, flagged: 0 };
      known.set(name, counts);
      counts[isPositive ? 'positives' : 'negatives'] += 1;
      if (isFound) counts[isPositive ? 'found' : 'flagged'] += 1;
      return isPositive === isFound ? [] : [[name, isPositive ? 'missed' : 'flagged']];
    },
    summaries: (): readonly FlagSummary[] =>
      [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, counts]) => ({ name, ...counts })),
  };
};

/** Nothing counted yet. */
export const createRowCounts = (): RowCounts => {
  const [vectors, secrets, labelled] = [createNamedCounts(), createNamedCounts(), createNamedCounts()];
  const [flags, numbers] = [createFlagCounts(), createFlagCounts()];

  const addVector = ({ entity, rule, text, spans }: VectorRow, findings: readonly Finding[]): Mistakes => {
    const name = entity === SECRET ? (rule ?? '(none)') : entity;
    const into = (entity === SECRET ? secrets : vectors).of(name);
    const named = findings.filter((finding) => finding.entity === entity);
    if (spans.length === 0) {
      into.addNegative(named.length > 0);
      return named.length > 0 ? [[name, 'flagged']] : [];
    }
    const outcomes = into.counts.add(text, spans, named, findings);
    return outcomes.flatMap((outcome) => (outcome === 'covered' ? [] : [[name, outcome] as const]));
  };

  const addLabelled = ({ text, spans }: LabelledRow, findings: readonly Finding[]): Mistakes => {
    const names = new Set([...spans, ...findings].map(({ entity }) => entity));
    return [...names].flatMap((name): Mistakes => {
      const own = spans.filter(({ entity }) => entity === name);
      const named = findings.filter(({ entity }) => entity === name);
      const { counts } = labelled.of(name);
      const before = counts.summary();
      const outcomes = counts.add(text, own, named, findings);
      const { findings: all, right } = counts.summary();
      const wrong = all - before.findings - (right - before.right);
      return [
        ...outcomes.flatMap((outcome) => (outcome === 'covered' ? [] : [[name, outcome] as const])),
        ...Array.from({ length: wrong }, () => [name, 'wrong'] as const),
      ];
    });
  };

  const addNumber = ({ entity, isValid }: NumberRow, findings: readonly Finding[]): Mistakes =>
    isValid === undefined
      ? []
      : numbers.add(
          entity,
          isValid,
          findings.some((finding) => finding.entity === entity),
        );

  const addFlag = ({ rule, isSecret }: FlagRow, findings: readonly Finding[]): Mistakes =>
    flags.add(
      rule,
      isSecret,
      findings.some(({ entity }) => entity === SECRET),
    );

  return {
    add(row, findings) {
      if (row.kind === 'vector') return addVector(row, findings);
      if (row.kind === 'labelled') return addLabelled(row, findings);
      return row.kind === 'number' ? addNumber(row, findings) : addFlag(row, findings);
    },
    summary: () => ({
      vectors: vectors.summaries(),
      secrets: secrets.summaries(),
      flags: flags.summaries(),
      numbers: numbers.summaries(),
      labelled: labelled.summaries(),
    }),
  };
};
