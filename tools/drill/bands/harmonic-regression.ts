/**
 * Waves of a day and of a week, a line for the trend, fitted to the roots of the values by least squares; what is left
 * over says how far from the curve the outermost two of a hundred values lie, above and below. Its limits: sharp edges of a
 * day are rounded; an attack of many hours bends the curve; and what is rarer than that share is taken to lie as far out,
 * in proportion, as in a normal distribution.
 */

import { leastSquares } from './least-squares.ts';
import { atLeastThin, type Band, type BandModel, isEnough, pointsOf, quantile, sorted } from './model.ts';

const DAY = 86_400_000;
const WEEK = 7 * DAY;

/** Waves of a day, of a week, and of a day in working weeks apart from that at weekends. */
const DAILY = 5;
const WEEKLY = 3;

const isWeekend = (at: number): boolean => [0, 6].includes(new Date(at).getUTCDay());

const waves = (at: number, periodMs: number, count: number, factor = 1): readonly number[] =>
  Array.from({ length: count }, (_, index) => (2 * Math.PI * (index + 1) * at) / periodMs).flatMap((angle) => [
    factor * Math.cos(angle),
    factor * Math.sin(angle),
  ]);

/** What the curve is made of at a time. Below a week of history a day is all that is known. */
const featuresAt = (at: number, origin: number, weeks: number): readonly number[] => [
  1,
  ...waves(at, DAY, DAILY),
  ...(weeks >= 1 ? [Number(isWeekend(at)), ...waves(at, DAY, DAILY, Number(isWeekend(at)))] : []),
  ...(weeks >= 1.5 ? [...waves(at, WEEK, WEEKLY), (at - origin) / WEEK] : []),
];

/** Share of a normal distribution below so many deviations. Source: Abramowitz and Stegun, 26.2.17. */
export const normalShare = (deviations: number): number => {
  const t = 1 / (1 + 0.2316419 * Math.abs(deviations));
  const series = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const beyond = (Math.exp(-(deviations ** 2) / 2) / Math.sqrt(2 * Math.PI)) * series;
  return deviations >= 0 ? 1 - beyond : beyond;
};

/** Residuals are counted so many deviations out: of two weeks' values ninety lie beyond, and one attack is few of them. */
const COUNTED_AT = 2;

/** What lies so many deviations above the middle of residuals, or below it. */
const residualAt = (ordered: readonly number[], deviations: number): number =>
  quantile(ordered, normalShare(Math.sign(deviations) * COUNTED_AT)) * (Math.abs(deviations) / COUNTED_AT);

/** Harmonic regression. */
export const harmonicRegression: BandModel = {
  name: 'harmonic regression',
  train(history) {
    if (!isEnough(history)) return undefined;
    const points = pointsOf(history);
    const origin = history.from;
    const weeks = (history.values.length * history.periodMs) / WEEK;
    const rows = points.map(([at]) => featuresAt(at, origin, weeks));
    const roots = points.map(([, value]) => Math.sqrt(Math.max(0, value)));
    const weights = leastSquares(rows, roots);
    const curveAt = (features: readonly number[]): number =>
      Math.max(
        0,
        features.reduce((total, feature, index) => total + feature * (weights[index] ?? 0), 0),
      );
    const residuals = sorted(roots.map((root, index) => root - curveAt(rows[index] ?? [])));
    return (at, width): Band => {
      const root = curveAt(featuresAt(at, origin, weeks));
      const [lower, upper] = [root + residualAt(residuals, -width), root + residualAt(residuals, width)];
      return atLeastThin(root ** 2, { lower: Math.max(0, lower) ** 2, upper: Math.max(0, upper) ** 2 });
    };
  },
};
