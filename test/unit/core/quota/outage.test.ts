/** What becomes of requests while the table is out of reach, by budget; and what a refusal costs the table. */

import { beforeEach, describe, expect, test } from 'vitest';
import { type Budget, type Principal, refusalOf } from '../../../../core/quota/index.ts';
import { REMEMBER_MS } from '../../../../core/quota/ledger/denial-memory.ts';
import { LOOKS_PER_SECOND } from '../../../../core/quota/ledger/look-limit.ts';
import { somebody } from '../../../support/quota-contract.ts';
import { granted, ledgerOver, someLease, spend, watchedStore } from '../../../support/quota-store.ts';

const clock = { at: 0 };
beforeEach(() => {
  clock.at = Date.UTC(2026, 10, 27, 12);
});

const hour: Budget = { name: 'hour', per: 'user', unit: 'tokens', window: 'hour', limit: 1000 };

/** A ledger whose table is out of reach. */
const cutOff = (budgets: readonly Budget[]) => {
  const store = watchedStore(clock);
  store.failure = new Error('down');
  return { store, ledger: ledgerOver(store, clock, budgets) };
};

describe('while the table is out of reach', () => {
  test('a closed budget refuses, with what the table said', async () => {
    await expect(spend(cutOff([hour]).ledger, [somebody()], { tokens: 1 })).rejects.toThrow('down');
  });

  test('an open budget lets everything pass, and says that it was not counted', async () => {
    const { ledger } = cutOff([{ ...hour, onFailure: 'open' }]);
    const outcome = granted(await ledger.reserve([somebody()], { tokens: 999 }, someLease()));
    expect(outcome).toMatchObject({ uncounted: ['user'], levels: [], cost: { tokens: 999 } });
    expect(await ledger.extend(outcome, { tokens: 500 })).toMatchObject({ granted: true, uncounted: ['user'] });
    await expect(ledger.settle(outcome, { tokens: 700 })).resolves.toBeUndefined();
  });

  test('a degraded one lets a tenth pass, of each principal and window', async () => {
    const { ledger } = cutOff([{ ...hour, onFailure: 'degraded' }]);
    const who = somebody();
    for (let request = 0; request < 4; request++) expect(await spend(ledger, [who], { tokens: 25 })).toBe(true);
    const denial = await ledger.reserve([who], { tokens: 25 }, someLease());
    expect(denial).toMatchObject({ granted: false, reason: 'budget', retryAfterSeconds: 2 });
    expect(await spend(ledger, [somebody()], { tokens: 25 })).toBe(true);
    clock.at += 3_600_000;
    expect(await spend(ledger, [who], { tokens: 25 })).toBe(true);
  });

  test('the strictest budget of a principal counts', async () => {
    const { ledger } = cutOff([
      { ...hour, onFailure: 'open' },
      { ...hour, name: 'strict', window: 'day', limit: 5000, onFailure: 'degraded' },
    ]);
    const who = somebody();
    expect(await spend(ledger, [who], { tokens: 100 })).toBe(true);
    expect(await spend(ledger, [who], { tokens: 1 })).toBe(false);
  });

  test('a confirmation is refused, whatever the budget: nobody knows whether it was used', async () => {
    const { ledger } = cutOff([{ ...hour, onFailure: 'open' }]);
    const consume = { id: 'token', expiresAt: clock.at + 1000 };
    await expect(ledger.reserve([somebody()], {}, { ...someLease(), consume })).rejects.toThrow('down');
  });

  test('a confirmation is refused, too, where only the limits of the payer are out of reach', async () => {
    const store = watchedStore(clock);
    const ledger = ledgerOver(store, clock, [{ ...hour, onFailure: 'open' }], { overridable: ['user'] });
    store.failure = new Error('throttled');
    store.failing = (key) => key.startsWith('o#');
    const consume = { id: 'token', expiresAt: clock.at + 1000 };
    await expect(ledger.reserve([somebody()], {}, { ...someLease(), consume })).rejects.toThrow('out of reach');
  });

  test('the allowance is charged what the table does not hold', async () => {
    const store = watchedStore(clock);
    const ledger = ledgerOver(store, clock, [{ ...hour, onFailure: 'degraded' }]);
    const who = somebody();
    const reservation = granted(await ledger.reserve([who], { tokens: 300 }, someLease()));
    store.failure = new Error('down');
    const extended = granted(await ledger.extend(reservation, { tokens: 10 }));
    store.failure = undefined;
    await ledger.settle(extended, { tokens: 310 });
    expect(await ledger.usage(who)).toMatchObject([{ used: 310 }]);
    store.failure = new Error('down');
    clock.at += 5000;
    expect(await spend(ledger, [who], { tokens: 90 })).toBe(true);
    expect(await spend(ledger, [who], { tokens: 1 })).toBe(false);
  });

  test('many names of one kind leave the allowance of the others alone', async () => {
    const { ledger } = cutOff([{ ...hour, per: ['user', 'ip'], onFailure: 'degraded' }]);
    for (let name = 0; name < 10_000; name++) await spend(ledger, [somebody('ip')], { tokens: 1 });
    expect(await ledger.reserve([somebody('ip')], { tokens: 1 }, someLease())).toMatchObject({
      granted: false,
      retryAfterSeconds: 1,
    });
    expect(await spend(ledger, [somebody()], { tokens: 1 })).toBe(true);
  });

  test('it is asked again every two seconds only, where it can be done without', async () => {
    const { ledger, store } = cutOff([{ ...hour, onFailure: 'open' }]);
    for (let request = 0; request < 5; request++) await spend(ledger, [somebody()], { tokens: 1 });
    expect(store.counts.writes).toBe(1);
    clock.at += 2000;
    store.failure = undefined;
    const who = somebody();
    expect(await spend(ledger, [who], { tokens: 7 })).toBe(true);
    expect(await ledger.usage(who)).toMatchObject([{ used: 7 }]);
  });

  test('what was reserved before is extended without it, and settled when it is back', async () => {
    const store = watchedStore(clock);
    const ledger = ledgerOver(store, clock, [{ ...hour, onFailure: 'degraded' }]);
    const who = somebody();
    const reservation = granted(await ledger.reserve([who], { tokens: 50 }, someLease()));
    store.failure = new Error('down');
    const once = granted(await ledger.extend(reservation, { tokens: 60 }));
    const twice = granted(await ledger.extend(once, { tokens: 30 }));
    expect(twice).toMatchObject({ cost: { tokens: 140 }, uncounted: ['user'] });
    expect((await ledger.extend(twice, { tokens: 30 })).granted).toBe(false);
    store.failure = undefined;
    await ledger.settle(twice, { tokens: 140 });
    expect(await ledger.usage(who)).toMatchObject([{ used: 140 }]);
  });

  test('of one kind of principals only, the others are counted as ever', async () => {
    const store = watchedStore(clock);
    const ledger = ledgerOver(store, clock, [{ ...hour, per: ['user', 'ip'], onFailure: 'open' }]);
    store.failure = new Error('down');
    store.failing = (key) => key.includes('#ip#');
    const who = somebody();
    expect(await spend(ledger, [somebody('ip')], { tokens: 100 })).toBe(true);
    expect(await spend(ledger, [who], { tokens: 900 })).toBe(true);
    expect(await spend(ledger, [who], { tokens: 200 })).toBe(false);
    expect(await ledger.usage(who)).toMatchObject([{ used: 900 }]);
  });

  test('for want of capacity for one item, the others are counted as ever', async () => {
    const store = watchedStore(clock);
    const ledger = ledgerOver(store, clock, [{ ...hour, onFailure: 'open' }]);
    const [flooding, other] = [somebody(), somebody()];
    store.failure = new Error('throttled');
    store.failing = (key) => key.includes(flooding.id);
    expect(await spend(ledger, [flooding], { tokens: 1 })).toBe(true);
    expect(await spend(ledger, [other], { tokens: 7 })).toBe(true);
    expect(await ledger.usage(other)).toMatchObject([{ used: 7 }]);
  });

  test('what it says of a wrong request is no outage', async () => {
    const { ledger, store } = cutOff([{ ...hour, onFailure: 'open' }]);
    store.failure = new Error('invalid');
    await expect(spend(ledger, [somebody()], { tokens: 1 })).rejects.toThrow('invalid');
  });

  test('a clock that is put back does not prolong it', async () => {
    const { ledger, store } = cutOff([{ ...hour, onFailure: 'open' }]);
    await spend(ledger, [somebody()], { tokens: 1 });
    store.failure = undefined;
    clock.at -= 86_400_000;
    const who = somebody();
    await spend(ledger, [who], { tokens: 7 });
    expect(await ledger.usage(who)).toMatchObject([{ used: 7 }]);
  });

  test('what is taken back adds nothing to the allowance', async () => {
    const store = watchedStore(clock);
    const tenant: Budget = { ...hour, name: 'tenant', per: 'tenant', limit: 100 };
    const ledger = ledgerOver(store, clock, [{ ...hour, onFailure: 'degraded' }, tenant]);
    const [who, acme] = [somebody(), somebody('tenant')];
    const reservation = granted(await ledger.reserve([who, acme], { tokens: 50 }, someLease()));
    store.failing = (key) => key.includes('#user#') && store.counts.writes > 3;
    store.failure = new Error('down');
    expect((await ledger.extend(reservation, { tokens: 300 })).granted).toBe(false);
    let passed = 0;
    for (let request = 0; request < 20; request++) passed += (await spend(ledger, [who], { tokens: 10 })) ? 10 : 0;
    expect(passed).toBeLessThanOrEqual(100);
  });

  test('an older version of a reservation cannot extend for nothing', async () => {
    const store = watchedStore(clock);
    const ledger = ledgerOver(store, clock, [{ ...hour, onFailure: 'degraded' }]);
    const reservation = granted(await ledger.reserve([somebody()], { tokens: 50 }, someLease()));
    store.failure = new Error('down');
    const outcomes = [];
    for (let step = 0; step < 5; step++) outcomes.push(await ledger.extend(reservation, { tokens: 40 }));
    expect(outcomes.filter((outcome) => outcome.granted)).toHaveLength(2);
    store.failure = undefined;
    clock.at += 2000;
    expect((await ledger.extend(reservation, { tokens: 40 })).granted).toBe(true);
  });

  test('an error of the ledger itself is no outage', async () => {
    const store = watchedStore(clock);
    const ledger = ledgerOver(store, clock, [{ ...hour, onFailure: 'open' }]);
    const who = somebody();
    const reservation = granted(await ledger.reserve([who], { tokens: 50 }, someLease()));
    await ledger.settle(reservation, { tokens: 50 });
    await expect(ledger.extend(reservation, { tokens: 1 })).rejects.toThrow('has ended');
    await spend(ledger, [who], { tokens: 1 });
    expect(await ledger.usage(who)).toMatchObject([{ used: 51 }]);
  });
});

describe('a refusal', () => {
  const refused = async (held: boolean) => {
    const store = watchedStore(clock);
    const ledger = ledgerOver(store, clock, [hour]);
    const who = somebody();
    const first = granted(await ledger.reserve([who], { tokens: 900 }, someLease()));
    if (!held) await ledger.settle(first, { tokens: 900 });
    expect(await spend(ledger, [who], { tokens: 200 })).toBe(false);
    store.counts.writes = 0;
    return { store, ledger, who, first };
  };
  const many = async (ledger: ReturnType<typeof ledgerOver>, who: Principal, tokens: number, times = 500) => {
    for (let request = 0; request < times; request++) expect(await spend(ledger, [who], { tokens })).toBe(false);
  };

  test('that is certain costs no write, for ten seconds', async () => {
    const { store, ledger, who } = await refused(false);
    await many(ledger, who, 101);
    expect(store.counts.writes).toBe(0);
    clock.at += REMEMBER_MS;
    await many(ledger, who, 101, 5);
    expect(store.counts.writes).toBe(1);
  });

  test('never holds for a smaller request that fits', async () => {
    const { ledger, who } = await refused(false);
    expect(await spend(ledger, [who], { tokens: 100 })).toBe(true);
  });

  test('is forgotten as soon as anything is granted', async () => {
    const store = watchedStore(clock);
    const [here, there] = [ledgerOver(store, clock, [hour]), ledgerOver(store, clock, [hour])];
    const who = somebody();
    const first = granted(await there.reserve([who], { tokens: 990 }, someLease()));
    expect(await spend(here, [who], { tokens: 20 })).toBe(false);
    await there.settle(first, {});
    for (let request = 0; request < 40; request++) expect(await spend(here, [who], { tokens: 20 })).toBe(true);
  });

  test('says to come back when the first that is in the way must have ended', async () => {
    const ledger = ledgerOver(watchedStore(clock), clock, [hour]);
    const who = somebody();
    const first = granted(await ledger.reserve([who], { tokens: 900 }, someLease(34_000)));
    const again = async () => {
      const outcome = await ledger.reserve([who], { tokens: 200 }, someLease());
      return outcome.granted ? 0 : outcome.retryAfterSeconds;
    };
    expect(await again()).toBe(34);
    clock.at += 4000;
    expect(await again()).toBe(30);
    await ledger.settle(first, { tokens: 900 });
    expect(await again()).toBe(3596);
  });

  test('says to wait for the window where what is in the way is charged to the dead', async () => {
    const ledger = ledgerOver(watchedStore(clock), clock, [hour]);
    const who = somebody();
    granted(await ledger.reserve([who], { tokens: 990 }, someLease(1000)));
    clock.at += 10_000;
    granted(await ledger.reserve([who], { tokens: 1 }, someLease(30_000)));
    const denial = await ledger.reserve([who], { tokens: 200 }, someLease());
    expect(denial).toMatchObject({ granted: false, retryAfterSeconds: 3590 });
  });

  test('by a budget that never starts again names no time to wait', async () => {
    const ledger = ledgerOver(watchedStore(clock), clock, [{ ...hour, window: 'session' }]);
    const who = somebody();
    await spend(ledger, [who], { tokens: 990 });
    const denial = await ledger.reserve([who], { tokens: 200 }, someLease());
    expect(denial.granted).toBe(false);
    if (!denial.granted)
      expect(refusalOf(denial).headers).toEqual({ 'ratelimit-policy': '"hour";q=1000', ratelimit: '"hour";r=10' });
  });

  test('by all parts of a budget is asked for again no more often than by one', async () => {
    const store = watchedStore(clock);
    const shared: Budget = { ...hour, per: 'tenant', limit: 160, shards: 16 };
    const ledger = ledgerOver(store, clock, [shared]);
    const acme = somebody('tenant');
    for (let part = 0; part < 16; part++) granted(await ledger.reserve([acme], { tokens: 10 }, someLease()));
    await many(ledger, acme, 5, 1);
    store.counts.writes = 0;
    await many(ledger, acme, 5);
    expect(store.counts.writes).toBeLessThanOrEqual(16);
  });

  test('by what others only hold is asked for again, some times a second', async () => {
    const { store, ledger, who, first } = await refused(true);
    await many(ledger, who, 200);
    expect(store.counts.writes).toBe(LOOKS_PER_SECOND);
    clock.at += 1000;
    await many(ledger, who, 200);
    expect(store.counts.writes).toBe(2 * LOOKS_PER_SECOND);
    await ledger.settle(first, {});
    expect(await spend(ledger, [who], { tokens: 200 })).toBe(true);
  });

  test('ends with the window', async () => {
    const { ledger, who } = await refused(false);
    clock.at = Date.UTC(2026, 10, 27, 13);
    expect(await spend(ledger, [who], { tokens: 200 })).toBe(true);
  });

  test('by a tenant costs none of its users a write', async () => {
    const store = watchedStore(clock);
    const tenant: Budget = { ...hour, name: 'tenant', per: 'tenant', limit: 10 };
    const ledger = ledgerOver(store, clock, [hour, tenant]);
    const acme = somebody('tenant');
    expect(await spend(ledger, [somebody(), acme], { tokens: 10 })).toBe(true);
    expect(await spend(ledger, [somebody(), acme], { tokens: 1 })).toBe(false);
    store.counts.writes = 0;
    for (let request = 0; request < 100; request++)
      expect(await spend(ledger, [somebody(), acme], { tokens: 1 })).toBe(false);
    expect(store.counts.writes).toBe(0);
  });
});

describe('clocks that differ', () => {
  const at = (offset: number) => ({ now: () => clock.at + offset });

  test('a slow one counts at the time of the item, and opens no window again', async () => {
    const store = watchedStore(clock);
    const minute: Budget = { ...hour, window: 'minute', limit: 10 };
    const right = ledgerOver(store, clock, [minute]);
    const slow = ledgerOver(store, clock, [minute], at(-600_000));
    const who = somebody();
    expect(await spend(right, [who], { tokens: 10 })).toBe(true);
    expect(await spend(slow, [who], { tokens: 1 })).toBe(false);
    clock.at += 60_000;
    expect(await spend(right, [who], { tokens: 4 })).toBe(true);
    expect(await spend(slow, [who], { tokens: 6 })).toBe(true);
    expect(await spend(slow, [who], { tokens: 1 })).toBe(false);
  });

  test('a fast one spends the windows that it is ahead, and no more than their limits', async () => {
    const store = watchedStore(clock);
    const minute: Budget = { ...hour, window: 'minute', limit: 10 };
    const right = ledgerOver(store, clock, [minute]);
    const fast = ledgerOver(store, clock, [minute], at(600_000));
    const who = somebody();
    expect(await spend(fast, [who], { tokens: 10 })).toBe(true);
    expect(await spend(right, [who], { tokens: 1 })).toBe(false);
  });

  test('one that is wrong by hours is put right by the next write', async () => {
    const store = watchedStore(clock);
    const minute: Budget = { ...hour, window: 'minute', limit: 10 };
    const right = ledgerOver(store, clock, [minute]);
    const wrong = ledgerOver(store, clock, [minute], at(86_400_000));
    const who = somebody();
    expect(await spend(wrong, [who], { tokens: 10 })).toBe(true);
    for (let minutes = 0; minutes < 3; minutes++) {
      expect(await spend(right, [who], { tokens: 10 })).toBe(true);
      expect(await right.reserve([who], { tokens: 1 }, someLease())).toMatchObject({ retryAfterSeconds: 60 });
      clock.at += 60_000;
    }
  });

  test('a reservation that a fast one takes for dead is counted when its holder settles', async () => {
    const store = watchedStore(clock);
    const release: Budget = { ...hour, limit: 100, onExpiry: 'release' };
    const right = ledgerOver(store, clock, [release]);
    const fast = ledgerOver(store, clock, [release], at(120_000));
    const who = somebody();
    const running = granted(await right.reserve([who], { tokens: 80 }, someLease()));
    expect(await spend(fast, [who], { tokens: 60 })).toBe(true);
    await right.settle(running, { tokens: 75 });
    await right.settle(running, { tokens: 75 });
    expect(await right.usage(who)).toMatchObject([{ used: 135 }]);
  });

  test('a one-time token is not used again by a slow one, when the item has forgotten it', async () => {
    const store = watchedStore(clock);
    const right = ledgerOver(store, clock, [hour]);
    const slow = ledgerOver(store, clock, [hour], at(-600_000));
    const who = somebody();
    const consume = { id: 'token', expiresAt: clock.at + 300_000 };
    expect((await right.reserve([who], {}, { ...someLease(), consume })).granted).toBe(true);
    clock.at += 400_000;
    for (let request = 0; request < 3; request++) await spend(right, [who], { tokens: 1 });
    expect(await slow.reserve([who], {}, { ...someLease(), consume })).toMatchObject({ reason: 'consumed' });
  });
});
