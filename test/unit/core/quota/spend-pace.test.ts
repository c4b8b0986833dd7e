/** How fast a budget of money is used. */

import { expect, test } from 'vitest';
import { type MetLevel, metBy, spendPaceOf } from '../../../../core/quota/met-level.ts';

const DAY = 86_400;
const level: MetLevel = {
  budget: 'month-usd',
  per: 'account',
  unit: 'usd',
  limit: 1000,
  used: 500,
  windowSeconds: 30 * DAY,
  resetSeconds: 15 * DAY,
};

test.each([
  ['half of it, at half of its window', {}, 100],
  ['half of it, at a quarter of its window', { resetSeconds: 22.5 * DAY }, 200],
  ['a quarter of it, at half of its window', { used: 250 }, 50],
  ['a tenant’s', { per: 'tenant' }, 100],
  ['a model’s', { per: 'account+model' }, 100],
  ['one in the first second of a month counts a twentieth of it as gone', { used: 50, resetSeconds: 30 * DAY }, 100],
  ['one whose clock is ahead of its window', { used: 500, resetSeconds: 60 * DAY }, 1000],
  ['one whose window is over', { used: 1000, resetSeconds: 0 }, 100],
  ['one of nothing', { limit: 0, used: 0 }, 200],
] as const)('is told of a USD budget of everybody: %s', (_, more, pace) => {
  expect(spendPaceOf({ ...level, ...more })).toBeCloseTo(pace, 6);
});

test.each([
  ['of tokens', { unit: 'tokens' }],
  ['of one user', { per: 'user' }],
  ['of a user of a tenant', { per: 'tenant+user' }],
  ['of a session', { windowSeconds: 0 }],
] as const)('is not told of a budget %s', (_, more) => {
  expect(spendPaceOf({ ...level, ...more } as MetLevel)).toBeUndefined();
});

test('of a budget that refused, all is used', () => {
  const met = metBy({
    granted: false,
    reason: 'budget',
    budget: 'month-usd',
    per: 'account',
    unit: 'usd',
    limit: 1000,
    windowSeconds: 30 * DAY,
    remaining: 300,
    retryAfterSeconds: 15 * DAY,
  });
  expect(met && spendPaceOf(met)).toBeCloseTo(200);
});
