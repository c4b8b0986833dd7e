/** What calls of one request hold on its reservation: at once, after its end, and when the ledger loses replies. */

import { describe, expect, test } from 'vitest';
import { type Allowance, createAllowance } from '../../../../aws/bedrock/allowance.ts';
import {
  type Budget,
  type Cost,
  createMemoryQuotaLedger,
  type Denial,
  type QuotaLedger,
  type Reservation,
} from '../../../../core/quota/index.ts';

const ada = { kind: 'user', id: 'ada' } as const;
const day: Budget = { name: 'day', per: 'user', unit: 'tokens', window: 'day', limit: 10_000 };
const ofModel: Budget = { ...day, name: 'model', per: 'user+model' };
const called = { modelId: 'm', region: 'eu-central-1' };
const adaOnModel = { kind: 'user+model', id: JSON.stringify(['ada', 'm']) } as const;

/** A door that lets nobody through until it is opened. */
const createDoor = () => {
  let open = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

/** An allowance over 100 tokens of a ledger that does what `over` says in place of its own. */
const setUp = async (budgets: readonly Budget[], over: (ledger: QuotaLedger) => Partial<QuotaLedger> = () => ({})) => {
  const ledger = createMemoryQuotaLedger({ budgets });
  const reservation = await ledger.reserve([ada], { tokens: 100, requests: 1 }, { id: 'r', ttlMs: 60_000 });
  if (!reservation.granted) throw new Error('not granted');
  const asked: Cost[] = [];
  const spied: QuotaLedger = {
    ...ledger,
    extend: (before, extra) => {
      asked.push(extra);
      return ledger.extend(before, extra);
    },
    ...over(ledger),
  };
  let leases = 0;
  const lease = () => ({ id: `lease-${leases++}`, ttlMs: 60_000 });
  const models = budgets.includes(ofModel) ? { principals: [ada], lease } : undefined;
  const allowance = createAllowance({ ledger: spied, reservation, priced: false, models });
  const used = async (who: typeof ada | typeof adaOnModel = ada) => (await ledger.usage(who))[0]?.used;
  return { allowance, asked, used, leases: () => leases };
};

const settle = async (allowance: Allowance) => {
  allowance.end();
  await allowance.settle({ requests: 1 });
};

describe('a draw', () => {
  test.each([Number.NaN, 0.5, -1, Number.POSITIVE_INFINITY])(
    'of %s tokens is refused, and later ones count',
    async (tokens) => {
      const { allowance, used } = await setUp([day]);
      await expect(allowance.draw({ tokens }, called)).rejects.toThrow(RangeError);
      await allowance.draw({ tokens: 300 }, called);
      await settle(allowance);
      expect(await used()).toBe(300);
    },
  );

  test('stays at its bound where what was used is no number', async () => {
    const { allowance, used } = await setUp([day]);
    const draw = await allowance.draw({ tokens: 300 }, called);
    expect(() => draw.settle({ tokens: Number.NaN })).toThrow(RangeError);
    await settle(allowance);
    expect(await used()).toBe(300);
  });

  test('asks for its own part only, and is refused for it only', async () => {
    const { allowance, asked, used } = await setUp([day]);
    const draws = await Promise.allSettled([3000, 20_000, 2000].map((tokens) => allowance.draw({ tokens }, called)));
    expect(draws.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(asked).toEqual([{ tokens: 2900 }, { tokens: 20_000 }, { tokens: 2000 }]);
    await settle(allowance);
    expect(await used()).toBe(5000);
  });

  test('that was released costs nothing, and one that used no tokens is a call', async () => {
    const calls: Budget = { ...ofModel, name: 'calls', unit: 'requests', limit: 2 };
    const ledger = createMemoryQuotaLedger({ budgets: [calls] });
    const reservation = await ledger.reserve([ada], { requests: 1 }, { id: 'r', ttlMs: 60_000 });
    if (!reservation.granted) throw new Error('not granted');
    let leases = 0;
    const models = { principals: [ada], lease: () => ({ id: String(leases++), ttlMs: 60_000 }) };
    const allowance = createAllowance({ ledger, reservation, priced: false, models });
    (await allowance.draw({ tokens: 10 }, called)).release();
    for (let call = 0; call < 2; call++) (await allowance.draw({ tokens: 10 }, called)).settle({ tokens: 0 });
    await expect(allowance.draw({ tokens: 10 }, called)).rejects.toMatchObject({ code: 'quota_exceeded' });
    await settle(allowance);
    expect((await ledger.usage(adaOnModel))[0]?.used).toBe(2);
  });
});

describe('settlement', () => {
  test.each([
    ['that is granted', 5000],
    ['that is denied', 20_000],
  ])('waits for an extension %s, counts nothing of it, and no call is made', async (_, tokens) => {
    const door = createDoor();
    const { allowance, used } = await setUp([day], (ledger) => ({
      extend: async (...args) => {
        await door.opened;
        return ledger.extend(...args);
      },
    }));
    const draw = allowance.draw({ tokens }, called).catch((error) => error);
    await Promise.resolve();
    const settled = settle(allowance);
    door.open();
    await settled;
    expect(await draw).toMatchObject(
      tokens > 10_000 ? { code: 'request_never_fits' } : { reason: 'call-after-settlement' },
    );
    expect(await used()).toBe(0);
  });

  test('gives back a reservation for a model that comes after the end', async () => {
    const door = createDoor();
    const { allowance, used } = await setUp([day, ofModel], (ledger) => ({
      reserve: async (...args) => {
        await door.opened;
        return ledger.reserve(...args);
      },
    }));
    const draw = allowance.draw({ tokens: 50 }, called).catch((error) => error);
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    const settled = settle(allowance);
    door.open();
    await settled;
    expect(await draw).toMatchObject({ code: 'internal', reason: 'call-after-settlement' });
    expect([await used(), await used(adaOnModel)]).toEqual([0, 0]);
  });
});

describe('a reservation for a model', () => {
  test('whose reply was lost stays charged, and the next call has one of its own', async () => {
    let lost = true;
    const { allowance, used, leases } = await setUp([day, ofModel], (ledger) => ({
      reserve: async (...args) => {
        const reserved = await ledger.reserve(...args);
        if (!lost) return reserved;
        lost = false;
        throw new Error('socket hang up');
      },
    }));
    await expect(allowance.draw({ tokens: 100 }, called)).rejects.toThrow('socket hang up');
    (await allowance.draw({ tokens: 4000 }, called)).settle({ tokens: 4000 });
    expect(leases()).toBe(2);
    await settle(allowance);
    expect([await used(), await used(adaOnModel)]).toEqual([4000, 4100]);
  });

  test('that is smaller than asked for is extended', async () => {
    const { allowance, asked, used } = await setUp([day, ofModel], (ledger) => ({
      reserve: (who, { tokens = 0, ...rest }, lease) => ledger.reserve(who, { ...rest, tokens: tokens - 30 }, lease),
    }));
    await allowance.draw({ tokens: 90 }, called);
    expect(asked).toEqual([{ tokens: 30 }]);
    await settle(allowance);
    expect(await used(adaOnModel)).toBe(90);
  });

  test('that never grows to what is needed refuses the call', async () => {
    const grudging = (reservation: Reservation | Denial): Reservation | Denial =>
      reservation.granted ? Object.assign(reservation, { cost: {} }) : reservation;
    const { allowance, used } = await setUp([day, ofModel], (ledger) => ({
      reserve: async (...args) => grudging(await ledger.reserve(...args)),
      extend: async (...args) => grudging(await ledger.extend(...args)),
    }));
    await expect(allowance.draw({ tokens: 90 }, called)).rejects.toThrow('less was reserved');
    await settle(allowance);
    expect([await used(), await used(adaOnModel)]).toEqual([0, 0]);
  });
});
