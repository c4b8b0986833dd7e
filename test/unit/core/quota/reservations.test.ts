import { expect, test } from 'vitest';
import { extendedBy, payersOf, tokenKeeper } from '../../../../core/quota/budgets.ts';
import { type Budget, createMemoryQuotaLedger } from '../../../../core/quota/index.ts';
import { createAccounts } from '../../../../core/quota/memory-accounts.ts';
import { somebody } from '../../../support/quota-contract.ts';
import { quotaVersionContract } from '../../../support/quota-version-contract.ts';

quotaVersionContract('memory', (budgets, clock) => createMemoryQuotaLedger({ budgets, now: () => clock.at }));

const minute: Budget = { name: 'minute', per: 'user', unit: 'tokens', window: 'minute', limit: 10 };
const user = { kind: 'user', id: 'ada' } as const;
const session = { kind: 'session', id: 's1' } as const;

test('those pay whom a budget names, each once, in their order', () => {
  const tenant: Budget = { ...minute, name: 'tenant', per: 'tenant' };
  const acme = { kind: 'tenant', id: 'acme' } as const;
  expect(payersOf([minute, tenant], [session, user, acme, { ...user }])).toEqual([user, acme]);
});

test.each([
  ['the narrowest that is no session', [session, user, { kind: 'tenant', id: 'acme' }], user],
  ['a session where there is nothing else', [session], session],
] as const)('keeps a one-time token with %s', (_, principals, keeper) => {
  expect(tokenKeeper(principals)).toEqual(keeper);
});

test('an extension touches the budgets that it adds to', () => {
  const strikes: Budget = { ...minute, name: 'strikes', unit: 'strikes' };
  expect(extendedBy([minute, strikes], { tokens: 1 })).toEqual([minute]);
});

test('an account keeps no window that is over and that no reservation counts in', () => {
  const accounts = createAccounts(10);
  const account = accounts.open(user, 0);
  account.counters.set('a', { value: 1, endsAt: 100 });
  account.counters.set('b', { value: 1, endsAt: 200 });
  account.holds.set('hold', { reservedAt: 150, expiresAt: 900, cost: {} });
  accounts.forgetWindows(account, 500);
  expect([...account.counters.keys()]).toEqual(['b']);
});

test('an account stays small however long its principal is served', async () => {
  const clock = { at: 0 };
  const ledger = createMemoryQuotaLedger({ budgets: [minute], now: () => clock.at, maxPrincipals: 1 });
  for (let index = 0; index < 50; index++) {
    const outcome = await ledger.reserve([user], { tokens: 10 }, { id: `${index}`, ttlMs: 1000 });
    if (!outcome.granted) throw new Error('denied');
    await ledger.settle(outcome, { tokens: 10 });
    expect((await ledger.usage(user))[0]?.used).toBe(10);
    clock.at += 60_000;
  }
});

test('makes room by what is refunded in full, also of budgets without an end', async () => {
  const clock = { at: 0 };
  const endless: Budget = { ...minute, per: 'session', window: 'session' };
  const ledger = createMemoryQuotaLedger({ budgets: [endless], now: () => clock.at, maxPrincipals: 1 });
  const reserve = (tokens: number) =>
    ledger.reserve([somebody('session')], { tokens }, { id: `${clock.at}`, ttlMs: 1000 });
  const first = await reserve(5);
  await expect(reserve(5)).rejects.toThrow('too many principals');
  if (first.granted) await ledger.settle(first, {});
  clock.at += 1000;
  await expect(reserve(5)).resolves.toMatchObject({ granted: true });
});

test('one-time tokens are bounded too: those that have expired make room', () => {
  const accounts = createAccounts(2);
  const consume = (id: string, at: number) => accounts.consume(user, { id, expiresAt: at + 100 }, at);
  expect([consume('a', 0), consume('b', 0), consume('a', 0)]).toEqual([true, true, false]);
  expect(() => consume('c', 0)).toThrow('too many principals');
  expect(consume('c', 5000)).toBe(true);
});
