/** Every item as it was at any time: what a denial said can be looked up. */

import type { QuotaItem } from '../../../core/quota/ledger/item-store.ts';
import { accountKeyOf } from './accounts.ts';

interface Version {
  readonly item: QuotaItem;
  /** The true time at which it was replaced. */
  until: number;
}

/** The versions of all items. */
export interface Versions {
  add(key: string, item: QuotaItem, now: number): void;
  /** Items of an account, its shards too, that stood at `since` or later; an item that is not there is empty. */
  of(account: string, since: number): readonly QuotaItem[];
}

/** No versions yet. */
export const createVersions = (): Versions => {
  const byAccount = new Map<string, Map<string, Version[]>>();
  return {
    add(key, item, now) {
      const account = accountKeyOf(key);
      const items = byAccount.get(account) ?? new Map<string, Version[]>();
      byAccount.set(account, items);
      const versions = items.get(key) ?? [{ item: {}, until: Number.POSITIVE_INFINITY }];
      items.set(key, versions);
      const latest = versions.at(-1);
      if (latest !== undefined) latest.until = now;
      versions.push({ item, until: Number.POSITIVE_INFINITY });
    },
    of: (account, since) =>
      [...(byAccount.get(account)?.values() ?? [[{ item: {}, until: Number.POSITIVE_INFINITY }]])].flatMap((versions) =>
        versions.filter(({ until }) => until >= since).map(({ item }) => item),
      ),
  };
};
