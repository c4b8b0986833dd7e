/** Resets among everything else that writes to an item: nothing in flight is lost, nothing is given back twice. */

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { COST_FIELDS } from '../../core/quota/amounts.ts';
import type { Budget, Cost, Principal, Reservation } from '../../core/quota/index.ts';
import { clockOf } from '../../core/quota/ledger/item.ts';
import type { ItemUpdate } from '../../core/quota/ledger/item-store.ts';
import { nextStamp } from '../../core/quota/ledger/lease.ts';
import { createQuotaLedger } from '../../core/quota/ledger/ledger.ts';
import { createMemoryStore } from '../../core/quota/ledger/memory-store.ts';
import { usageKey } from '../../core/quota/ledger/payer-holds.ts';
import { resetUpdate } from '../../core/quota/ledger/reset.ts';
import { counterName } from '../../core/quota/windows/counters.ts';

const START = Date.UTC(2026, 10, 24, 12, 30);
const LEASE_MS = 60_000;
const DEAD_MS = 300_000;
const LIMIT = 2000;
const WHO: Principal = { kind: 'user', id: 'ada' };
const BUDGETS: readonly Budget[] = [
  { name: 'hour', per: 'user', unit: 'tokens', window: 'hour', limit: LIMIT },
  { name: 'day', per: 'user', unit: 'tokens', window: 'day', limit: LIMIT, onExpiry: 'release' },
  { name: 'requests', per: 'user', unit: 'requests', window: 'day', limit: 40 },
  { name: 'strikes', per: 'user', unit: 'strikes', window: 'hour', limit: 1000 },
];

const amount = fc.integer({ min: 0, max: 300 });
const cost = fc.record({ tokens: amount, requests: fc.constant(1) });
const actual = fc.record({ tokens: amount, requests: fc.constant(1), strikes: fc.constantFrom(0, 1) });
const pick = fc.nat(20);
const names = fc.subarray(
  BUDGETS.map(({ name }) => name),
  { minLength: 1 },
);

/** A reset is decided on what was read, written later, and perhaps sent again. */
const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('reserve' as const), cost }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('extend' as const), pick, cost }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('settle' as const), pick, cost: actual }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('decide' as const), names }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('write' as const), pick, again: fc.boolean() }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('wait' as const), wait: fc.constantFrom(1, 61_000, 361_000, 3_600_000) }),
  },
);

interface Entry {
  readonly at: number;
  reservation: Reservation;
  cost: Cost;
  settled: boolean;
  /** Budgets that gave it back. */
  readonly forgiven: Set<string>;
}

test('what is recorded never falls below what is in flight and what was spent since, nor below zero', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const clock = { at: START };
      const now = () => clock.at;
      let seed = 1;
      const random = () => {
        seed = (seed * 48_271) % 0x7fffffff;
        return seed / 0x7fffffff;
      };
      const store = createMemoryStore(10, now);
      const keyOf = ({ kind, id }: Principal) => `${kind}#${id}`;
      const key = usageKey(keyOf(WHO), 0, 1);
      const ledger = createQuotaLedger({ store, budgets: BUDGETS, keyOf, now, random, skewMs: 0, keepMs: 1e9 });
      const entries: Entry[] = [];
      const isDead = ({ at, settled }: Entry) => !settled && at + LEASE_MS + DEAD_MS < clock.at;
      let resets: { update: ItemUpdate; names: readonly string[]; given: readonly Entry[]; sent: boolean }[] = [];

      for (const [index, current] of steps.entries()) {
        const flying = entries.filter(({ settled }) => !settled);
        const chosen = 'pick' in current ? flying[current.pick % flying.length] : undefined;
        if (current.do === 'wait') clock.at += current.wait;
        if (current.do === 'reserve') {
          const reservation = await ledger.reserve([WHO], current.cost, { id: `${index}`, ttlMs: LEASE_MS });
          if (reservation.granted)
            entries.push({ at: clock.at, reservation, cost: current.cost, settled: false, forgiven: new Set() });
        }
        if (current.do === 'extend' && chosen !== undefined) {
          const outcome = await ledger.extend(chosen.reservation, current.cost).catch(() => undefined);
          if (outcome?.granted) Object.assign(chosen, { reservation: outcome, cost: outcome.cost });
        }
        if (current.do === 'settle' && chosen !== undefined) {
          if (isDead(chosen)) for (const { name } of BUDGETS) chosen.forgiven.add(name); // nobody promises more
          await ledger.settle(chosen.reservation, current.cost);
          Object.assign(chosen, { cost: current.cost, settled: true });
        }
        if (current.do === 'decide') {
          const item = await store.read(key);
          const budgets = BUDGETS.filter(({ name }) => current.names.includes(name));
          const reset = resetUpdate(item, budgets, Math.max(clock.at, clockOf(item)), nextStamp(random));
          const given = entries.filter((entry) => entry.settled || isDead(entry));
          if (reset) resets.push({ update: reset.update, names: current.names, given, sent: false });
        }
        const reset = current.do === 'write' ? resets[current.pick % resets.length] : undefined;
        if (current.do === 'write' && reset !== undefined) {
          const { done } = await store.write(key, reset.update);
          if (done && reset.sent) throw new Error('a reset was done twice');
          if (done) {
            reset.sent = true;
            for (const { forgiven } of reset.given) for (const name of reset.names) forgiven.add(name);
          }
          if (!current.again) resets = resets.filter((other) => other !== reset);
        }

        const item = await store.read(key);
        for (const budget of BUDGETS) {
          const counter = counterName(budget, clock.at);
          const recorded = Number(item[counter] ?? 0);
          const promised = entries
            .filter((entry) => counterName(budget, entry.at) === counter)
            .filter((entry) => !entry.forgiven.has(budget.name) && !isDead(entry))
            .filter((entry) => entry.settled || budget.onExpiry !== 'release' || entry.at + LEASE_MS >= clock.at)
            .reduce((sum, entry) => sum + (entry.cost[COST_FIELDS[budget.unit]] ?? 0), 0);
          if (recorded < promised) throw new Error(`${budget.name}: ${recorded} recorded, ${promised} promised`);
        }
      }

      const item = await store.read(key);
      const last = resetUpdate(item, BUDGETS, Math.max(clock.at, clockOf(item)), nextStamp(random));
      if (last !== undefined) expect((await store.write(key, last.update)).done).toBe(true);
      const after = await store.read(key);
      for (const budget of BUDGETS) {
        const held = entries
          .filter((entry) => counterName(budget, entry.at) === counterName(budget, clock.at))
          .filter((entry) => !entry.settled && !isDead(entry))
          .reduce((sum, { cost: { [COST_FIELDS[budget.unit]]: own = 0 } }) => sum + own, 0);
        const recorded = Number(after[counterName(budget, clock.at)] ?? 0);
        const isReleased = budget.onExpiry === 'release';
        expect(isReleased ? recorded <= held : recorded === held, `${budget.name} ${recorded} ${held}`).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});
