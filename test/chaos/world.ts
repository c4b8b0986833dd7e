/**
 * The process that a run's kit talks to: the local Bedrock with its faults, and the quota table behind a proxy that
 * fails. It is a process of its own, so that the memory of the one that is measured is the kit's alone.
 */

import { startLocalBedrock } from '../../local/bedrock/index.ts';
import { createQuotaTable, startDynamoDb } from '../../local/dynamodb/index.ts';
import { startFaultyTable } from '../support/faulty-table.ts';
import { createBooks } from './books.ts';
import { faultsOf } from './faults.ts';
import type { ChaosOptions } from './plan.ts';
import { TABLE } from './rules.ts';
import type { Order, Places } from './world-orders.ts';

/** Time that a model takes, in milliseconds. */
const LATENCY_MS = 3;

const start = async (options: ChaosOptions) => {
  const dynamodb = await startDynamoDb();
  await createQuotaTable(dynamodb.endpoint, TABLE);
  const table = await startFaultyTable(dynamodb.endpoint);
  const bedrock = await startLocalBedrock({ latencyMs: LATENCY_MS });
  const books = createBooks(options);
  const struck = new WeakMap<object, string>();
  // Asked first, and once for each request: it strikes nothing, and says which of those after it does.
  bedrock.faults.add({
    kind: 'delay',
    ms: 0,
    times: Number.POSITIVE_INFINITY,
    when: (request) => {
      const fault = books.enter(request);
      if (fault !== undefined) struck.set(request, fault);
      return false;
    },
  });
  for (const [name, fault] of Object.entries(faultsOf(options.deadlineMs)))
    bedrock.faults.add({
      ...fault,
      times: Number.POSITIVE_INFINITY,
      when: (request) => struck.get(request) === name,
    });
  return { dynamodb, table, bedrock, books };
};

let world: Awaited<ReturnType<typeof start>> | undefined;

const obey = async (order: Order): Promise<unknown> => {
  if (order.kind === 'start') {
    world = await start(order.options);
    const { bedrock, table, dynamodb } = world;
    return {
      bedrock: { url: bedrock.url, credentials: bedrock.credentials },
      faultyTable: table.endpoint,
      table: dynamodb.endpoint,
    } satisfies Places;
  }
  if (world === undefined) throw new Error('the world has not begun');
  const { bedrock, table, dynamodb, books } = world;
  if (order.kind === 'books') return { ...books.close(), billedTokens: bedrock.billedTokens() };
  if (order.kind === 'end') {
    await Promise.all([bedrock.close(), table.close()]);
    await dynamodb.close();
    return true;
  }
  if (order.fault === undefined) table.mend();
  else table.break(order.fault);
  return true;
};

const reply = (answer: unknown): void => {
  process.send?.(answer);
};

let turn: Promise<unknown> = Promise.resolve();
process.on('message', (order: Order) => {
  turn = turn.then(async () => {
    reply(await obey(order));
    if (order.kind === 'end') process.disconnect();
  });
});
process.on('disconnect', () => process.exit());
