/** What one request may spend at Bedrock: its reservation, and one for each model that budgets of their own count. */

import { BulwarkError } from '../../core/errors.ts';
import type { BudgetLevel, Cost, Denial, Lease, Principal, QuotaLedger, Reservation } from '../../core/quota/index.ts';
import { createPurse, type Purse } from './purse.ts';

/** What one call holds of an {@link Allowance} until it is known what it used. */
export interface Draw {
  /** The call was made: what it used takes the place of its bound. Without it the bound counts. */
  settle(actual: Cost): void;
  /** The call was refused before it ran: nothing of it counts. */
  release(): void;
}

/** The model that a call is made to. */
export interface CalledModel {
  /** As the call names it: model id, inference profile id or ARN. */
  readonly modelId: string;
  /** The account's quotas at Bedrock are those of a Region. */
  readonly region: string;
}

/** The spendable part of a reservation. */
export interface Allowance {
  /** Whether a budget counts money or the account's quota, so that every call needs a price and a weight. */
  readonly priced: boolean;
  /**
   * Holds `bound` for a call of a model.
   *
   * @throws BulwarkError `quota_exceeded`, `request_never_fits` or `caller_suspended` when there is no room for it;
   * `internal` after the end, also where it came meanwhile; what the ledger throws passes as it is.
   */
  draw(bound: Cost, called: CalledModel): Promise<Draw>;
  /** How full budgets will be when what was used so far is settled, calls whose outcome is unknown at their bound. */
  levels(request: Pick<Cost, 'requests'>): readonly BudgetLevel[];
  /** Ends spending, for settlement. True the first time, false ever after. */
  end(): boolean;
  /**
   * Replaces what was reserved by what was used, and by what the request itself costs beside. Calls that wait for their
   * part are waited for: after {@link Allowance.end} they get none.
   */
  settle(request: Pick<Cost, 'requests' | 'strikes'>): Promise<void>;
}

/** Whom budgets per model are charged to, and how their reservations are made. */
export interface ModelCharges {
  /** Whoever is charged beside the model. */
  readonly principals: readonly Principal[];
  /** The lease of a reservation that begins now, with an id that none had before. */
  readonly lease: () => Lease;
}

/** What an allowance is made of. */
export interface AllowanceOptions {
  readonly ledger: QuotaLedger;
  readonly reservation: Reservation;
  readonly priced: boolean;
  /** Whether a budget that counts requests, and not calls of models, counts money. @default what `priced` says */
  readonly paysMoney?: boolean;
  /** @default no budget counts by model */
  readonly models?: ModelCharges | undefined;
  /** Told before a denial is thrown as `refusal`; of which model, where it counts only that one's calls. @default nobody */
  readonly onDenied?: (denial: Denial, refusal: BulwarkError, called?: CalledModel) => void;
  /** Told of the first reservation, and of each one made or extended. @default nobody */
  readonly onReserved?: (reservation: Reservation, called?: CalledModel) => void;
}

/** An allowance over `reservation`. Draws of concurrent calls never count the same part twice. */
export const createAllowance = (options: AllowanceOptions): Allowance => {
  const { ledger, reservation, priced, paysMoney = priced, models } = options;
  const { onDenied = () => {}, onReserved = () => {} } = options;
  onReserved(reservation);
  const request = createPurse({
    ledger,
    from: reservation,
    units: paysMoney ? ['tokens', 'usdMicros'] : ['tokens'],
    onDenied,
    onReserved,
  });
  const ofModels = new Map<string, Purse>();
  const drawing = new Set<Promise<unknown>>();
  let ended = false;

  const purseOf = (called: CalledModel, { principals, lease }: ModelCharges): Purse => {
    const { modelId, region } = called;
    const name = `${region}/${modelId}`;
    const known = ofModels.get(name);
    if (known !== undefined) return known;
    const others = principals.filter(({ kind }) => kind !== 'account');
    const charged = [...others, { kind: 'account', id: region }, { kind: 'model', id: modelId }] as const;
    const purse = createPurse({
      ledger,
      // An id of its own each time: a reservation whose reply was lost is not taken for the one that a later call needs.
      from: (amount) => ledger.reserve(charged, amount, lease()),
      units: ['tokens', 'usdMicros', 'requests', 'quotaTokens'],
      onDenied: (denial, refusal) => onDenied(denial, refusal, called),
      onReserved: (made) => onReserved(made, called),
    });
    ofModels.set(name, purse);
    return purse;
  };

  /** A call that a handler leaves behind would be made after the books are closed. */
  const assertOpen = (): void => {
    if (ended) throw new BulwarkError('internal', { reason: 'call-after-settlement' });
  };

  const draw = async (bound: Cost, called: CalledModel): Promise<Draw> => {
    assertOpen();
    const call = { ...bound, requests: 1 };
    const purses: Purse[] = [];
    const correct = (actual: Cost): void => {
      for (const purse of purses) purse.correct(call, actual);
    };
    const holdIn = async (purse: Purse): Promise<void> => {
      await purse.hold(call);
      purses.push(purse);
      assertOpen();
    };
    try {
      await holdIn(request);
      if (models !== undefined) await holdIn(purseOf(called, models));
    } catch (error) {
      correct({});
      throw error;
    }
    let open = true;
    const close = (actual: Cost): void => {
      if (!open) return;
      open = false;
      correct(actual);
    };
    return { settle: (actual) => close({ ...actual, requests: 1 }), release: () => close({}) };
  };

  return {
    priced,
    async draw(bound, called) {
      const drawn = draw(bound, called);
      drawing.add(drawn);
      try {
        return await drawn;
      } finally {
        drawing.delete(drawn);
      }
    },
    levels: (beside) => [request.levels(beside), ...[...ofModels.values()].map((purse) => purse.levels({}))].flat(),
    end: () => {
      if (ended) return false;
      ended = true;
      return true;
    },
    async settle(beside) {
      await Promise.allSettled(drawing);
      await Promise.all([request.settle(beside), ...[...ofModels.values()].map((purse) => purse.settle({}))]);
    },
  };
};
