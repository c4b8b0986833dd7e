/** The contract of a quota ledger: what a budget is, who spends it, and how a reservation lives and ends. */

/**
 * One of those whom a request is charged to. `model` is the model or profile of one call, `account` is everybody
 * together.
 */
export type PrincipalAtom = 'user' | 'apiKey' | 'ip' | 'tenant' | 'session' | 'model' | 'account';

/** Who a budget counts for: one of them, or each pair of two, such as `user+model`. */
export type PrincipalKind = PrincipalAtom | `${PrincipalAtom}+${PrincipalAtom}`;

/**
 * What a budget counts: model tokens, USD micro-units (1 USD = 1,000,000), requests (per model: calls), rejected
 * prompts, or tokens as Bedrock counts them against the account's own quota (`core/quota/account-budgets.ts`).
 */
export type BudgetUnit = 'tokens' | 'usd' | 'requests' | 'strikes' | 'quotaTokens';

/** When a budget starts again; `week` starts on Monday, `session` never starts again. */
export type BudgetWindow = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'session';

/** What becomes of a request when the ledger cannot be reached. */
export type LedgerFailureMode = 'closed' | 'open' | 'degraded';

/** A limit on what a principal may use within a window. */
export interface Budget {
  /** Stable name for denials, headers and metrics: lower case letters, digits and dashes. */
  readonly name: string;
  /**
   * The kind of principal that this budget counts for. Of a list, the first that a request has: `['user', 'ip']` counts
   * for the user, and for the address of a request without one. A kind with `model` counts calls to Bedrock, every other
   * kind counts requests.
   */
  readonly per: PrincipalKind | readonly PrincipalKind[];
  readonly unit: BudgetUnit;
  readonly window: BudgetWindow;
  /** Tokens, USD micro-units, requests or strikes, a positive safe integer. */
  readonly limit: number;
  /** IANA time zone whose days, weeks and months count, e.g. `Europe/Berlin`. @default 'UTC' */
  readonly zone?: string;
  /** Models that a budget per model counts, as calls name them. @default every model */
  readonly models?: readonly string[];
  /** A soft budget counts and warns, and never refuses. @default false */
  readonly soft?: boolean;
  /**
   * What becomes of a reservation that was never settled (the function died): it stays charged, or is given back. What
   * was given back and is settled within a quarter of an hour after all counts again.
   * @default 'charge'
   */
  readonly onExpiry?: 'charge' | 'release';
  /**
   * When the ledger cannot be reached: refuse, let pass uncounted, or let pass within a small allowance of this process.
   * The strictest mode among the budgets of a principal counts.
   * @default 'closed'
   */
  readonly onFailure?: LedgerFailureMode;
  /**
   * Parts that a tenant's or the account's budget is kept in, for more requests a second than one item takes: all
   * budgets of one kind have the same. A request must fit into one part. @default 1
   */
  readonly shards?: number;
  /**
   * Fair shares: whoever has used up the budget named here (a soft one, with a smaller limit) may fill this budget only
   * up to `limit`. What lies above is kept for those who have not.
   */
  readonly beyondShare?: { readonly of: string; readonly limit: number };
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
  /** Tokens as Bedrock counts them against the account's quota. */
  readonly quotaTokens?: number;
}

/** How long a reservation may stand before it counts as abandoned, and what it uses up. */
export interface Lease {
  /**
   * While a reservation of this id stands, the same id again is the same reservation, counted and settled once. Runs that
   * may both be billed, as those of a retried Lambda invocation, need an id each.
   */
  readonly id: string;
  /** Remaining run time of the function plus a grace, in milliseconds. */
  readonly ttlMs: number;
  /**
   * A one-time token that this reservation uses up in the same conditional write (a confirmation). It is kept with the
   * first principal that is no session, and stays used when the reservation is refunded. `expiresAt` in milliseconds.
   */
  readonly consume?: { readonly id: string; readonly expiresAt: number };
}

/** How full a budget is, reservations included. */
export interface BudgetLevel {
  readonly budget: string;
  readonly per: PrincipalKind;
  readonly unit: BudgetUnit;
  readonly soft: boolean;
  /** Of one part, for a budget in shards; so is `used`. */
  readonly limit: number;
  readonly used: number;
  /** Length of the current window in seconds, 0 for `session`. */
  readonly windowSeconds: number;
  /** Seconds until the window ends, at least 1. */
  readonly resetSeconds: number;
}

/** An amount that is set aside until {@link QuotaLedger.settle}. Opaque but for what is named here. */
export interface Reservation {
  readonly granted: true;
  readonly id: string;
  readonly cost: Cost;
  /** The budgets that it counts for, narrowest first, as they stood when it was written. */
  readonly levels: readonly BudgetLevel[];
  /** Kinds of principals whose budgets were out of reach, and did without: open, or degraded. */
  readonly uncounted: readonly PrincipalKind[];
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
  /** Whom that budget counts for: not everybody may be told of it. */
  readonly per: Budget['per'];
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
 * Counts what principals use against budgets. For hard budgets that are closed and charge on expiry the recorded total
 * never passes the limit, whatever runs concurrently or crashes.
 */
export interface QuotaLedger {
  /**
   * Sets `cost` aside for every principal that a budget counts for, narrowest first, or for none. Pairs such as
   * `user+model` are made of the principals given. With a principal of kind `model` only budgets per model count,
   * without one all others.
   */
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
