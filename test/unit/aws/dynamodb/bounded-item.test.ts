import { describe, expect, test } from 'vitest';
import { createDynamoDbQuotaLedger } from '../../../../aws/dynamodb/index.ts';
import {
  extendExpression,
  reserveExpression,
  settleExpression,
  type UpdateExpression,
} from '../../../../aws/dynamodb/quota-expressions.ts';
import {
  consumedAttribute,
  expiryOf,
  leaseAttribute,
  nextStamp,
  type QuotaItem,
  readLease,
  sameReservation,
  staleAttributes,
  writeLease,
} from '../../../../aws/dynamodb/quota-item.ts';
import { reapable, roomFrom } from '../../../../aws/dynamodb/reaping.ts';
import type { Budget } from '../../../../core/quota/index.ts';

const AT = Date.UTC(2026, 10, 24);
const HOUR_MS = 3_600_000;
const EXPRESSION_BYTES = 4096;
const OPERATORS = 300;
const cost = { tokens: 40, usdMicros: 40, requests: 40, strikes: 40 };
const release: Budget = { name: 'hour', per: 'user', unit: 'tokens', window: 'hour', limit: 100, onExpiry: 'release' };
const eight: readonly Budget[] = Array.from({ length: 8 }, (_, index) => ({
  ...release,
  name: `a-budget-with-the-longest-name-${index}`.slice(-32),
}));

/** An item that nobody has ever cleared: hundreds of dead leases, each in windows of its own. */
const neglected: QuotaItem = Object.fromEntries(
  Array.from({ length: 400 }, (_, index) => {
    const reservedAt = AT - (index + 3) * HOUR_MS;
    return [
      [leaseAttribute(`${index}`), { S: writeLease({ reservedAt, expiresAt: reservedAt + 1000, cost }) }],
      ...eight.map(({ name }) => [`${name}@${Math.floor(reservedAt / HOUR_MS)}`, { N: '40' }]),
      [consumedAttribute(`${index}`), { N: String(reservedAt) }],
    ] as [string, { S: string } | { N: string }][];
  }).flat(),
);

const lengths = ({ UpdateExpression, ConditionExpression }: UpdateExpression): readonly number[] => [
  UpdateExpression.length,
  ConditionExpression.length,
];
const operators = ({ UpdateExpression, ConditionExpression }: UpdateExpression): number =>
  `${UpdateExpression} ${ConditionExpression}`.split(/ AND | OR |, |=|attribute_not_exists/).length;

describe('a write stays within the limits of DynamoDB, however long nobody has cleared the item', () => {
  const options = { own: eight, at: AT, skewMs: 2000 };
  const reaped = reapable(neglected, options);
  const lease = { attribute: leaseAttribute('new'), value: writeLease({ reservedAt: AT, expiresAt: AT, cost }) };
  const consume = { attribute: consumedAttribute('token'), expiresAt: AT };
  test.each([
    ['reserve', reserveExpression({ budgets: eight, cost, at: AT, lease, itemExpiry: 9, consume, reaped })],
    ['extend', extendExpression({ budgets: eight, extra: cost, reservedAt: AT, lease: { ...lease, newValue: 'new' } })],
    [
      'settle',
      settleExpression({
        budgets: eight,
        reserved: cost,
        actual: {},
        reservedAt: AT,
        lease,
        stale: staleAttributes(neglected, eight, 'user', AT),
        reaped,
      }),
    ],
  ])('%s', (_, expression) => {
    expect(Math.max(...lengths(expression))).toBeLessThan(EXPRESSION_BYTES);
    expect(operators(expression)).toBeLessThan(OPERATORS);
  });

  test('and clears a part of the past away each time', () => {
    expect(reaped).toHaveLength(20);
    expect(staleAttributes(neglected, eight, 'user', AT)).toHaveLength(50);
  });
});

test('keeps the windows of leases in flight, but not of dead ones', () => {
  const leaseAt = (reservedAt: number, expiresAt: number) => ({ S: writeLease({ reservedAt, expiresAt, cost }) });
  const item = {
    [`hour@${AT / HOUR_MS - 5}`]: { N: '1' },
    [`hour@${AT / HOUR_MS - 4}`]: { N: '1' },
    [leaseAttribute('running')]: leaseAt(AT - 5 * HOUR_MS, AT + 1),
    [leaseAttribute('dead')]: leaseAt(AT - 4 * HOUR_MS, AT - 1),
  };
  expect(staleAttributes(item, [release], 'user', AT)).toEqual([`hour@${AT / HOUR_MS - 4}`]);
});

describe('reaping', () => {
  const reservedAt = AT;
  const at = AT + 60_000;
  const dead = (count: number): QuotaItem => ({
    [`hour@${AT / HOUR_MS}`]: { N: '90' },
    ...Object.fromEntries(
      Array.from({ length: count }, (_, index) => [
        leaseAttribute(`${index}`),
        { S: writeLease({ reservedAt, expiresAt: AT + 1000, cost: { tokens: 30 } }) },
      ]),
    ),
  });
  const options = { own: [release], at, skewMs: 2000 };

  test.each([
    [10, 0, 1],
    [40, 0, 1],
    [41, 0, 2],
    [100, 0.99, 3],
  ])('takes no more leases than %i tokens need', (tokens, random, count) => {
    expect(roomFrom(dead(3), { tokens }, options, () => random)).toHaveLength(count);
  });

  test('says when all of them are not enough', () => {
    expect(roomFrom(dead(1), { tokens: 41 }, options, Math.random)).toBeUndefined();
  });

  test('leaves leases alone that a clock in error may still hold for alive', () => {
    expect(reapable(dead(1), { ...options, at: AT + 3000 })).toEqual([]);
    expect(reapable(dead(1), { ...options, at: AT + 3001 })).toHaveLength(1);
  });

  test('gives nothing back of budgets that charge on expiry', () => {
    const { onExpiry: _, ...charge } = release;
    expect(roomFrom(dead(3), { tokens: 20 }, { ...options, own: [charge] }, Math.random)).toBeUndefined();
  });
});

describe('the stamp of a lease', () => {
  const write = (stamp: string, tokens = 1) => writeLease({ expiresAt: 2, reservedAt: 1, cost: { tokens }, stamp });

  test('names the reservation and the write', () => {
    const parts = [0.1, 0.2, 0.3];
    const random = () => parts.shift() ?? 0;
    const first = nextStamp(random);
    const second = nextStamp(random, first);
    expect(second.split('.')[0]).toBe(first.split('.')[0]);
    expect(second).not.toBe(first);
    expect(readLease(write(second)).stamp).toBe(second);
  });

  test('tells extensions of one reservation from another reservation', () => {
    expect(sameReservation(write('a.1'), write('a.2', 5))).toBe(true);
    expect(sameReservation(write('a.1'), write('b.1'))).toBe(false);
  });
});

test('an item outlives the one-time tokens that it keeps', () => {
  const later = AT + 90 * 24 * HOUR_MS;
  expect(expiryOf([release], 'user', AT, later) * 1000).toBeGreaterThan(later);
});

test.each(['client', 'table', 'budgets', 'digestKey'] as const)('the ledger is not made without %s', (name) => {
  const { [name]: _, ...options } = { client: {} as never, table: 'quota', budgets: [], digestKey: '0123456789abcdef' };
  expect(() => createDynamoDbQuotaLedger(options as never)).toThrow(TypeError);
});

test('nothing is sent where no budget applies', async () => {
  const client = { send: () => Promise.reject(new Error('sent')) } as never;
  const ledger = createDynamoDbQuotaLedger({ client, table: 'quota', budgets: [release], digestKey: 'x'.repeat(16) });
  const outcome = await ledger.reserve([{ kind: 'ip', id: '::' }], { tokens: 5 }, { id: 'a', ttlMs: 1 });
  if (!outcome.granted) throw new Error('denied');
  await ledger.settle(granted(await ledger.extend(outcome, { tokens: 5 })), { tokens: 7 });
  expect(await ledger.usage({ kind: 'ip', id: '::' })).toEqual([]);
});

const granted = <T extends { granted: boolean }>(outcome: T): T & { granted: true } => {
  if (!outcome.granted) throw new Error('denied');
  return outcome as T & { granted: true };
};
