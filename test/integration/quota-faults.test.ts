/** The ledger in DynamoDB when replies are lost, writes fail and functions die. */

import type { Readable } from 'node:stream';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createDynamoDbQuotaLedger } from '../../aws/dynamodb/index.ts';
import { createPrincipalKeys } from '../../aws/dynamodb/principal-digest.ts';
import { createTableStore } from '../../aws/dynamodb/table-store.ts';
import type { Budget, Denial, Principal, Reservation } from '../../core/quota/index.ts';
import { usageKey } from '../../core/quota/ledger/payer-holds.ts';
import { localDynamoDbClient } from '../../local/dynamodb/index.ts';
import { startFaultyTable } from '../support/faulty-table.ts';
import { somebody } from '../support/quota-contract.ts';
import { quotaVersionContract } from '../support/quota-version-contract.ts';

const digestKey = 'a digest key for faults';
const user: Budget = { name: 'hour', per: 'user', unit: 'tokens', window: 'hour', limit: 10_000 };
const tenant: Budget = { ...user, name: 'tenant', per: 'tenant', limit: 3000 };
const budgets = [user, tenant];
const LEASE_MS = 60_000;

type Handle = DynamoDBClient['config']['requestHandler']['handle'];

/** Throws a reply away, so that its connection is free again. */
const lose = ({ response }: Awaited<ReturnType<Handle>>): void => {
  (response.body as Readable).resume();
};

const granted = (outcome: Reservation | Denial): Reservation => {
  if (!outcome.granted) throw new Error(`denied by ${outcome.budget}`);
  return outcome;
};

describe.each(inject('dynamodb'))('$name', ({ name, endpoint, table }) => {
  let client: DynamoDBClient;
  beforeAll(() => {
    client = localDynamoDbClient(endpoint);
  });
  afterAll(() => client.destroy());

  quotaVersionContract(name, (given, clock) =>
    createDynamoDbQuotaLedger({ client, table, budgets: given, digestKey, now: () => clock.at }),
  );

  /** Without limits of the tenants' own, so that all calls are writes. */
  const ledgerOver = (over: DynamoDBClient) =>
    createDynamoDbQuotaLedger({ client: over, table, budgets, digestKey, overridable: [] });
  const usedBy = async (who: Principal): Promise<number> => (await ledgerOver(client).usage(who))[0]?.used ?? -1;

  /** A client of one attempt whose requests pass through `around`. */
  const faulty = (around: (handle: Handle) => Handle): DynamoDBClient => {
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const made = new DynamoDBClient({ endpoint, region: 'local', credentials, maxAttempts: 1 });
    const { requestHandler } = made.config;
    requestHandler.handle = around(requestHandler.handle.bind(requestHandler));
    return made;
  };

  /** Does the write with each number in `which` (from 1) and loses its reply. */
  const losing = (...which: readonly number[]): DynamoDBClient => {
    let calls = 0;
    return faulty((handle) => async (...args) => {
      calls += 1;
      const lost = which.includes(calls);
      const answer = await handle(...args);
      if (!lost) return answer;
      lose(answer);
      throw new Error('socket hang up');
    });
  };

  /** Does not even do the writes with these numbers. */
  const failing = (...which: readonly number[]): DynamoDBClient => {
    let calls = 0;
    return faulty((handle) => (...args) => {
      calls += 1;
      return which.includes(calls) ? Promise.reject(new Error('throttled')) : handle(...args);
    });
  };

  test('counts each write once in a crowd, though three replies in ten are lost and asked for again', async () => {
    let calls = 0;
    let lost = 0;
    const lossy = faulty((handle) => async (...args) => {
      calls += 1;
      const answer = await handle(...args);
      if (calls % 10 >= 3) return answer;
      lost += 1;
      lose(answer);
      return handle(...args); // the SDK sends the same request again
    });
    const ledger = ledgerOver(lossy);
    const [one, other, acme] = [somebody(), somebody(), somebody('tenant')];
    const spent = new Map<Principal, number>([
      [one, 0],
      [other, 0],
      [acme, 0],
    ]);
    await Promise.all(
      Array.from({ length: 30 }, async (_, worker) => {
        const who = [worker % 2 ? one : other, acme];
        const lease = { id: `crowd-${name}-${worker}`, ttlMs: LEASE_MS };
        const outcome = await ledger.reserve(who, { tokens: 60 + worker }, lease);
        if (!outcome.granted) return;
        const extended = await ledger.extend(outcome, { tokens: 40 });
        const used = worker * 3;
        await ledger.settle(extended.granted ? extended : outcome, { tokens: used });
        for (const principal of who) spent.set(principal, (spent.get(principal) ?? 0) + used);
      }),
    );
    lossy.destroy();
    expect(lost).toBeGreaterThan(20);
    for (const [principal, sum] of spent) expect(await usedBy(principal)).toBe(sum);
  });

  test('finds a reservation again whose reply was lost for good', async () => {
    const who = somebody();
    const lossy = losing(1);
    const lease = { id: `lost-${name}`, ttlMs: LEASE_MS };
    await expect(ledgerOver(lossy).reserve([who], { tokens: 100 }, lease)).rejects.toThrow('socket hang up');
    const again = granted(await ledgerOver(lossy).reserve([who], { tokens: 100 }, lease));
    expect(await usedBy(who)).toBe(100);
    await ledgerOver(client)
      .settle(again, {})
      .catch(() => {});
    lossy.destroy();
  });

  test('settles an extension whose reply was lost for good', async () => {
    const [who, acme] = [somebody(), somebody('tenant')];
    const lossy = losing(4);
    const ledger = ledgerOver(lossy);
    const reservation = granted(
      await ledger.reserve([who, acme], { tokens: 100 }, { id: `extended-${name}`, ttlMs: LEASE_MS }),
    );
    await expect(ledger.extend(reservation, { tokens: 50 })).rejects.toThrow('socket hang up');
    expect([await usedBy(who), await usedBy(acme)]).toEqual([100, 150]);
    await ledger.settle(reservation, { tokens: 70 });
    expect([await usedBy(who), await usedBy(acme)]).toEqual([70, 70]);
    lossy.destroy();
  });

  test('charges nobody for a reservation that failed half-way, and says what failed', async () => {
    const [who, acme] = [somebody(), somebody('tenant')];
    const broken = failing(2);
    const attempt = ledgerOver(broken).reserve([who, acme], { tokens: 100 }, { id: `half-${name}`, ttlMs: LEASE_MS });
    await expect(attempt).rejects.toThrow('throttled');
    expect([await usedBy(who), await usedBy(acme)]).toEqual([0, 0]);
    broken.destroy();
  });

  test('a refusal stays a refusal though giving back fails', async () => {
    const [who, acme] = [somebody(), somebody('tenant')];
    granted(await ledgerOver(client).reserve([acme], { tokens: 3000 }, { id: `full-${name}`, ttlMs: LEASE_MS }));
    // giving back is the third call; the fourth where the ledger has to read what dynalite does not return
    const broken = failing(name === 'dynalite' ? 4 : 3);
    const attempt = ledgerOver(broken).reserve(
      [who, acme],
      { tokens: 100 },
      { id: `refused-${name}`, ttlMs: LEASE_MS },
    );
    expect(await attempt).toMatchObject({ granted: false, budget: 'tenant' });
    expect(await usedBy(who)).toBe(100);
    broken.destroy();
  });

  test('a refused replay leaves the reservation of the run that is still spending', async () => {
    const [who, acme] = [somebody(), somebody('tenant')];
    const ledger = ledgerOver(client);
    const lease = { id: `replay-${name}`, ttlMs: LEASE_MS };
    const running = granted(await ledger.reserve([who], { tokens: 100 }, lease));
    granted(await ledger.reserve([acme], { tokens: 3000 }, { id: `fills-${name}`, ttlMs: LEASE_MS }));
    expect((await ledger.reserve([who, acme], { tokens: 100 }, lease)).granted).toBe(false);
    expect(await usedBy(who)).toBe(100);
    await ledger.settle(running, { tokens: 40 });
    expect(await usedBy(who)).toBe(40);
  });

  test('a crowd makes room for itself out of what a crowd of dead functions held', async () => {
    const clock = { at: Date.UTC(2026, 10, 24, 9) };
    const release: Budget = { ...user, limit: 1000, onExpiry: 'release' };
    const ledger = createDynamoDbQuotaLedger({ client, table, budgets: [release], digestKey, now: () => clock.at });
    const who = somebody();
    const wave = (label: string) =>
      Promise.all(
        Array.from({ length: 30 }, (_, index) =>
          ledger.reserve([who], { tokens: 50 }, { id: `${label}-${name}-${index}`, ttlMs: 1000 }),
        ),
      );
    expect((await wave('dead')).filter((outcome) => outcome.granted)).toHaveLength(20);
    clock.at += LEASE_MS;
    const second = (await wave('alive')).filter((outcome) => outcome.granted);
    expect(second.length).toBeGreaterThan(10); // who loses a race for dead leases too often is told to come back
    const used = (await ledger.usage(who))[0]?.used ?? -1;
    expect(used).toBeLessThanOrEqual(1000);
    expect(used).toBeGreaterThanOrEqual(second.length * 50);
  });

  // Who is in a hurry waits a second: on a machine that stops for as long, nothing else can be said.
  test('a table without capacity is not one out of reach, also for who is in a hurry', { retry: 2 }, async () => {
    const refusing = await startFaultyTable(endpoint, 0);
    const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
    const patient = new DynamoDBClient({ endpoint: refusing.endpoint, region: 'local', credentials, maxAttempts: 10 });
    const store = createTableStore(patient, table);
    const failures = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        store.read(`u#user#hurry-${index}`, { hurry: true }).catch((error: unknown) => store.failureOf?.(error)),
      ),
    );
    expect(new Set(failures)).toEqual(new Set(['throttled']));
    patient.destroy();
    await refusing.close();
  });

  test('what is left in the item when all is settled are counters of the current windows', async () => {
    const who = somebody();
    const ledger = ledgerOver(client);
    const reservation = granted(await ledger.reserve([who], { tokens: 9 }, { id: `left-${name}`, ttlMs: LEASE_MS }));
    await ledger.settle(granted(await ledger.extend(reservation, { tokens: 9 })), { tokens: 7 });
    const pk = usageKey(createPrincipalKeys(digestKey)(who), 0, 1);
    const { Item = {} } = await client.send(new GetItemCommand({ TableName: table, Key: { pk: { S: pk } } }));
    expect(
      Object.keys(Item)
        .map((attribute) => attribute.replace(/@.*/, '@'))
        .toSorted(),
    ).toEqual(['hour@', 'pk', 't', 'x']);
  });
});
