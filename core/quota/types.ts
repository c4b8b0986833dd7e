/** The contract of a quota ledger: what a budget is, who spends it, and how a reservation lives and ends. */

/** Who a budget counts for. `account` is everybody together. */
export type PrincipalKind = 'user' | 'apiKey' | 'ip' | 'tenant' | 'session' | 'account';

/** What a budget counts: model tokens, USD micro-units (1 USD = 1,000,000), HTTP requests, rejected prompts. */
export type BudgetUnit = 'tokens' | 'usd' | 'requests' | 'strikes';

/** When a budget starts again, in UTC; `week` starts on Monday, `session` never starts again. */
export type BudgetWindow = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'session';

/** A limit on what a principal may use within a window. */
export interface Budget {
  /** Stable name for denials, headers and metrics: lower case letters, digits and dashes. */
  readonly name: string;
  /** The kind of principal that this budget counts for. A budget does not apply to principals of other kinds. */
  readonly per: PrincipalKind | readonly PrincipalKind[];
  readonly unit: BudgetUnit;
  readonly window: BudgetWindow;
  /** Tokens, USD micro-units, requests or strikes, a positive safe integer. */
  readonly limit: number;
  /**
   * What becomes of a reservation that was never settled (the function died): it stays charged, or is given back.
   * @default 'charge'
   */
  readonly onExpiry?: 'charge' | 'release';
}

/** Somebody who spends. `id` is raw here; a ledger stores a keyed digest of it only. */
export interface Principal {
  readonly kind: PrincipalKind;
  readonly id: string;
}

/** An amount, per unit. A missing field is zero. */
export interface Cost {
  readonly tokens?: number;
  readonly usdMicros?: number;
  readonly requests?: number;
  readonly strikes?: number;
}

/** How long a reservation may stand before it counts as abandoned, and what it uses up. */
export interface Lease {
  /** Unique for the invocation; the same id again is the same reservation (a retried Lambda request). */
  readonly id: string;
  /** Remaining run time of the function plus a grace, in milliseconds. */
  readonly ttlMs: number;
  /**
   * A one-time token that this reservation uses up in the same conditional write (a confirmation). It is kept with the
   * first principal that is no session, and stays used when the reservation is refunded. `expiresAt` in milliseconds.
   */
  readonly consume?: { readonly id: string; readonly expiresAt: number };
}

/** An amount that is set aside until {@link QuotaLedger.settle}. Opaque but for what is named here. */
export interface Reservation {
  readonly granted: true;
  readonly id: string;
  readonly cost: Cost;
}

/** Why a reservation was refused. */
export interface Denial {
  readonly granted: false;
  /**
   * `budget`: it would pass a budget; `never_fits`: it is larger than a whole budget; `suspended`: a strikes budget is
   * used up; `consumed`: the one-time token was used before.
   */
  readonly reason: 'budget' | 'never_fits' | 'suspended' | 'consumed';
  /** Name of the budget that refused; empty for `consumed`. */
  readonly budget: string;
  readonly unit: BudgetUnit;
  readonly limit: number;
  /** Length of the budget's window in seconds, 0 for `session`. */
  readonly windowSeconds: number;
  /** What is left of that budget, in its unit, never negative. */
  readonly remaining: number;
  /** Seconds until the window of that budget ends, at least 1. */
  readonly retryAfterSeconds: number;
}

/** What a principal has used of one budget in the current window, reservations included. */
export interface BudgetUsage {
  readonly budget: string;
  readonly unit: BudgetUnit;
  readonly limit: number;
  readonly used: number;
  readonly remaining: number;
  /** ISO 8601; the end of the current window. A session budget has none and says the far future. */
  readonly resetsAt: string;
}

/**
 * Counts what principals use against budgets. For hard budgets that charge on expiry the recorded total never passes
 * the limit, whatever runs concurrently or crashes.
 */
export interface QuotaLedger {
  /** Sets `cost` aside for every principal, narrowest first, or for none. */
  reserve(principals: readonly Principal[], cost: Cost, lease: Lease): Promise<Reservation | Denial>;
  /**
   * Sets `extra` aside on top of a standing reservation, atomically, or leaves it as it is. Extensions of one
   * reservation add up, also at once; any of its versions settles all of them.
   *
   * @throws Error when it was settled or has expired; TypeError for a reservation that this ledger did not make.
   */
  extend(reservation: Reservation, extra: Cost): Promise<Reservation | Denial>;
  /**
   * Replaces what was set aside by what was used. Exactly once: a second call does nothing. `{}` refunds all.
   *
   * @throws TypeError for a reservation that this ledger did not make (a copy of one is none).
   */
  settle(reservation: Reservation, actual: Cost): Promise<void>;
  /** What `principal` has used of every budget of its kind. */
  usage(principal: Principal): Promise<readonly BudgetUsage[]>;
}
