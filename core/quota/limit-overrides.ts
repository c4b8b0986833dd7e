/** Limits that an operator has set for one principal, in items that requests read and cannot write. */

import { failureModeOf } from './failure-modes.ts';
import { STAMP } from './item.ts';
import type { ItemStore, ItemUpdate, QuotaItem } from './item-store.ts';
import type { Payer } from './principals.ts';
import { withLimits } from './terms.ts';
import type { Principal, PrincipalKind } from './types.ts';

/** Key of the item with the limits of the principal whose key is `key`: budget names and limits. */
export const overridesKey = (key: string): string => `o#${key}`;

/** How long limits that were read are used before they are read again, in milliseconds. */
export const OVERRIDES_STALE_MS = 60_000;

/** Principals whose limits are remembered at most. */
const MAX_REMEMBERED = 10_000;

/** Limits by budget name. */
type Limits = ReadonlyMap<string, number>;

/** The limits in an item. */
export const limitsIn = (item: QuotaItem): Limits =>
  new Map(
    Object.entries(item).filter(
      (entry): entry is [string, number] => Number.isSafeInteger(entry[1]) && (entry[1] as number) >= 0,
    ),
  );

/**
 * The write that sets limits, by budget name, and takes away those that are `undefined`, where nobody has written since
 * `before`, the stamp that was read.
 *
 * @param stamp New for each write.
 */
export const limitsUpdate = (
  changes: ReadonlyMap<string, number | undefined>,
  before: string | undefined,
  stamp: string,
): ItemUpdate => {
  const set = [...changes].filter((change): change is [string, number] => change[1] !== undefined);
  return {
    conditions: [before === undefined ? { absent: STAMP } : { equals: STAMP, text: before }],
    set: { ...Object.fromEntries(set), [STAMP]: stamp },
    add: {},
    remove: [...changes].filter(([, limit]) => limit === undefined).map(([name]) => name),
  };
};

/** What overrides are read with. */
export interface LimitOverridesOptions {
  readonly store: ItemStore;
  readonly keyOf: (principal: Principal) => string;
  /** Kinds of principals that may have limits of their own: each costs a read a minute and process. */
  readonly kinds: readonly PrincipalKind[];
  readonly now: () => number;
}

/** The payer with the limits of its own, as they were at most {@link OVERRIDES_STALE_MS} ago. What the store throws passes. */
export type LimitOverrides = (payer: Payer) => Promise<Payer>;

/** Overrides of `kinds`, read when they are first needed and once a minute after. */
export const createLimitOverrides = ({ store, keyOf, kinds, now }: LimitOverridesOptions): LimitOverrides => {
  const remembered = new Map<string, { readonly at: number; readonly limits: Promise<Limits> }>();

  const remember = (key: string, limits: Promise<Limits>): void => {
    remembered.delete(key);
    const oldest = remembered.keys().next();
    if (remembered.size >= MAX_REMEMBERED && !oldest.done) remembered.delete(oldest.value);
    remembered.set(key, { at: now(), limits });
    limits.catch(() => remembered.delete(key));
  };

  /** Requests at once share one read. */
  const limitsOf = (principal: Principal, hurry: boolean): Promise<Limits> => {
    const key = overridesKey(keyOf(principal));
    const known = remembered.get(key);
    if (known !== undefined && Math.abs(now() - known.at) < OVERRIDES_STALE_MS) return known.limits;
    const limits = store.read(key, { hurry }).then(limitsIn);
    remember(key, limits);
    return limits;
  };

  return async (payer) => {
    if (!kinds.includes(payer.principal.kind)) return payer;
    const hurry = failureModeOf(payer.own) !== 'closed';
    try {
      const limits = await limitsOf(payer.principal, hurry);
      return { ...payer, own: withLimits(payer.own, limits), kin: withLimits(payer.kin, limits) };
    } catch (error) {
      if (hurry) return payer; // its budgets can do without the table
      throw error;
    }
  };
};
