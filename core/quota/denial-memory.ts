/**
 * What this process remembers of accounts that refused: whoever asks again for what cannot fit is told so without a
 * write to the table, for which a flood of refused requests would pay otherwise.
 */

import { denialFor } from './denials.ts';
import { heldBy } from './held.ts';
import { leasesOf, readLease, usedIn } from './item.ts';
import type { QuotaItem } from './item-store.ts';
import type { Budget, Cost, Denial } from './types.ts';

/** Remembers denials of the last seconds. Times in milliseconds since the epoch. */
export interface DenialMemory {
  /** The denial of `cost` where it is certain: what was spent alone leaves no room for it. */
  certain(key: string, budgets: readonly Budget[], cost: Cost, at: number): Denial | undefined;
  /** The denial of `cost` where it is certain, or where the table was asked often enough in this second. */
  recall(key: string, budgets: readonly Budget[], cost: Cost, at: number): Denial | undefined;
  /** Remembers an account as it was when it refused. */
  learn(key: string, kin: readonly Budget[], item: QuotaItem, at: number): void;
  /** Forgets an account that has something back. */
  forget(key: string): void;
}

/**
 * How long an account is remembered, in milliseconds. What was spent does not come back within a window, unless an
 * operator resets it: that is what this waits for.
 */
export const REMEMBER_MS = 10_000;

/**
 * What reservations in flight hold may come back at any time. While only that is in the way, the table is asked, but
 * this often a second at most by one process.
 */
export const LOOKS_PER_SECOND = 10;

/** Accounts that are remembered at most. The one that refused longest ago is forgotten first. */
const MAX_ACCOUNTS = 10_000;

interface Memory {
  readonly at: number;
  readonly counters: QuotaItem;
  /** What the counters show less what leases hold: it only grows. */
  readonly spent: QuotaItem;
  looks: number;
  lookedAt: number;
}

const countersOf = (item: QuotaItem): QuotaItem =>
  Object.fromEntries(Object.entries(item).filter(([name]) => name.includes('@')));

/** Counters without what is only held. */
const spentIn = (item: QuotaItem, kin: readonly Budget[]): QuotaItem => {
  const held = heldBy(
    leasesOf(item).map(([, value]) => readLease(value)),
    kin,
  );
  return Object.fromEntries(
    Object.entries(countersOf(item)).map(([name, value]) => [name, Number(value) - (held.get(name) ?? 0)]),
  );
};

const shown = ({ counters }: Memory, budgets: readonly Budget[], cost: Cost, at: number): Denial | undefined =>
  denialFor(budgets, cost, usedIn(counters, at), at);

/** A memory of at most {@link MAX_ACCOUNTS} accounts. */
export const createDenialMemory = (): DenialMemory => {
  const memories = new Map<string, Memory>();

  /** Whether the table is to be asked once more in this second. */
  const mayLook = (memory: Memory, at: number): boolean => {
    if (at - memory.lookedAt >= 1000) Object.assign(memory, { looks: 0, lookedAt: at });
    memory.looks += 1;
    return memory.looks <= LOOKS_PER_SECOND;
  };

  const memoryOf = (key: string, at: number): Memory | undefined => {
    const memory = memories.get(key);
    if (memory === undefined || Math.abs(at - memory.at) < REMEMBER_MS) return memory;
    memories.delete(key);
    return undefined;
  };

  const certain: DenialMemory['certain'] = (key, budgets, cost, at) => {
    const memory = memoryOf(key, at);
    return memory && denialFor(budgets, cost, usedIn(memory.spent, at), at) && shown(memory, budgets, cost, at);
  };

  return {
    certain,
    recall(key, budgets, cost, at) {
      const memory = memoryOf(key, at);
      const denial = memory && shown(memory, budgets, cost, at);
      if (memory === undefined || denial === undefined) return undefined;
      return certain(key, budgets, cost, at) ?? (mayLook(memory, at) ? undefined : denial);
    },
    learn(key, kin, item, at) {
      const { looks = 0, lookedAt = at } = memories.get(key) ?? {};
      memories.delete(key);
      const oldest = memories.keys().next();
      if (memories.size >= MAX_ACCOUNTS && !oldest.done) memories.delete(oldest.value);
      memories.set(key, { at, counters: countersOf(item), spent: spentIn(item, kin), looks, lookedAt });
    },
    forget(key) {
      memories.delete(key);
    },
  };
};
