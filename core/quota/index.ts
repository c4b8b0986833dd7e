/** Quota: budgets, reservations and what they cost. The arithmetic; `aws/dynamodb` keeps it in a table. */

export { type AccountQuota, accountBudgets } from './account-budgets.ts';
export { checkBudgets } from './budgets.ts';
export { type AskedFor, mostUsdMicros, quotaTokens, type TokenCounts, usdMicros } from './cost/cost.ts';
export { isServiceTier, type ModelPrice, type PriceList, priceList, type ServiceTier } from './cost/prices.ts';
export { tokenBound, utf8Length } from './cost/token-bound.ts';
export { createMemoryQuotaLedger, type MemoryQuotaLedgerOptions } from './ledger/memory-ledger.ts';
export { ownUsage } from './own-usage.ts';
export { refusalOf } from './refusal.ts';
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
