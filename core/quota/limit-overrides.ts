/** Limits that an operator has set for one principal, in items that requests read and cannot write. */

import { failureModeOf } from './failure-modes.ts';
import type { ItemStore, QuotaItem } from './item-store.ts';
import type { Payer } from './principals.ts';
import { withLimits } from './terms.ts';
import type { Principal, PrincipalKind } from './types.ts';

/** Key of the item with the limits of the principal whose key is `key`: budget names and limits. */
export const overridesKey = (key: string): string => `o#${key}`;

/** How long limits that were read are used before they are read again, in milliseconds. */
export const OVERRIDES_STALE_MS = 60_000;

/** Principals whose limits are remembered at most. */
const MAX_REMEMBERED = 10_000;

/** The limits in an item, by budget name. */
export const limitsIn = (item: QuotaItem): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(item).filter(
      (entry): entry is [string, number] => Number.isSafeInteger(entry[1]) && (entry[1] as number) >= 0,
    ),
  );

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
  const remembered = new Map<string, { readonly at: number; readonly limits: ReadonlyMap<string, number> }>();

  const limitsOf = async (principal: Principal, hurry: boolean): Promise<ReadonlyMap<string, number>> => {
    const key = overridesKey(keyOf(principal));
    const known = remembered.get(key);
    const at = now();
    if (known !== undefined && Math.abs(at - known.at) < OVERRIDES_STALE_MS) return known.limits;
    const limits = limitsIn(await store.read(key, { hurry }));
    remembered.delete(key);
    const oldest = remembered.keys().next();
    if (remembered.size >= MAX_REMEMBERED && !oldest.done) remembered.delete(oldest.value);
    remembered.set(key, { at, limits });
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
