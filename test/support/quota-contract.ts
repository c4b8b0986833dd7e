/** What every quota ledger promises, as tests that each ledger runs. */

import { beforeEach, describe, expect, test } from 'vitest';
import type { Budget, Denial, Principal, QuotaLedger, Reservation } from '../../core/quota/index.ts';

/** A clock that stands until it is moved. */
export interface TestClock {
  at: number;
}

/** Makes a ledger over fresh or shared storage. */
export type LedgerMaker = (budgets: readonly Budget[], clock: TestClock) => QuotaLedger | Promise<QuotaLedger>;

let principals = 0;

/** A principal that no other test uses. */
export const somebody = (kind: Principal['kind'] = 'user'): Principal => {
  principals += 1;
  return { kind, id: `somebody-${principals}` };
};

const START = Date.UTC(2026, 10, 24, 12, 0, 10);
const LEASE_MS = 60_000;

const granted = (outcome: Reservation | Denial): Reservation => {
  if (!outcome.granted) throw new Error(`denied by ${outcome.budget}`);
  return outcome;
};

/** Runs the contract against the ledgers that `make` makes. `scale` shrinks the crowds for slow backends. */
export const quotaContract = (name: string, make: LedgerMaker, scale = 1): void => {
  describe(`${name}: the contract of a quota ledger`, () => {
    const clock: TestClock = { at: START };
    let id = 0;
    const lease = (ttlMs = LEASE_MS) => {
      id += 1;
      return { id: `lease-${id}`, ttlMs };
    };
    const tokens = (limit: number, more: Partial<Budget> = {}): Budget => ({
      name: 'tokens',
      per: 'user',
      unit: 'tokens',
      window: 'hour',
      limit,
      ...more,
    });
    const usedBy = async (ledger: QuotaLedger, who: Principal, budget = 0): Promise<number> =>
      (await ledger.usage(who))[budget]?.used ?? -1;
    beforeEach(() => {
      clock.at = START;
    });

    test('grants exactly what fits, whatever runs at once, and settles to what was used', async () => {
      const crowd = Math.round(200 * scale);
      const ledger = await make([tokens(1000), { ...tokens(1_000_000), name: 'day', window: 'day' }], clock);
      const who = somebody();
      const outcomes = await Promise.all(
        Array.from({ length: crowd }, () => ledger.reserve([who], { tokens: 50 }, lease())),
      );
      const reservations = outcomes.filter((outcome) => outcome.granted);
      expect(reservations).toHaveLength(20);
      expect(await usedBy(ledger, who)).toBe(1000);
      await Promise.all(reservations.map((reservation) => ledger.settle(reservation, { tokens: 31 })));
      expect(await usedBy(ledger, who)).toBe(620);
      expect(await usedBy(ledger, who, 1)).toBe(620);
    });

    test('says what refused, what is left and when it ends', async () => {
      const ledger = await make([tokens(100)], clock);
      const who = somebody();
      const first = granted(await ledger.reserve([who], { tokens: 70 }, lease()));
      const held = await ledger.reserve([who], { tokens: 40 }, lease());
      expect(held).toMatchObject({ budget: 'tokens', remaining: 30, retryAfterSeconds: LEASE_MS / 1000 });
      await ledger.settle(first, { tokens: 70 });
      expect(await ledger.reserve([who], { tokens: 40 }, lease())).toMatchObject({
        granted: false,
        reason: 'budget',
        budget: 'tokens',
        limit: 100,
        remaining: 30,
        windowSeconds: 3600,
        retryAfterSeconds: 3590,
      });
      expect(await ledger.reserve([who], { tokens: 30 }, lease())).toMatchObject({ granted: true });
    });

    test('says at once what can never fit', async () => {
      const ledger = await make([tokens(100)], clock);
      expect(await ledger.reserve([somebody()], { tokens: 101 }, lease())).toMatchObject({
        reason: 'never_fits',
        limit: 100,
      });
    });

    test('never passes the limit while workers reserve, extend and settle at random', async () => {
      const limit = 5000;
      const ledger = await make([tokens(limit)], clock);
      const who = somebody();
      let sum = 0;
      let seen = 0;
      const watch = async (): Promise<void> => {
        seen = Math.max(seen, await usedBy(ledger, who));
      };
      await Promise.all(
        Array.from({ length: Math.round(60 * scale) }, async (_, worker) => {
          for (let round = 0; round < 3; round++) {
            const estimate = 20 + ((worker * 37 + round * 101) % 400);
            let outcome = await ledger.reserve([who], { tokens: estimate }, lease());
            if (!outcome.granted) continue;
            let held = estimate;
            if (worker % 3 === 0) {
              const extension = await ledger.extend(outcome, { tokens: 100 });
              if (extension.granted) {
                outcome = extension;
                held += 100;
              }
            }
            const used = (worker * 13 + round) % (held + 1);
            await watch();
            await ledger.settle(outcome, { tokens: used });
            sum += used;
          }
        }),
      );
      expect(seen).toBeLessThanOrEqual(limit);
      expect(await usedBy(ledger, who)).toBe(sum);
    });

    test('counts a retried invocation once, and settles once', async () => {
      const ledger = await make([tokens(1000)], clock);
      const who = somebody();
      const same = lease();
      const outcomes = await Promise.all(
        Array.from({ length: 20 }, () => ledger.reserve([who], { tokens: 100 }, same)),
      );
      expect(outcomes.every((outcome) => outcome.granted)).toBe(true);
      expect(await usedBy(ledger, who)).toBe(100);
      await Promise.all(outcomes.map((outcome) => ledger.settle(granted(outcome), { tokens: 70 })));
      expect(await usedBy(ledger, who)).toBe(70);
    });

    test('gives all back for an empty settlement', async () => {
      const ledger = await make([tokens(100)], clock);
      const who = somebody();
      await ledger.settle(granted(await ledger.reserve([who], { tokens: 100 }, lease())), {});
      expect(await usedBy(ledger, who)).toBe(0);
    });

    test('records the truth where more was used than was reserved', async () => {
      const ledger = await make([tokens(100)], clock);
      const who = somebody();
      await ledger.settle(granted(await ledger.reserve([who], { tokens: 90 }, lease())), { tokens: 130 });
      expect((await ledger.usage(who))[0]).toMatchObject({ used: 130, remaining: 0 });
    });

    test.each([
      ['charge', 300],
      ['release', 0],
    ] as const)('%s: a reservation whose function died', async (onExpiry, left) => {
      const ledger = await make([tokens(300, { onExpiry })], clock);
      const who = somebody();
      for (let crash = 0; crash < 3; crash++) granted(await ledger.reserve([who], { tokens: 100 }, lease(1000)));
      expect((await ledger.reserve([who], { tokens: 1 }, lease())).granted).toBe(false);
      clock.at += 30_000;
      const next = await ledger.reserve([who], { tokens: 100 }, lease());
      expect(next.granted).toBe(onExpiry === 'release');
      if (next.granted) await ledger.settle(next, {});
      const again = await ledger.reserve([who], { tokens: 1 }, lease());
      if (again.granted) await ledger.settle(again, {});
      expect(await usedBy(ledger, who)).toBe(left);
    });

    test('reserves for all principals or for none', async () => {
      const ledger = await make([tokens(500), { ...tokens(1000), name: 'tenant-tokens', per: 'tenant' }], clock);
      const tenant = somebody('tenant');
      const users = Array.from({ length: 6 }, () => somebody());
      const outcomes = await Promise.all(
        users.flatMap((user) => [1, 2, 3].map(() => ledger.reserve([user, tenant], { tokens: 100 }, lease()))),
      );
      expect(outcomes.filter((outcome) => outcome.granted)).toHaveLength(10);
      const used = await Promise.all(users.map((user) => usedBy(ledger, user)));
      expect(used.reduce((sum, amount) => sum + amount, 0)).toBe(1000);
      expect(await usedBy(ledger, tenant)).toBe(1000);
    });

    test('starts again with the next window, and keeps the longer one', async () => {
      const ledger = await make(
        [
          { ...tokens(100), name: 'minute', window: 'minute' },
          { ...tokens(250), name: 'day', window: 'day' },
        ],
        clock,
      );
      const who = somebody();
      for (let minute = 0; minute < 2; minute++) {
        await ledger.settle(granted(await ledger.reserve([who], { tokens: 100 }, lease())), { tokens: 100 });
        expect((await ledger.reserve([who], { tokens: 1 }, lease())).granted).toBe(false);
        clock.at += 60_000;
      }
      expect(await ledger.reserve([who], { tokens: 100 }, lease())).toMatchObject({
        granted: false,
        budget: 'day',
        remaining: 50,
      });
      expect(await ledger.usage(who)).toMatchObject([{ used: 0 }, { used: 200, resetsAt: '2026-11-25T00:00:00.000Z' }]);
    });

    test('charges the window in which the reservation was made', async () => {
      const ledger = await make([{ ...tokens(100), name: 'minute', window: 'minute' }], clock);
      const who = somebody();
      const reservation = granted(await ledger.reserve([who], { tokens: 80 }, lease()));
      clock.at += 60_000;
      await ledger.settle(reservation, { tokens: 60 });
      expect(await usedBy(ledger, who)).toBe(0);
    });

    test('uses up a one-time token once, also at once', async () => {
      const ledger = await make([tokens(10_000)], clock);
      const who = somebody();
      const consume = { id: `token-${who.id}`, expiresAt: clock.at + 60_000 };
      const outcomes = await Promise.all(
        Array.from({ length: 10 }, () => ledger.reserve([who], { tokens: 1 }, { ...lease(), consume })),
      );
      expect(outcomes.filter((outcome) => outcome.granted)).toHaveLength(1);
      expect(outcomes.filter((outcome) => !outcome.granted && outcome.reason === 'consumed')).toHaveLength(9);
      await ledger.settle(granted(outcomes.find((outcome) => outcome.granted) as Reservation), {});
      expect(await ledger.reserve([who], { tokens: 1 }, { ...lease(), consume })).toMatchObject({ reason: 'consumed' });
    });

    test('suspends whoever has used up a strikes budget, whatever the request costs', async () => {
      const ledger = await make([{ name: 'strikes', per: 'user', unit: 'strikes', window: 'hour', limit: 2 }], clock);
      const who = somebody();
      for (let strike = 0; strike < 2; strike++)
        await ledger.settle(granted(await ledger.reserve([who], { requests: 1 }, lease())), {
          requests: 1,
          strikes: 1,
        });
      expect(await ledger.reserve([who], {}, lease())).toMatchObject({
        granted: false,
        reason: 'suspended',
        unit: 'strikes',
      });
      clock.at += 3_600_000;
      expect((await ledger.reserve([who], {}, lease())).granted).toBe(true);
    });

    test('extends a reservation atomically', async () => {
      const ledger = await make([tokens(1000)], clock);
      const who = somebody();
      const reservations = await Promise.all(
        [1, 2, 3, 4].map(async () => granted(await ledger.reserve([who], { tokens: 200 }, lease()))),
      );
      const extended = await Promise.all(
        reservations.map((reservation) => ledger.extend(reservation, { tokens: 100 })),
      );
      expect(extended.filter((outcome) => outcome.granted)).toHaveLength(2);
      expect(await usedBy(ledger, who)).toBe(1000);
      await Promise.all(
        extended.map((outcome, index) =>
          ledger.settle(outcome.granted ? outcome : (reservations[index] as Reservation), { tokens: 10 }),
        ),
      );
      expect(await usedBy(ledger, who)).toBe(40);
    });

    test('grants whoever no budget names', async () => {
      const ledger = await make([tokens(1)], clock);
      const outcome = await ledger.reserve([somebody('ip')], { tokens: 1_000_000 }, lease());
      expect(outcome.granted).toBe(true);
      await expect(ledger.settle(granted(outcome), { tokens: 5 })).resolves.toBeUndefined();
    });

    test('refuses amounts that are no whole numbers of at least zero', async () => {
      const ledger = await make([tokens(100)], clock);
      for (const amount of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])
        await expect(ledger.reserve([somebody()], { tokens: amount }, lease())).rejects.toThrow(RangeError);
    });
  });
};
