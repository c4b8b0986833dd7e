/** What one request may spend at Bedrock: its reservation, and one for each model that budgets of their own count. */

import { BulwarkError } from '../../core/errors.ts';
import type { Cost, Lease, Principal, QuotaLedger, Reservation } from '../../core/quota/index.ts';
import { createPurse, type Purse } from './purse.ts';

/** What one call holds of an {@link Allowance} until it is known what it used. */
export interface Draw {
  /**
   * Replaces the upper bound by what was used; `{}` says that no call was made. Without it the bound counts: an unknown
   * outcome is charged in full.
   */
  settle(actual: Cost): void;
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
   * `internal` after the end; what the ledger throws passes as it is.
   */
  draw(bound: Cost, called: CalledModel): Promise<Draw>;
  /** What was used, calls whose outcome is unknown at their bound. */
  spent(): Cost;
  /** Ends spending, for settlement. True the first time, false ever after. */
  end(): boolean;
  /** Replaces what was reserved by what was used, and by what the request itself costs beside. */
  settle(request: Pick<Cost, 'requests' | 'strikes'>): Promise<void>;
}

/** Whom budgets per model are charged to, and how their reservations are made. */
export interface ModelCharges {
  /** Whoever is charged beside the model. */
  readonly principals: readonly Principal[];
  /** The lease of a reservation that begins now. */
  readonly lease: () => Lease;
}

/** What an allowance is made of. */
export interface AllowanceOptions {
  readonly ledger: QuotaLedger;
  readonly reservation: Reservation;
  readonly priced: boolean;
  /** @default no budget counts by model */
  readonly models?: ModelCharges | undefined;
  /** Told before a denial is thrown. @default nobody */
  readonly onDenied?: (refusal: BulwarkError) => void;
  /** Told of the first reservation, and of each one made or extended. @default nobody */
  readonly onReserved?: (reservation: Reservation) => void;
}

/** An allowance over `reservation`. Draws of concurrent calls never count the same part twice. */
export const createAllowance = (options: AllowanceOptions): Allowance => {
  const { ledger, priced, models, onDenied = () => {}, onReserved = () => {} } = options;
  const purseOptions = { ledger, onDenied, onReserved };
  onReserved(options.reservation);
  const request = createPurse({
    ...purseOptions,
    reservation: options.reservation,
    units: priced ? ['tokens', 'usdMicros'] : ['tokens'],
  });
  const ofModels = new Map<string, Purse>();
  let ended = false;

  const purseOf = ({ modelId, region }: CalledModel, { principals, lease }: ModelCharges): Purse => {
    const name = `${region}/${modelId}`;
    const known = ofModels.get(name);
    if (known !== undefined) return known;
    const open = (amount: Cost) => {
      const { id, ...rest } = lease();
      const others = principals.filter(({ kind }) => kind !== 'account');
      const charged = [...others, { kind: 'account', id: region }, { kind: 'model', id: modelId }] as const;
      return ledger.reserve(charged, amount, { ...rest, id: `${id}/${name}` });
    };
    const purse = createPurse({ ...purseOptions, open, units: ['tokens', 'usdMicros', 'requests', 'quotaTokens'] });
    ofModels.set(name, purse);
    return purse;
  };

  return {
    priced,
    async draw(bound, called) {
      // A call that a handler leaves behind would be made after the books are closed.
      if (ended) throw new BulwarkError('internal', { reason: 'call-after-settlement' });
      const call = { ...bound, requests: 1 };
      await request.hold(call);
      const ofModel = models && purseOf(called, models);
      try {
        await ofModel?.hold(call);
      } catch (error) {
        request.correct(call, {});
        throw error;
      }
      let open = true;
      return {
        settle(actual) {
          if (!open) return;
          open = false;
          request.correct(call, actual);
          const wasMade = Object.values(actual).some((amount) => amount > 0);
          ofModel?.correct(call, { ...actual, requests: wasMade ? 1 : 0 });
        },
      };
    },
    spent: () => request.spent(),
    end: () => {
      if (ended) return false;
      ended = true;
      return true;
    },
    async settle(beside) {
      await Promise.all([request.settle(beside), ...[...ofModels.values()].map((purse) => purse.settle({}))]);
    },
  };
};
