import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { createDynamoDbQuotaLedger, createQuotaClient } from '../aws/dynamodb/index.ts';
import { identityOf } from '../core/caller.ts';
import { BulwarkError, definePolicy, type GuardedContext, guardHandler } from '../middleware/index.ts';
import { budgets, digestKey, tableName } from './service/settings.ts';

const ledger = createDynamoDbQuotaLedger({
  client: createQuotaClient(),
  table: tableName(),
  budgets: budgets(),
  digestKey: digestKey(),
});

const usage = async (_: APIGatewayProxyEvent, { bulwark }: GuardedContext): Promise<APIGatewayProxyResult> => {
  const identity = identityOf(bulwark.caller);
  if (identity === undefined) throw new BulwarkError('unauthenticated');
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify({ budgets: await ledger.usage(identity), requestId: bulwark.requestId }),
  };
};

export const handler = guardHandler(usage, definePolicy({ caller: { require: 'user-or-key' } }));
