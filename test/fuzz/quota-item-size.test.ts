import { expect, test } from 'vitest';
import { applyUpdate, type ItemStore, type QuotaItem } from '../../core/quota/ledger/item-store.ts';
import { createQuotaLedger } from '../../core/quota/ledger/ledger.ts';
import type { Budget, BudgetWindow } from '../../core/quota/types.ts';

const START = Date.UTC(2026, 1, 1);
const HOUR_MS = 3_600_000;
const WINDOWS: readonly BudgetWindow[] = ['minute', 'hour', 'day', 'week', 'month'];

/** 200 leases, what lapsed, and counters and tokens of the windows that leases began in, with a margin. */
const MOST_ATTRIBUTES = 1300;

/** DynamoDB takes 400 KB. */
const MOST_BYTES = 50_000;

const budgetsThat = (onExpiry: 'charge' | 'release'): readonly Budget[] =>
  WINDOWS.map((window) => ({ name: window, per: 'user', unit: 'tokens', window, limit: 1_000_000, onExpiry }));

test.each(['charge', 'release'] as const)('%s: an item stays bounded though every run dies', async (onExpiry) => {
  let now = START;
  let item: QuotaItem = {};
  const store: ItemStore = {
    read: async () => item,
    async write(_, update) {
      const outcome = applyUpdate(item, update);
      if (outcome.done) item = outcome.item;
      return outcome;
    },
  };
  const budgets = budgetsThat(onExpiry);
  const ledger = createQuotaLedger({ store, budgets, keyOf: ({ id }) => id, now: () => now, random: () => 0.5 });
  const reserve = (id: string) => {
    const consume = { id: `token of ${id}`, expiresAt: now + HOUR_MS };
    return ledger.reserve([{ kind: 'user', id: 'u0' }], { tokens: 10 }, { id, ttlMs: 30_000, consume });
  };

  for (let run = 0; run < 1200; run++) {
    expect((await reserve(`run ${run}`)).granted).toBe(true);
    now += HOUR_MS;
  }
  expect(Object.keys(item).length).toBeLessThan(MOST_ATTRIBUTES);
  expect(JSON.stringify(item).length).toBeLessThan(MOST_BYTES);
  for (let run = 0; run < 60; run++) {
    const outcome = await reserve(`last ${run}`);
    if (outcome.granted) await ledger.settle(outcome, {});
    now += HOUR_MS; // what lapsed meanwhile is forgotten
  }
  expect(Object.keys(item).length).toBeLessThan(100);
});
