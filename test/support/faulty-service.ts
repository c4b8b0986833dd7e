/** The service on loopback with every part of it breakable: Bedrock, the table, and the process of its function. */

import { randomBytes } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoDbQuotaLedger } from '../../aws/dynamodb/index.ts';
import { createPrincipalKeys } from '../../aws/dynamodb/principal-digest.ts';
import { createTableStore } from '../../aws/dynamodb/table-store.ts';
import type { Budget, QuotaLedger } from '../../core/quota/index.ts';
import { leasesOf } from '../../core/quota/ledger/item.ts';
import { readLease } from '../../core/quota/ledger/lease.ts';
import { usageKey } from '../../core/quota/ledger/payer-holds.ts';
import type { LocalBedrock } from '../../local/bedrock/index.ts';
import { createQuotaTable, localDynamoDbClient, startDynamoDb } from '../../local/dynamodb/index.ts';
import { type FunctionHost, startFunction } from '../../local/function-host/index.ts';
import { type Gateway, startGateway } from '../../local/gateway/index.ts';
import { startBedrock } from '../../local/stack/bedrock-target.ts';
import { API_KEYS, routesTo } from '../../local/stack/routes.ts';
import { type FaultyTable, startFaultyTable } from './faulty-table.ts';
import type { Held } from './functions/watched.ts';

/** How long a function may run, in milliseconds: what is too slow shall not take long. */
export const FUNCTION_TIMEOUT_MS = 3000;

/** Longest that a lease lasts from the start of its request, in milliseconds: the time-out and the grace after it. */
export const LEASE_MS = FUNCTION_TIMEOUT_MS + 5000;

const TABLE = 'faults';
const budget = { per: 'user', unit: 'tokens', window: 'day' } as const;

/** What a user may spend: what a dead function held stays charged in the first, and is given back in the second. */
export const BUDGETS: readonly Budget[] = [
  { ...budget, name: 'charged', limit: 1_000_000 },
  { ...budget, name: 'released', limit: 1_000_000, onExpiry: 'release' },
];

/** A way to ask for an answer, by the function that gives it. */
export type Mode = 'chat' | 'chatStream';

/** What the table holds of a user. */
export interface Account {
  /** Tokens charged. */
  readonly charged: number;
  readonly released: number;
  /** When each reservation in flight ends, milliseconds since the epoch. */
  readonly leases: readonly number[];
}

/** The running service. */
export interface FaultyService {
  readonly gateway: Gateway;
  readonly bedrock: LocalBedrock;
  readonly table: FaultyTable;
  /** Lines that the function printed. */
  readonly lines: readonly string[];
  account(user: string): Promise<Account>;
  /** The ledger as it will be in `ms`. */
  ledgerIn(ms: number): QuotaLedger;
  held(): Promise<Held>;
  close(): Promise<void>;
}

/** Starts it, with the function that answers in this mode. */
export const startFaultyService = async (mode: Mode): Promise<FaultyService> => {
  await using parts = new AsyncDisposableStack();
  const keep = <T extends { close(): Promise<void> }>(part: T): T => parts.adopt(part, (started) => started.close());

  const dynamodb = keep(await startDynamoDb());
  await createQuotaTable(dynamodb.endpoint, TABLE);
  const table = keep(await startFaultyTable(dynamodb.endpoint));
  const target = keep(await startBedrock('local', 0));
  const bedrock = target.local as LocalBedrock;
  const client: DynamoDBClient = parts.adopt(localDynamoDbClient(dynamodb.endpoint), (made) => made.destroy());
  const digestKey = randomBytes(32).toString('hex');
  const lines: string[] = [];
  const host: FunctionHost = keep(
    await startFunction({
      name: mode,
      entry: new URL('./functions/watched.ts', import.meta.url).href,
      handler: mode,
      timeoutMs: FUNCTION_TIMEOUT_MS,
      onOutput: (line) => lines.push(line),
      env: {
        ...target.env,
        AWS_REGION: 'eu-central-1',
        AWS_ENDPOINT_URL_DYNAMODB: table.endpoint,
        // One attempt less than usual: what the SDK waits in between must not outlast so short a time-out.
        AWS_MAX_ATTEMPTS: '2',
        BULWARK_TABLE: TABLE,
        BULWARK_BUDGETS: JSON.stringify(BUDGETS),
        BULWARK_DIGEST_KEY: digestKey,
        BULWARK_MAC_KEY: randomBytes(32).toString('hex'),
      },
    }),
  );
  const routes = routesTo({ chat: host, chatStream: host, agent: host, usage: host, unguarded: host });
  const gateway = keep(await startGateway({ routes, apiKeys: API_KEYS }));

  const ledgerIn = (ms: number): QuotaLedger =>
    createDynamoDbQuotaLedger({ client, table: TABLE, budgets: BUDGETS, digestKey, now: () => Date.now() + ms });
  const keyOf = createPrincipalKeys(digestKey);
  const running = parts.move();
  return {
    gateway,
    bedrock,
    table,
    lines,
    ledgerIn,
    async account(user) {
      const principal = { kind: 'user', id: user } as const;
      const item = await createTableStore(client, TABLE).read(usageKey(keyOf(principal), 0, 1));
      const [charged, released] = await ledgerIn(0).usage(principal);
      return {
        charged: charged?.used ?? 0,
        released: released?.used ?? 0,
        leases: leasesOf(item).map(([, value]) => readLease(value).expiresAt),
      };
    },
    async held() {
      const result = await host.invoke({ held: true });
      if (!result.ok) throw new Error(`${mode}: ${result.errorMessage}`);
      return (typeof result.value === 'string' ? JSON.parse(result.value) : result.value) as Held;
    },
    close: () => running.disposeAsync(),
  };
};
