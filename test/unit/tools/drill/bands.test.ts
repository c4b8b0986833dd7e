import { describe, expect, test } from 'vitest';
import { harmonicRegression, normalShare } from '../../../../tools/drill/bands/harmonic-regression.ts';
import type { Band, History } from '../../../../tools/drill/bands/model.ts';
import { seasonalMedian } from '../../../../tools/drill/bands/seasonal-median.ts';
import { poisson } from '../../../../tools/drill/traffic/chance.ts';
import { expectedRequests, FIRST_MONDAY } from '../../../../tools/drill/traffic/ordinary.ts';
import { seeded } from '../../../../training/random.ts';

const FIVE_MINUTES = 300_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RATE = 0.5;

/** Counts of ordinary traffic. */
const history = (days: number, change: (value: number, at: number) => number = (value) => value): History => {
  const random = seeded(1);
  const values = Array.from({ length: days * 288 }, (_, index) => {
    const at = FIRST_MONDAY + index * FIVE_MINUTES;
    return change(poisson(random, expectedRequests(RATE, at)), at);
  });
  return { from: FIRST_MONDAY, periodMs: FIVE_MINUTES, values };
};

describe.each([seasonalMedian, harmonicRegression])('$name', (model) => {
  const fortnight = history(14);
  const trained = model.train(fortnight);
  const TUESDAY = FIRST_MONDAY + 15 * DAY;
  const bandAt = (past: History, at: number): Band =>
    model.train(past)?.(at, 4) ?? { lower: Number.NaN, upper: Number.NaN };

  test('gives no verdict after two days', () => {
    expect(model.train(history(2))).toBeUndefined();
    expect(model.train({ from: FIRST_MONDAY, periodMs: FIVE_MINUTES, values: [] })).toBeUndefined();
  });

  test('knows the hour of the day, and the day of the week', () => {
    for (const [at, what] of [
      [TUESDAY + 11 * HOUR, 'busy'],
      [TUESDAY + 3 * HOUR, 'night'],
      [TUESDAY + 4 * DAY + 11 * HOUR, 'Saturday'],
    ] as const) {
      const { lower, upper } = trained?.(at, 4) ?? { lower: Number.NaN, upper: Number.NaN };
      const expected = expectedRequests(RATE, at);
      expect(lower, what).toBeLessThan(expected);
      expect(upper, what).toBeGreaterThan(expected);
      expect(upper, what).toBeLessThan(expected + 9 * Math.sqrt(expected) + 5);
    }
  });

  test('is wider for more deviations', () => {
    const [two, four, six] = [2, 4, 6].map((width) => trained?.(TUESDAY + 11 * HOUR, width));
    expect(two?.upper).toBeLessThan(four?.upper ?? 0);
    expect(four?.upper).toBeLessThan(six?.upper ?? 0);
    expect(two?.lower).toBeGreaterThan(four?.lower ?? Number.NaN);
  });

  test('ordinary traffic of the next day stays inside', () => {
    const outside = history(15)
      .values.slice(14 * 288)
      .filter((value, index) => {
        const { upper = 0 } = trained?.(FIRST_MONDAY + 14 * DAY + index * FIVE_MINUTES, 4) ?? {};
        return (value ?? 0) > upper;
      });
    expect(outside.length).toBeLessThan(3);
  });

  test('one attack in the past moves little', () => {
    const at = TUESDAY + 11 * HOUR;
    const attacked = history(14, (value, time) =>
      time >= at - 7 * DAY && time < at - 7 * DAY + HOUR ? value * 20 : value,
    );
    expect(bandAt(attacked, at).upper).toBeLessThan((trained?.(at, 4).upper ?? 0) * 1.5);
  });

  test('what never moved is within its band', () => {
    const flat = history(14, () => 2);
    const { lower, upper } = bandAt(flat, TUESDAY + 11 * HOUR);
    expect(upper).toBeGreaterThan(2);
    expect(lower).toBeLessThan(2);
    expect(upper).toBeLessThan(2.5);
  });

  test('gaps are no zeros', () => {
    const values = fortnight.values.map((value, index) => (index % 3 === 0 ? undefined : value));
    expect(bandAt({ ...fortnight, values }, TUESDAY + 11 * HOUR).lower).toBeGreaterThan(0);
  });
});

test('shares of a normal distribution', () => {
  expect(normalShare(0)).toBeCloseTo(0.5, 6);
  expect(normalShare(1.96)).toBeCloseTo(0.975, 4);
  expect(normalShare(-3)).toBeCloseTo(0.00135, 5);
});
