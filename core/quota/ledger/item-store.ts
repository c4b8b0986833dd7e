/** Where a ledger keeps its items: anything that can do one conditional write to one item atomically. */

/** One principal's item, or one shard of it: numbers are counters and times, strings are leases. */
export type QuotaItem = Readonly<Record<string, number | string>>;

/** A condition on one attribute. `atMost` takes a missing attribute for zero. */
export type Condition =
  | { readonly absent: string }
  | { readonly equals: string; readonly text: string }
  | { readonly atMost: string; readonly number: number };

/** One write: it happens as a whole where all conditions hold, else not at all. */
export interface ItemUpdate {
  readonly conditions: readonly Condition[];
  readonly set: Readonly<Record<string, number | string>>;
  /** A missing attribute counts as zero. */
  readonly add: Readonly<Record<string, number>>;
  readonly remove: readonly string[];
}

/** How a write ended. */
export interface WriteOutcome {
  /** Whether the conditions held and the item was written. */
  readonly done: boolean;
  /** The item after the write, or as it was where a condition failed. */
  readonly item: QuotaItem;
}

/** How a store is asked. */
export interface StoreRequest {
  /** Whoever asks can go on without an answer: better none than a late one. @default false */
  readonly hurry?: boolean;
}

/**
 * Why a store threw: it was out of reach, it had no capacity for that item, or it was asked what it cannot do, which no
 * time to wait helps.
 */
export type StoreFailure = 'unreachable' | 'throttled' | 'invalid';

/** Keeps items by key. What keeps it from its work it throws, and then nobody knows whether a write was done. */
export interface ItemStore {
  write(key: string, update: ItemUpdate, request?: StoreRequest): Promise<WriteOutcome>;
  /** The item as the last write left it; empty where there is none. */
  read(key: string, request?: StoreRequest): Promise<QuotaItem>;
  /** Where an item is kept: each place is out of reach by itself. @default one place */
  placeOf?(key: string): string;
  /** @default 'unreachable' */
  failureOf?(error: unknown): StoreFailure;
}

const holds = (item: QuotaItem, condition: Condition): boolean => {
  if ('absent' in condition) return item[condition.absent] === undefined;
  if ('equals' in condition) return item[condition.equals] === condition.text;
  return Number(item[condition.atMost] ?? 0) <= condition.number;
};

/** What a store does with an update: the meaning that every store agrees with. */
export const applyUpdate = (item: QuotaItem, update: ItemUpdate): WriteOutcome => {
  if (!update.conditions.every((condition) => holds(item, condition))) return { done: false, item };
  const after: Record<string, number | string> = { ...item, ...update.set };
  for (const name of update.remove) delete after[name];
  for (const [name, amount] of Object.entries(update.add)) after[name] = Number(after[name] ?? 0) + amount;
  return { done: true, item: after };
};
