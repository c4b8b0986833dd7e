import { describe, expect, test } from 'vitest';
import { createDynamoDbQuotaLedger } from '../../../../aws/dynamodb/index.ts';
import { createPrincipalDigest } from '../../../../aws/dynamodb/principal-digest.ts';
import { updateExpression } from '../../../../aws/dynamodb/update-expression.ts';
import type { Budget } from '../../../../core/quota/index.ts';

const hour: Budget = { name: 'hour', per: 'user', unit: 'tokens', window: 'hour', limit: 100 };

describe('an update in the words of DynamoDB', () => {
  const update = {
    conditions: [{ absent: 'lease' }, { equals: 'dead', text: 'd' }, { atMost: 'a', number: 70 }],
    set: { lease: 'v', x: 9 },
    add: { a: 30, b: -30 },
    remove: ['dead'],
  };

  test('names every attribute and value by a placeholder', () => {
    expect(updateExpression(update)).toEqual({
      ConditionExpression: 'attribute_not_exists(#0) AND #1 = :0 AND (attribute_not_exists(#2) OR #2 <= :1)',
      UpdateExpression: 'SET #0 = :2, #3 = :3 ADD #2 :4, #4 :5 REMOVE #1',
      ExpressionAttributeNames: { '#0': 'lease', '#1': 'dead', '#2': 'a', '#3': 'x', '#4': 'b' },
      ExpressionAttributeValues: {
        ':0': { S: 'd' },
        ':1': { N: '70' },
        ':2': { S: 'v' },
        ':3': { N: '9' },
        ':4': { N: '30' },
        ':5': { N: '-30' },
      },
    });
  });

  test('asks a counter to be there where even zero were too much', () => {
    const { ConditionExpression } = updateExpression({ ...update, conditions: [{ atMost: 'a', number: -1 }] });
    expect(ConditionExpression).toBe('#0 <= :0');
  });

  test('leaves out the verbs that it has no use for', () => {
    const { UpdateExpression } = updateExpression({
      conditions: [{ absent: 'a' }],
      set: { a: 1 },
      add: {},
      remove: [],
    });
    expect(UpdateExpression).toBe('SET #0 = :0');
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

test('ids that differ in half a surrogate pair alone have digests of their own', () => {
  const digest = createPrincipalDigest('0123456789abcdef');
  const ids = ['\ud800', '\udc00', '\ufffd'];
  expect(new Set(ids.map((id) => digest({ kind: 'user', id }))).size).toBe(3);
});

test('the ledger refuses options that it does not know, and short keys', () => {
  const options = { client: {} as never, table: 'quota', budgets: [], digestKey: '0123456789abcdef' };
  expect(() => createDynamoDbQuotaLedger({ ...options, tables: 1 } as never)).toThrow(TypeError);
  expect(() => createDynamoDbQuotaLedger({ ...options, digestKey: 'short' })).toThrow(TypeError);
});

test.each(['client', 'table', 'budgets', 'digestKey'] as const)('the ledger is not made without %s', (name) => {
  const { [name]: _, ...options } = { client: {} as never, table: 'quota', budgets: [], digestKey: '0123456789abcdef' };
  expect(() => createDynamoDbQuotaLedger(options as never)).toThrow(TypeError);
});

test('nothing is sent where no budget applies', async () => {
  const client = { send: () => Promise.reject(new Error('sent')) } as never;
  const ledger = createDynamoDbQuotaLedger({ client, table: 'quota', budgets: [hour], digestKey: 'x'.repeat(16) });
  const outcome = await ledger.reserve([{ kind: 'ip', id: '::' }], { tokens: 5 }, { id: 'a', ttlMs: 1 });
  if (!outcome.granted) throw new Error('denied');
  const extended = await ledger.extend(outcome, { tokens: 5 });
  if (!extended.granted) throw new Error('denied');
  await ledger.settle(extended, { tokens: 7 });
  expect(await ledger.usage({ kind: 'ip', id: '::' })).toEqual([]);
});
