import { describe, expect, test } from 'vitest';
import { updateExpression } from '../../../../aws/dynamodb/update-expression.ts';
import type { Budget } from '../../../../core/quota/index.ts';
import {
  CLOCK,
  consumedAttribute,
  expiryOf,
  leaseAttribute,
  staleAttributes,
} from '../../../../core/quota/ledger/item.ts';
import type { ItemUpdate, QuotaItem } from '../../../../core/quota/ledger/item-store.ts';
import { nextStamp, readLease, sameReservation, versionOf, writeLease } from '../../../../core/quota/ledger/lease.ts';
import { reapable, roomFrom } from '../../../../core/quota/ledger/reaping.ts';
import { extendUpdate, reserveUpdate, settleUpdate } from '../../../../core/quota/ledger/updates.ts';
import { counterEndsAt, counterName } from '../../../../core/quota/windows/counters.ts';

const AT = Date.UTC(2026, 10, 24);
const HOUR_MS = 3_600_000;
const EXPRESSION_BYTES = 4096;
const OPERATORS = 300;
const cost = { tokens: 40, usdMicros: 40, requests: 40, strikes: 40 };
const base = { cost, stamp: 'a.b', version: '', except: [] as string[] };
const release: Budget = { name: 'hour', per: 'user', unit: 'tokens', window: 'hour', limit: 100, onExpiry: 'release' };
const eight: readonly Budget[] = Array.from({ length: 8 }, (_, index) => ({
  ...release,
  name: `a-budget-with-the-longest-name-${index}`.slice(-32),
}));

/** An item that nobody has ever cleared: hundreds of dead leases, some of them in windows of their own. */
const neglected: QuotaItem = {
  [CLOCK]: AT,
  ...Object.fromEntries(
    Array.from({ length: 400 }, (_, index) => {
      const reservedAt = index < 20 ? AT + index : AT - (index + 3) * HOUR_MS;
      return [
        [
          leaseAttribute(`${index}`),
          writeLease({ ...base, version: versionOf(eight), reservedAt, expiresAt: reservedAt + 1000 }),
        ],
        ...eight.map((budget) => [counterName(budget, reservedAt), 40]),
        [consumedAttribute(`${index}`), AT - (index + 1) * HOUR_MS],
      ] as [string, string | number][];
    }).flat(),
  ),
};

const lengths = (update: ItemUpdate): readonly number[] => {
  const { UpdateExpression, ConditionExpression } = updateExpression(update);
  return [UpdateExpression.length, ConditionExpression.length];
};
const operators = (update: ItemUpdate): number => {
  const { UpdateExpression, ConditionExpression } = updateExpression(update);
  return `${UpdateExpression} ${ConditionExpression}`.split(/ AND | OR |, |=|attribute_not_exists/).length;
};

describe('a write stays within the limits of DynamoDB, however long nobody has cleared the item', () => {
  const at = AT + 60_000;
  const reaped = reapable(neglected, { kin: eight, at, skewMs: 2000 });
  const lease = { attribute: leaseAttribute('new'), value: writeLease({ ...base, reservedAt: AT, expiresAt: AT }) };
  const consume = { attribute: consumedAttribute('token'), expiresAt: AT };
  const stale = staleAttributes(neglected, at, 2000);
  test.each([
    ['reserve', reserveUpdate({ budgets: eight, cost, at, clockAtMost: at, lease, itemExpiry: 9, consume, reaped })],
    [
      'extend',
      extendUpdate({ budgets: eight, extra: cost, reservedAt: AT, lease: { ...lease, newValue: 'new' }, reaped }),
    ],
    ['settle', settleUpdate({ budgets: eight, reserved: cost, actual: {}, reservedAt: AT, lease, stale, reaped })],
  ])('%s', (_, update) => {
    expect(Math.max(...lengths(update))).toBeLessThan(EXPRESSION_BYTES);
    expect(operators(update)).toBeLessThan(OPERATORS);
  });

  test('and clears a part of the past away each time', () => {
    expect(reaped).toHaveLength(20);
    expect(reaped.filter(({ lapsed }) => lapsed !== undefined)).toHaveLength(20);
    expect(stale).toHaveLength(180);
  });
});

describe('what an item keeps', () => {
  const hours = (ago: number): string => counterName(release, AT - ago * HOUR_MS);

  test('the current window and the one before it, and one-time tokens that still work', () => {
    const item = { [CLOCK]: AT, [hours(0)]: 1, [hours(1)]: 1, [hours(2)]: 1, 'k#old': 5, 'k#new': AT + 5, x: 1 };
    expect(staleAttributes(item, AT, 2000)).toEqual([hours(2), 'k#old']);
  });

  test('the windows of leases in flight', () => {
    const running = writeLease({ ...base, reservedAt: AT - 5 * HOUR_MS, expiresAt: AT + 1 });
    const item = { [CLOCK]: AT, [hours(5)]: 1, [hours(7)]: 1, [leaseAttribute('running')]: running };
    expect(staleAttributes(item, AT, 2000)).toEqual([hours(7)]);
  });

  test('counters of budgets that this version does not know, until their window is over', () => {
    const item = { [CLOCK]: AT, 'tomorrow@d20261124': 1, 'tomorrow@d20261101': 1, 'tomorrow@m202611': 1 };
    expect(staleAttributes(item, AT, 2000)).toEqual(['tomorrow@d20261101']);
  });

  test('everything that its own clock needs, though this one is fast', () => {
    const item = { [CLOCK]: AT, [hours(0)]: 1 };
    expect(staleAttributes(item, AT + 1000 * HOUR_MS, 2000)).toEqual([]);
  });

  test.each(['minute', 'hour', 'day', 'week', 'month'] as const)('a %s for as long as any zone is in it', (window) => {
    for (const zone of window === 'minute' || window === 'hour' ? [] : ['Etc/GMT+12', 'Pacific/Kiritimati']) {
      const budget = { ...release, window, zone };
      expect(counterEndsAt(counterName(budget, AT))).toBeGreaterThan(AT);
    }
    expect(counterEndsAt(counterName({ ...release, window }, AT))).toBeGreaterThan(AT);
  });

  test('it outlives its last window and the one-time tokens in it', () => {
    expect(expiryOf([release], AT, 0, 1000) * 1000).toBe(AT + HOUR_MS + 1000);
    const later = AT + 90 * 24 * HOUR_MS;
    expect(expiryOf([release], AT, later, 0) * 1000).toBe(later);
  });
});

describe('reaping', () => {
  const at = AT + 60_000;
  const dead = (count: number, kin: readonly Budget[] = [release]): QuotaItem => ({
    [counterName(release, AT)]: 90,
    ...Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        leaseAttribute(`${index}`),
        writeLease({ ...base, version: versionOf(kin), reservedAt: AT, expiresAt: AT + 1000, cost: { tokens: 30 } }),
      ]),
    ),
  });
  const options = { kin: [release], at, skewMs: 2000 };
  const room = (count: number, tokens: number, kin = [release], random = Math.random) =>
    roomFrom(dead(count, kin), kin, { tokens }, { ...options, kin }, random);

  test.each([
    [10, 0, 1],
    [40, 0, 1],
    [41, 0, 2],
    [100, 0.99, 3],
  ])('takes no more leases than %i tokens need', (tokens, random, count) => {
    expect(room(3, tokens, [release], () => random)).toHaveLength(count);
  });

  test('says when all of them are not enough', () => {
    expect(room(1, 41)).toBeUndefined();
  });

  test('leaves leases alone that a clock in error may still hold for alive', () => {
    expect(reapable(dead(1), { ...options, at: AT + 3000 })).toEqual([]);
    expect(reapable(dead(1), { ...options, at: AT + 3001 })).toHaveLength(1);
  });

  test('gives nothing back of budgets that charge on expiry, and keeps nothing of the lease', () => {
    const { onExpiry: _, ...charge } = release;
    expect(room(3, 20, [charge])).toBeUndefined();
    expect(reapable(dead(1, [charge]), { ...options, kin: [charge] })).toMatchObject([{ lapsed: undefined }]);
  });

  test('gives nothing back of windows that are over: nobody could use it', () => {
    expect(reapable(dead(1), { ...options, at: at + HOUR_MS })).toMatchObject([{ lapsed: undefined }]);
  });

  test('gives nothing back of budgets that did not count the lease', () => {
    const other = { ...release, name: 'other' };
    const marks = { version: versionOf([other]), except: ['hour'] };
    const value = writeLease({ ...base, ...marks, reservedAt: AT, expiresAt: AT + 1000 });
    const [reaped] = reapable({ [leaseAttribute('a')]: value }, { ...options, kin: [release, other] });
    expect([...(reaped?.refunds.keys() ?? [])]).toEqual([counterName(other, AT)]);
  });

  test.each([
    ['has one more budget', [release, { ...release, name: 'new' }]],
    ['charges on expiry', [{ ...release, onExpiry: 'charge' as const }]],
    ['counts another window', [{ ...release, window: 'day' as const }]],
  ])('gives nothing back of a lease that another version wrote: this one %s', (_, kin) => {
    const [reaped] = reapable(dead(1), { ...options, kin });
    expect([reaped?.refunds.size, reaped?.lapsed]).toEqual([0, undefined]);
  });

  test('gives nothing back where days are counted in another zone', () => {
    const day: Budget = { ...release, window: 'day' };
    const [reaped] = reapable(dead(1, [day]), { ...options, kin: [{ ...day, zone: 'Europe/Berlin' }] });
    expect(reaped?.refunds.size).toBe(0);
  });

  test('keeps what a strike may still be added to', () => {
    const strikes: Budget = { ...release, name: 'strikes', unit: 'strikes', onExpiry: 'charge' };
    const [reaped] = reapable(dead(1, [strikes]), { ...options, kin: [strikes] });
    expect(reaped?.refunds.size).toBe(0);
    expect(reaped?.lapsed).toBeDefined();
  });

  test('stops to give back what it could not remember: a hundred at once', () => {
    const lapsed = Object.fromEntries(Array.from({ length: 99 }, (_, index) => [`z#${index}`, 'x']));
    const reaped = reapable({ ...dead(3), ...lapsed }, options);
    expect(reaped.map(({ refunds }) => refunds.size)).toEqual([1, 0, 0]);
  });
});

describe('a lease', () => {
  test('reads back as it was written', () => {
    const record = {
      expiresAt: AT + 5,
      reservedAt: AT,
      cost: { tokens: 1, usdMicros: 2, requests: 3, strikes: 4, quotaTokens: 5 },
      stamp: 'a.b',
      version: 'x1',
      except: ['one', 'two'],
    };
    expect(readLease(writeLease(record))).toEqual(record);
  });

  test('is small', () => {
    const value = writeLease({ ...base, reservedAt: AT, expiresAt: AT + 34_000, cost: { tokens: 5000, requests: 1 } });
    expect(leaseAttribute('123456789012').length + value.length).toBeLessThanOrEqual(55);
  });

  test('names the reservation and the write by its stamp', () => {
    const parts = [0.1, 0.2, 0.3];
    const random = () => parts.shift() ?? 0;
    const first = nextStamp(random);
    const second = nextStamp(random, first);
    expect(second.split('.')[0]).toBe(first.split('.')[0]);
    expect(second).not.toBe(first);
  });

  test('tells extensions of one reservation from another reservation', () => {
    const write = (stamp: string, tokens = 1) =>
      writeLease({ expiresAt: 2, reservedAt: 1, cost: { tokens }, stamp, version: '', except: [] });
    expect(sameReservation(write('a.1'), write('a.2', 5))).toBe(true);
    expect(sameReservation(write('a.1'), write('b.1'))).toBe(false);
  });
});
