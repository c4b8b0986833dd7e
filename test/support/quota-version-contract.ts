/** What every quota ledger promises of the versions of a reservation, of one-time tokens, and of crowds. */

import { beforeEach, describe, expect, test } from 'vitest';
import type { Budget, Denial, Principal, QuotaLedger, Reservation } from '../../core/quota/index.ts';
import { type LedgerMaker, somebody, type TestClock } from './quota-contract.ts';

const START = Date.UTC(2026, 10, 24, 12, 0, 10);
const MINUTE_MS = 60_000;

const tokens = (limit: number, more: Partial<Budget> = {}): Budget => ({
  name: 'tokens',
  per: 'user',
  unit: 'tokens',
  window: 'hour',
  limit,
  ...more,
});

const granted = (outcome: Reservation | Denial): Reservation => {
  if (!outcome.granted) throw new Error(`denied by ${outcome.budget}`);
  return outcome;
};

const usedBy = async (ledger: QuotaLedger, who: Principal): Promise<number> =>
  (await ledger.usage(who))[0]?.used ?? Number.NaN;

/** Runs the contract against the ledgers that `make` makes. */
export const quotaVersionContract = (name: string, make: LedgerMaker): void => {
  describe(`${name}: versions of a reservation`, () => {
    const clock: TestClock = { at: START };
    let id = 0;
    const lease = (ttlMs = MINUTE_MS) => {
      id += 1;
      return { id: `version-${id}`, ttlMs };
    };
    beforeEach(() => {
      clock.at = START;
    });

    test('extensions at once add up, each charged once', async () => {
      const ledger = await make([tokens(1000)], clock);
      const who = somebody();
      const reservation = granted(await ledger.reserve([who], { tokens: 200 }, lease()));
      const versions = await Promise.all([1, 2, 3].map(() => ledger.extend(reservation, { tokens: 100 })));
      const costs = versions.map((version) => granted(version).cost.tokens);
      expect(costs.toSorted()).toEqual([300, 400, 500]);
      expect(await usedBy(ledger, who)).toBe(500);
      await ledger.settle(granted(versions[0] as Reservation), { tokens: 50 });
      expect(await usedBy(ledger, who)).toBe(50);
    });

    test('extensions at once never pass the limit', async () => {
      const ledger = await make([tokens(500)], clock);
      const who = somebody();
      const reservation = granted(await ledger.reserve([who], { tokens: 200 }, lease()));
      const versions = await Promise.all([1, 2, 3, 4, 5].map(() => ledger.extend(reservation, { tokens: 100 })));
      expect(versions.filter((version) => version.granted)).toHaveLength(3);
      expect(await usedBy(ledger, who)).toBe(500);
    });

    test('an older version settles what the newer one added', async () => {
      const ledger = await make([tokens(1000)], clock);
      const who = somebody();
      const reservation = granted(await ledger.reserve([who], { tokens: 200 }, lease()));
      const newer = granted(await ledger.extend(reservation, { tokens: 100 }));
      await ledger.settle(reservation, { tokens: 50 });
      await ledger.settle(newer, { tokens: 70 });
      expect(await usedBy(ledger, who)).toBe(50);
    });

    test('does not settle a later reservation with the id of a settled one', async () => {
      const ledger = await make([tokens(1000)], clock);
      const who = somebody();
      const same = lease();
      const first = granted(await ledger.reserve([who], { tokens: 100 }, same));
      await ledger.settle(first, { tokens: 10 });
      granted(await ledger.reserve([who], { tokens: 100 }, same));
      await ledger.settle(first, {});
      expect(await usedBy(ledger, who)).toBe(110);
    });

    test('refuses a copy of a reservation, which it could not settle', async () => {
      const ledger = await make([tokens(1000)], clock);
      const reservation = granted(await ledger.reserve([somebody()], { tokens: 10 }, lease()));
      await expect(ledger.settle({ ...reservation }, {})).rejects.toThrow(TypeError);
      await expect(ledger.extend({ ...reservation }, { tokens: 1 })).rejects.toThrow(TypeError);
    });

    test('does not extend what was settled', async () => {
      const ledger = await make([tokens(1000)], clock);
      const reservation = granted(await ledger.reserve([somebody()], { tokens: 10 }, lease()));
      await ledger.settle(reservation, {});
      await expect(ledger.extend(reservation, { tokens: 1 })).rejects.toThrow('has ended');
    });

    test('an extension that the tenant refuses leaves the user as it was', async () => {
      const ledger = await make([tokens(1000), { ...tokens(250), name: 'tenant', per: 'tenant' }], clock);
      const [user, tenant] = [somebody(), somebody('tenant')];
      const reservation = granted(await ledger.reserve([user, tenant], { tokens: 200 }, lease()));
      expect(await ledger.extend(reservation, { tokens: 100 })).toMatchObject({ granted: false, budget: 'tenant' });
      expect([await usedBy(ledger, user), await usedBy(ledger, tenant)]).toEqual([200, 200]);
      await ledger.settle(reservation, { tokens: 120 });
      expect([await usedBy(ledger, user), await usedBy(ledger, tenant)]).toEqual([120, 120]);
    });

    test('a strike while a request runs stops the next one, not this one', async () => {
      const strikes: Budget = { name: 'strikes', per: 'user', unit: 'strikes', window: 'hour', limit: 1 };
      const ledger = await make([tokens(1000), strikes], clock);
      const who = somebody();
      const running = granted(await ledger.reserve([who], { tokens: 10 }, lease()));
      await ledger.settle(granted(await ledger.reserve([who], { tokens: 10 }, lease())), { strikes: 1 });
      expect((await ledger.extend(running, { tokens: 10 })).granted).toBe(true);
      expect(await ledger.reserve([who], {}, lease())).toMatchObject({ reason: 'suspended' });
    });

    test('an extension counts where the reservation does, also windows later', async () => {
      const ledger = await make([tokens(100, { window: 'minute' })], clock);
      const who = somebody();
      const running = granted(await ledger.reserve([who], { tokens: 90 }, lease(10 * MINUTE_MS)));
      for (let minute = 0; minute < 4; minute++) {
        clock.at += MINUTE_MS;
        await ledger.settle(granted(await ledger.reserve([who], { tokens: 50 }, lease())), { tokens: 50 });
      }
      expect((await ledger.extend(running, { tokens: 11 })).granted).toBe(false);
      expect((await ledger.extend(running, { tokens: 10 })).granted).toBe(true);
      expect(await usedBy(ledger, who)).toBe(50);
    });

    test('charges a principal that is named twice once', async () => {
      const ledger = await make([tokens(1000)], clock);
      const who = somebody();
      const reservation = granted(await ledger.reserve([who, { ...who }], { tokens: 100 }, lease()));
      expect(await usedBy(ledger, who)).toBe(100);
      await ledger.settle(granted(await ledger.extend(reservation, { tokens: 100 })), { tokens: 30 });
      expect(await usedBy(ledger, who)).toBe(30);
    });

    test('a one-time token works once, whatever session the caller shows', async () => {
      const ledger = await make([tokens(1000), tokens(1000, { name: 'own', per: 'session' })], clock);
      const user = somebody();
      const consume = { id: `once-${user.id}`, expiresAt: clock.at + MINUTE_MS };
      const outcomes = await Promise.all(
        [[somebody('session'), user], [somebody('session'), user], [user]].map((principals) =>
          ledger.reserve(principals, { tokens: 1 }, { ...lease(), consume }),
        ),
      );
      expect(outcomes.map((outcome) => (outcome.granted ? 'granted' : outcome.reason)).toSorted()).toEqual([
        'consumed',
        'consumed',
        'granted',
      ]);
    });

    test('a one-time token works once also for whoever no budget names', async () => {
      const ledger = await make([], clock);
      const user = somebody();
      const consume = { id: `unnamed-${user.id}`, expiresAt: clock.at + MINUTE_MS };
      const twice = [await ledger.reserve([user], {}, { ...lease(), consume })];
      twice.push(await ledger.reserve([user], {}, { ...lease(), consume }));
      expect(twice).toMatchObject([{ granted: true }, { granted: false, reason: 'consumed' }]);
    });

    test('refuses a one-time token of nobody', async () => {
      const ledger = await make([], clock);
      const consume = { id: 'nobody', expiresAt: clock.at + MINUTE_MS };
      await expect(ledger.reserve([], {}, { ...lease(), consume })).rejects.toThrow(TypeError);
    });

    test('the same id with a larger cost is the same reservation, made larger, or refused', async () => {
      const ledger = await make([tokens(1000)], clock);
      const who = somebody();
      const same = lease();
      const first = granted(await ledger.reserve([who], { tokens: 100 }, same));
      expect(granted(await ledger.reserve([who], { tokens: 400 }, same)).cost.tokens).toBe(400);
      expect(await usedBy(ledger, who)).toBe(400);
      expect((await ledger.reserve([who], { tokens: 1000 - 400 }, lease())).granted).toBe(true);
      expect((await ledger.reserve([who], { tokens: 500 }, same)).granted).toBe(false);
      await ledger.settle(first, { tokens: 30 });
      expect(await usedBy(ledger, who)).toBe(630);
    });

    test('an extension has the room that dead functions leave, as a reservation has', async () => {
      const ledger = await make([tokens(100, { onExpiry: 'release' })], clock);
      const who = somebody();
      granted(await ledger.reserve([who], { tokens: 60 }, lease(1000)));
      clock.at += 10_000;
      const running = granted(await ledger.reserve([who], { tokens: 30 }, lease()));
      expect((await ledger.extend(running, { tokens: 50 })).granted).toBe(true);
      expect(await usedBy(ledger, who)).toBe(80);
    });

    test('a crowd is told to wait a second, and is forgotten when it has died', async () => {
      const ledger = await make([tokens(1_000_000)], clock);
      const who = somebody();
      const reserve = (ttlMs: number) => ledger.reserve([who], { tokens: 1 }, lease(ttlMs));
      for (let index = 0; index < 200; index++) granted(await reserve(1000));
      const consume = { id: `crowd-${who.id}`, expiresAt: clock.at + 2 * MINUTE_MS };
      const refused = await ledger.reserve([who], { tokens: 1 }, { ...lease(1000), consume });
      expect(refused).toMatchObject({ reason: 'budget', retryAfterSeconds: 1 });
      expect(await usedBy(ledger, who)).toBe(200);
      clock.at += MINUTE_MS;
      const next = granted(await ledger.reserve([who], { tokens: 1 }, { ...lease(), consume }));
      expect(await usedBy(ledger, who)).toBe(201);
      await ledger.settle(next, {});
      expect(await usedBy(ledger, who)).toBe(200);
    });
  });
};
