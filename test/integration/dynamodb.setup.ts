/** Starts both DynamoDB emulators once for all integration tests. */

import type { TestProject } from 'vitest/node';
import { createQuotaTable, startDynamoDb } from '../../local/dynamodb/index.ts';

/** An emulator and its quota table. */
export interface DynamoDbBackend {
  readonly name: string;
  readonly endpoint: string;
  readonly table: string;
}

declare module 'vitest' {
  export interface ProvidedContext {
    dynamodb: readonly DynamoDbBackend[];
  }
}

const TABLE = 'quota-test';

export default async (project: TestProject): Promise<() => Promise<void>> => {
  const auto = await startDynamoDb();
  const second = auto.name === 'dynalite' ? undefined : await startDynamoDb({ backend: 'dynalite' });
  const running = [auto, ...(second === undefined ? [] : [second])];
  for (const { endpoint } of running) await createQuotaTable(endpoint, TABLE);
  project.provide(
    'dynamodb',
    running.map(({ name, endpoint }) => ({ name, endpoint, table: TABLE })),
  );
  return async () => {
    await Promise.all(running.map((backend) => backend.close()));
  };
};
