/**
 * A process of its own that reserves, extends, bills and settles at random until it is killed, and says on stdout what
 * was truly billed: one line a bill, written before anything else happens.
 *
 * node test/support/quota-worker.ts ENDPOINT TABLE NAME SEED
 */

import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { createDynamoDbQuotaLedger } from '../../aws/dynamodb/index.ts';
import { localDynamoDbClient } from '../../local/dynamodb/index.ts';
import { createRandom, type Random } from './quota-simulation/random.ts';
import { LEASE_MS, principalsOf, WORKER_BUDGETS, WORKER_DIGEST_KEY, WORKER_SKEW_MS } from './quota-worker-setup.ts';

const [endpoint = '', table = '', name = '', seed = '0'] = process.argv.slice(2);

const client = localDynamoDbClient(endpoint);
const ledger = createDynamoDbQuotaLedger({
  client,
  table,
  budgets: WORKER_BUDGETS,
  digestKey: WORKER_DIGEST_KEY,
  skewMs: WORKER_SKEW_MS,
});

const say = (line: string): void => void writeSync(1, `${line}\n`);

/** Requests at once in one process, as in a Lambda with concurrency. */
const LOOPS = 3;

const request = async (random: Random, id: string): Promise<void> => {
  const reserved = random.between(5, 60);
  let reservation = await ledger.reserve(principalsOf(table), { tokens: reserved }, { id, ttlMs: LEASE_MS });
  if (!reservation.granted) return sleep(random.between(5, 30));
  let granted = reserved;
  say(`granted ${id} ${granted}`);
  if (random.chance(0.4)) {
    const extra = random.between(1, 30);
    const extended = await ledger.extend(reservation, { tokens: extra });
    if (extended.granted) {
      reservation = extended;
      granted += extra;
      say(`granted ${id} ${granted}`);
    }
  }
  const billed = random.int(granted + 1);
  say(`billed ${id} ${billed}`);
  await sleep(random.between(0, 20));
  if (random.chance(0.05)) return; // never settled
  await ledger.settle(reservation, { tokens: billed });
  say(`settled ${id} ${billed}`);
};

const loop = async (number: number): Promise<never> => {
  const random = createRandom(Number(seed) * LOOPS + number);
  for (let count = 0; ; count++) await request(random, `${name}-${number}-${count}`);
};

say('ready');
await Promise.all(Array.from({ length: LOOPS }, (_, number) => loop(number)));
