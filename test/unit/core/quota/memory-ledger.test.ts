import { expect, test } from 'vitest';
import { createMemoryQuotaLedger } from '../../../../core/quota/index.ts';
import { quotaContract, somebody } from '../../../support/quota-contract.ts';

quotaContract('memory', (budgets, clock) => createMemoryQuotaLedger({ budgets, now: () => clock.at }));

test('memory is bounded: what is past makes room, what is not is never forgotten', async () => {
  let at = 0;
  const budgets = [{ name: 'minute', per: 'user', unit: 'tokens', window: 'minute', limit: 10 }] as const;
  const ledger = createMemoryQuotaLedger({ budgets, now: () => at, maxPrincipals: 3 });
  const reserve = () => ledger.reserve([somebody()], { tokens: 1 }, { id: `${Math.random()}`, ttlMs: 1000 });
  for (let index = 0; index < 3; index++) await reserve();
  await expect(reserve()).rejects.toThrow('too many principals');
  at += 120_000;
  await expect(reserve()).resolves.toMatchObject({ granted: true });
});

test('a full ledger forgets no one-time token that still works', async () => {
  let at = 0;
  const minute = { name: 'minute', per: 'user', unit: 'tokens', window: 'minute', limit: 10 } as const;
  const ledger = createMemoryQuotaLedger({ budgets: [minute], now: () => at, maxPrincipals: 2 });
  const who = somebody();
  let leases = 0;
  const reserve = (consume?: { id: string; expiresAt: number }, by = who) => {
    leases += 1;
    return ledger.reserve([by], { tokens: 1 }, { id: `${leases}`, ttlMs: 1000, ...(consume && { consume }) });
  };
  const token = { id: 'token', expiresAt: 300_000 };
  expect((await reserve(token)).granted).toBe(true);
  await reserve();
  for (let name = 0; name < 3; name++) {
    at += 61_000;
    await reserve(undefined, somebody()).catch(() => {});
  }
  expect(await reserve(token)).toMatchObject({ reason: 'consumed' });
});

test.each([
  ['an unknown option', { budgets: [], limits: [] }],
  ['a budget without a name', { budgets: [{ per: 'user', unit: 'tokens', window: 'day', limit: 1 }] }],
  ['a name in capitals', { budgets: [{ name: 'Day', per: 'user', unit: 'tokens', window: 'day', limit: 1 }] }],
  ['a limit of zero', { budgets: [{ name: 'day', per: 'user', unit: 'tokens', window: 'day', limit: 0 }] }],
  ['an unknown window', { budgets: [{ name: 'day', per: 'user', unit: 'tokens', window: 'year', limit: 1 }] }],
  [
    'an unknown principal',
    { budgets: [{ name: 'day', per: ['user', 'team'], unit: 'tokens', window: 'day', limit: 1 }] },
  ],
  ['a name twice', { budgets: Array(2).fill({ name: 'day', per: 'user', unit: 'tokens', window: 'day', limit: 1 }) }],
  [
    'nine budgets of one kind',
    {
      budgets: Array.from({ length: 9 }, (_, index) => ({
        name: `b${index}`,
        per: 'user',
        unit: 'tokens',
        window: 'day',
        limit: 1,
      })),
    },
  ],
])('refuses %s', (_, options) => {
  expect(() => createMemoryQuotaLedger(options as never)).toThrow(TypeError);
});
