import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { createDynamoDbQuotaLedger, createQuotaClient } from '../aws/dynamodb/index.ts';
import { principalsOf } from '../core/caller.ts';
import { ownUsage } from '../core/quota/index.ts';
import { definePolicy, type GuardedContext, guardHandler } from '../middleware/index.ts';
import { budgets, callers, digestKey, OVERRIDABLE, tableName } from './service/settings.ts';

const counted = budgets();
const ledger = createDynamoDbQuotaLedger({
  client: createQuotaClient(),
  table: tableName(),
  budgets: counted,
  overridable: OVERRIDABLE,
  digestKey: digestKey(),
});

const usage = async (_: APIGatewayProxyEvent, { bulwark }: GuardedContext): Promise<APIGatewayProxyResult> => {
  const used = await ownUsage(ledger, counted, principalsOf(bulwark.caller));
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify({ budgets: used, requestId: bulwark.requestId }),
  };
};

export const handler = guardHandler(usage, definePolicy({ caller: callers() }));
