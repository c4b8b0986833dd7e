import { describe, expect, test } from 'vitest';
import { ALARMS, capacityOf, HEADROOM, ORDINARY, RATES, TABLE_USE } from '../../../../core/alarms/index.ts';
import { GATEWAY_METRICS, METRICS, PLATFORM_METRICS } from '../../../../core/catalogue.ts';
import type { Budget, Principal, PrincipalKind } from '../../../../core/quota/index.ts';
import type { TestClock } from '../../../support/quota-contract.ts';
import { granted, ledgerOver, someLease, watchedStore } from '../../../support/quota-store.ts';

const evaluated = Object.entries(ALARMS).flatMap(([id, alarm]) =>
  alarm.kind === 'composite' ? [] : [[id, alarm] as const],
);

/** Probability that a Poisson count reaches a number above its mean: the tail, term by term. */
const reaches = (mean: number, count: number): number => {
  let logarithm = -mean;
  for (let k = 1; k <= count; k += 1) logarithm += Math.log(mean / k);
  let term = Math.exp(logarithm);
  let tail = 0;
  for (let k = count + 1; term > tail * 1e-12; k += 1) {
    tail += term;
    term *= mean / k;
  }
  return tail;
};

describe('the list of alarms', () => {
  const platform = PLATFORM_METRICS.map(({ namespace, name }) => `${namespace} ${name}`);

  test.each(evaluated)('%s reads metrics of the catalogue', (_, { readings }) => {
    for (const { metric } of Object.values(readings))
      expect(metric in METRICS || metric in GATEWAY_METRICS || platform.includes(metric)).toBe(true);
  });

  test.each(evaluated)('%s looks back no further than CloudWatch does', (_, { period, evaluations, datapoints }) => {
    expect(period * evaluations).toBeLessThanOrEqual(period < 3600 ? 86_400 : 604_800);
    expect(datapoints).toBeLessThanOrEqual(evaluations);
  });

  test.each(evaluated)('%s names in its expression what it reads, and numbers that there are', (_, alarm) => {
    const { expression = '' } = alarm;
    const keys = [...expression.matchAll(/\{(\w+)\}/g)].map(([, key = '']) => key);
    for (const key of keys) expect(['budgetUsd', ...Object.keys(capacityOf(1))]).toContain(key);
    if (expression !== '')
      for (const id of Object.keys(alarm.readings)) expect(expression).toMatch(new RegExp(`\\b${id}\\b`));
  });

  test.each(evaluated)('%s says an attack within 15 minutes, where it does not watch hours', (_, alarm) => {
    if (alarm.period < 3600) expect(alarm.period * alarm.evaluations).toBeLessThanOrEqual(900);
  });
});

test('a request writes for each principal as often as the capacity table takes it to', async () => {
  const clock: TestClock = { at: 1_800_000_000_000 };
  const store = watchedStore(clock);
  const budgets = (['user', 'tenant', 'account'] as const).map(
    (per): Budget => ({ name: `${per}-tokens`, per, unit: 'tokens', window: 'day', limit: 1_000_000 }),
  );
  const principals = budgets.map(({ per }): Principal => ({ kind: per as PrincipalKind, id: 'one' }));
  expect(principals).toHaveLength(TABLE_USE.principals);
  const ledger = ledgerOver(store, clock, budgets);
  const reservation = granted(await ledger.reserve(principals, { tokens: 1000 }, someLease()));
  await ledger.settle(reservation, { tokens: 700 });
  expect(store.counts.writes).toBe(TABLE_USE.principals * TABLE_USE.writesPerPrincipal);
});

describe('thresholds of a rate', () => {
  const PERIODS_OF_TWO_WEEKS = (14 * 86_400) / 300;

  test.each(RATES)('of %s a second are not reached in two weeks of its busiest hour', (rate) => {
    const requests = rate * 300;
    const { blockedCeiling, authCeiling, serverErrorsCeiling } = capacityOf(rate);
    for (const [share, ceiling] of [
      [ORDINARY.blocked, blockedCeiling],
      [ORDINARY.authFailures, authCeiling],
      [ORDINARY.serverErrors, serverErrorsCeiling],
    ] as const)
      expect(reaches(requests * share, ceiling) * PERIODS_OF_TWO_WEEKS).toBeLessThan(1e-4);
  });

  test.each(RATES)('of %s a second let the gateway through no more than the table takes', (rate) => {
    const { rateLimit, writeUnits } = capacityOf(rate);
    const perRequest = TABLE_USE.principals * TABLE_USE.writesPerPrincipal + TABLE_USE.extensions;
    expect(rateLimit * perRequest).toBeLessThanOrEqual(writeUnits);
    expect(rate * perRequest).toBeLessThan((0.7 * writeUnits) / (HEADROOM / 2));
  });
});
