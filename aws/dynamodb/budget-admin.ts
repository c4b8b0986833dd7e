/** An operator's view of budgets in a DynamoDB table. */

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { callable, checkOptions, object, text } from '../../core/options.ts';
import { checkBudgets } from '../../core/quota/budgets.ts';
import { type BudgetAdmin, createBudgetAdmin as createAdminOf } from '../../core/quota/ledger/budget-admin.ts';
import { STAMP, TTL_ATTRIBUTE } from '../../core/quota/ledger/item.ts';
import type { Budget } from '../../core/quota/types.ts';
import { createTableStore, KEY_ATTRIBUTE } from './table-store.ts';

/** Options of {@link createBudgetAdmin}. */
export interface DynamoDbBudgetAdminOptions {
  readonly client: DynamoDBClient;
  /** Name of a table as `quotaTable` declares it. */
  readonly table: string;
  /** The budgets of the ledger in that table. */
  readonly budgets: readonly Budget[];
  /** @default Date.now, put right by what AWS says the time is */
  readonly now?: () => number;
  /** Stamps writes. @default Math.random */
  readonly random?: () => number;
}

const CHECKS = { client: object, table: text(3), budgets: object, now: callable, random: callable };

/** Attributes of every item: a limit of this name would be taken for something else. */
const TAKEN = [KEY_ATTRIBUTE, TTL_ATTRIBUTE, STAMP];

/**
 * Shows the budgets of a principal, sets limits for it, and gives back what it spent. What DynamoDB throws passes as it
 * is. A running function sees new limits within a minute (`OVERRIDES_STALE_MS`) where its ledger's `overridable` names
 * the kind, and what was given back within ten seconds (`REMEMBER_MS`).
 *
 * @throws TypeError for invalid options or budgets, and from `set` for a limit that is none, or that has no place.
 */
export const createBudgetAdmin = (options: DynamoDbBudgetAdminOptions): BudgetAdmin => {
  checkOptions('createBudgetAdmin', options, CHECKS);
  for (const needed of ['client', 'table', 'budgets'] as const)
    if (options[needed] === undefined) throw new TypeError(`createBudgetAdmin: ${needed} is needed`);
  checkBudgets(options.budgets);
  const { client, table, budgets, random = Math.random } = options;
  const { now = () => Date.now() + client.config.systemClockOffset } = options;
  const admin = createAdminOf({ store: createTableStore(client, table), budgets, now, random });
  return {
    ...admin,
    async set(who, limits, stamp) {
      for (const [name, limit] of limits) {
        if (TAKEN.includes(name)) throw new TypeError(`budget ${name}: no limit can be kept under this name`);
        if (limit !== undefined && !(Number.isSafeInteger(limit) && limit >= 0))
          throw new TypeError(`budget ${name}: a limit is a whole number of at least 0`);
      }
      return admin.set(who, limits, stamp);
    },
  };
};
