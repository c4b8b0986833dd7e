/** Quota: budgets, reservations and what they cost. The arithmetic; `aws/dynamodb` keeps it in a table. */

export { checkBudgets } from './budgets.ts';
export { type ModelPrice, type TokenCounts, tokenBound, usdMicros, utf8Length } from './cost.ts';
export { createMemoryQuotaLedger, type MemoryQuotaLedgerOptions } from './memory-ledger.ts';
export { refusalOf } from './refusal.ts';
export type {
  Budget,
  BudgetUnit,
  BudgetUsage,
  BudgetWindow,
  Cost,
  Denial,
  Lease,
  Principal,
  PrincipalKind,
  QuotaLedger,
  Reservation,
} from './types.ts';
