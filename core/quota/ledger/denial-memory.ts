/**
 * What this process remembers of accounts that refused: whoever asks again for what cannot fit is told so without a
 * write to the table, for which a flood of refused requests would pay otherwise.
 */

import { remember } from '../../bounded-map.ts';
import { denialFor } from '../denials.ts';
import type { Budget, Cost, Denial } from '../types.ts';
import { countersOf, spentIn } from './held.ts';
import { CLOCK, clockOf, timeIn, usedIn } from './item.ts';
import type { QuotaItem } from './item-store.ts';

/** Remembers denials of the last seconds. Times in milliseconds since the epoch. */
export interface DenialMemory {
  /** The denial of `cost` by an account as it was when it refused last. */
  shown(key: string, budgets: readonly Budget[], cost: Cost, at: number): Denial | undefined;
  /** The same where it is certain: what was spent alone leaves no room for `cost`. */
  certain(key: string, budgets: readonly Budget[], cost: Cost, at: number): Denial | undefined;
  /** Remembers an account as it was when it refused with `denial`. */
  learn(key: string, kin: readonly Budget[], item: QuotaItem, denial: Denial, at: number): void;
  /** Forgets an account that has, or had, something left. */
  forget(key: string): void;
}

/**
 * How long an account is remembered, in milliseconds. What was spent does not come back within a window, unless an
 * operator resets it: that is what this waits for.
 */
export const REMEMBER_MS = 10_000;

/** Accounts that are remembered at most. The one that refused longest ago is forgotten first. */
const MAX_ACCOUNTS = 10_000;

interface Memory {
  readonly at: number;
  /** The item's clock then. */
  readonly clock: number;
  /** When it said to try again. */
  readonly againAt: number;
  readonly counters: QuotaItem;
  /** What the counters show less what leases hold: it only grows. */
  readonly spent: QuotaItem;
}

/** A memory of at most {@link MAX_ACCOUNTS} accounts. */
export const createDenialMemory = (): DenialMemory => {
  const memories = new Map<string, Memory>();

  const memoryOf = (key: string, at: number): Memory | undefined => {
    const memory = memories.get(key);
    if (memory === undefined || Math.abs(at - memory.at) < REMEMBER_MS) return memory;
    memories.delete(key);
    return undefined;
  };

  const shown: DenialMemory['shown'] = (key, budgets, cost, now) => {
    const memory = memoryOf(key, now);
    if (memory === undefined) return undefined;
    const at = timeIn({ [CLOCK]: memory.clock }, now);
    const denial = denialFor(budgets, cost, usedIn(memory.counters, at), at);
    if (denial === undefined) return undefined;
    const seconds = Math.max(1, Math.ceil((memory.againAt - now) / 1000));
    return { ...denial, retryAfterSeconds: Math.min(denial.retryAfterSeconds, seconds) };
  };

  return {
    shown,
    certain(key, budgets, cost, now) {
      const memory = memoryOf(key, now);
      if (memory === undefined) return undefined;
      const at = timeIn({ [CLOCK]: memory.clock }, now);
      return denialFor(budgets, cost, usedIn(memory.spent, at), at) && shown(key, budgets, cost, now);
    },
    learn(key, kin, item, { retryAfterSeconds }, at) {
      const againAt = at + retryAfterSeconds * 1000;
      const counts = { counters: countersOf(item), spent: spentIn(item, kin) };
      remember(memories, key, { at, clock: clockOf(item), againAt, ...counts }, MAX_ACCOUNTS);
    },
    forget(key) {
      memories.delete(key);
    },
  };
};
