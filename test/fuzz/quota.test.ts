import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { createDynamoDbQuotaLedger } from '../../aws/dynamodb/index.ts';
import { createMemoryQuotaLedger } from '../../core/quota/index.ts';
import {
  createQuotaTable,
  type LocalDynamoDb,
  localDynamoDbClient,
  startDynamoDb,
} from '../../local/dynamodb/index.ts';
import { BUDGETS, histories, liveThrough, type Step } from '../support/quota-history.ts';

const START = Date.UTC(2026, 11, 31, 23, 58, 30);
const TABLE = 'quota-fuzz';
let lived = 0;
const nextName = (): string => {
  lived += 1;
  return `history-${lived}`;
};

describe('no history makes a ledger decide or count otherwise than the list of all that happened', () => {
  test('in memory', async () => {
    await fc.assert(
      fc.asyncProperty(histories(60), async (steps: readonly Step[]) => {
        const clock = { at: START };
        const ledger = createMemoryQuotaLedger({ budgets: BUDGETS, now: () => clock.at });
        await liveThrough(ledger, steps, clock, nextName());
      }),
      { numRuns: 300 },
    );
  });

  describe('in DynamoDB', () => {
    let emulator: LocalDynamoDb;
    let client: DynamoDBClient;
    beforeAll(async () => {
      emulator = await startDynamoDb();
      await createQuotaTable(emulator.endpoint, TABLE);
      client = localDynamoDbClient(emulator.endpoint);
    });
    afterAll(async () => {
      client.destroy();
      await emulator.close();
    });

    test('with the writes of the ledger', async () => {
      await fc.assert(
        fc.asyncProperty(histories(40), async (steps: readonly Step[]) => {
          const clock = { at: START };
          const ledger = createDynamoDbQuotaLedger({
            client,
            table: TABLE,
            budgets: BUDGETS,
            digestKey: 'a digest key for histories',
            now: () => clock.at,
            skewMs: 0,
          });
          await liveThrough(ledger, steps, clock, nextName());
        }),
        { numRuns: 25 },
      );
    });
  });
});
