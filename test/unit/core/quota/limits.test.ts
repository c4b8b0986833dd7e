/** Soft budgets, shards, fair shares and limits that an operator has set. */

import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { accountBudgets, type Budget, checkBudgets, ownUsage, type Principal } from '../../../../core/quota/index.ts';
import { overridesKey } from '../../../../core/quota/ledger/limit-overrides.ts';
import { shardLimit, shardOrder } from '../../../../core/quota/terms.ts';
import { somebody } from '../../../support/quota-contract.ts';
import { granted, keyOf, ledgerOver, someLease, spend, watchedStore } from '../../../support/quota-store.ts';

const clock = { at: 0 };
beforeEach(() => {
  clock.at = Date.UTC(2026, 10, 27, 12);
});

const hour: Budget = { name: 'hour', per: 'user', unit: 'tokens', window: 'hour', limit: 100 };

describe('a soft budget', () => {
  const soft: Budget = { ...hour, soft: true };

  test('counts and never refuses', async () => {
    const ledger = ledgerOver(watchedStore(clock), clock, [soft]);
    const who = somebody();
    for (let request = 0; request < 3; request++) expect(await spend(ledger, [who], { tokens: 70 })).toBe(true);
    expect(await ledger.usage(who)).toMatchObject([{ used: 210, remaining: 0 }]);
    expect(await spend(ledger, [who], { tokens: 1000 })).toBe(true);
  });

  test('leaves hard ones beside it hard', async () => {
    const ledger = ledgerOver(watchedStore(clock), clock, [soft, { ...hour, name: 'hard', limit: 150 }]);
    const who = somebody();
    expect(await spend(ledger, [who], { tokens: 120 })).toBe(true);
    expect(await ledger.reserve([who], { tokens: 40 }, someLease())).toMatchObject({ budget: 'hard', remaining: 30 });
  });
});

describe('shards', () => {
  const tenant: Budget = { ...hour, per: 'tenant', limit: 1003, shards: 8 };
  const acme = (): Principal => somebody('tenant');

  test('are parts that add up, asked in an order of the reservation', () => {
    fc.assert(
      fc.property(fc.nat(1_000_000), fc.integer({ min: 1, max: 64 }), fc.string(), (limit, shards, id) => {
        const parts = Array.from({ length: shards }, (_, shard) => shardLimit(limit, shard, shards));
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(limit);
        expect(Math.max(...parts) - Math.min(...parts)).toBeLessThanOrEqual(1);
        expect(shardOrder(shards, id).toSorted((a, b) => a - b)).toEqual(parts.map((_, shard) => shard));
      }),
    );
  });

  test('are asked first alike often', () => {
    const first = [0, 0, 0, 0, 0, 0, 0, 0];
    for (let id = 0; id < 8000; id++) {
      const [shard = 0] = shardOrder(8, `request-${id}`);
      first[shard] = (first[shard] ?? 0) + 1;
    }
    expect(Math.max(...first)).toBeLessThan(1200);
    expect(Math.min(...first)).toBeGreaterThan(800);
  });

  test('are filled to the last one, and never above the whole', async () => {
    const ledger = ledgerOver(watchedStore(clock), clock, [tenant]);
    const who = acme();
    let spent = 0;
    while (await spend(ledger, [who], { tokens: 7 })) spent += 7;
    expect(spent).toBeLessThanOrEqual(1003);
    expect(spent).toBeGreaterThan(1003 - 8 * 7); // what no part has room for: less than a request each
    expect(await ledger.usage(who)).toMatchObject([{ limit: 1003, used: spent }]);
    const denial = await ledger.reserve([who], { tokens: 7 }, someLease());
    expect(denial).toMatchObject({ granted: false, limit: 1003 });
    if (!denial.granted) expect(denial.remaining).toBeLessThan(7);
  });

  test('take no request that is larger than a part', async () => {
    const ledger = ledgerOver(watchedStore(clock), clock, [tenant]);
    expect(await ledger.reserve([acme()], { tokens: 127 }, someLease())).toMatchObject({ reason: 'never_fits' });
    expect((await ledger.reserve([acme()], { tokens: 126 }, someLease())).granted).toBe(true);
  });

  test('find a reservation again by its id', async () => {
    const ledger = ledgerOver(watchedStore(clock), clock, [tenant]);
    const who = acme();
    const lease = someLease();
    await Promise.all([1, 2, 3].map(() => ledger.reserve([who], { tokens: 50 }, lease)));
    expect(await ledger.usage(who)).toMatchObject([{ used: 50 }]);
  });

  test('use a one-time token up once, also when there are more of them', async () => {
    const store = watchedStore(clock);
    const who = acme();
    const consume = { id: 'once', expiresAt: clock.at + 60_000 };
    const outcomes = [];
    for (const shards of [1, 8, 16]) {
      const ledger = ledgerOver(store, clock, [{ ...tenant, shards }]);
      outcomes.push((await ledger.reserve([who], {}, { ...someLease(), consume })).granted);
    }
    expect(outcomes).toEqual([true, false, false]);
  });

  test('use a one-time token up once', async () => {
    const ledger = ledgerOver(watchedStore(clock), clock, [tenant]);
    const who = acme();
    const consume = { id: 'once', expiresAt: clock.at + 60_000 };
    const outcomes = [];
    for (let use = 0; use < 9; use++) outcomes.push(await ledger.reserve([who], {}, { ...someLease(), consume }));
    expect(outcomes.filter((outcome) => outcome.granted)).toHaveLength(1);
  });
});

describe("the account's own quotas", () => {
  const model: Principal = { kind: 'model', id: 'a-model' };
  const account: Principal = { kind: 'account', id: 'eu-central-1' };
  const quota = { name: 'nova', model: 'a-model', tokensPerMinute: 1000, share: 0.2, kept: 0.4 };
  const budgets = accountBudgets([{ ...quota, requestsPerMinute: 50 }]);

  test('are budgets that fit together', () => {
    expect(() => checkBudgets(budgets)).not.toThrow();
    expect(budgets.map(({ name }) => name)).toEqual(['nova-tpm-share', 'nova-tpm', 'nova-rpm-share', 'nova-rpm']);
  });

  test('leave room for others however much one tenant wants', async () => {
    const ledger = ledgerOver(watchedStore(clock), clock, accountBudgets([quota]));
    const ask = (tenant: string, tokens: number) =>
      spend(ledger, [{ kind: 'tenant', id: tenant }, account, model], { quotaTokens: tokens });
    let greedy = 0;
    while (await ask('greedy', 50)) greedy += 50;
    expect(greedy).toBe(600);
    expect(await ask('modest', 150)).toBe(true);
    expect(await ask('other', 200)).toBe(true);
    expect(await ask('modest', 100)).toBe(false); // beyond its own share by now
    expect(await ask('third', 50)).toBe(true);
    expect(await ask('third', 1)).toBe(false); // nothing is left
  });

  test('are one tenant’s alone while nobody else wants more than is kept', async () => {
    const ledger = ledgerOver(watchedStore(clock), clock, accountBudgets([quota]));
    expect(await spend(ledger, [{ kind: 'tenant', id: 'a' }, account, model], { quotaTokens: 600 })).toBe(true);
  });

  test('count an extension against the share, too', async () => {
    const ledger = ledgerOver(watchedStore(clock), clock, accountBudgets([quota]));
    const who = [{ kind: 'tenant', id: 'a' } as const, account, model];
    const reservation = granted(await ledger.reserve(who, { quotaTokens: 100 }, someLease()));
    expect(await ledger.extend(reservation, { quotaTokens: 600 })).toMatchObject({ budget: 'nova-tpm' });
    expect((await ledger.extend(reservation, { quotaTokens: 500 })).granted).toBe(true);
  });

  test('belong to whoever calls where there is no tenant, and of each model and Region apart', async () => {
    const ledger = ledgerOver(watchedStore(clock), clock, accountBudgets([quota]));
    const ask = (where: string, which: string) =>
      spend(ledger, [somebody(), { kind: 'account', id: where }, { kind: 'model', id: which }], { quotaTokens: 600 });
    expect([await ask('a', 'a-model'), await ask('a', 'a-model'), await ask('b', 'a-model')]).toEqual([
      true,
      false,
      true,
    ]);
    expect([await ask('a', 'another'), await ask('a', 'another')]).toEqual([true, true]);
  });

  test.each([
    ['a share of all', [{ ...quota, share: 1 }]],
    ['a name in capitals', [{ ...quota, name: 'Nova' }]],
    ['no model', [{ name: 'nova', tokensPerMinute: 1 }]],
    ['an unknown option', [{ ...quota, perMinute: 1 }]],
  ])('refuse %s', (_, given) => {
    expect(() => accountBudgets(given as never)).toThrow(TypeError);
  });
});

describe('limits that an operator has set', () => {
  const tenant: Budget = { ...hour, per: 'tenant' };
  const acme: Principal = { kind: 'tenant', id: 'acme' };
  const setLimit = (store: ReturnType<typeof watchedStore>, limit: number) =>
    store.write(overridesKey(keyOf(acme)), { conditions: [], set: { hour: limit }, add: {}, remove: [] });

  test('hold within a minute, and are read once in it, also by a crowd', async () => {
    const store = watchedStore(clock);
    const ledger = ledgerOver(store, clock, [tenant], { overridable: ['tenant'] });
    await Promise.all([1, 2, 3].map(() => spend(ledger, [acme], { tokens: 30 })));
    expect(store.counts.reads).toBe(1);
    await setLimit(store, 200);
    expect(await spend(ledger, [acme], { tokens: 30 })).toBe(false);
    clock.at += 60_000;
    expect(await spend(ledger, [acme], { tokens: 30 })).toBe(true);
    expect(store.counts.reads).toBe(2);
    expect(await ledger.usage(acme)).toMatchObject([{ limit: 200, used: 120 }]);
  });

  test('may be nothing at all', async () => {
    const store = watchedStore(clock);
    await setLimit(store, 0);
    const ledger = ledgerOver(store, clock, [tenant], { overridable: ['tenant'] });
    expect(await spend(ledger, [acme], { tokens: 1 })).toBe(false);
  });

  test('are not looked for where nobody may have them', async () => {
    const store = watchedStore(clock);
    await spend(ledgerOver(store, clock, [tenant]), [acme], { tokens: 1 });
    expect(store.counts.reads).toBe(0);
  });

  test('hold on while they cannot be read, where the budget can do without', async () => {
    const store = watchedStore(clock);
    await setLimit(store, 10);
    const open: Budget = { ...tenant, onFailure: 'open' };
    const ledger = ledgerOver(store, clock, [open], { overridable: ['tenant'] });
    expect(await spend(ledger, [acme], { tokens: 5 })).toBe(true);
    clock.at += 60_000;
    store.failing = (key) => key.startsWith('o#');
    store.failure = new Error('throttled');
    expect(await spend(ledger, [acme], { tokens: 6 })).toBe(false);
    const cold = ledgerOver(store, clock, [open], { overridable: ['tenant'] });
    const outcome = await cold.reserve([acme], { tokens: 6 }, someLease());
    expect(outcome).toMatchObject({ granted: true, uncounted: ['tenant'] }); // nobody knows its limit
  });

  test('that cannot be read refuse, where the budget is closed', async () => {
    const store = watchedStore(clock);
    store.failure = new Error('throttled');
    const ledger = ledgerOver(store, clock, [tenant], { overridable: ['tenant'] });
    await expect(spend(ledger, [acme], { tokens: 1 })).rejects.toThrow('throttled');
    store.failure = undefined;
    expect(await spend(ledger, [acme], { tokens: 1 })).toBe(true);
  });
});

test('versions of a service whose budgets differ share no lease, though its id is the same', async () => {
  const store = watchedStore(clock);
  const before = ledgerOver(store, clock, [hour]);
  const after = ledgerOver(store, clock, [hour, { ...hour, name: 'new' }]);
  const who = somebody();
  const lease = someLease();
  const first = granted(await before.reserve([who], { tokens: 20 }, lease));
  const second = granted(await after.reserve([who], { tokens: 50 }, lease));
  await before.settle(first, { tokens: 5 });
  await after.settle(second, { tokens: 10 });
  expect((await after.usage(who)).map(({ used }) => used)).toEqual([15, 10]);
});

describe('budgets that make no sense', () => {
  const share: Budget = { ...hour, name: 'share', soft: true };
  test.each([
    ['a session budget alone: who has used it up begins another session', [{ ...hour, per: 'session' }]],
    ['a zone for hours', [{ ...hour, zone: 'Europe/Berlin' }]],
    ['a zone that is none', [{ ...hour, window: 'day', zone: 'Mars/Olympus' }]],
    ['a pair in the wrong order', [{ ...hour, per: 'model+user' }]],
    ['a pair of the same', [{ ...hour, per: 'user+user' }]],
    ['three at once', [{ ...hour, per: 'user+ip+model' }]],
    ['kinds with and without a model', [{ ...hour, per: ['user', 'user+model'] }]],
    ['models of a budget that counts none', [{ ...hour, models: ['a'] }]],
    ['tokens of the account without a model', [{ ...hour, unit: 'quotaTokens' }]],
    ['strikes of a model', [{ ...hour, unit: 'strikes', per: 'user+model' }]],
    ['soft strikes', [{ ...hour, unit: 'strikes', soft: true }]],
    ['strikes in shards', [{ ...hour, unit: 'strikes', per: 'tenant', shards: 2 }]],
    ['a user in shards', [{ ...hour, shards: 2 }]],
    ['more shards than its limit', [{ ...hour, per: 'tenant', limit: 3, shards: 4 }]],
    [
      'shards that differ for one kind',
      [
        { ...hour, per: 'tenant', shards: 2 },
        { ...hour, name: 'other', per: 'tenant' },
      ],
    ],
    ['a share of nothing', [{ ...hour, beyondShare: { of: 'share', limit: 5 } }]],
    [
      'a share that is hard',
      [
        { ...hour, per: 'tenant', beyondShare: { of: 'share', limit: 5 } },
        { ...share, soft: false },
      ],
    ],
    [
      'a share of another unit',
      [
        { ...hour, per: 'tenant', beyondShare: { of: 'share', limit: 5 } },
        { ...share, unit: 'usd' },
      ],
    ],
    [
      'a share that is broader',
      [
        { ...hour, beyondShare: { of: 'share', limit: 5 } },
        { ...share, per: 'tenant' },
      ],
    ],
    ['less than nothing for the others', [{ ...hour, per: 'tenant', beyondShare: { of: 'share', limit: 500 } }, share]],
  ])('%s', (_, budgets) => {
    expect(() => checkBudgets(budgets as readonly Budget[])).toThrow(TypeError);
  });

  test('but sessions beside users do', () => {
    expect(() => checkBudgets([hour, { ...hour, name: 'session', per: 'session', window: 'session' }])).not.toThrow();
  });

  test('and eight for each of many models do', () => {
    const many = Array.from({ length: 24 }, (_, index) => ({
      ...hour,
      name: `b${index}`,
      per: 'user+model' as const,
      models: [`model-${index % 3}`],
    }));
    expect(() => checkBudgets(many)).not.toThrow();
    expect(() => checkBudgets(many.map((budget) => ({ ...budget, models: ['same'] })))).toThrow('at most 8');
  });
});

test('a caller is told of its own budgets, and only of those that count for it', async () => {
  const budgets: Budget[] = [
    { ...hour, name: 'anyone', per: ['user', 'ip'] },
    { ...hour, name: 'address', per: 'ip' },
    { ...hour, name: 'both', per: 'user+ip' },
    { ...hour, name: 'team', per: 'tenant' },
    { ...hour, name: 'all', per: 'account' },
  ];
  const ledger = ledgerOver(watchedStore(clock), clock, budgets);
  const [user, ip, tenant] = [somebody(), somebody('ip'), somebody('tenant')];
  const who = [user, ip, tenant, { kind: 'account', id: 'account' } as const];
  expect(await spend(ledger, who, { tokens: 7 })).toBe(true);
  const told = await ownUsage(ledger, budgets, who);
  expect(told.map(({ budget, used }) => [budget, used])).toEqual([
    ['both', 7],
    ['anyone', 7],
    ['address', 7],
  ]);
});
