/** Callers who come with many names, and what becomes of the others: a table serves only so much in a second. */

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest';
import { createDynamoDbQuotaLedger, type DynamoDbQuotaLedgerOptions } from '../../aws/dynamodb/index.ts';
import type { Budget, Principal } from '../../core/quota/index.ts';
import { createQuotaTable } from '../../local/dynamodb/index.ts';
import { type FaultyTable, startFaultyTable } from '../support/faulty-table.ts';
import { somebody } from '../support/quota-contract.ts';

/** Requests that a table serves in a second here. On AWS it is the maximum of `infra/table.yml`. */
const PER_SECOND = 60;
const FLOOD_MS = 2500;
const digestKey = 'a digest key for floods';
const requests = { unit: 'requests', window: 'minute', limit: 1000 } as const;
const anyone: Budget = { ...requests, name: 'minute', per: ['user', 'ip'] };
const [{ endpoint: emulator } = { endpoint: '' }] = inject('dynamodb');

describe('a flood of callers', () => {
  let table: FaultyTable;
  let client: DynamoDBClient;
  beforeAll(async () => {
    await Promise.all(['flood-known', 'flood-anonymous'].map((name) => createQuotaTable(emulator, name)));
    table = await startFaultyTable(emulator, PER_SECOND);
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    client = new DynamoDBClient({ endpoint: table.endpoint, region: 'local', credentials, maxAttempts: 1 });
  });
  afterEach(() => new Promise((resolve) => setTimeout(resolve, 1000 - (Date.now() % 1000)))); // until there is capacity
  afterAll(async () => {
    client.destroy();
    await table.close();
  });

  const ledgerOf = (options: Partial<DynamoDbQuotaLedgerOptions> = {}) =>
    createDynamoDbQuotaLedger({ client, table: 'flood-known', digestKey, budgets: [anyone], ...options });
  let leases = 0;
  const lease = () => {
    leases += 1;
    return { id: `flood-${leases}`, ttlMs: 60_000 };
  };

  /** Asks once every 50 ms, as a user who is known, while twenty others come each time from another address. */
  const servedInFlood = async (ledger: ReturnType<typeof ledgerOf>): Promise<number> => {
    const until = Date.now() + FLOOD_MS;
    const flood = Array.from({ length: 20 }, async () => {
      while (Date.now() < until) await ledger.reserve([somebody('ip')], { requests: 1 }, lease()).catch(() => {});
    });
    const user = somebody();
    let [asked, served] = [0, 0];
    while (Date.now() < until) {
      asked += 1;
      await ledger.reserve([user], { requests: 1 }, lease()).then(
        ({ granted }) => {
          served += granted ? 1 : 0;
        },
        () => {},
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await Promise.all(flood);
    return served / asked;
  };

  test('from many addresses shuts the others out where all are in one table', async () => {
    expect(await servedInFlood(ledgerOf())).toBeLessThan(0.5);
  });

  test('from many addresses shuts nobody out who is known, where addresses have a table of their own', async () => {
    expect(await servedInFlood(ledgerOf({ tables: { ip: 'flood-anonymous' } }))).toBe(1);
  });

  test('shuts nobody out whose budget may do without the table for a while', async () => {
    const known: Budget = { ...requests, name: 'known', per: 'user', onFailure: 'degraded' };
    const address: Budget = { ...requests, name: 'address', per: 'ip' };
    expect(await servedInFlood(ledgerOf({ budgets: [known, address] }))).toBe(1);
  });

  test('of one tenant costs the table nothing when the tenant has used up what it has', async () => {
    const user: Budget = { ...requests, name: 'user', per: 'user' };
    const tenant: Budget = { ...requests, name: 'tenant', per: 'tenant', limit: 5 };
    const ledger = ledgerOf({ budgets: [user, tenant] });
    const acme = somebody('tenant');
    const ask = (who: readonly Principal[]) => ledger.reserve(who, { requests: 1 }, lease());
    for (let request = 0; request < 5; request++) {
      const outcome = await ask([somebody(), acme]);
      if (outcome.granted) await ledger.settle(outcome, { requests: 1 });
    }
    expect((await ask([somebody(), acme])).granted).toBe(false);
    const before = table.requests();
    const outcomes = await Promise.all(Array.from({ length: 500 }, () => ask([somebody(), acme])));
    expect(outcomes.filter(({ granted }) => granted)).toEqual([]);
    expect(table.requests()).toBe(before);
  });
});
