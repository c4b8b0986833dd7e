/** Three ways to keep a budget in DynamoDB, behind one face: this kit's ledger, rate-limiter-flexible, and post-paid. */

import { RateLimiterDynamo, RateLimiterRes, RateLimiterUnion } from 'rate-limiter-flexible';
import { createDynamoDbQuotaLedger } from '../../../aws/dynamodb/index.ts';
import type { Budget, BudgetWindow, Principal } from '../../../core/quota/index.ts';
import { type Consumption, createMeteredClient } from './metered-client.ts';

/** Tables of the emulator that the contenders share. */
export interface Tables {
  readonly endpoint: string;
  /** As `quotaTable` declares it. */
  readonly quota: string;
  /** With the key that rate-limiter-flexible wants. */
  readonly limiter: string;
}

/** What a request has set aside. */
export interface Held {
  /** Replaces what was set aside by what was used, in tokens. */
  settle(actual: number): Promise<unknown>;
}

/** One way to keep a budget. Amounts in tokens. */
export interface Contender {
  readonly name: string;
  /** Sets `amount` aside for somebody; `undefined` when it is refused. */
  reserve(who: string, amount: number): Promise<Held | undefined>;
  /** What is counted for somebody, in the first window. */
  counted(who: string): Promise<number>;
  /** What it cost since it was last asked. */
  take(): Consumption;
}

const SECONDS: Readonly<Partial<Record<BudgetWindow, number>>> = { minute: 60, day: 86_400, month: 30 * 86_400 };

const LEASE_MS = 60_000;

/** This kit's ledger: one item, one conditional write each way, however many windows; a tenant's where it is in shards. */
export const bulwark = (tables: Tables, windows: readonly BudgetWindow[], limit: number, shards = 1): Contender => {
  const { client, take } = createMeteredClient(tables.endpoint);
  const per = shards === 1 ? 'user' : 'tenant';
  const budgets = windows.map(
    (window): Budget => ({ name: window, per, unit: 'tokens', window, limit, ...(shards === 1 ? {} : { shards }) }),
  );
  const ledger = createDynamoDbQuotaLedger({ client, table: tables.quota, budgets, digestKey: 'the key of a bench' });
  const principal = (who: string): Principal => ({ kind: per, id: who });
  let requests = 0;
  return {
    name: 'bedrock-bulwark',
    async reserve(who, amount) {
      requests += 1;
      const lease = { id: `${who}-${requests}`, ttlMs: LEASE_MS };
      const outcome = await ledger.reserve([principal(who)], { tokens: amount }, lease);
      if (!outcome.granted) return undefined;
      return { settle: (actual) => ledger.settle(outcome, { tokens: actual }) };
    },
    counted: async (who) => (await ledger.usage(principal(who)))[0]?.used ?? 0,
    take,
  };
};

/** A refusal is thrown, as what a limiter counts now, or as that of each limiter of a union. */
const isRefusal = (thrown: unknown): boolean =>
  thrown instanceof RateLimiterRes ||
  (typeof thrown === 'object' &&
    thrown !== null &&
    !(thrown instanceof Error) &&
    Object.values(thrown).every(isRefusal));

/**
 * rate-limiter-flexible: a limiter and an item for each window, several of them asked at once by its own union.
 * `blockAt` has it remember in memory who has reached the limit (`inMemoryBlockOnConsumed`).
 */
export const rateLimiterFlexible = (
  tables: Tables,
  windows: readonly BudgetWindow[],
  limit: number,
  blockInMemory = false,
): Contender => {
  const { client, take } = createMeteredClient(tables.endpoint);
  const limiters = windows.map(
    (window) =>
      new RateLimiterDynamo({
        storeClient: client,
        tableName: tables.limiter,
        tableCreated: true,
        ttlSet: true,
        keyPrefix: `${window}-${limit}`,
        points: limit,
        duration: SECONDS[window] ?? 0,
        ...(blockInMemory ? { inMemoryBlockOnConsumed: limit } : {}),
      }),
  );
  const [first] = limiters;
  if (first === undefined) throw new TypeError('a limiter needs a window');
  const asked = limiters.length === 1 ? first : new RateLimiterUnion(...limiters);
  return {
    name: 'rate-limiter-flexible',
    async reserve(who, amount) {
      try {
        await asked.consume(who, amount);
      } catch (thrown) {
        if (isRefusal(thrown)) return undefined;
        throw thrown;
      }
      return {
        settle: async (actual) => {
          if (actual !== amount) await Promise.all(limiters.map((limiter) => limiter.reward(who, amount - actual)));
        },
      };
    },
    counted: async (who) => (await first.get(who))?.consumedPoints ?? 0,
    take,
  };
};

/** What gateways do that count afterwards: read, call the model, add what it used. */
export const postPaid = (tables: Tables, limit: number): Contender => {
  const { client, take } = createMeteredClient(tables.endpoint);
  const item = (who: string) => ({ TableName: tables.quota, Key: { pk: { S: `post-paid#${limit}#${who}` } } });
  const counted = async (who: string): Promise<number> =>
    Number((await client.getItem({ ...item(who), ConsistentRead: true })).Item?.['used']?.N ?? 0);
  return {
    name: 'post-paid',
    async reserve(who) {
      if ((await counted(who)) >= limit) return undefined;
      return {
        settle: (actual) =>
          client.updateItem({
            ...item(who),
            UpdateExpression: 'ADD used :used',
            ExpressionAttributeValues: { ':used': { N: String(actual) } },
          }),
      };
    },
    counted,
    take,
  };
};
