/** The table that is printed: a column a contender, the kit's first, each number beside how many times the kit's it is. */

import type { Judgement } from './judge.ts';

/** A number, or words in place of one. */
export type Cell = number | string | undefined;

/** Rows under a title. */
export interface Section {
  readonly title: string;
  readonly rows: readonly { readonly label: string; readonly cells: readonly Cell[] }[];
}

/** Two digits of what is below one, else three, or as many as there are before the point. */
export const rounded = (value: number): string => {
  if (value < 1) return value.toPrecision(2);
  return value.toFixed(Math.max(0, 2 - Math.floor(Math.log10(value))));
};

const ratio = (value: number, own: number): string =>
  Number.isFinite(own) && own > 0 ? ` (${rounded(value / own)}×)` : '';

/** Times in milliseconds, or what they are times of: each beside its ratio to the first. */
export const withRatios = (values: readonly (number | undefined)[]): readonly string[] =>
  values.map((value, index) => {
    if (value === undefined) return '';
    const [own] = values;
    return rounded(value) + (index === 0 || own === undefined ? '' : ratio(value, own));
  });

/** Shares in per cent. They have no ratios: the kit's model knows the rows. */
export const percentages = (shares: readonly number[]): readonly string[] =>
  shares.map((share) => `${(100 * share).toFixed(1)} %`);

/** What became of a hostile text. @param cutOffMs Longest time that it was given. */
export const judged = (judgements: readonly Judgement[], cutOffMs: number): readonly string[] => {
  const [own] = judgements;
  const ownMs = own?.end === 'judged' ? own.ms : Number.NaN;
  return judgements.map((judgement, index) => {
    const timesOwn = (ms: number): string => (index === 0 ? '' : ratio(ms, ownMs));
    if (judgement.end === 'judged')
      return `${judgement.verdict === 'allow' ? 'unseen ' : ''}${rounded(judgement.ms)}${timesOwn(judgement.ms)}`;
    return judgement.end === 'threw' ? 'throws' : `> ${cutOffMs / 1000} s${timesOwn(cutOffMs).replace('(', '(> ')}`;
  });
};

/** The table, line by line. @param head Names of the contenders. */
export const tableOf = (head: readonly string[], sections: readonly Section[]): readonly string[] => {
  const rows = sections.flatMap(({ rows: each }) => each);
  const first = Math.max(...rows.map(({ label }) => label.length));
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map(({ cells }) => String(cells[column] ?? '').length)),
  );
  const line = (label: string, cells: readonly Cell[]): string =>
    `${label.padEnd(first)}${cells.map((cell, column) => `  ${String(cell ?? '').padStart(widths[column] ?? 0)}`).join('')}`.trimEnd();
  return [
    line('', head),
    ...sections.flatMap(({ title, rows: each }) => ['', title, ...each.map(({ label, cells }) => line(label, cells))]),
  ];
};
