/**
 * The median of the same hour of the week, and how far values stray from it. Robust: what happened in one of two weeks
 * does not move it. Its limits: with two weeks, an hour of the week has been seen twice; a trend is one factor a week; and
 * the spread is one number for all hours, in proportion to the root of what is usual, as counts of people are.
 */

import { atLeastThin, type Band, type BandModel, hourOfWeek, isEnough, pointsOf, quantile, sorted } from './model.ts';

/** Deviations per median absolute deviation of a normal distribution. */
const PER_MAD = 1.4826;

/** Neighbouring hours that speak for an hour, on each side. */
const NEIGHBOURS = 1;

/** Growth of a week that is believed at most. */
const MOST_GROWTH = 1.25;

const WEEK = 7 * 86_400_000;

type Point = readonly [at: number, value: number];

const median = (values: readonly number[]): number => quantile(sorted(values), 0.5);

const slotOf = (at: number): number => Math.floor(hourOfWeek(at));

/** Values by slot, their neighbours' with them. */
const bySlot = (points: readonly Point[], slots: number): readonly (readonly number[])[] => {
  const own: number[][] = Array.from({ length: slots }, () => []);
  for (const [at, value] of points) own[slotOf(at) % slots]?.push(value);
  return own.map((_, slot) =>
    Array.from(
      { length: 2 * NEIGHBOURS + 1 },
      (__, step) => own[(slot + step - NEIGHBOURS + slots) % slots] ?? [],
    ).flat(),
  );
};

/** How much more the later half of the points has than the earlier, slot by slot; 1 below two weeks. */
const growthOf = (points: readonly Point[], end: number): number => {
  const [later, earlier] = [points.filter(([at]) => at >= end - WEEK), points.filter(([at]) => at < end - WEEK)];
  const [medians, before] = [later, earlier].map((half) => bySlot(half, 168).map(median));
  const ratios = (medians ?? []).flatMap((value, slot) => {
    const past = before?.[slot] ?? 0;
    return value > 0 && past > 0 ? [value / past] : [];
  });
  if (ratios.length < 84) return 1;
  return Math.min(MOST_GROWTH, Math.max(1 / MOST_GROWTH, median(ratios)));
};

/** Seasonal medians. */
export const seasonalMedian: BandModel = {
  name: 'seasonal median',
  train(history) {
    if (!isEnough(history)) return undefined;
    const points = pointsOf(history);
    const end = history.from + history.values.length * history.periodMs;
    const isWhole = end - (points[0]?.[0] ?? end) > WEEK;
    const slots = isWhole ? 168 : 24;
    const usual = bySlot(points, slots).map((values) => (values.length === 0 ? 0 : median(values)));
    const growth = isWhole ? growthOf(points, end) : 1;
    const everywhere = median(points.map(([, value]) => value));
    // Where nothing is usual, one is not infinitely unusual.
    const floor = Math.max(everywhere / 20, Number.EPSILON);
    const usualAt = (at: number): number => usual[slotOf(at) % slots] ?? 0;
    const strays = points.map(([at, value]) => (value - usualAt(at)) / Math.sqrt(usualAt(at) + floor));
    // Counts of people spread wider above what is usual than below it.
    const spreadOf = (side: 1 | -1): number => {
      const outwards = strays.filter((stray) => stray * side > 0).map(Math.abs);
      return outwards.length === 0 ? 0 : PER_MAD * median(outwards);
    };
    const [above, below] = [spreadOf(1), spreadOf(-1)];
    return (at, width): Band => {
      const expected = usualAt(at) * growth;
      const far = width * Math.sqrt(expected + floor);
      return atLeastThin(expected, { lower: expected - far * below, upper: expected + far * above });
    };
  },
};
