import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { runOutsideScope } from '../invocation-scope.ts';
import { withMethod } from '../with-method.ts';

/** Times within which the table answers or counts as out of reach, in milliseconds. The SDK would wait for ever. */
const CONNECTION_TIMEOUT_MS = 1000;
const REQUEST_TIMEOUT_MS = 3000;

/** A DynamoDB client for the ledger: a request must not wait longer for its budget than for its model. */
export const createQuotaClient = (config: DynamoDBClientConfig = {}): DynamoDBClient => {
  const client = new DynamoDBClient({
    requestHandler: {
      connectionTimeout: CONNECTION_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      throwOnRequestTimeout: true, // the SDK only warns otherwise, and waits on
    },
    ...config,
  });
  const { requestHandler } = client.config;
  const handle = (...request: Parameters<typeof requestHandler.handle>): unknown =>
    runOutsideScope(() => requestHandler.handle(...request));
  client.config.requestHandler = withMethod(requestHandler, 'handle', handle as (...args: never[]) => unknown);
  return client;
};
