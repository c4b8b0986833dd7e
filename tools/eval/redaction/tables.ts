/** Tables about labelled rows. */

import { type Column, tableLines } from '../../../cli/table.ts';
import { countedShare, countText, shareText } from '../formats.ts';
import { macroMean, type NamedSummary } from './named-counts.ts';
import type { FlagSummary, RowSummary } from './row-counts.ts';
import { f1Of, type SpanSummary } from './span-counts.ts';
import { structuredOf, unstructuredOf } from './structured.ts';

export type Lines = readonly string[];

type Sets = readonly { readonly name: string; readonly summary: RowSummary }[];

export const textual = (title: string): Column => ({ title, kind: 'text' });
export const numeric = (title: string): Column => ({ title, kind: 'number' });

/** Numbers are never cut, and a table that wraps can still be read. */
const WIDTH = 160;

/** A table under its title; nothing where there are no rows. */
export const section = (title: string, columns: readonly Column[], rows: readonly Lines[]): Lines =>
  rows.length === 0 ? [] : ['', title, ...tableLines(columns, rows, WIDTH)];

/** `93.1`, in per cent; nothing of nothing. */
const percent = (count: number, of: number): string => (of === 0 ? '' : ((100 * count) / of).toFixed(1));

const fraction = (share: number | undefined): string => share?.toFixed(3) ?? '';

/** The recall that each entity and rule is to have. */
const ENOUGH = { entity: 0.95, rule: 0.9 } as const;

const RECALL: readonly Column[] = ['values', 'by name %', 'just so %', 'hidden %', 'precision %'].map(numeric);

const recallCells = ({ spans, covered, exact, hidden, findings, right }: SpanSummary): Lines => [
  countText(spans),
  percent(covered, spans),
  percent(exact, spans),
  percent(hidden, spans),
  percent(right, findings),
];

const negativeCells = ({ negatives, flagged }: Pick<NamedSummary, 'negatives' | 'flagged'>): Lines => [
  negatives === 0 ? '' : countText(negatives),
  percent(negatives - flagged, negatives),
];

const low = (summaries: readonly NamedSummary[], found: keyof SpanSummary, enough: number): readonly NamedSummary[] =>
  summaries.filter((each) => each.spans > 0 && each[found] / each.spans < enough);

const flaggedShare = (summaries: readonly Pick<NamedSummary, 'negatives' | 'flagged'>[]): string => {
  const sum = (key: 'negatives' | 'flagged'): number => summaries.reduce((total, each) => total + each[key], 0);
  return shareText(countedShare(sum('flagged'), sum('negatives')));
};

const macroRows = (
  sets: Sets,
  of: (summary: RowSummary) => readonly NamedSummary[],
  enough: number,
): readonly Lines[] =>
  sets
    .filter(({ summary }) => of(summary).length > 0)
    .map(({ name, summary }) => {
      const all = of(summary);
      return [
        name,
        fraction(macroMean(all, 'covered')),
        fraction(macroMean(all, 'hidden')),
        fraction(macroMean(all, 'touched')),
        `${low(all, 'covered', enough).length} of ${all.filter(({ spans }) => spans > 0).length}`,
        flaggedShare(all),
      ];
    });

const macroColumns = (names: string, enough: number): readonly Column[] => [
  textual('set'),
  numeric('by name'),
  numeric('hidden'),
  numeric('in part'),
  numeric(`${names} below ${enough}`),
  numeric('negatives flagged'),
];

/** Values of each entity. */
export const vectorSections = (sets: Sets, main: string): Lines => {
  const vectors = sets.find(({ name }) => name === main)?.summary.vectors ?? [];
  const short = low(vectors, 'covered', ENOUGH.entity).map(({ name }) => name);
  return [
    ...section(
      'Values of one entity each: mean recall over entities',
      macroColumns('entities', ENOUGH.entity),
      macroRows(sets, ({ vectors: all }) => all, ENOUGH.entity),
    ),
    ...section(
      `  each of them, with ${main}`,
      [textual('entity'), ...RECALL, numeric('negatives'), numeric('spared %')],
      vectors.map((each) => [each.name, ...recallCells(each), ...negativeCells(each)]),
    ),
    ...(short.length === 0 ? [] : [`  below ${ENOUGH.entity}: ${short.join(', ')}`]),
  ];
};

/** Secrets by rule: those that are found too seldom, and those whose negatives are flagged. */
export const secretSections = (sets: Sets, main: string): Lines => {
  const secrets = sets.find(({ name }) => name === main)?.summary.secrets ?? [];
  const notable = secrets.filter((each) => each.covered < ENOUGH.rule * each.spans || each.flagged > 0);
  return [
    ...section(
      'Secrets: mean recall over rules',
      macroColumns('rules', ENOUGH.rule),
      macroRows(sets, ({ secrets: all }) => all, ENOUGH.rule),
    ),
    ...section(
      `  rules below ${ENOUGH.rule}, or with negatives flagged, with ${main}`,
      [textual('rule'), ...RECALL, numeric('negatives'), numeric('spared %')],
      notable.map((each) => [each.name, ...recallCells(each), ...negativeCells(each)]),
    ),
  ];
};

const totalOf = (summaries: readonly FlagSummary[]): FlagSummary => {
  const sum = (key: Exclude<keyof FlagSummary, 'name'>): number =>
    summaries.reduce((total, each) => total + each[key], 0);
  return {
    name: 'all',
    positives: sum('positives'),
    found: sum('found'),
    negatives: sum('negatives'),
    flagged: sum('flagged'),
  };
};

const flagRows = (summaries: readonly FlagSummary[]): readonly Lines[] =>
  (summaries.length === 0 ? [] : [...summaries, totalOf(summaries)]).map(
    ({ name, positives, found, negatives, flagged }) => [
      name,
      countText(positives),
      percent(found, positives),
      ...negativeCells({ negatives, flagged }),
    ],
  );

const flagColumns = (name: string, positives: string): readonly Column[] => [
  textual(name),
  numeric(positives),
  numeric('found %'),
  numeric('negatives'),
  numeric('spared %'),
];

/** Rows without places: texts with a secret somewhere, numbers that stand alone. */
export const flagSections = (sets: Sets, usual: string, all: string): Lines => {
  const summaryOf = (main: string): RowSummary | undefined => sets.find(({ name }) => name === main)?.summary;
  return [
    ...section(
      `Texts with a secret or without, with ${usual}`,
      flagColumns('rule', 'secrets'),
      flagRows(summaryOf(usual)?.flags ?? []),
    ),
    ...section(
      `Numbers that stand alone, with ${all}`,
      flagColumns('entity', 'valid'),
      flagRows(summaryOf(all)?.numbers ?? []),
    ),
  ];
};

/** Texts in which all values are labelled. */
export const labelledSections = (sets: Sets, main: string): Lines => {
  const known = sets.filter(({ summary }) => summary.labelled.length > 0);
  const labelled = known.find(({ name }) => name === main)?.summary.labelled ?? [];
  return [
    ...section(
      'Texts with all values labelled: F1 of those that have a structure',
      [textual('set'), ...['by name', 'just so', 'in part', 'hidden', 'values', 'findings'].map(numeric)],
      known.map(({ name, summary }) => {
        const { covered, exact, touched, hidden, total } = structuredOf(summary.labelled);
        return [
          name,
          ...[covered, exact, touched, hidden].map(fraction),
          countText(total.spans),
          countText(total.findings),
        ];
      }),
    ),
    ...section(
      `  each of them, with ${main}`,
      [textual('entity'), ...RECALL, numeric('F1 by name')],
      structuredOf(labelled).entities.map((each) => [
        each.name,
        ...recallCells(each),
        fraction(f1Of(each.covered, each.spans, each.right, each.findings)),
      ]),
    ),
    ...section(
      '  not reached by patterns, or no entity here: not in F1',
      [textual('label'), numeric('values'), numeric('hidden %')],
      unstructuredOf(labelled).map(({ name, spans, hidden }) => [name, countText(spans), percent(hidden, spans)]),
    ),
  ];
};
