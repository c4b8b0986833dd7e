/** What a reservation holds in one item. */

import type { Budget } from '../types.ts';
import type { QuotaItem } from './item-store.ts';

/** An item, and the budgets that count in it. */
export interface Account {
  readonly key: string;
  /** The budgets that count this time, with the limits that hold this time. */
  readonly terms: readonly Budget[];
  /** All budgets that may count in the item. */
  readonly kin: readonly Budget[];
  /** Whether its budgets can do without the store. */
  readonly hurry: boolean;
}

/** What a reservation holds in one item. */
export interface Hold {
  readonly account: Account;
  /** Attribute of the lease, and its value when it was last written. */
  readonly attribute: string;
  readonly value: string;
  /** Whether the lease stood before: another run of the same invocation made it. */
  readonly replayed: boolean;
  /** The item as it was then. */
  readonly item: QuotaItem;
}
