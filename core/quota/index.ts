/** Quota: budgets, reservations and what they cost. The arithmetic; `aws/dynamodb` keeps it in a table. */

export { type AccountQuota, accountBudgets } from './account-budgets.ts';
export { checkBudgets } from './budgets.ts';
export { type AskedFor, mostUsdMicros, quotaTokens, type TokenCounts, usdMicros } from './cost.ts';
export { createMemoryQuotaLedger, type MemoryQuotaLedgerOptions } from './memory-ledger.ts';
export { ownUsage } from './own-usage.ts';
export { isServiceTier, type ModelPrice, type PriceList, priceList, type ServiceTier } from './prices.ts';
export { refusalOf } from './refusal.ts';
export { tokenBound, utf8Length } from './token-bound.ts';
export type {
  Budget,
  BudgetLevel,
  BudgetUnit,
  BudgetUsage,
  BudgetWindow,
  Cost,
  Denial,
  Lease,
  LedgerFailureMode,
  Principal,
  PrincipalKind,
  QuotaLedger,
  Reservation,
} from './types.ts';
