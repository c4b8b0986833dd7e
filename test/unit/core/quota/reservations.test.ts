import { describe, expect, test } from 'vitest';
import { extendedBy } from '../../../../core/quota/denials.ts';
import { type Budget, createMemoryQuotaLedger, type Principal } from '../../../../core/quota/index.ts';
import { payersOf, tokenKeeper } from '../../../../core/quota/principals.ts';
import { somebody } from '../../../support/quota-contract.ts';
import { quotaVersionContract } from '../../../support/quota-version-contract.ts';

quotaVersionContract('memory', (budgets, clock) => createMemoryQuotaLedger({ budgets, now: () => clock.at }));

const minute: Budget = { name: 'minute', per: 'user', unit: 'tokens', window: 'minute', limit: 10 };
const user: Principal = { kind: 'user', id: 'ada' };
const session: Principal = { kind: 'session', id: 's1' };
const acme: Principal = { kind: 'tenant', id: 'acme' };
const ip: Principal = { kind: 'ip', id: '192.0.2.1' };
const model: Principal = { kind: 'model', id: 'a-model' };

describe('who pays', () => {
  const per = (name: string, kinds: Budget['per'], more: Partial<Budget> = {}): Budget => ({
    ...minute,
    name,
    per: kinds,
    ...more,
  });
  const paying = (budgets: readonly Budget[], principals: readonly Principal[]) =>
    payersOf(budgets, principals).map(({ principal, own }) => [principal.kind, own.map(({ name }) => name)]);

  test('those whom a budget names, each once, narrowest first', () => {
    const budgets = [per('t', 'tenant'), per('u', 'user'), per('s', 'session')];
    expect(paying(budgets, [acme, user, session, { ...user }])).toEqual([
      ['session', ['s']],
      ['user', ['u']],
      ['tenant', ['t']],
    ]);
  });

  test('of a list of kinds, the first that is there', () => {
    const budgets = [per('anyone', ['user', 'ip']), per('address', 'ip')];
    expect(paying(budgets, [ip, user])).toEqual([
      ['user', ['anyone']],
      ['ip', ['address']],
    ]);
    expect(paying(budgets, [ip])).toEqual([['ip', ['anyone', 'address']]]);
  });

  test('pairs, whose ids cannot be mistaken for those of other pairs', () => {
    const budgets = [per('pair', 'user+ip')];
    expect(paying(budgets, [user])).toEqual([]);
    const pair = (id: string, address: string) =>
      payersOf(budgets, [
        { kind: 'user', id },
        { kind: 'ip', id: address },
      ])[0]?.principal.id;
    expect(pair('a', 'b","c')).not.toBe(pair('a","b', 'c'));
  });

  test('per model only where a model is named, all others only where none is', () => {
    const budgets = [per('u', 'user'), per('m', 'user+model'), per('n', 'model', { models: ['another'] })];
    expect(paying(budgets, [user])).toEqual([['user', ['u']]]);
    expect(paying(budgets, [user, model])).toEqual([['user+model', ['m']]]);
  });
});

test.each([
  ['the narrowest that is no session', [acme, session, user], user],
  ['a session where there is nothing else', [session], session],
] as const)('keeps a one-time token with %s', (_, principals, keeper) => {
  expect(tokenKeeper(principals)).toEqual(keeper);
});

test('an extension touches the budgets that it adds to', () => {
  const strikes: Budget = { ...minute, name: 'strikes', unit: 'strikes' };
  expect(extendedBy([minute, strikes], { tokens: 1 })).toEqual([minute]);
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
  const endless: Budget = { ...minute, window: 'session' };
  const ledger = createMemoryQuotaLedger({ budgets: [endless], now: () => clock.at, maxPrincipals: 1 });
  const reserve = (tokens: number) => ledger.reserve([somebody()], { tokens }, { id: `${clock.at}`, ttlMs: 1000 });
  const first = await reserve(5);
  await expect(reserve(5)).rejects.toThrow('too many principals');
  if (first.granted) await ledger.settle(first, {});
  clock.at += 1000;
  await expect(reserve(5)).resolves.toMatchObject({ granted: true });
});
