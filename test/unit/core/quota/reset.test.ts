import { describe, expect, test } from 'vitest';
import type { Budget, Principal, Reservation } from '../../../../core/quota/index.ts';
import { createBudgetAdmin } from '../../../../core/quota/ledger/budget-admin.ts';
import { lapsedAttribute, leaseAttribute, STAMP, writeLapsed } from '../../../../core/quota/ledger/item.ts';
import type { ItemStore, QuotaItem } from '../../../../core/quota/ledger/item-store.ts';
import { writeLease } from '../../../../core/quota/ledger/lease.ts';
import { createQuotaLedger } from '../../../../core/quota/ledger/ledger.ts';
import { createMemoryStore } from '../../../../core/quota/ledger/memory-store.ts';
import { usageKey } from '../../../../core/quota/ledger/payer-holds.ts';
import { resetUpdate } from '../../../../core/quota/ledger/reset.ts';
import { termsOf, withLimits } from '../../../../core/quota/terms.ts';
import { counterName } from '../../../../core/quota/windows/counters.ts';

const AT = Date.UTC(2026, 10, 24, 12, 30);
const MINUTE_MS = 60_000;
const hour: Budget = { name: 'hour', per: 'user', unit: 'tokens', window: 'hour', limit: 1000 };
const day: Budget = { ...hour, name: 'day', window: 'day', onExpiry: 'release' };
const strikes: Budget = { name: 'strikes', per: 'user', unit: 'strikes', window: 'hour', limit: 3 };
const BUDGETS = [hour, day, strikes];

const lease = (tokens: number, endsIn: number): string =>
  writeLease({
    reservedAt: AT - 20 * MINUTE_MS,
    expiresAt: AT + endsIn,
    cost: { tokens },
    stamp: 'a.b',
    version: '',
    except: [],
  });

const spent: QuotaItem = {
  [counterName(hour, AT)]: 700,
  [counterName(day, AT)]: 700,
  [counterName(strikes, AT)]: 3,
};

describe('a reset of an item', () => {
  test('takes off what was spent, once', () => {
    const reset = resetUpdate(spent, BUDGETS, AT, 'stamp');
    expect(reset?.update).toEqual({
      conditions: [{ absent: STAMP }],
      set: { [STAMP]: 'stamp' },
      add: { [counterName(hour, AT)]: -700, [counterName(day, AT)]: -700, [counterName(strikes, AT)]: -3 },
      remove: [],
    });
    expect(resetUpdate({ ...spent, [STAMP]: 'before' }, [hour], AT, 'stamp')?.update.conditions).toEqual([
      { equals: STAMP, text: 'before' },
    ]);
  });

  test('leaves what reservations in flight hold, also for a while after their time', () => {
    const item = {
      ...spent,
      [leaseAttribute('a')]: lease(100, MINUTE_MS),
      [leaseAttribute('b')]: lease(50, -MINUTE_MS),
    };
    expect(resetUpdate(item, [hour], AT, 'stamp')?.givenBack).toEqual(new Map([['hour', 550]]));
  });

  test('writes off what the reservations of dead functions hold, and keeps them from being settled into it', () => {
    const dead = lease(100, -10 * MINUTE_MS);
    const item = { ...spent, [leaseAttribute('a')]: dead };
    const reset = resetUpdate(item, [hour], AT, 'stamp');
    expect(reset?.givenBack).toEqual(new Map([['hour', 700]]));
    expect(reset?.update.conditions).toContainEqual({ equals: leaseAttribute('a'), text: dead });
    expect(reset?.update.set[leaseAttribute('a')]).toBe(`${dead}|hour`);
  });

  test('writes off what lapsed reservations have charged, and lets the other budgets count them', () => {
    const dead = lease(100, -10 * MINUTE_MS);
    const attribute = lapsedAttribute(leaseAttribute('a'));
    const item = { ...spent, [attribute]: writeLapsed(dead, AT) };
    const reset = resetUpdate(item, BUDGETS, AT, 'stamp');
    expect(reset?.givenBack.get('hour')).toBe(700);
    expect(reset?.update.set[attribute]).toBe(`${writeLapsed(dead, AT)}|hour|strikes`);
  });

  test('has nothing to do where nothing was spent', () => {
    expect(resetUpdate({}, BUDGETS, AT, 'stamp')).toBeUndefined();
    const held = { [counterName(hour, AT)]: 100, [leaseAttribute('a')]: lease(100, MINUTE_MS) };
    expect(resetUpdate(held, [hour], AT, 'stamp')).toBeUndefined();
    expect(resetUpdate(spent, [hour], AT + 60 * MINUTE_MS, 'stamp')).toBeUndefined();
  });

  test('takes more than one write for many dead functions', () => {
    const leases = Array.from({ length: 30 }, (_, index) => [leaseAttribute(`${index}`), lease(10, -10 * MINUTE_MS)]);
    const reset = resetUpdate({ ...spent, ...Object.fromEntries(leases) }, [hour], AT, 'stamp');
    expect(reset?.isPartial).toBe(true);
    expect(reset?.givenBack).toEqual(new Map([['hour', 600]]));
  });
});

describe('an operator', () => {
  const WHO: Principal = { kind: 'user', id: 'ada' };
  const who = { kind: 'user', digest: 'ada' } as const;
  const SHARDED: readonly Budget[] = [{ ...hour, per: 'tenant', name: 'shared', shards: 4, limit: 4000 }];
  let seed = 1;
  const random = () => {
    seed = (seed * 48_271) % 0x7fffffff;
    return seed / 0x7fffffff;
  };
  const service = (wrap: (store: ItemStore) => ItemStore = (store) => store) => {
    const clock = { at: AT };
    const now = () => clock.at;
    const store = createMemoryStore(100, now);
    const budgets = [...BUDGETS, ...SHARDED];
    const common = { budgets, now, random };
    const keyOf = ({ kind, id }: Principal) => `${kind}#${id}`;
    const ledger = createQuotaLedger({ ...common, store, keyOf, overridable: ['user'], skewMs: 0, keepMs: 1e9 });
    return { clock, store, ledger, admin: createBudgetAdmin({ ...common, store: wrap(store) }) };
  };
  let ids = 0;
  const spend = async ({ ledger }: ReturnType<typeof service>, tokens: number, more = {}, payer = WHO) => {
    ids += 1;
    const outcome = await ledger.reserve([payer], { tokens }, { id: `${ids}`, ttlMs: MINUTE_MS });
    if (outcome.granted) await ledger.settle(outcome, { tokens, ...more });
    return outcome.granted;
  };

  test('ends a suspension', async () => {
    const made = service();
    for (let index = 0; index < 3; index++) await spend(made, 1, { strikes: 1 });
    expect(await spend(made, 1)).toBe(false);
    expect(await made.admin.reset(who, ['strikes'])).toEqual(new Map([['strikes', 3]]));
    made.clock.at += 10_001;
    expect(await spend(made, 1)).toBe(true);
    expect((await made.admin.show(who)).budgets.map(({ used }) => used)).toEqual([4, 4, 0]);
  });

  test('gives back what all parts of a budget have counted', async () => {
    const made = service();
    const acme: Principal = { kind: 'tenant', id: 'acme' };
    for (let index = 0; index < 20; index++) await spend(made, 50, {}, acme);
    const tenant = { kind: 'tenant', digest: 'acme' } as const;
    expect((await made.admin.show(tenant)).budgets[0]).toMatchObject({ used: 1000, limit: 4000 });
    expect(await made.admin.reset(tenant, ['shared'])).toEqual(new Map([['shared', 1000]]));
    expect((await made.admin.show(tenant)).budgets[0]?.used).toBe(0);
  });

  test('sees who is new, and who has reservations in flight', async () => {
    const made = service();
    const { budgets, reservations, stamp } = await made.admin.show(who);
    expect(budgets.map(({ used, remaining }) => [used, remaining])).toEqual([
      [0, 1000],
      [0, 1000],
      [0, 3],
    ]);
    expect({ reservations, stamp }).toMatchObject({ reservations: { count: 0 }, stamp: undefined });
    await made.ledger.reserve([WHO], { tokens: 30 }, { id: 'flying', ttlMs: MINUTE_MS });
    await spend(made, 12);
    expect((await made.admin.show(who)).budgets[0]).toMatchObject({ used: 42, held: 30 });
    made.clock.at += 10 * MINUTE_MS;
    expect((await made.admin.show(who)).reservations).toMatchObject({ count: 1, overdue: 1, cost: { tokens: 30 } });
  });

  test('is believed by running functions within a minute, and by none before it is up to them', async () => {
    const made = service();
    expect(await spend(made, 900)).toBe(true);
    expect(await spend(made, 900)).toBe(false);
    expect(
      await made.admin.set(
        who,
        new Map([
          ['hour', 5000],
          ['day', 5000],
        ]),
        undefined,
      ),
    ).toBe(true);
    expect(await spend(made, 900)).toBe(false);
    made.clock.at += MINUTE_MS;
    expect(await spend(made, 900)).toBe(true);
    const { stamp, budgets } = await made.admin.show(who);
    expect(budgets[0]).toMatchObject({ limit: 5000, defaultLimit: 1000, isOverridden: true });
    expect(await made.admin.set(who, new Map([['hour', undefined]]), stamp)).toBe(true);
    expect((await made.admin.show(who)).budgets[0]).toMatchObject({ limit: 1000, isOverridden: false });
  });

  test('sets a limit that holds beyond fair shares, too', () => {
    const kept: Budget = { ...hour, name: 'kept', beyondShare: { of: 'share', limit: 700 } };
    const [own] = termsOf(withLimits([kept], new Map([['kept', 500]])), 0, new Set(['share']));
    expect(own?.limit).toBe(500);
    expect(termsOf([kept], 0, new Set(['share']))[0]?.limit).toBe(700);
  });

  test('does not write over what another operator has set since', async () => {
    const { admin } = service();
    const { stamp } = await admin.show(who);
    expect(await admin.set(who, new Map([['hour', 1]]), stamp)).toBe(true);
    expect(await admin.set(who, new Map([['hour', 2]]), stamp)).toBe(false);
    expect((await admin.show(who)).budgets[0]?.limit).toBe(1);
  });

  test('gives back once though the reply is lost and the write is sent again after others have spent', async () => {
    const between: (() => Promise<unknown>)[] = [];
    const lossy = (store: ItemStore): ItemStore => ({
      ...store,
      async write(key, update) {
        await store.write(key, update);
        await between.pop()?.();
        return store.write(key, update);
      },
    });
    const made = service(lossy);
    await spend(made, 100);
    let flying: Reservation | undefined;
    between.push(async () => {
      const outcome = await made.ledger.reserve([WHO], { tokens: 100 }, { id: 'between', ttlMs: MINUTE_MS });
      if (outcome.granted) flying = outcome;
    });
    expect(await made.admin.reset(who, ['hour'])).toEqual(new Map([['hour', 100]]));
    expect(flying).toBeDefined();
    await made.ledger.settle(flying as Reservation, { tokens: 30 });
    expect((await made.store.read(usageKey('user#ada', 0, 1)))[counterName(hour, AT)]).toBe(30);
    expect(await made.admin.set(who, new Map([['hour', 7]]), undefined)).toBe(true);
  });

  test('gives up where others are faster every time', async () => {
    let rivals = 0;
    const made = service((store) => ({
      ...store,
      async write(key, update) {
        rivals += 1;
        await store.write(key, { conditions: [], set: { [STAMP]: `rival ${rivals}` }, add: {}, remove: [] });
        return store.write(key, update);
      },
    }));
    await spend(made, 100);
    await expect(made.admin.reset(who, ['hour'])).rejects.toThrow('could not be reset');
    expect(rivals).toBe(20);
  });
});
