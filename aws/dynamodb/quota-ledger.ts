/** The quota ledger in DynamoDB: one item a principal, one conditional UpdateItem each way. */

import { createHash } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { callable, checkOptions, integer, listOf, object, text } from '../../core/options.ts';
import type { PolicyKeys } from '../../core/policy/keys.ts';
import { checkBudgets } from '../../core/quota/budgets.ts';
import { createQuotaLedger } from '../../core/quota/ledger/ledger.ts';
import { isKind, KINDS_IN_WORDS } from '../../core/quota/principals.ts';
import type { Budget, PrincipalKind, QuotaLedger } from '../../core/quota/types.ts';
import { createPrincipalKeys } from './principal-digest.ts';
import { createTableStore } from './table-store.ts';

/** Options of {@link createDynamoDbQuotaLedger}. */
export interface DynamoDbQuotaLedgerOptions {
  readonly client: DynamoDBClient;
  /** Name of a table as `quotaTable` declares it. */
  readonly table: string;
  /**
   * Tables of their own for principals of some kinds, such as addresses: whoever comes with many of them uses up the
   * capacity of that table alone. @default all in `table`
   */
  readonly tables?: Readonly<Partial<Record<PrincipalKind, string>>>;
  readonly budgets: readonly Budget[];
  /** Key of the digests that stand for principals, at least 16 bytes. Changing it forgets all usage. */
  readonly digestKey: PolicyKeys['digest'];
  /**
   * Kinds of principals whose limits `bulwark budget set` may change; each costs a read a minute and process.
   * @default ['tenant']
   */
  readonly overridable?: readonly PrincipalKind[];
  /** @default Date.now, put right by what AWS says the time is */
  readonly now?: () => number;
  /** How far the clocks of functions may differ, in milliseconds. @default 2000 */
  readonly skewMs?: number;
  /** Stamps leases, and chooses among dead ones. @default Math.random */
  readonly random?: () => number;
}

const CHECKS = {
  client: object,
  table: text(3),
  tables: object,
  budgets: object,
  digestKey: (key: unknown) => (typeof key === 'string' ? text()(key) : object(key)),
  overridable: listOf((kind) => (isKind(kind) ? undefined : KINDS_IN_WORDS)),
  now: callable,
  skewMs: integer(0),
  random: callable,
};

/** Short, and of no use to who reads the table: 72 bits tell the leases of one principal apart. */
const nameOf = (id: string): string => createHash('sha256').update(id).digest('base64url').slice(0, 12);

/**
 * A quota ledger in DynamoDB. Reserving costs one write a principal that a budget counts for, settling another; several
 * principals are reserved one after the other and given back when a later one refuses or fails. What DynamoDB throws
 * passes as it is where a budget is closed; what could not be given back then stays charged, until its lease ends where a budget releases it.
 *
 * @throws TypeError for invalid options or budgets.
 */
export const createDynamoDbQuotaLedger = (options: DynamoDbQuotaLedgerOptions): QuotaLedger => {
  checkOptions('createDynamoDbQuotaLedger', options, CHECKS);
  for (const needed of ['client', 'table', 'budgets', 'digestKey'] as const)
    if (options[needed] === undefined) throw new TypeError(`createDynamoDbQuotaLedger: ${needed} is needed`);
  checkBudgets(options.budgets);
  const { client, table, tables = {}, digestKey, overridable = ['tenant'], ...rest } = options;
  const { now = () => Date.now() + client.config.systemClockOffset } = options;
  for (const [kind, name] of Object.entries(tables))
    if (!isKind(kind) || typeof name !== 'string' || name.length < 3)
      throw new TypeError('createDynamoDbQuotaLedger: tables must be names of tables by kind of principal');
  return createQuotaLedger({
    ...rest,
    now,
    overridable,
    store: createTableStore(client, table, tables),
    keyOf: createPrincipalKeys(digestKey),
    nameOf,
  });
};
