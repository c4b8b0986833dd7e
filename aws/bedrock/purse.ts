/** One reservation that calls draw on together: made or extended when it is too small, each part counted once. */

import type { BulwarkError } from '../../core/errors.ts';
import { checkCost, negative, sumOf } from '../../core/quota/amounts.ts';
import { type Cost, type Denial, type Reservation, refusalOf } from '../../core/quota/index.ts';
import type { BudgetLevel, QuotaLedger } from '../../core/quota/types.ts';
import { levelsAfter } from './levels-after.ts';

/** What calls hold of a reservation, and what they used. */
export interface Purse {
  /**
   * Holds `amount` for a call, once it is granted.
   *
   * @throws BulwarkError `quota_exceeded`, `request_never_fits` or `caller_suspended` when there is no room for it;
   * RangeError for an amount that is no whole number; what the ledger throws passes as it is.
   */
  hold(amount: Cost): Promise<void>;
  /**
   * What was held turned out to be something else.
   *
   * @throws RangeError for an amount that is no whole number: what was held stays.
   */
  correct(held: Cost, actual: Cost): void;
  /** How full the budgets will be that count it, settled to what is spent and `more`. */
  levels(more: Cost): readonly BudgetLevel[];
  /** Settles the reservation, if there is one, to what was spent and `more`. Nobody holds anything afterwards. */
  settle(more: Cost): Promise<void>;
}

/** What a purse is made of. */
export interface PurseOptions {
  readonly ledger: QuotaLedger;
  /** The reservation that it begins with, or how one is made for the first call. */
  readonly from: Reservation | ((amount: Cost) => Promise<Reservation | Denial>);
  /** What is counted of a call. */
  readonly units: readonly (keyof Cost)[];
  /** Told before a denial is thrown as `refusal`. */
  readonly onDenied: (denial: Denial, refusal: BulwarkError) => void;
  /** Told of each reservation that is made or extended. */
  readonly onReserved: (reservation: Reservation) => void;
}

/** How often more is asked for until one call is covered: a ledger may hand out a reservation of before, which is smaller. */
const MOST_ATTEMPTS = 3;

/** A purse. Calls at once never count the same part twice. */
export const createPurse = (options: PurseOptions): Purse => {
  const { ledger, from, units, onDenied, onReserved } = options;
  let reservation = typeof from === 'function' ? undefined : from;
  let held = sumOf({}, {});
  let turn: Promise<unknown> = Promise.resolve();

  const counted = (cost: Cost): Cost => {
    const amounts = Object.fromEntries(units.map((unit) => [unit, cost[unit] ?? 0]));
    checkCost(amounts);
    return amounts;
  };

  /** What the reservation lacks for `amount` beside what is held. */
  const missing = (amount: Cost): Cost | undefined => {
    const lacking = sumOf(sumOf(held, amount), negative(reservation?.cost ?? {}));
    const positive = units.filter((unit) => lacking[unit] > 0);
    return positive.length === 0 ? undefined : Object.fromEntries(positive.map((unit) => [unit, lacking[unit]]));
  };

  const reserve = (amount: Cost): Promise<Reservation | Denial> => {
    if (reservation !== undefined) return ledger.extend(reservation, amount);
    return typeof from === 'function' ? from(amount) : Promise.resolve(from);
  };

  /** Extends the reservation until there is room for `amount`. */
  const makeRoom = async (amount: Cost): Promise<void> => {
    for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      const extra = missing(amount);
      if (extra === undefined) return;
      const outcome = await reserve(extra);
      if (!outcome.granted) {
        const refusal = refusalOf(outcome);
        onDenied(outcome, refusal);
        throw refusal;
      }
      reservation = outcome;
      onReserved(outcome);
    }
    if (missing(amount) !== undefined) throw new Error('quota: less was reserved than was granted');
  };

  return {
    async hold(amount) {
      const part = counted(amount);
      // One after the other: each asks for its own part only, and counts when it has it.
      const holding = turn.then(async () => {
        await makeRoom(part);
        held = sumOf(held, part);
      });
      turn = holding.catch(() => {});
      await holding;
    },
    correct(before, actual) {
      held = sumOf(held, sumOf(counted(actual), negative(counted(before))));
    },
    levels: (more) => (reservation === undefined ? [] : levelsAfter(reservation, sumOf(held, more))),
    async settle(more) {
      if (reservation !== undefined) await ledger.settle(reservation, sumOf(held, more));
    },
  };
};
