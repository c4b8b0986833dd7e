/**
 * Budgets that keep an account below its own quotas at Bedrock, and share those fairly.
 *
 * Bedrock admits a call when its input and `maxTokens` fit into what is left of the account's tokens a minute for that
 * model in that Region, and counts input, cache writes and output times a burn-down weight when the call has ended. These
 * budgets count the same, so that a call is refused here, with the time to wait, where Bedrock would throttle it, and so
 * that the callers who need little are served while one wants everything.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-token-burndown.html
 */

import { checkOptions, integer, oneOf, text } from '../options.ts';
import type { Budget, BudgetUnit, LedgerFailureMode, PrincipalKind } from './types.ts';

/** The quotas of the account for one model in one Region. Source: the Service Quotas console. */
export interface AccountQuota {
  /** For names of budgets: lower-case letters, digits and dashes, at most 16. */
  readonly name: string;
  /** Model or inference profile, as calls name it. */
  readonly model: string;
  /** @default not counted */
  readonly tokensPerMinute?: number;
  /** @default not counted */
  readonly requestsPerMinute?: number;
  /** Part of each quota that every tenant, or caller without one, may always use while others spike, 0 to 1. @default 0.1 */
  readonly share?: number;
  /** Part that is kept for those who are within their share, 0 to 1. @default 0.3 */
  readonly kept?: number;
  /** Parts that the account's counters are kept in: see {@link Budget.shards}. @default 1 */
  readonly shards?: number;
  /** @default 'closed' */
  readonly onFailure?: LedgerFailureMode;
}

const part = (value: unknown): string | undefined =>
  typeof value === 'number' && value > 0 && value < 1 ? undefined : 'a number between 0 and 1';

const CHECKS = {
  name: (value: unknown) =>
    typeof value === 'string' && /^[a-z0-9][a-z0-9-]{0,15}$/.test(value)
      ? undefined
      : 'at most 16 lower-case letters, digits and dashes', // nova-lite
  model: text(),
  tokensPerMinute: integer(1),
  requestsPerMinute: integer(1),
  share: part,
  kept: part,
  shards: integer(1),
  onFailure: oneOf('closed', 'open', 'degraded'),
};

/** Whom a fair share belongs to: a tenant, else whoever calls. */
const SHARERS: readonly PrincipalKind[] = ['tenant+model', 'user+model', 'apiKey+model', 'ip+model'];

const pairOf = (quota: AccountQuota, label: string, unit: BudgetUnit, limit: number): readonly Budget[] => {
  const { name, model, share = 0.1, kept = 0.3, shards = 1, onFailure = 'closed' } = quota;
  const common = { unit, window: 'minute', models: [model], onFailure } as const;
  const within = `${name}-${label}-share`;
  return [
    { ...common, name: within, per: SHARERS, limit: Math.max(1, Math.floor(limit * share)), soft: true },
    {
      ...common,
      name: `${name}-${label}`,
      per: 'account+model',
      limit,
      shards,
      beyondShare: { of: within, limit: Math.max(1, Math.floor(limit * (1 - kept))) },
    },
  ];
};

/**
 * The budgets for some of the account's quotas, to be put among the others of a policy.
 *
 * @throws TypeError for an unknown or invalid option.
 *
 * @example
 * accountBudgets([{ name: 'nova-lite', model: 'eu.amazon.nova-lite-v1:0', tokensPerMinute: 200_000 }]);
 */
export const accountBudgets = (quotas: readonly AccountQuota[]): readonly Budget[] =>
  quotas.flatMap((quota) => {
    checkOptions('accountBudgets', quota, CHECKS);
    if (quota.name === undefined || quota.model === undefined)
      throw new TypeError('accountBudgets: name and model are needed');
    const { tokensPerMinute, requestsPerMinute } = quota;
    return [
      ...(tokensPerMinute === undefined ? [] : pairOf(quota, 'tpm', 'quotaTokens', tokensPerMinute)),
      ...(requestsPerMinute === undefined ? [] : pairOf(quota, 'rpm', 'requests', requestsPerMinute)),
    ];
  });
