/** The section `quota`. */

import { integer, listOf, object, text } from '../options.ts';
import { checkBudgets } from '../quota/budgets.ts';
import type { Budget, PrincipalKind } from '../quota/index.ts';
import { atomsOf, kindsOf } from '../quota/principals.ts';
import type { CallerPolicy } from './caller.ts';
import type { PolicyKeys } from './keys.ts';
import type { PolicySection } from './section.ts';

/** What may be spent. See the middleware `token-quota`. */
export interface QuotaPolicy {
  readonly budgets: readonly Budget[];
  /** Name of the DynamoDB table. Without it budgets count per process only. @default none */
  readonly table?: string;
  /** Tables of their own for kinds of principals that anybody can have many of: `{ ip: … }`. @default all in `table` */
  readonly tables?: Readonly<Partial<Record<PrincipalKind, string>>>;
  /**
   * Kinds of principals that `bulwark budget set` may give limits of their own; each costs a read of the table a minute
   * and process. @default ['tenant']
   */
  readonly overridable?: readonly PrincipalKind[];
  /** Tokens that the handler adds to every prompt. @default 1000 */
  readonly overheadTokens?: number;
}

/** A budget of tenants counts nobody where no caller has one: it would be there for show. */
const checkTenants = ({ budgets }: QuotaPolicy, caller: CallerPolicy | undefined): void => {
  if (caller?.tenantClaim !== undefined) return;
  for (const budget of budgets)
    if (kindsOf(budget).every((kind) => atomsOf(kind).includes('tenant')))
      throw new TypeError(
        `policy.quota: budget ${budget.name} needs policy.caller.tenantClaim, which names the tenant`,
      );
};

/** How the section is checked. */
export const QUOTA: PolicySection<QuotaPolicy, { readonly caller?: CallerPolicy; readonly keys?: PolicyKeys }> = {
  checks: {
    budgets: listOf(object),
    table: text(3),
    tables: object,
    overridable: listOf(text()),
    overheadTokens: integer(0),
  },
  check(quota, { caller, keys }) {
    if (quota.budgets === undefined) throw new TypeError('policy.quota: budgets are needed');
    checkBudgets(quota.budgets);
    checkTenants(quota, caller);
    if (quota.table !== undefined && keys === undefined)
      throw new TypeError('policy.quota: table needs policy.keys, which digest the principals in it');
  },
};
