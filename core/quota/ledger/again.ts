/** When a refused request may be tried again. */

import { denialFor } from '../denials.ts';
import type { Cost, Denial } from '../types.ts';
import { spentIn } from './held.ts';
import type { Account } from './hold.ts';
import { leasesOf, usedIn } from './item.ts';
import type { QuotaItem } from './item-store.ts';
import { leaseTimes } from './lease.ts';

/** The moments that a denial is seen from, in milliseconds since the epoch. */
export interface Moments {
  /** The time that counts in the item. */
  readonly at: number;
  /** The time here. */
  readonly now: number;
}

/**
 * A denial with the time to wait as it is here: until the window ends, or where only what reservations in flight hold is
 * in the way, until the first of them must have ended.
 */
export const withTimeToWait = (
  denial: Denial,
  { terms, kin }: Pick<Account, 'terms' | 'kin'>,
  cost: Cost,
  item: QuotaItem,
  { at, now }: Moments,
): Denial => {
  const untilWindowEnds = Math.max(1, denial.retryAfterSeconds + Math.ceil((at - now) / 1000));
  const ends = leasesOf(item)
    .map(([, value]) => leaseTimes(value).expiresAt)
    .filter((end) => end > now);
  const isHeldOnly = denialFor(terms, cost, usedIn(spentIn(item, kin, now), at), at) === undefined;
  if (!isHeldOnly || ends.length === 0) return { ...denial, retryAfterSeconds: untilWindowEnds };
  const untilFirstEnds = Math.max(1, Math.ceil((Math.min(...ends) - now) / 1000));
  return { ...denial, retryAfterSeconds: Math.min(untilWindowEnds, untilFirstEnds) };
};
