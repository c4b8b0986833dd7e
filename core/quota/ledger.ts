/** The ledger over a store of items: the same decisions in DynamoDB and in memory. */

import { checkCost, leastOf, negative, sumOf } from './amounts.ts';
import { levelsOf, neverFits, usageOf } from './denials.ts';
import { clockOf, readLease, usedIn } from './item.ts';
import type { ItemStore } from './item-store.ts';
import { createLimitOverrides } from './limit-overrides.ts';
import { createMemoryStore } from './memory-store.ts';
import { type Beyond, createPayerHolds, type PayerHold, usageKey } from './payer-holds.ts';
import { kinOf, type Payer, payersOf, tokenKeeper } from './principals.ts';
import { shardsOf, sharesIn, termsOf } from './terms.ts';
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
} from './types.ts';

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
  /** How long an item is kept after its last window. @default 86_400_000 */
  readonly keepMs?: number;
}

/** Principals at most that a process lets pass within a small allowance while the table is out of reach. */
const MAX_LOCAL = 10_000;

const isSame = (a: Principal, b: Principal): boolean => a.kind === b.kind && a.id === b.id;

const isDenial = (outcome: object | undefined): outcome is Denial => outcome !== undefined && 'granted' in outcome;

/** The counts of a payer's own budgets, and the limits of the part they are kept in. */
const levelsIn = ({ payer, shard, hold }: PayerHold): readonly BudgetLevel[] => {
  const { reservedAt } = readLease(hold.value);
  return levelsOf(payer.principal.kind, termsOf(payer.own, shard), usedIn(hold.item, reservedAt), reservedAt);
};

/** The fair shares that `held` does not show to be kept. */
const stillBeyond = (beyond: Beyond, held: PayerHold): Beyond => {
  if (beyond.size === 0 || held.isLocal) return beyond;
  const kept = levelsIn(held).filter(({ used, limit }) => used <= limit);
  return new Set([...beyond].filter((name) => !kept.some(({ budget }) => budget === name)));
};

/** What a reservation holds altogether, and for how long. */
interface Held {
  readonly holds: readonly PayerHold[];
  readonly lease: Lease;
  /** Kinds of payers that the table did not count all of. */
  readonly uncounted: ReadonlySet<PrincipalKind>;
}

/** A ledger over `store`. */
export const createQuotaLedger = (options: QuotaLedgerOptions): QuotaLedger => {
  const { store, budgets, keyOf, nameOf = (id) => id, overridable = [] } = options;
  const { now = Date.now, random = Math.random, skewMs = 2000, keepMs = 86_400_000 } = options;
  const local = createMemoryStore(MAX_LOCAL, now);
  const holdsOf = createPayerHolds({ store, local, keyOf, nameOf, now, random, skewMs, keepMs });
  const overridden = createLimitOverrides({ store, keyOf, kinds: overridable, now });
  const heldBy = new WeakMap<Reservation, Held>();

  const grant = (id: string, asked: Cost, held: Held): Reservation => {
    const levels = held.holds.filter(({ isLocal }) => !isLocal).flatMap(levelsIn);
    const uncounted = [...held.uncounted];
    const reservation: Reservation = { granted: true, id, cost: costOf(held, asked), levels, uncounted };
    heldBy.set(reservation, held);
    return reservation;
  };

  const heldOf = (reservation: Reservation): Held => {
    const held = heldBy.get(reservation);
    if (held === undefined) throw new TypeError('quota: a reservation of another ledger');
    return held;
  };

  /** What all of `holds` have; `asked` where something passes that the table does not count. */
  const costOf = ({ holds, uncounted }: Held, asked: Cost): Cost =>
    holds.length === 0 || uncounted.size > 0 ? asked : leastOf(holds.map(({ hold }) => readLease(hold.value).cost));

  /** Who pays, and who keeps the one-time token, though no budget counts for it. */
  const payersFor = async (who: readonly Principal[], keeper: Principal | undefined): Promise<readonly Payer[]> => {
    const payers = await Promise.all(payersOf(budgets, who).map(overridden));
    if (keeper === undefined || payers.some(({ principal }) => isSame(principal, keeper))) return payers;
    return [{ principal: keeper, own: [], kin: kinOf(budgets, keeper) }, ...payers];
  };

  /** Why `cost` cannot be granted, as far as that is known without a write. */
  const knownDenial = (payers: readonly Payer[], cost: Cost, beyond: Beyond): Denial | undefined => {
    for (const payer of payers) {
      const impossible = neverFits(termsOf(payer.own, 0), cost, now());
      if (impossible !== undefined) return impossible;
    }
    for (const payer of payers) {
      const denial = holdsOf.recall(payer, cost, beyond);
      if (denial !== undefined) return denial;
    }
    return undefined;
  };

  const reserve = async (who: readonly Principal[], cost: Cost, lease: Lease): Promise<Reservation | Denial> => {
    checkCost(cost);
    const { consume: _, ...plain } = lease;
    const keeper = lease.consume && tokenKeeper(who);
    const payers = await payersFor(who, keeper);
    let beyond: Beyond = sharesIn(payers.flatMap(({ own }) => own));
    const known = knownDenial(payers, cost, new Set());
    if (known !== undefined) return known;
    const holds: PayerHold[] = [];
    const uncounted = new Set<PrincipalKind>();
    const giveBack = () => Promise.allSettled(holds.map(holdsOf.giveBack));
    try {
      for (const payer of payers) {
        const own = keeper !== undefined && isSame(payer.principal, keeper) ? lease : plain;
        const outcome = await holdsOf.reserve(payer, cost, own, beyond);
        if (isDenial(outcome)) {
          await giveBack();
          return outcome;
        }
        if (outcome === undefined || outcome.isLocal) uncounted.add(payer.principal.kind);
        if (outcome === undefined) continue;
        holds.push(outcome);
        beyond = stillBeyond(beyond, outcome);
      }
    } catch (error) {
      await giveBack();
      throw error;
    }
    return grant(lease.id, cost, { holds, lease: plain, uncounted });
  };

  const extend = async (reservation: Reservation, extra: Cost): Promise<Reservation | Denial> => {
    checkCost(extra);
    const { holds, lease, uncounted: before } = heldOf(reservation);
    const uncounted = new Set(before);
    let beyond: Beyond = sharesIn(holds.flatMap(({ payer }) => payer.own));
    const extended: PayerHold[] = [];
    const grown: PayerHold[] = [];
    const takeBack = () =>
      Promise.allSettled(grown.map((held) => holdsOf.extend(held, negative(extra), new Set(), lease)));
    try {
      for (const held of holds) {
        const outcome = await holdsOf.extend(held, extra, beyond, lease);
        if (isDenial(outcome)) {
          await takeBack();
          return outcome;
        }
        extended.push(...outcome.holds);
        if (outcome.grown === undefined || outcome.grown.isLocal) uncounted.add(held.payer.principal.kind);
        if (outcome.grown === undefined) continue;
        grown.push(outcome.grown);
        beyond = stillBeyond(beyond, outcome.grown);
      }
    } catch (error) {
      await takeBack();
      throw error;
    }
    return grant(reservation.id, sumOf(reservation.cost, extra), { holds: extended, lease, uncounted });
  };

  const settle = async (reservation: Reservation, actual: Cost): Promise<void> => {
    checkCost(actual);
    await Promise.all(heldOf(reservation).holds.map((held) => holdsOf.settle(held, actual)));
  };

  const usage: QuotaLedger['usage'] = async (principal) => {
    const kin = kinOf(budgets, principal);
    if (kin.length === 0) return [];
    const { own } = await overridden({ principal, own: kin, kin });
    const shards = shardsOf(kin);
    const items = await Promise.all(
      Array.from({ length: shards }, (_, shard) => store.read(usageKey(keyOf(principal), shard, shards))),
    );
    const at = Math.max(now(), ...items.map(clockOf));
    return usageOf(own, (budget) => items.reduce((sum, item) => sum + usedIn(item, at)(budget), 0), at);
  };

  return { reserve, extend, settle, usage };
};
