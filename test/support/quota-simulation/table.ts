/** A table whose requests wait until a scheduler deals with them, one at a time, in the order that it likes. */

import { TTL_ATTRIBUTE } from '../../../core/quota/ledger/item.ts';
import {
  applyUpdate,
  type ItemStore,
  type ItemUpdate,
  type QuotaItem,
  type WriteOutcome,
} from '../../../core/quota/ledger/item-store.ts';
import type { Fault } from './history.ts';

/** A request on its way. */
export interface Sent {
  readonly sender: number;
  readonly key: string;
  /** None for a read. */
  readonly update: ItemUpdate | undefined;
  /** How it ended, once it was done. */
  outcome: WriteOutcome | undefined;
  /** How often it was sent again. */
  resent: number;
  readonly reply: (outcome: WriteOutcome) => void;
  readonly fail: (error: Error) => void;
}

/** A write that was done. */
export interface Written {
  readonly key: string;
  readonly update: ItemUpdate;
  readonly before: QuotaItem;
  readonly after: QuotaItem;
}

/** What a table is made with. */
export interface TableOptions {
  /** What a store does with an update: broken ones are given to see that it shows. @default applyUpdate */
  readonly apply?: typeof applyUpdate;
  /** Sees each write that was done, at once. */
  readonly onWritten: (written: Written) => void;
  /** Sees each request that its sender gets no answer to. */
  readonly onFailed: (sender: number) => void;
}

/** A table. */
export interface Table {
  readonly items: ReadonlyMap<string, QuotaItem>;
  /** Requests without an answer, in the order in which they were sent. */
  readonly waiting: readonly Sent[];
  /** While it is out of reach, every request fails. */
  isOut: boolean;
  storeFor(sender: number): ItemStore;
  apply(sent: Sent): void;
  answer(sent: Sent, fault?: Fault): void;
  /** Keys of items that were deleted, as their time to live had passed. */
  readonly deleted: ReadonlySet<string>;
  /** Deletes such items, and says which. */
  expire(now: number): readonly string[];
  /** Forgets whom to answer; what was sent may still be done. */
  orphan(sender: number): void;
}

/** Times that an SDK sends a request again. */
const MAX_RESENT = 2;

const nobody = (): void => {};

/** A table that is empty. */
export const createTable = ({ apply = applyUpdate, onWritten, onFailed }: TableOptions): Table => {
  const items = new Map<string, QuotaItem>();
  const deleted = new Set<string>();
  let waiting: Sent[] = [];

  const done = ({ key, update }: Sent): WriteOutcome => {
    const before = items.get(key) ?? {};
    if (update === undefined) return { done: true, item: before };
    const outcome = apply(before, update);
    if (outcome.done) {
      items.set(key, outcome.item);
      onWritten({ key, update, before, after: outcome.item });
    }
    return outcome;
  };

  const forget = (sent: Sent): void => {
    waiting = waiting.filter((other) => other !== sent);
  };

  const fail = (sent: Sent): void => {
    forget(sent);
    onFailed(sent.sender);
    sent.fail(new Error('the table gave no answer'));
  };

  const table: Table = {
    items,
    get waiting() {
      return waiting;
    },
    isOut: false,
    deleted,
    storeFor(sender) {
      const send = (key: string, update?: ItemUpdate): Promise<WriteOutcome> =>
        new Promise((reply, reject) => {
          waiting.push({ sender, key, update, outcome: undefined, resent: 0, reply, fail: reject });
        });
      return { write: send, read: async (key) => (await send(key)).item };
    },
    apply(sent) {
      if (!table.isOut) sent.outcome ??= done(sent);
    },
    answer(sent, fault) {
      if (sent.outcome === undefined && (table.isOut || fault === 'refused')) {
        fail(sent);
        return;
      }
      if (sent.outcome === undefined && fault === 'ghost') {
        fail(sent);
        waiting.push({ ...sent, reply: nobody, fail: nobody, sender: -1 });
        return;
      }
      const outcome = sent.outcome ?? done(sent);
      if (fault === 'lost' && sent.resent < MAX_RESENT) {
        sent.resent += 1;
        sent.outcome = undefined; // the same request is on its way again
        return;
      }
      if (fault === undefined) {
        forget(sent);
        sent.reply(outcome);
      } else fail(sent);
    },
    expire(now) {
      const past = [...items]
        .filter(([, item]) => Number(item[TTL_ATTRIBUTE]) * 1000 < now)
        .map(([key]) => key)
        .filter((past) => !waiting.some(({ key }) => key === past)); // no request is on its way for months
      for (const key of past) {
        items.delete(key);
        deleted.add(key);
      }
      return past;
    },
    orphan(sender) {
      waiting = waiting.map((sent) =>
        sent.sender === sender ? { ...sent, sender: -1, reply: nobody, fail: nobody } : sent,
      );
    },
  };
  return table;
};
