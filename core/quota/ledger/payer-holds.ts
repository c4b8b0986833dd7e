/** Reservations of one payer: in the shard that has room, from memory where it is known to have none, without the table. */

import { negative, positivePart, sumOf } from '../amounts.ts';
import { crowdedDenial, extendedBy, isDenial, neverFits } from '../denials.ts';
import type { Payer } from '../principals.ts';
import { shardOrder, shardsOf, termsOf } from '../terms.ts';
import type { Cost, Denial, Lease, Principal } from '../types.ts';
import { createDenialMemory } from './denial-memory.ts';
import { degraded, failureModeOf, passing } from './failure-modes.ts';
import type { Account, Hold } from './hold.ts';
import { createHolds, type HoldsOptions } from './holds.ts';
import type { ItemStore } from './item-store.ts';
import { readLease } from './lease.ts';
import { createLookLimit } from './look-limit.ts';
import type { Outages } from './outages.ts';

/** What a reservation holds of one payer: in the table, by the allowance of this process, in both, or nowhere. */
export interface PayerHold {
  readonly payer: Payer;
  readonly table?: { readonly shard: number; readonly hold: Hold };
  readonly local?: Hold;
  /** Whether something passes that nobody counts. */
  readonly uncounted: boolean;
}

/** What is held of a payer altogether; `undefined` where some of it passes uncounted. */
export const costHeld = ({ table, local, uncounted }: PayerHold): Cost | undefined => {
  const [inTable, here] = [table?.hold, local].map((hold) => (hold === undefined ? {} : readLease(hold.value).cost));
  return uncounted ? undefined : sumOf(inTable ?? {}, here ?? {});
};

/** Names of fair shares that the payers of a request have not shown to be within. */
export type Beyond = ReadonlySet<string>;

const NOBODY_BEYOND: Beyond = new Set();

/** What an extension came to, and what takes it back. */
export interface Extended {
  readonly held: PayerHold;
  takeBack(): Promise<unknown>;
}

/** Makes, changes and ends what payers hold. */
export interface PayerHolds {
  /** The denial of `cost`, where it is known without a write. */
  recall(payer: Payer, cost: Cost): Denial | undefined;
  reserve(payer: Payer, cost: Cost, lease: Lease, beyond: Beyond): Promise<PayerHold | Denial>;
  extend(held: PayerHold, extra: Cost, beyond: Beyond, lease: Lease): Promise<Extended | Denial>;
  settle(held: PayerHold, actual: Cost): Promise<void>;
  /** Ends what came to nothing. A lease that stood before belongs to a run that may still be spending it. */
  giveBack(held: PayerHold): Promise<void>;
}

/** What they are made with. */
export interface PayerHoldsOptions extends Omit<HoldsOptions, 'onDenied' | 'store'> {
  readonly outages: Outages;
  /** Where this process keeps what it lets pass without the table. */
  readonly local: ItemStore;
  readonly keyOf: (principal: Principal) => string;
}

/** Key of the item of the principal whose key is `key`, or of a shard of it. */
export const usageKey = (key: string, shard: number, shards: number): string =>
  shards === 1 ? `u#${key}` : `u#${key}#${shard}`;

/** What the denials of all shards come to: that which leaves most, with the limit of the whole budget. */
const denialOf = ({ own }: Payer, denials: readonly Denial[]): Denial => {
  const most = denials.reduce((best, denial) => (denial.remaining > best.remaining ? denial : best));
  return { ...most, limit: own.find(({ name }) => name === most.budget)?.limit ?? most.limit };
};

/** What the allowance of this process is charged of `actual`: what the table does not hold. */
const localPart = (inTable: Hold | undefined, actual: Cost): Cost =>
  inTable === undefined ? actual : positivePart(sumOf(actual, negative(readLease(inTable.value).cost)));

/** Holds of payers. */
export const createPayerHolds = (options: PayerHoldsOptions): PayerHolds => {
  const { keyOf, now, local: localStore, outages, ...rest } = options;
  const memory = createDenialMemory();
  const looks = createLookLimit();
  const table = createHolds({
    ...rest,
    now,
    store: outages.store,
    onDenied: ({ key, kin }, item, denial) => memory.learn(key, kin, item, denial, now()),
  });
  const local = createHolds({ ...rest, now, store: localStore, keepMs: 0, onDenied: () => {} });

  const accountOf = (payer: Payer, shard: number, beyond: Beyond): Account => ({
    key: usageKey(keyOf(payer.principal), shard, shardsOf(payer.kin)),
    terms: termsOf(payer.own, shard, beyond),
    kin: payer.kin,
    hurry: failureModeOf(payer.own) !== 'closed',
  });

  const localAccountOf = (payer: Payer): Account => ({
    ...accountOf(payer, 0, NOBODY_BEYOND),
    terms: degraded(payer.own),
  });

  /** Where a payer has room, or where it has none: told apart without a write as far as that is certain. */
  const inTable = async (payer: Payer, cost: Cost, lease: Lease, beyond: Beyond): Promise<PayerHold | Denial> => {
    const shards = shardsOf(payer.kin);
    const denials: Denial[] = [];
    for (const shard of shardOrder(shards, lease.id)) {
      const account = accountOf(payer, shard, beyond);
      const known = shards > 1 ? memory.certain(account.key, account.terms, cost, now()) : undefined;
      const outcome = known ?? (await table.reserve(account, cost, lease));
      if (!isDenial(outcome)) {
        memory.forget(account.key);
        return { payer, table: { shard, hold: outcome }, uncounted: false };
      }
      if (outcome.reason !== 'budget') return outcome;
      denials.push(outcome);
    }
    return denialOf(payer, denials);
  };

  /** A process that lets as many pass as it can keep in mind lets no more pass. */
  const makeHere = async (account: Account, cost: Cost, lease: Lease): Promise<Hold | Denial> => {
    try {
      return await local.reserve(account, cost, lease);
    } catch {
      return crowdedDenial(account.terms[0]);
    }
  };

  /** Holds `extra` by the allowance of this process, on top of what it lets pass already. */
  const here = async (held: PayerHold, extra: Cost, lease: Lease): Promise<Extended | Denial> => {
    const account = localAccountOf(held.payer);
    const takeBackOf = (hold: Hold) => () => local.extend(hold, account, negative(extra));
    const made = held.local ?? neverFits(account.terms, extra, now()) ?? (await makeHere(account, extra, lease));
    if (isDenial(made)) return passing(made);
    const isNew = held.local === undefined && !made.replayed;
    const hold = isNew ? made : await local.extend(made, account, extra);
    return isDenial(hold) ? passing(hold) : { held: { ...held, local: hold }, takeBack: takeBackOf(hold) };
  };

  const withoutTable = async (held: PayerHold, extra: Cost, lease: Lease): Promise<Extended | Denial> =>
    failureModeOf(held.payer.own) === 'open'
      ? { held: { ...held, uncounted: true }, takeBack: async () => {} }
      : here(held, extra, lease);

  /** What the table does, or where it gives no answer and can be done without, what goes on without it. */
  const orWithout = async <T, U>(payer: Payer, inTime: () => Promise<T>, without: () => Promise<U>): Promise<T | U> => {
    if (failureModeOf(payer.own) === 'closed') return inTime();
    if (payer.isAdrift === true || outages.isOut(usageKey(keyOf(payer.principal), 0, 1))) return without();
    try {
      return await inTime();
    } catch (error) {
      if (!outages.isOutage(error)) throw error;
      return without();
    }
  };

  const extendInTable = async (held: PayerHold, extra: Cost, beyond: Beyond): Promise<Extended | Denial> => {
    const { payer, table: inItem } = held;
    if (inItem === undefined) throw new TypeError('quota: nothing is held in the table');
    const account = accountOf(payer, inItem.shard, beyond);
    const outcome = await table.extend(inItem.hold, account, extra);
    if (isDenial(outcome)) return outcome;
    memory.forget(account.key);
    return {
      held: { ...held, table: { ...inItem, hold: outcome } },
      takeBack: () => table.extend(outcome, account, negative(extra)),
    };
  };

  const end = async ({ table: inItem, local: here }: PayerHold, by: 'settle' | 'giveBack', actual: Cost) => {
    const ends: Promise<void>[] = [];
    if (here !== undefined)
      ends.push(by === 'settle' ? local.settle(here, localPart(inItem?.hold, actual)) : local.giveBack(here));
    if (inItem !== undefined)
      ends.push(by === 'settle' ? table.settle(inItem.hold, actual) : table.giveBack(inItem.hold));
    await Promise.all(ends);
    if (inItem !== undefined) memory.forget(inItem.hold.account.key);
  };

  return {
    recall(payer, cost) {
      const at = now();
      const shards = shardsOf(payer.kin);
      const accounts = Array.from({ length: shards }, (_, shard) => accountOf(payer, shard, NOBODY_BEYOND));
      const denials: Denial[] = [];
      for (const { key, terms } of accounts) {
        const denial = memory.shown(key, terms, cost, at);
        if (denial === undefined) return undefined;
        denials.push(denial);
      }
      const isCertain = accounts.every(({ key, terms }) => memory.certain(key, terms, cost, at) !== undefined);
      if (!isCertain && looks.mayLook(accounts[0]?.key ?? '', shards, at)) return undefined;
      return denialOf(payer, denials);
    },
    async reserve(payer, cost, lease, beyond) {
      const reserving = (): Promise<PayerHold | Denial> => inTable(payer, cost, lease, beyond);
      if (lease.consume !== undefined) {
        // Without the table nobody knows whether the token was used, nor without its limits what a payer has.
        if (payer.isAdrift === true) throw new Error('quota: the limits are out of reach');
        return reserving();
      }
      return orWithout(payer, reserving, async () => {
        const outcome = await withoutTable({ payer, uncounted: false }, cost, lease);
        return isDenial(outcome) ? outcome : outcome.held;
      });
    },
    async extend(held, extra, beyond, lease) {
      const { payer, table: inItem } = held;
      const impossible = neverFits(extendedBy(termsOf(payer.own, inItem?.shard ?? 0), extra), extra, now());
      if (impossible !== undefined) return impossible;
      if (inItem === undefined) return withoutTable(held, extra, lease);
      return orWithout(
        payer,
        () => extendInTable(held, extra, beyond),
        () => withoutTable(held, extra, lease),
      );
    },
    settle: (held, actual) => end(held, 'settle', actual),
    giveBack: (held) => end(held, 'giveBack', {}),
  };
};
