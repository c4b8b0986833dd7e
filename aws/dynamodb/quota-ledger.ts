/** The quota ledger in DynamoDB: one item a principal, one conditional UpdateItem each way. */

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { callable, checkOptions, integer, object, text } from '../../core/options.ts';
import {
  budgetsOf,
  checkBudgets,
  checkCost,
  consumedDenial,
  crowdedDenial,
  denialFor,
  neverFits,
  payersOf,
  sumOf,
  usageOf,
} from '../../core/quota/budgets.ts';
import type { Budget, Cost, Denial, Lease, Principal, QuotaLedger, Reservation } from '../../core/quota/types.ts';
import { createConditionalWriter } from './conditional-write.ts';
import { createPrincipalDigest } from './principal-digest.ts';
import { extendExpression, type Reaped, refundsOf, reserveExpression, settleExpression } from './quota-expressions.ts';
import {
  consumedAttribute,
  deadLeases,
  expiryOf,
  leaseAttribute,
  leasesOf,
  type QuotaItem,
  readLease,
  staleAttributes,
  usedIn,
  writeLease,
} from './quota-item.ts';

/** Options of {@link createDynamoDbQuotaLedger}. */
export interface DynamoDbQuotaLedgerOptions {
  readonly client: DynamoDBClient;
  /** Name of a table as `quotaTable` declares it. */
  readonly table: string;
  readonly budgets: readonly Budget[];
  /** Key of the digests that stand for principals, at least 16 bytes. Changing it forgets all usage. */
  readonly digestKey: string;
  /** @default Date.now */
  readonly now?: () => number;
  /** How far the clocks of functions may differ, in milliseconds. @default 2000 */
  readonly skewMs?: number;
  /** Chooses among dead leases, so that callers who reap at once seldom want the same. @default Math.random */
  readonly random?: () => number;
}

/** Most reservations of one principal in flight: an item must not grow without bound (50 bytes each). */
const MAX_LEASES = 200;

/** Tries of one reservation: only reaping of others can make one necessary. */
const MAX_TRIES = 8;

/** Most dead leases that one write clears away. */
const MAX_REAPED = 20;

interface Hold {
  readonly principal: Principal;
  readonly key: string;
  readonly value: string;
  readonly item: QuotaItem;
}

const shuffled = <T>(items: readonly T[], random: () => number): readonly T[] =>
  items
    .map((item) => ({ item, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);

/**
 * A quota ledger in DynamoDB. Reserving costs one write a principal that a budget names, settling another; several
 * principals are reserved one after the other and given back when a later one refuses. What DynamoDB throws passes as
 * it is.
 *
 * @throws TypeError for invalid options or budgets.
 */
export const createDynamoDbQuotaLedger = (options: DynamoDbQuotaLedgerOptions): QuotaLedger => {
  checkOptions('createDynamoDbQuotaLedger', options, {
    client: object,
    table: text(3),
    budgets: object,
    digestKey: text(16),
    now: callable,
    skewMs: integer(0),
    random: callable,
  });
  checkBudgets(options.budgets);
  const { client, table, budgets, now = Date.now, skewMs = 2000, random = Math.random } = options;
  const digest = createPrincipalDigest(options.digestKey);
  const { write, read } = createConditionalWriter(client, table);
  const holdsOf = new WeakMap<Reservation, readonly Hold[]>();

  const keyOf = (principal: Principal): string => `${principal.kind}#${digest(principal)}`;

  const grant = (id: string, cost: Cost, holds: readonly Hold[]): Reservation => {
    const reservation: Reservation = { granted: true, id, cost };
    holdsOf.set(reservation, holds);
    return reservation;
  };

  const reapable = (own: readonly Budget[], [attribute, value]: readonly [string, string]): Reaped => {
    const { cost, reservedAt } = readLease(value);
    return { attribute, value, refunds: refundsOf(own, cost, reservedAt) };
  };

  /** The fewest dead leases, chosen at random, whose amounts make room for `cost`. */
  const roomFrom = (own: readonly Budget[], cost: Cost, item: QuotaItem, at: number): readonly Reaped[] | undefined => {
    const dead = shuffled(deadLeases(item, at, skewMs), random)
      .slice(0, MAX_REAPED)
      .map((lease) => reapable(own, lease));
    const freed = new Map<string, number>();
    for (const [index, { refunds }] of dead.entries()) {
      for (const [counter, amount] of refunds) freed.set(counter, (freed.get(counter) ?? 0) + amount);
      const after: QuotaItem = {
        ...item,
        ...Object.fromEntries(
          [...freed].map(([counter, amount]) => [counter, { N: String(Number(item[counter]?.N ?? 0) - amount) }]),
        ),
      };
      if (denialFor(own, cost, usedIn(after, at), at) === undefined) return dead.slice(0, index + 1);
    }
    return undefined;
  };

  const reserveOne = async (principal: Principal, cost: Cost, lease: Lease): Promise<Hold | Denial> => {
    const own = budgetsOf(budgets, principal.kind);
    const key = keyOf(principal);
    const attribute = leaseAttribute(lease.id);
    let reaped: readonly Reaped[] = [];
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const at = now();
      const impossible = neverFits(own, cost, at);
      if (impossible !== undefined) return impossible;
      const value = writeLease({ expiresAt: at + lease.ttlMs, reservedAt: at, cost });
      const consume = lease.consume && {
        attribute: consumedAttribute(lease.consume.id),
        expiresAt: lease.consume.expiresAt,
      };
      const itemExpiry = expiryOf(own, principal.kind, at);
      const outcome = await write(
        key,
        reserveExpression({ budgets: own, cost, at, lease: { attribute, value }, itemExpiry, consume, reaped }),
      );
      const standing = outcome.item[attribute]?.S;
      const hold: Hold = { principal, key, value: standing ?? value, item: outcome.item };
      if (outcome.done) {
        if (leasesOf(outcome.item).length <= MAX_LEASES) return hold;
        await settleOne(hold, lease.id, {});
        return crowdedDenial(own[0]);
      }
      if (standing !== undefined) return hold;
      if (consume !== undefined && Number(outcome.item[consume.attribute]?.N ?? 0) > 0) return consumedDenial;
      const denial = denialFor(own, cost, usedIn(outcome.item, at), at);
      const room = denial === undefined ? [] : roomFrom(own, cost, outcome.item, at);
      if (denial !== undefined && room === undefined) return denial;
      reaped = room ?? [];
    }
    return crowdedDenial(own[0]);
  };

  const settleOne = async (hold: Hold, id: string, actual: Cost): Promise<void> => {
    const own = budgetsOf(budgets, hold.principal.kind);
    const { cost: reserved, reservedAt } = readLease(hold.value);
    const lease = { attribute: leaseAttribute(id), value: hold.value };
    const at = now();
    const stale = staleAttributes(hold.item, budgets, hold.principal.kind, at);
    const reaped = deadLeases(hold.item, at, skewMs)
      .filter(([attribute]) => attribute !== lease.attribute)
      .slice(0, MAX_REAPED)
      .map((dead) => reapable(own, dead));
    const bare = { budgets: own, reserved, actual, reservedAt, lease, stale: [], reaped: [] };
    const outcome = await write(hold.key, settleExpression({ ...bare, stale, reaped }));
    const reapedByOthers = !outcome.done && outcome.item[lease.attribute]?.S === hold.value;
    if (reapedByOthers) await write(hold.key, settleExpression(bare));
  };

  const extendOne = async (hold: Hold, id: string, extra: Cost): Promise<Hold | Denial> => {
    const own = budgetsOf(budgets, hold.principal.kind);
    const record = readLease(hold.value);
    const attribute = leaseAttribute(id);
    const newValue = writeLease({ ...record, cost: sumOf(record.cost, extra) });
    const impossible = neverFits(own, extra, record.reservedAt);
    if (impossible !== undefined) return impossible;
    const lease = { attribute, value: hold.value, newValue };
    const outcome = await write(
      hold.key,
      extendExpression({ budgets: own, extra, reservedAt: record.reservedAt, lease }),
    );
    const standing = outcome.item[attribute]?.S;
    if (outcome.done || standing === newValue) return { ...hold, value: newValue };
    if (standing === undefined) throw new Error('quota: the reservation has ended');
    return denialFor(own, extra, usedIn(outcome.item, record.reservedAt), now()) ?? crowdedDenial(own[0]);
  };

  const reserve = async (principals: readonly Principal[], cost: Cost, lease: Lease): Promise<Reservation | Denial> => {
    checkCost(cost);
    const paying = payersOf(budgets, principals);
    const who = paying.length === 0 && lease.consume !== undefined ? principals.slice(0, 1) : paying;
    const holds: Hold[] = [];
    for (const [index, principal] of who.entries()) {
      const { consume, ...plain } = lease;
      const outcome = await reserveOne(principal, cost, index === 0 && consume !== undefined ? lease : plain);
      if ('granted' in outcome) {
        await Promise.all(holds.map((hold) => settleOne(hold, lease.id, {})));
        return outcome;
      }
      holds.push(outcome);
    }
    const [first] = holds;
    return grant(lease.id, first === undefined ? cost : readLease(first.value).cost, holds);
  };

  const extend = async (reservation: Reservation, extra: Cost): Promise<Reservation | Denial> => {
    checkCost(extra);
    const extended: Hold[] = [];
    const holds = holdsOf.get(reservation) ?? [];
    for (const hold of holds) {
      const outcome = await extendOne(hold, reservation.id, extra);
      if ('granted' in outcome) {
        await Promise.all(extended.map((done, index) => shrink(done, holds[index] ?? done, reservation.id)));
        return outcome;
      }
      extended.push(outcome);
    }
    return grant(reservation.id, sumOf(reservation.cost, extra), extended);
  };

  /** Takes an extension back: the lease as it was, the counters less what it added. */
  const shrink = async (extended: Hold, before: Hold, id: string): Promise<void> => {
    const own = budgetsOf(budgets, extended.principal.kind);
    const from = readLease(extended.value);
    const to = readLease(before.value);
    const less = Object.fromEntries(
      Object.entries(from.cost).map(([unit, amount]) => [unit, (to.cost[unit as keyof Cost] ?? 0) - (amount ?? 0)]),
    );
    const lease = { attribute: leaseAttribute(id), value: extended.value, newValue: before.value };
    await write(extended.key, extendExpression({ budgets: own, extra: less, reservedAt: from.reservedAt, lease }));
  };

  return {
    reserve,
    extend,
    settle: async (reservation, actual) => {
      checkCost(actual);
      await Promise.all((holdsOf.get(reservation) ?? []).map((hold) => settleOne(hold, reservation.id, actual)));
    },
    usage: async (principal) => {
      const own = budgetsOf(budgets, principal.kind);
      if (own.length === 0) return [];
      const at = now();
      return usageOf(own, usedIn(await read(keyOf(principal)), at), at);
    },
  };
};
