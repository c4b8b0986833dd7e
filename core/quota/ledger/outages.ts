/** What is known of a store that gave no answer just now. */

import type { ItemStore, StoreFailure } from './item-store.ts';

/** How long a place is not asked again for budgets that can do without, after it gave no answer, in milliseconds. */
export const OUTAGE_MS = 2000;

/** A store, watched. */
export interface Outages {
  readonly store: ItemStore;
  /** Whether the place of an item gave no answer just now. */
  isOut(key: string): boolean;
  /** Whether budgets that can do without go on after `error`: the store threw it, and not for what it was asked. */
  isOutage(error: unknown): boolean;
}

/**
 * Watches `store`: what it throws passes as it is, and is remembered for what it is. That one item has no capacity says
 * nothing of the others: whoever hammers an item of his own shall not put out everybody else's.
 */
export const createOutages = (store: ItemStore, now: () => number): Outages => {
  const { placeOf = () => '', failureOf = () => 'unreachable' } = store;
  const failures = new WeakMap<object, StoreFailure>();
  const outSince = new Map<string, number>();
  const watched = async <T>(key: string, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      const failure = failureOf(error);
      if (failure === 'unreachable') outSince.set(placeOf(key), now());
      if (typeof error === 'object' && error !== null) failures.set(error, failure);
      throw error;
    }
  };
  return {
    store: {
      write: (key, ...rest) => watched(key, store.write(key, ...rest)),
      read: (key, ...rest) => watched(key, store.read(key, ...rest)),
    },
    isOut: (key) => Math.abs(now() - (outSince.get(placeOf(key)) ?? Number.NEGATIVE_INFINITY)) < OUTAGE_MS,
    isOutage(error) {
      const failure = typeof error === 'object' && error !== null ? failures.get(error) : undefined;
      return failure !== undefined && failure !== 'invalid';
    },
  };
};
