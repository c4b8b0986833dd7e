/** How numbers are printed. */

import { type Interval, wilson } from '../../cli/cut-points/wilson.ts';

/** A share that was counted. */
export interface CountedShare extends Interval {
  readonly count: number;
  readonly of: number;
  readonly share: number;
}

/** A share of some rows; `undefined` where there are none. */
export const countedShare = (count: number, of: number): CountedShare | undefined =>
  of === 0 ? undefined : { count, of, share: count / of, ...wilson(count, of) };

/** With fewer rows a share is printed with its interval. */
const FEW = 2000;

const percent = (share: number): string => {
  const value = 100 * share;
  return value > 0 && value < 1 ? value.toFixed(2) : value.toFixed(1);
};

/** `93.1%`, of few rows `93.1% (88.2 to 96.0)`. */
export const shareText = (share: CountedShare | undefined): string => {
  if (share === undefined) return '';
  const between = share.of < FEW ? ` (${percent(share.low)} to ${percent(share.high)})` : '';
  return `${percent(share.share)}%${between}`;
};

/** `12,345` */
export const countText = (count: number): string => count.toLocaleString('en');

/** `256 B`, `4 KB`, `1 MB` */
export const sizeText = (bytes: number): string => {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${bytes / 1024} KB` : `${bytes / 1024 / 1024} MB`;
};
