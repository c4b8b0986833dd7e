/** What one request may spend at Bedrock: its reservation, drawn on call by call and extended when it is too small. */

import { BulwarkError } from '../../core/errors.ts';
import { type Cost, type QuotaLedger, type Reservation, refusalOf } from '../../core/quota/index.ts';

/** What one call holds of an {@link Allowance} until it is known what it used. */
export interface Draw {
  /** Replaces the upper bound by what was used. Without it the bound counts: an unknown outcome is charged in full. */
  settle(actual: Cost): void;
}

/** The spendable part of a reservation. */
export interface Allowance {
  /** Whether a budget counts money, so that every call needs a price. */
  readonly priced: boolean;
  /**
   * Holds `bound` for a call.
   *
   * @throws BulwarkError `quota_exceeded`, `request_never_fits` or `caller_suspended` when the reservation cannot be
   * extended; `internal` after the end; what the ledger throws passes as it is.
   */
  draw(bound: Cost): Promise<Draw>;
  /** What was used, calls whose outcome is unknown at their bound. */
  spent(): Required<Pick<Cost, 'tokens' | 'usdMicros'>>;
  /** The reservation as it stands, extensions included. */
  reservation(): Reservation;
  /** Ends spending, for settlement. True the first time, false ever after. */
  end(): boolean;
}

/** What an allowance is made of. */
export interface AllowanceOptions {
  readonly ledger: QuotaLedger;
  readonly reservation: Reservation;
  readonly priced: boolean;
  /** Told before an extension's denial is thrown. */
  readonly onDenied?: (refusal: BulwarkError) => void;
}

type Spend = { tokens: number; usdMicros: number };

const amountOf = (cost: Cost): Spend => ({ tokens: cost.tokens ?? 0, usdMicros: cost.usdMicros ?? 0 });

/** An allowance over `reservation`. Draws of concurrent calls never count the same part twice. */
export const createAllowance = (options: AllowanceOptions): Allowance => {
  const { ledger, priced, onDenied } = options;
  let { reservation } = options;
  const held: Spend = { tokens: 0, usdMicros: 0 };
  let extending: Promise<unknown> = Promise.resolve();
  let ended = false;

  const add = (amount: Spend, sign: 1 | -1): void => {
    held.tokens += sign * amount.tokens;
    held.usdMicros += sign * amount.usdMicros;
  };

  /** Extensions run one after the other: each sees what the one before it got. */
  const extendToHeld = async (): Promise<void> => {
    const reserved = amountOf(reservation.cost);
    const extra = {
      tokens: Math.max(0, held.tokens - reserved.tokens),
      usdMicros: priced ? Math.max(0, held.usdMicros - reserved.usdMicros) : 0,
    };
    if (extra.tokens === 0 && extra.usdMicros === 0) return;
    const outcome = await ledger.extend(reservation, extra);
    if (!outcome.granted) {
      const refusal = refusalOf(outcome);
      onDenied?.(refusal);
      throw refusal;
    }
    reservation = outcome;
  };

  return {
    priced,
    async draw(bound) {
      // A call that a handler leaves behind would be made after the books are closed.
      if (ended) throw new BulwarkError('internal', { reason: 'call-after-settlement' });
      const amount = amountOf(bound);
      add(amount, 1);
      const extended = extending.then(extendToHeld);
      extending = extended.catch(() => {});
      try {
        await extended;
      } catch (error) {
        add(amount, -1);
        throw error;
      }
      let open = true;
      return {
        settle(actual) {
          if (!open) return;
          open = false;
          add(amount, -1);
          add(amountOf(actual), 1);
        },
      };
    },
    spent: () => ({ ...held }),
    reservation: () => reservation,
    end: () => {
      if (ended) return false;
      ended = true;
      return true;
    },
  };
};
