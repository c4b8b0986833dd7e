/** Reservations of one payer: in the shard that has room, from memory where it is known to have none, without the table. */

import { createDenialMemory } from './denial-memory.ts';
import { extendedBy, neverFits } from './denials.ts';
import { createOutages, degraded, failureModeOf, passing } from './failure-modes.ts';
import type { Account, Hold } from './hold.ts';
import { createHolds, type Holds, type HoldsOptions } from './holds.ts';
import type { ItemStore } from './item-store.ts';
import type { Payer } from './principals.ts';
import { shardOrder, shardsOf, termsOf } from './terms.ts';
import type { Cost, Denial, Lease, Principal } from './types.ts';

/** What a reservation holds of one payer. */
export interface PayerHold {
  readonly payer: Payer;
  readonly shard: number;
  readonly hold: Hold;
  /** The table, or this process. */
  readonly by: Holds;
  /** Whether this process lets it pass without the table. */
  readonly isLocal: boolean;
}

/** Names of fair shares that the payers of a request have not shown to be within. */
export type Beyond = ReadonlySet<string>;

/** What an extension came to. */
export interface Extended {
  /** What is held afterwards: in the table, and what this process lets pass without it. */
  readonly holds: readonly PayerHold[];
  /** The one that `extra` was added to; none where it passes uncounted. */
  readonly grown: PayerHold | undefined;
}

/** Makes, changes and ends what payers hold. */
export interface PayerHolds {
  /** The denial of `cost`, where it is known without a write. */
  recall(payer: Payer, cost: Cost, beyond: Beyond): Denial | undefined;
  /** `undefined` where it passes uncounted. */
  reserve(payer: Payer, cost: Cost, lease: Lease, beyond: Beyond): Promise<PayerHold | Denial | undefined>;
  extend(held: PayerHold, extra: Cost, beyond: Beyond, lease: Lease): Promise<Extended | Denial>;
  settle(held: PayerHold, actual: Cost): Promise<void>;
  /** Ends what came to nothing. A lease that stood before belongs to a run that may still be spending it. */
  giveBack(held: PayerHold): Promise<void>;
}

/** What they are made with. */
export interface PayerHoldsOptions extends Omit<HoldsOptions, 'onDenied'> {
  /** Where this process keeps what it lets pass without the table. */
  readonly local: ItemStore;
  readonly keyOf: (principal: Principal) => string;
}

/** Key of the item of the principal whose key is `key`, or of a shard of it. */
export const usageKey = (key: string, shard: number, shards: number): string =>
  shards === 1 ? `u#${key}` : `u#${key}#${shard}`;

const isDenial = (outcome: Hold | Denial): outcome is Denial => 'granted' in outcome;

/** What the denials of all shards come to: that which leaves most, with the limit of the whole budget. */
const denialOf = ({ own }: Payer, denials: readonly Denial[]): Denial => {
  const most = denials.reduce((best, denial) => (denial.remaining > best.remaining ? denial : best));
  return { ...most, limit: own.find(({ name }) => name === most.budget)?.limit ?? most.limit };
};

/** Holds of payers. */
export const createPayerHolds = (options: PayerHoldsOptions): PayerHolds => {
  const { keyOf, now, local: localStore, ...rest } = options;
  const memory = createDenialMemory();
  const outages = createOutages(rest.store, now);
  const table = createHolds({
    ...rest,
    now,
    store: outages.store,
    onDenied: ({ key, kin }, item) => memory.learn(key, kin, item, now()),
  });
  const local = createHolds({ ...rest, now, store: localStore, onDenied: () => {} });

  const accountOf = (payer: Payer, shard: number, beyond: Beyond): Account => ({
    key: usageKey(keyOf(payer.principal), shard, shardsOf(payer.kin)),
    terms: termsOf(payer.own, shard, beyond),
    kin: payer.kin,
    hurry: failureModeOf(payer.own) !== 'closed',
  });

  const localAccountOf = (payer: Payer, beyond: Beyond): Account => {
    const account = accountOf(payer, 0, beyond);
    return { ...account, terms: degraded(payer.own) };
  };

  /** A one-time token is looked for in one shard: where it would be the second time. */
  const shardsFor = (payer: Payer, lease: Lease): readonly number[] => {
    const shards = shardsOf(payer.kin);
    return lease.consume === undefined
      ? shardOrder(shards, lease.id)
      : shardOrder(shards, lease.consume.id).slice(0, 1);
  };

  const recall: PayerHolds['recall'] = (payer, cost, beyond) => {
    const at = now();
    const denials: Denial[] = [];
    for (let shard = 0; shard < shardsOf(payer.kin); shard++) {
      const { key, terms } = accountOf(payer, shard, beyond);
      const denial = memory.recall(key, terms, cost, at);
      if (denial === undefined) return undefined;
      denials.push(denial);
    }
    return denialOf(payer, denials);
  };

  const inTable = async (payer: Payer, cost: Cost, lease: Lease, beyond: Beyond): Promise<PayerHold | Denial> => {
    const shards = shardsFor(payer, lease);
    const denials: Denial[] = [];
    for (const shard of shards) {
      const account = accountOf(payer, shard, beyond);
      const known = shards.length > 1 ? memory.certain(account.key, account.terms, cost, now()) : undefined;
      const outcome = known ?? (await table.reserve(account, cost, lease));
      if (!isDenial(outcome)) return { payer, shard, hold: outcome, by: table, isLocal: false };
      if (outcome.reason !== 'budget') return outcome;
      denials.push(outcome);
    }
    return denialOf(payer, denials);
  };

  const withoutTable = async (
    payer: Payer,
    cost: Cost,
    lease: Lease,
    beyond: Beyond,
  ): Promise<PayerHold | Denial | undefined> => {
    if (failureModeOf(payer.own) === 'open') return undefined;
    const account = localAccountOf(payer, beyond);
    const denial = neverFits(account.terms, cost, now());
    const outcome = denial ?? (await local.reserve(account, cost, lease));
    return isDenial(outcome) ? passing(outcome) : { payer, shard: 0, hold: outcome, by: local, isLocal: true };
  };

  /** What the table does, or where it gives no answer and can be done without, what goes on without it. */
  const orWithout = async <T, U>(payer: Payer, inTime: () => Promise<T>, without: () => Promise<U>): Promise<T | U> => {
    if (failureModeOf(payer.own) === 'closed') return inTime();
    if (outages.isOut()) return without();
    try {
      return await inTime();
    } catch (error) {
      if (!outages.isOutage(error)) throw error;
      return without();
    }
  };

  return {
    recall,
    async reserve(payer, cost, lease, beyond) {
      const reserving = (): Promise<PayerHold | Denial> => inTable(payer, cost, lease, beyond);
      if (lease.consume !== undefined) return reserving(); // without the table nobody knows whether it was used
      return orWithout(payer, reserving, () => withoutTable(payer, cost, lease, beyond));
    },
    async extend(held, extra, beyond, lease) {
      const { payer, shard, hold, by, isLocal } = held;
      const account = isLocal ? localAccountOf(payer, beyond) : accountOf(payer, shard, beyond);
      const impossible = neverFits(extendedBy(termsOf(payer.own, shard), extra), extra, now());
      if (impossible !== undefined) return impossible;
      const extending = async (): Promise<Extended | Denial> => {
        const outcome = await by.extend(hold, account, extra);
        if (isDenial(outcome)) return isLocal ? passing(outcome) : outcome;
        const grown = { ...held, hold: outcome };
        return { holds: [grown], grown };
      };
      if (isLocal) return extending();
      return orWithout(payer, extending, async () => {
        const outcome = await withoutTable(payer, extra, lease, beyond);
        if (outcome !== undefined && 'granted' in outcome) return outcome;
        // What stood there before is held by itself, and extended by itself.
        const isNew = outcome !== undefined && !outcome.hold.replayed;
        return isNew ? { holds: [held, outcome], grown: outcome } : { holds: [held], grown: undefined };
      });
    },
    async settle({ hold, by, isLocal }, actual) {
      await by.settle(hold, actual);
      if (!isLocal) memory.forget(hold.account.key);
    },
    async giveBack({ hold, by, isLocal }) {
      await by.giveBack(hold);
      if (!isLocal) memory.forget(hold.account.key);
    },
  };
};
