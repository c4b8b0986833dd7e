import { describe, expect, test } from 'vitest';
import { createDynamoDbQuotaLedger } from '../../../../aws/dynamodb/index.ts';
import { createPrincipalDigest } from '../../../../aws/dynamodb/principal-digest.ts';
import {
  extendExpression,
  refundsOf,
  reserveExpression,
  settleExpression,
} from '../../../../aws/dynamodb/quota-expressions.ts';
import {
  expiryOf,
  leaseAttribute,
  readLease,
  staleAttributes,
  writeLease,
} from '../../../../aws/dynamodb/quota-item.ts';

const AT = Date.UTC(2026, 10, 24);
const day = { name: 'day', per: 'user', unit: 'tokens', window: 'day', limit: 100 } as const;
const strikes = { name: 'strikes', per: 'user', unit: 'strikes', window: 'hour', limit: 3 } as const;
const lease = { attribute: 'r#a', value: 'v' };

describe('the write that reserves', () => {
  test('adds only if every budget has room, and the lease is new', () => {
    const { UpdateExpression, ConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues } =
      reserveExpression({
        budgets: [day, strikes],
        cost: { tokens: 30 },
        at: AT,
        lease,
        itemExpiry: 9,
        reaped: [],
      });
    expect(ConditionExpression).toBe(
      'attribute_not_exists(#0) AND (attribute_not_exists(#2) OR #2 <= :2) AND (attribute_not_exists(#3) OR #3 <= :4)',
    );
    expect(UpdateExpression).toBe('SET #0 = :0, #1 = :1 ADD #2 :3');
    expect(Object.values(ExpressionAttributeNames)).toEqual(['r#a', 'x', 'day@20781', 'strikes@498744']);
    expect(Object.values(ExpressionAttributeValues)).toEqual([
      { S: 'v' },
      { N: '9' },
      { N: '70' },
      { N: '30' },
      { N: '2' },
    ]);
  });

  test('uses up a one-time token in the same write', () => {
    const { ConditionExpression } = reserveExpression({
      budgets: [],
      cost: {},
      at: AT,
      lease,
      itemExpiry: 9,
      reaped: [],
      consume: { attribute: 'k#t', expiresAt: 5 },
    });
    expect(ConditionExpression).toBe('attribute_not_exists(#0) AND attribute_not_exists(#2)');
  });

  test('takes what dead leases give back, if they are still there', () => {
    const budget = { ...day, onExpiry: 'release' } as const;
    const reaped = [{ attribute: 'r#dead', value: 'd', refunds: refundsOf([budget], { tokens: 40 }, AT) }];
    const written = reserveExpression({
      budgets: [budget],
      cost: { tokens: 30 },
      at: AT,
      lease,
      itemExpiry: 9,
      reaped,
    });
    expect(written.UpdateExpression).toContain('REMOVE');
    expect(Object.values(written.ExpressionAttributeValues)).toEqual(
      expect.arrayContaining([{ N: '110' }, { N: '-10' }, { S: 'd' }]),
    );
  });
});

test('the write that extends changes counters and lease together', () => {
  const { UpdateExpression, ConditionExpression } = extendExpression({
    budgets: [day, strikes],
    extra: { tokens: 5 },
    reservedAt: AT,
    lease: { ...lease, newValue: 'w' },
  });
  expect(UpdateExpression).toBe('SET #0 = :1 ADD #1 :3');
  expect(ConditionExpression).toBe('#0 = :0 AND (attribute_not_exists(#1) OR #1 <= :2)');
});

test('the write that settles adds the difference and clears the past away', () => {
  const written = settleExpression({
    budgets: [day],
    reserved: { tokens: 30 },
    actual: { tokens: 10 },
    reservedAt: AT,
    lease,
    stale: ['day@1', 'day@20781'],
    reaped: [],
  });
  expect(written.UpdateExpression).toBe('ADD #2 :1 REMOVE #0, #1');
  expect(Object.values(written.ExpressionAttributeNames)).toEqual(['r#a', 'day@1', 'day@20781']);
  expect(written.ExpressionAttributeValues[':1']).toEqual({ N: '-20' });
});

describe('the item', () => {
  test('a lease reads back as it was written', () => {
    const record = { expiresAt: 5, reservedAt: 3, cost: { tokens: 1, usdMicros: 2, requests: 3, strikes: 4 } };
    expect(readLease(writeLease(record))).toEqual(record);
  });

  test('keeps the current window and the one before it, and drops older ones and spent tokens', () => {
    const item = {
      'day@20781': { N: '1' },
      'day@20780': { N: '1' },
      'day@20779': { N: '1' },
      'gone@5': { N: '1' },
      'k#old': { N: '5' },
      'k#new': { N: String(AT + 5) },
      [leaseAttribute('a')]: { S: 'v' },
      x: { N: '1' },
    };
    expect(staleAttributes(item, [day], 'user', AT)).toEqual(['day@20779', 'gone@5', 'k#old']);
  });

  test('outlives its last window', () => {
    expect(expiryOf([day], 'user', AT)).toBeGreaterThan((AT + 86_400_000) / 1000);
  });
});

test('principals are digested with a key, and told apart by kind', () => {
  const digest = createPrincipalDigest('0123456789abcdef');
  const ada = digest({ kind: 'user', id: 'ada' });
  expect(ada).toMatch(/^v1\.[\w-]{43}$/);
  expect(ada).toBe(digest({ kind: 'user', id: 'ada' }));
  expect(
    new Set([
      ada,
      digest({ kind: 'ip', id: 'ada' }),
      digest({ kind: 'user', id: 'eve' }),
      createPrincipalDigest('another key 1234')({ kind: 'user', id: 'ada' }),
    ]).size,
  ).toBe(4);
  expect(() => createPrincipalDigest('short')).toThrow(TypeError);
});

test('the ledger refuses options that it does not know, and short keys', () => {
  const options = { client: {} as never, table: 'quota', budgets: [], digestKey: '0123456789abcdef' };
  expect(() => createDynamoDbQuotaLedger({ ...options, tables: 1 } as never)).toThrow(TypeError);
  expect(() => createDynamoDbQuotaLedger({ ...options, digestKey: 'short' })).toThrow(TypeError);
});
