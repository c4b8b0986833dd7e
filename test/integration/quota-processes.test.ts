/** The quota ledger in processes of their own, some of which are killed in the middle of what they do. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createDynamoDbQuotaLedger } from '../../aws/dynamodb/index.ts';
import { localDynamoDbClient } from '../../local/dynamodb/index.ts';
import { createRandom } from '../support/quota-simulation/random.ts';
import {
  LEASE_MS,
  principalsOf,
  WORKER_BUDGETS,
  WORKER_DIGEST_KEY,
  WORKER_SKEW_MS,
} from '../support/quota-worker-setup.ts';

const WORKERS = 4;
const KILLED = 4;
const TIMEOUT_MS = 60_000;

/** What workers said of one reservation. */
interface Said {
  granted: number;
  billed: number;
  isSettled: boolean;
}

describe.each(inject('dynamodb'))('$name', ({ endpoint, table }) => {
  let client: DynamoDBClient;
  const children = new Set<ChildProcess>();
  beforeAll(() => {
    client = localDynamoDbClient(endpoint);
  });
  afterAll(() => {
    for (const child of children) child.kill('SIGKILL');
    client.destroy();
  });

  const ledger = () =>
    createDynamoDbQuotaLedger({
      client,
      table,
      budgets: WORKER_BUDGETS,
      digestKey: WORKER_DIGEST_KEY,
      skewMs: WORKER_SKEW_MS,
    });

  const usedOf = async (): Promise<readonly number[]> =>
    Promise.all(principalsOf(table).map(async (principal) => (await ledger().usage(principal))[0]?.used ?? Number.NaN));

  /** Starts a worker whose lines go to `said`; resolves when it is about to begin. */
  const start = async (name: string, seed: number, said: Map<string, Said>): Promise<ChildProcess> => {
    const script = 'test/support/quota-worker.ts';
    const child = spawn(process.execPath, [script, endpoint, table, name, String(seed)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.add(child);
    const lines = createInterface({ input: child.stdout });
    lines.on('line', (line) => {
      const [what, id = '', amount] = line.split(' ');
      const entry = said.get(id) ?? { granted: 0, billed: 0, isSettled: false };
      if (what === 'granted') entry.granted = Number(amount);
      if (what === 'billed') entry.billed = Number(amount);
      if (what === 'settled') entry.isSettled = true;
      if (what !== 'ready') said.set(id, entry);
    });
    await once(lines, 'line');
    return child;
  };

  const kill = async (child: ChildProcess): Promise<void> => {
    const gone = once(child, 'close');
    child.kill('SIGKILL');
    await gone;
    children.delete(child);
  };

  test(
    'workers that are killed at any moment never spend more than the limit, and all that they billed is recorded',
    async () => {
      const random = createRandom(42);
      const said = new Map<string, Said>();
      const limits = WORKER_BUDGETS.map(({ limit }) => limit);
      const names = Array.from({ length: WORKERS + KILLED }, (_, number) => `worker-${number}`);
      const begin = (name: string): Promise<ChildProcess> => start(name, names.indexOf(name) + 1, said);
      const running = await Promise.all(names.slice(0, WORKERS).map(begin));
      const checkLimits = async (): Promise<void> => {
        for (const [index, used] of (await usedOf()).entries()) expect(used).toBeLessThanOrEqual(limits[index] ?? 0);
      };

      for (const name of names.slice(WORKERS)) {
        await sleep(random.between(50, 400));
        await checkLimits();
        await kill(running.splice(random.int(running.length), 1)[0] as ChildProcess);
        running.push(await begin(name));
      }
      await sleep(300);
      await checkLimits();
      await Promise.all(running.map(kill));

      const all = [...said.values()];
      const sum = (of: readonly Said[]): number => of.reduce((total, { billed }) => total + billed, 0);
      expect(all.filter(({ isSettled }) => isSettled).length).toBeGreaterThan(20);
      const [spent = 0, held = 0, shared = 0] = await usedOf();
      expect(spent).toBeGreaterThanOrEqual(sum(all));
      expect(shared).toBeGreaterThanOrEqual(sum(all));
      expect(held).toBeGreaterThanOrEqual(sum(all.filter(({ isSettled }) => isSettled)));

      await sleep(LEASE_MS + 2 * WORKER_SKEW_MS);
      const [, tenant] = principalsOf(table);
      const settled = all.filter(({ isSettled }) => isSettled);
      // a settlement may have been done whose worker was killed before it could say so
      const rest = (limits[1] ?? 0) - sum(settled) - sum(all.filter(({ isSettled }) => !isSettled));
      expect(rest).toBeGreaterThan(0);
      const id = `after ${table}`;
      const again = await ledger().reserve(tenant ? [tenant] : [], { tokens: rest }, { id, ttlMs: LEASE_MS });
      expect(again).toMatchObject({ granted: true });
    },
    TIMEOUT_MS,
  );
});
