/** One reservation that calls draw on together: made or extended when it is too small, each part counted once. */

import type { BulwarkError } from '../../core/errors.ts';
import { negative, sumOf } from '../../core/quota/amounts.ts';
import { type Cost, type Denial, type Reservation, refusalOf } from '../../core/quota/index.ts';
import type { QuotaLedger } from '../../core/quota/types.ts';

/** What calls hold of a reservation, and what they used. */
export interface Purse {
  /**
   * Holds `amount` for a call.
   *
   * @throws BulwarkError `quota_exceeded`, `request_never_fits` or `caller_suspended` when there is no room for it; what
   * the ledger throws passes as it is.
   */
  hold(amount: Cost): Promise<void>;
  /** What was held turned out to be something else. */
  correct(held: Cost, actual: Cost): void;
  /** What was used, calls whose outcome is unknown at what was held for them. */
  spent(): Required<Cost>;
  /** Settles the reservation, if there is one, to what was spent and `more`. */
  settle(more: Cost): Promise<void>;
}

/** What a purse is made of. */
export interface PurseOptions {
  readonly ledger: QuotaLedger;
  /** What it begins with. @default none: `open` makes one for the first call */
  readonly reservation?: Reservation | undefined;
  /** Reserves for the first call. @default nothing is reserved that was not before */
  readonly open?: (amount: Cost) => Promise<Reservation | Denial>;
  /** What is counted of a call. */
  readonly units: readonly (keyof Cost)[];
  /** Told before a denial is thrown. */
  readonly onDenied: (refusal: BulwarkError) => void;
  /** Told of each reservation that is made or extended. */
  readonly onReserved: (reservation: Reservation) => void;
}

/** A purse. Calls at once never count the same part twice. */
export const createPurse = (options: PurseOptions): Purse => {
  const { ledger, open, units, onDenied, onReserved } = options;
  let { reservation } = options;
  let held = sumOf({}, {});
  let reserving: Promise<unknown> = Promise.resolve();

  const counted = (cost: Cost): Cost => Object.fromEntries(units.map((unit) => [unit, cost[unit] ?? 0]));

  /** What is held beyond the reservation. */
  const missing = (): Cost | undefined => {
    const difference = sumOf(held, negative(reservation?.cost ?? {}));
    const positive = Object.entries(counted(difference)).filter(([, amount]) => (amount ?? 0) > 0);
    return positive.length === 0 ? undefined : Object.fromEntries(positive);
  };

  /** Reservations run one after the other: each sees what the one before it got. */
  const reserveHeld = async (): Promise<void> => {
    const extra = missing();
    if (extra === undefined || (reservation === undefined && open === undefined)) return;
    const outcome = await (reservation === undefined ? open?.(extra) : ledger.extend(reservation, extra));
    if (outcome === undefined) return;
    if (!outcome.granted) {
      const refusal = refusalOf(outcome);
      onDenied(refusal);
      throw refusal;
    }
    reservation = outcome;
    onReserved(outcome);
  };

  return {
    async hold(amount) {
      held = sumOf(held, counted(amount));
      const reserved = reserving.then(reserveHeld);
      reserving = reserved.catch(() => {});
      try {
        await reserved;
      } catch (error) {
        held = sumOf(held, negative(counted(amount)));
        throw error;
      }
    },
    correct(before, actual) {
      held = sumOf(sumOf(held, negative(counted(before))), counted(actual));
    },
    spent: () => held,
    async settle(more) {
      if (reservation !== undefined) await ledger.settle(reservation, sumOf(held, more));
    },
  };
};
