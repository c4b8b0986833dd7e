/** What a command finds around it: environment, somebody to ask, the table's client, the time. */

import { createInterface } from 'node:readline';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { PolicyKeys } from '../core/policy/keys.ts';

/** The surroundings of a command. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Waits for the answer to a question that was printed; `undefined` where nobody sits at standard input. */
  readonly answer: (() => Promise<string>) | undefined;
  /** A client of DynamoDB, with Region, credentials and endpoint as the AWS SDK finds them. */
  readonly connect: () => Promise<DynamoDBClient>;
  /** Fetches a digest key. @default from Secrets Manager, as the AWS SDK finds that */
  readonly fetchDigestKey?: (secret: string) => Promise<PolicyKeys['digest']>;
  /** Milliseconds since the epoch. @default the time of this machine, put right by what AWS says */
  readonly now?: () => number;
}

/** A line of standard input; empty at its end. */
const readLine = async (): Promise<string> => {
  const lines = createInterface({ input: process.stdin });
  try {
    for await (const line of lines) return line;
    return '';
  } finally {
    lines.close();
  }
};

/** The SDK takes half a second to load: only who needs the table waits for it. */
const connect = async (): Promise<DynamoDBClient> => {
  const { createQuotaClient } = await import('../aws/dynamodb/index.ts');
  return createQuotaClient();
};

/** Fetches a digest key from Secrets Manager. */
export const fetchDigestKey = async (secret: string): Promise<PolicyKeys['digest']> => {
  const { createSecretFetch } = await import('../aws/secrets/fetch-secrets.ts');
  return (await createSecretFetch({ digest: secret })()).digest;
};

/** The surroundings of this process. */
export const processSurroundings = (): Surroundings => ({
  env: process.env,
  answer: process.stdin.isTTY ? readLine : undefined,
  connect,
});
