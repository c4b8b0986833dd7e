/** Items in memory: for tests, for the first hour, and for a small allowance while the table is out of reach. */

import { isBlank, TTL_ATTRIBUTE } from './item.ts';
import { applyUpdate, type ItemStore, type QuotaItem } from './item-store.ts';

/** Full stores are searched for what is past at most this often, in milliseconds: a search reads all items. */
const SWEEP_MS = 1000;

/** An item is kept as long as anything in it was to be kept for: a one-time token outlives the window of the next request. */
const keptAsLongAs = (before: QuotaItem = {}, item: QuotaItem): QuotaItem => {
  const until = Number(before[TTL_ATTRIBUTE] ?? 0);
  return until > Number(item[TTL_ATTRIBUTE] ?? 0) ? { ...item, [TTL_ATTRIBUTE]: until } : item;
};

/**
 * A store of at most `most` items.
 *
 * @throws Error, from a write, when there is no room for one more.
 */
export const createMemoryStore = (most: number, now: () => number): ItemStore => {
  const items = new Map<string, QuotaItem>();
  let sweptAt = Number.NEGATIVE_INFINITY;

  const makeRoom = (): void => {
    const at = now();
    if (at - sweptAt >= SWEEP_MS) {
      sweptAt = at;
      for (const [key, item] of items)
        if (isBlank(item) || Number(item[TTL_ATTRIBUTE] ?? 0) * 1000 <= at) items.delete(key);
    }
    if (items.size >= most) throw new Error('quota: too many principals for a ledger in memory');
  };

  return {
    async write(key, update) {
      const known = items.get(key);
      if (known === undefined && items.size >= most) makeRoom();
      const outcome = applyUpdate(known ?? {}, update);
      if (outcome.done) items.set(key, keptAsLongAs(known, outcome.item));
      return outcome;
    },
    read: async (key) => items.get(key) ?? {},
    failureOf: () => 'throttled',
  };
};

/** Stores by kind of principal: whoever comes with many names of one kind leaves room for the others. */
export const createStorePerKind = (create: () => ItemStore): ItemStore => {
  const stores = new Map<string, ItemStore>();
  const storeOf = (key: string): ItemStore => {
    const kind = key.split('#', 2)[1] ?? '';
    const store = stores.get(kind) ?? create();
    stores.set(kind, store);
    return store;
  };
  return {
    write: (key, ...rest) => storeOf(key).write(key, ...rest),
    read: (key, ...rest) => storeOf(key).read(key, ...rest),
  };
};
