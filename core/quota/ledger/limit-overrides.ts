/** Limits that an operator has set for one principal, in items that requests read and cannot write. */

import { remember } from '../../bounded-map.ts';
import type { Payer } from '../principals.ts';
import { withLimits } from '../terms.ts';
import type { Principal, PrincipalKind } from '../types.ts';
import { failureModeOf } from './failure-modes.ts';
import { STAMP } from './item.ts';
import type { ItemUpdate, QuotaItem } from './item-store.ts';
import type { Outages } from './outages.ts';

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
  readonly outages: Outages;
  readonly keyOf: (principal: Principal) => string;
  /** Kinds of principals that may have limits of their own: each costs a read a minute and process. */
  readonly kinds: readonly PrincipalKind[];
  readonly now: () => number;
}

/**
 * The payer with the limits of its own, as they were at most {@link OVERRIDES_STALE_MS} ago. While the store is out of
 * reach, a payer that can do without has its last limits, or goes on without the table where none are known.
 *
 * @throws What the store throws, where the payer's budgets are closed.
 */
export type LimitOverrides = (payer: Payer) => Promise<Payer>;

/** Limits that were read, are read, or could not be read again. */
interface Remembered {
  at: number;
  reading: Promise<Limits>;
  last: Limits | undefined;
}

/** Overrides of `kinds`, read when they are first needed and once a minute after. */
export const createLimitOverrides = ({ outages, keyOf, kinds, now }: LimitOverridesOptions): LimitOverrides => {
  const remembered = new Map<string, Remembered>();

  /** Requests at once share one read. */
  const read = (key: string, hurry: boolean): Promise<Limits> => {
    const known = remembered.get(key);
    if (known !== undefined && Math.abs(now() - known.at) < OVERRIDES_STALE_MS) return known.reading;
    const reading = outages.store.read(key, { hurry }).then(limitsIn);
    const entry: Remembered = { at: now(), reading, last: known?.last };
    remember(remembered, key, entry, MAX_REMEMBERED);
    reading.then(
      (limits) => {
        entry.last = limits;
      },
      () => {
        entry.at = Number.NEGATIVE_INFINITY; // the next one asks again
      },
    );
    return reading;
  };

  const withLast = (payer: Payer, last: Limits | undefined): Payer =>
    last === undefined
      ? { ...payer, isAdrift: true }
      : { ...payer, own: withLimits(payer.own, last), kin: withLimits(payer.kin, last) };

  return async (payer) => {
    if (!kinds.includes(payer.principal.kind)) return payer;
    const key = overridesKey(keyOf(payer.principal));
    if (failureModeOf(payer.own) === 'closed') return withLast(payer, await read(key, false));
    if (outages.isOut(key)) return withLast(payer, remembered.get(key)?.last);
    try {
      return withLast(payer, await read(key, true));
    } catch (error) {
      if (!outages.isOutage(error)) throw error;
      return withLast(payer, remembered.get(key)?.last);
    }
  };
};
