/**
 * `npm run bench -- quota [--plot FILE]`: the ledger beside rate-limiter-flexible's DynamoDB store and a post-paid
 * counter, on one emulator in one run. No time passes or fails.
 */

import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { CreateTableCommand } from '@aws-sdk/client-dynamodb';
import { createQuotaTable, localDynamoDbClient, startDynamoDb } from '../../../local/dynamodb/index.ts';
import type { Tables } from './contenders.ts';
import { benchContention, curvesOf, LIMIT } from './contention.ts';
import { benchDenialStorm } from './denial-storm.ts';
import { benchPerRequest } from './per-request.ts';
import { plot } from './plot.ts';
import { benchShards } from './shards.ts';
import { benchWindows } from './windows.ts';

const createLimiterTable = async (endpoint: string, name: string): Promise<void> => {
  const client = localDynamoDbClient(endpoint);
  await client.send(
    new CreateTableCommand({
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'key', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'key', KeyType: 'HASH' }],
    }),
  );
  client.destroy();
};

/** Tables of their own for each part: no budget is used up by another. */
const createTables = async (endpoint: string, part: string): Promise<Tables> => {
  const [quota, limiter] = [`quota-${part}`, `limiter-${part}`];
  await Promise.all([createQuotaTable(endpoint, quota), createLimiterTable(endpoint, limiter)]);
  return { endpoint, quota, limiter };
};

const { values } = parseArgs({ args: process.argv.slice(3), options: { plot: { type: 'string' } } });
const emulator = await startDynamoDb();
console.log(
  `${emulator.name}, Node ${process.version}; bytes are those of bodies, both ways; WCU and RCU as the emulator counts them`,
);
try {
  const tables = (part: string): Promise<Tables> => createTables(emulator.endpoint, part);
  await benchPerRequest(await tables('per-request'));
  await benchContention(await tables('contention'));
  await benchDenialStorm(await tables('denial-storm'));
  await benchShards(await tables('shards'));
  benchWindows();
  if (values.plot !== undefined) {
    await writeFile(values.plot, plot(await curvesOf(await tables('plot')), LIMIT));
    console.log(`\nwrote ${values.plot}`);
  }
} finally {
  await emulator.close();
}
