import { type DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createDynamoDbQuotaLedger } from '../../aws/dynamodb/index.ts';
import type { Budget } from '../../core/quota/index.ts';
import { localDynamoDbClient } from '../../local/dynamodb/index.ts';
import { quotaContract, somebody } from '../support/quota-contract.ts';

const digestKey = 'a digest key for tests';
const budgets: readonly Budget[] = [{ name: 'hour', per: 'user', unit: 'tokens', window: 'hour', limit: 10_000 }];

describe.each(inject('dynamodb'))('$name', ({ name, endpoint, table }) => {
  let client: DynamoDBClient;
  beforeAll(() => {
    client = localDynamoDbClient(endpoint);
  });
  afterAll(() => client.destroy());

  quotaContract(
    name,
    (given, clock) => createDynamoDbQuotaLedger({ client, table, budgets: given, digestKey, now: () => clock.at }),
    name === 'dynalite' ? 0.5 : 1,
  );

  const ledger = () => createDynamoDbQuotaLedger({ client, table, budgets, digestKey });

  test('counts each request once though replies are lost after the write', async () => {
    const lossy = localDynamoDbClient(endpoint);
    const { requestHandler } = lossy.config;
    const handle = requestHandler.handle.bind(requestHandler);
    let calls = 0;
    let lost = 0;
    requestHandler.handle = async (...args) => {
      const answer = await handle(...args);
      calls += 1;
      if (calls % 3 !== 0) return answer;
      lost += 1;
      throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
    };
    const over = createDynamoDbQuotaLedger({ client: lossy, table, budgets, digestKey });
    const who = somebody();
    for (let index = 0; index < 10; index++) {
      const reservation = await over.reserve([who], { tokens: 100 }, { id: `lossy-${name}-${index}`, ttlMs: 60_000 });
      if (!reservation.granted) throw new Error('denied');
      const extended = await over.extend(reservation, { tokens: 50 });
      await over.settle(extended.granted ? extended : reservation, { tokens: 60 });
    }
    lossy.destroy();
    expect(lost).toBeGreaterThan(5);
    expect((await ledger().usage(who))[0]?.used).toBe(600);
  });

  test('keeps no raw identifier in the table', async () => {
    const who = { kind: 'user', id: 'ada.lovelace-in-the-clear' } as const;
    const lease = {
      id: 'lease-in-the-clear',
      ttlMs: 1000,
      consume: { id: 'token-in-the-clear', expiresAt: Date.now() + 1000 },
    };
    await ledger().reserve([who], { tokens: 1 }, lease);
    const { Items } = await client.send(new ScanCommand({ TableName: table }));
    expect(JSON.stringify(Items)).not.toContain('in-the-clear');
  });

  test('ledgers of different keys share nothing', async () => {
    const who = somebody();
    await ledger().reserve([who], { tokens: 100 }, { id: `keys-${name}`, ttlMs: 1000 });
    const other = createDynamoDbQuotaLedger({ client, table, budgets, digestKey: 'another key for tests' });
    expect((await other.usage(who))[0]?.used).toBe(0);
  });

  test('an item stays small over many windows', async () => {
    const clock = { at: Date.UTC(2026, 0, 1) };
    const minute: Budget = { name: 'minute', per: 'user', unit: 'tokens', window: 'minute', limit: 100 };
    const over = createDynamoDbQuotaLedger({
      client,
      table,
      budgets: [minute],
      digestKey: 'key of a small item',
      now: () => clock.at,
    });
    const who = somebody();
    for (let index = 0; index < 15; index++) {
      const reservation = await over.reserve([who], { tokens: 60 }, { id: `small-${name}-${index}`, ttlMs: 1000 });
      if (reservation.granted) await over.settle(reservation, { tokens: 50 });
      clock.at += 60_000;
    }
    const { Items = [] } = await client.send(new ScanCommand({ TableName: table }));
    const sizes = Items.filter((item) => Object.keys(item).some((key) => key.startsWith('minute@'))).map(
      (item) => Object.keys(item).length,
    );
    expect(Math.max(...sizes)).toBeLessThan(8);
  });

  test('a principal with hundreds of reservations in flight is told to wait, and its item stays bounded', async () => {
    const who = somebody();
    const over = ledger();
    let denied: unknown;
    for (let index = 0; index < 210 && denied === undefined; index++) {
      const outcome = await over.reserve([who], { tokens: 1 }, { id: `crowd-${name}-${index}`, ttlMs: 60_000 });
      if (!outcome.granted) denied = outcome;
    }
    expect(denied).toMatchObject({ reason: 'budget', retryAfterSeconds: 1 });
    expect((await over.usage(who))[0]?.used).toBe(200);
  });
});
