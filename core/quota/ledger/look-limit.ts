/** How often one process asks the table again for a payer that only reservations in flight stand in the way of. */

import { remember } from '../../bounded-map.ts';

/** Writes a second that one process spends on looking again, for one payer. */
export const LOOKS_PER_SECOND = 10;

/** Payers that are counted at most. The one that was new longest ago is forgotten first. */
const MAX_PAYERS = 10_000;

/** Counts looks. */
export interface LookLimit {
  /**
   * Whether a payer may be looked at once more in this second: once at least, whatever it takes.
   *
   * @param writes What a look takes: a sharded budget is asked part by part.
   * @param at Milliseconds since the epoch.
   */
  mayLook(payer: string, writes: number, at: number): boolean;
}

/** A limit of {@link LOOKS_PER_SECOND}. */
export const createLookLimit = (): LookLimit => {
  const seconds = new Map<string, { readonly since: number; spent: number }>();
  return {
    mayLook(payer, writes, at) {
      const known = seconds.get(payer);
      if (known !== undefined && Math.abs(at - known.since) < 1000) {
        known.spent += writes;
        return known.spent <= LOOKS_PER_SECOND;
      }
      remember(seconds, payer, { since: at, spent: writes }, MAX_PAYERS);
      return true;
    },
  };
};
