import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { createDynamoDbQuotaLedger, createQuotaClient } from '../aws/dynamodb/index.ts';
import { principalsOf } from '../core/caller.ts';
import { ownUsage, type QuotaLedger } from '../core/quota/index.ts';
import { definePolicy, type GuardedContext, guardHandler } from '../middleware/index.ts';
import { withServiceSecrets } from './service/secrets.ts';
import { services } from './service/services.ts';
import { audit, budgets, callers, cors, OVERRIDABLE, tableName } from './service/settings.ts';

const counted = budgets();
const table = tableName();
const client = createQuotaClient();
// What it is asked, and what it answers, is no content: records alone are kept.
const { logGroup } = audit();
const policy = definePolicy({ caller: callers(), ...cors(), audit: { ...(logGroup !== undefined && { logGroup }) } });

const usageIn =
  (ledger: QuotaLedger) =>
  async (_: APIGatewayProxyEvent, { bulwark }: GuardedContext): Promise<APIGatewayProxyResult> => {
    const used = await ownUsage(ledger, counted, principalsOf(bulwark.caller));
    return {
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
      body: JSON.stringify({ budgets: used, requestId: bulwark.requestId }),
    };
  };

export const handler = withServiceSecrets(({ digest: digestKey }) => {
  const ledger = createDynamoDbQuotaLedger({ client, table, budgets: counted, overridable: OVERRIDABLE, digestKey });
  return guardHandler(usageIn(ledger), policy, services);
});
