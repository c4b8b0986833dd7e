/** The ledger over a store of items: the same decisions in DynamoDB and in memory. */

import { checkCost, leastOf, sumOf } from '../amounts.ts';
import { isDenial, levelsOf, neverFits, usageOf } from '../denials.ts';
import { kinOf, type Payer, payersOf, tokenKeeper } from '../principals.ts';
import { shardsOf, sharesIn, termsOf } from '../terms.ts';
import type {
  Budget,
  BudgetLevel,
  Cost,
  Denial,
  Lease,
  Principal,
  PrincipalKind,
  QuotaLedger,
  Reservation,
} from '../types.ts';
import { timeIn, usedIn } from './item.ts';
import type { ItemStore } from './item-store.ts';
import { leaseTimes } from './lease.ts';
import { createLimitOverrides } from './limit-overrides.ts';
import { createMemoryStore, createStorePerKind } from './memory-store.ts';
import { createOutages } from './outages.ts';
import { type Beyond, costHeld, createPayerHolds, type Extended, type PayerHold, usageKey } from './payer-holds.ts';

/**
 * How long an item is kept after its last window, in milliseconds: longer than the longest window, so that no version of
 * a service lets an item go whose windows only another one knows.
 */
const KEEP_MS = 100 * 86_400_000;

/** Options of {@link createQuotaLedger}. Times in milliseconds. */
export interface QuotaLedgerOptions {
  readonly store: ItemStore;
  /** Checked with `checkBudgets`. */
  readonly budgets: readonly Budget[];
  /** What stands for a principal in the store. */
  readonly keyOf: (principal: Principal) => string;
  /** What stands for the id of a lease or a one-time token in an item. @default the id itself */
  readonly nameOf?: (id: string) => string;
  /** Kinds of principals whose limits an operator may set in the store, each at the price of a read a minute. @default none */
  readonly overridable?: readonly PrincipalKind[];
  /** @default Date.now */
  readonly now?: () => number;
  /** @default Math.random */
  readonly random?: () => number;
  /** How far clocks may differ before a lease counts as dead. @default 2000 */
  readonly skewMs?: number;
  /** How long an item is kept after its last window. @default 100 days */
  readonly keepMs?: number;
}

/** Principals of a kind at most that a process lets pass within a small allowance while the table is out of reach. */
const MAX_LOCAL = 10_000;

const isSame = (a: Principal, b: Principal): boolean => a.kind === b.kind && a.id === b.id;

/** The counts of a payer's own budgets, and the limits of the part they are kept in. */
const levelsIn = ({ payer, table }: PayerHold): readonly BudgetLevel[] => {
  if (table === undefined) return [];
  const { reservedAt } = leaseTimes(table.hold.value);
  const terms = termsOf(payer.own, table.shard);
  return levelsOf(payer.principal.kind, terms, usedIn(table.hold.item, reservedAt), reservedAt);
};

/** The fair shares that `held` does not show to be kept. */
const stillBeyond = (beyond: Beyond, held: PayerHold): Beyond => {
  if (beyond.size === 0) return beyond;
  const kept = levelsIn(held).filter(({ used, limit }) => used <= limit);
  return new Set([...beyond].filter((name) => !kept.some(({ budget }) => budget === name)));
};

/** What a reservation holds altogether, and for how long. */
interface Held {
  readonly holds: readonly PayerHold[];
  readonly lease: Lease;
}

/** What all payers have; `asked` where nobody counts. */
const costOf = (holds: readonly PayerHold[], asked: Cost): Cost => {
  const costs = holds.map(costHeld).filter((cost) => cost !== undefined);
  return costs.length === 0 ? asked : leastOf(costs);
};

/** A ledger over `store`. */
export const createQuotaLedger = (options: QuotaLedgerOptions): QuotaLedger => {
  const { store, budgets, keyOf, nameOf = (id) => id, overridable = [] } = options;
  const { now = Date.now, random = Math.random, skewMs = 2000, keepMs = KEEP_MS } = options;
  const outages = createOutages(store, now);
  const local = createStorePerKind(() => createMemoryStore(MAX_LOCAL, now));
  const payerHolds = createPayerHolds({ outages, local, keyOf, nameOf, now, random, skewMs, keepMs });
  const overridden = createLimitOverrides({ outages, keyOf, kinds: overridable, now });
  const reservations = new WeakMap<Reservation, Held>();

  const grant = (asked: Cost, held: Held): Reservation => {
    const { holds, lease } = held;
    const isCounted = ({ local: here, uncounted }: PayerHold): boolean => here === undefined && !uncounted;
    const reservation: Reservation = {
      granted: true,
      id: lease.id,
      cost: costOf(holds, asked),
      levels: holds.flatMap(levelsIn),
      uncounted: holds.filter((payerHold) => !isCounted(payerHold)).map(({ payer }) => payer.principal.kind),
    };
    reservations.set(reservation, held);
    return reservation;
  };

  const heldOf = (reservation: Reservation): Held => {
    const held = reservations.get(reservation);
    if (held === undefined) throw new TypeError('quota: a reservation of another ledger');
    return held;
  };

  /**
   * Who pays. A one-time token is kept in an item that is no shard, whoever pays: however many parts a budget has, the
   * second use is seen.
   */
  const payersFor = async (who: readonly Principal[], consumes: boolean) => {
    const payers = await Promise.all(payersOf(budgets, who).map(overridden));
    if (!consumes) return { payers, keeping: undefined };
    const keeper = tokenKeeper(who);
    const paying = payers.find(({ principal, kin }) => isSame(principal, keeper) && shardsOf(kin) === 1);
    if (paying !== undefined) return { payers, keeping: paying };
    const kin = kinOf(budgets, keeper);
    const keeping: Payer = { principal: keeper, own: [], kin: shardsOf(kin) === 1 ? kin : [] };
    return { payers: [keeping, ...payers], keeping };
  };

  /** Why `cost` cannot be granted, as far as that is known without a write. */
  const knownDenial = (payers: readonly Payer[], cost: Cost): Denial | undefined => {
    for (const payer of payers) {
      const impossible = neverFits(termsOf(payer.own, 0), cost, now());
      if (impossible !== undefined) return impossible;
    }
    for (const payer of payers) {
      const denial = payerHolds.recall(payer, cost);
      if (denial !== undefined) return denial;
    }
    return undefined;
  };

  const reserve = async (who: readonly Principal[], cost: Cost, lease: Lease): Promise<Reservation | Denial> => {
    checkCost(cost);
    const { consume, ...plain } = lease;
    const { payers, keeping } = await payersFor(who, consume !== undefined);
    const known = knownDenial(payers, cost);
    if (known !== undefined) return known;
    let beyond: Beyond = sharesIn(payers.flatMap(({ own }) => own));
    const holds: PayerHold[] = [];
    const giveBack = () => Promise.allSettled(holds.map(payerHolds.giveBack));
    try {
      for (const payer of payers) {
        const outcome = await payerHolds.reserve(payer, cost, payer === keeping ? lease : plain, beyond);
        if (isDenial(outcome)) {
          await giveBack();
          return outcome;
        }
        holds.push(outcome);
        beyond = stillBeyond(beyond, outcome);
      }
    } catch (error) {
      await giveBack();
      throw error;
    }
    return grant(cost, { holds, lease: plain });
  };

  const extend = async (reservation: Reservation, extra: Cost): Promise<Reservation | Denial> => {
    checkCost(extra);
    const { holds, lease } = heldOf(reservation);
    let beyond: Beyond = sharesIn(holds.flatMap(({ payer }) => payer.own));
    const extended: Extended[] = [];
    const takeBack = () => Promise.allSettled(extended.map((one) => one.takeBack()));
    try {
      for (const held of holds) {
        const outcome = await payerHolds.extend(held, extra, beyond, lease);
        if (isDenial(outcome)) {
          await takeBack();
          return outcome;
        }
        extended.push(outcome);
        beyond = stillBeyond(beyond, outcome.held);
      }
    } catch (error) {
      await takeBack();
      throw error;
    }
    return grant(sumOf(reservation.cost, extra), { holds: extended.map(({ held }) => held), lease });
  };

  const settle = async (reservation: Reservation, actual: Cost): Promise<void> => {
    checkCost(actual);
    await Promise.all(heldOf(reservation).holds.map((held) => payerHolds.settle(held, actual)));
  };

  const usage: QuotaLedger['usage'] = async (principal) => {
    const kin = kinOf(budgets, principal);
    if (kin.length === 0) return [];
    const { own } = await overridden({ principal, own: kin, kin });
    const shards = shardsOf(kin);
    const items = await Promise.all(
      Array.from({ length: shards }, (_, shard) => store.read(usageKey(keyOf(principal), shard, shards))),
    );
    const at = Math.max(...items.map((item) => timeIn(item, now())));
    return usageOf(own, (budget) => items.reduce((sum, item) => sum + usedIn(item, at)(budget), 0), at);
  };

  return { reserve, extend, settle, usage };
};
