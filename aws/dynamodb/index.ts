/** The quota table and the ledger in it. */

import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';

export type {
  BudgetAdmin,
  BudgetState,
  PrincipalDigest,
  PrincipalState,
} from '../../core/quota/ledger/budget-admin.ts';
export { createBudgetAdmin, type DynamoDbBudgetAdminOptions } from './budget-admin.ts';
export { createQuotaClient } from './create-client.ts';
export { createPrincipalDigest } from './principal-digest.ts';

export { createDynamoDbQuotaLedger, type DynamoDbQuotaLedgerOptions } from './quota-ledger.ts';

/** The one definition of the quota table: `infra/table.yml`, the local stack and the tests agree with it. */
export const quotaTable = (name: string): CreateTableCommandInput => ({
  TableName: name,
  BillingMode: 'PAY_PER_REQUEST',
  AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
});
