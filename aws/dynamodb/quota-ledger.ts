/** The quota ledger in DynamoDB: one item a principal, one conditional UpdateItem each way. */

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { callable, checkOptions, integer, object, text } from '../../core/options.ts';
import { budgetsOf, checkBudgets, checkCost, payersOf, sumOf, tokenKeeper, usageOf } from '../../core/quota/budgets.ts';
import type { Budget, Cost, Denial, Lease, Principal, QuotaLedger, Reservation } from '../../core/quota/types.ts';
import { createConditionalWriter } from './conditional-write.ts';
import { createPrincipalDigest } from './principal-digest.ts';
import { createPrincipalHolds, type Hold } from './principal-holds.ts';
import { readLease, usedIn } from './quota-item.ts';

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
  /** Stamps leases, and chooses among dead ones. @default Math.random */
  readonly random?: () => number;
}

const CHECKS = {
  client: object,
  table: text(3),
  budgets: object,
  digestKey: text(),
  now: callable,
  skewMs: integer(0),
  random: callable,
};

const negative = (cost: Cost): Cost =>
  Object.fromEntries(Object.entries(cost).map(([unit, amount = 0]) => [unit, -amount]));

/**
 * A quota ledger in DynamoDB. Reserving costs one write a principal that a budget names, settling another; several
 * principals are reserved one after the other and given back when a later one refuses or fails. What DynamoDB throws
 * passes as it is; what could not be given back then stays charged until its lease ends.
 *
 * @throws TypeError for invalid options or budgets.
 */
export const createDynamoDbQuotaLedger = (options: DynamoDbQuotaLedgerOptions): QuotaLedger => {
  checkOptions('createDynamoDbQuotaLedger', options, CHECKS);
  for (const needed of ['client', 'table', 'budgets', 'digestKey'] as const)
    if (options[needed] === undefined) throw new TypeError(`createDynamoDbQuotaLedger: ${needed} is needed`);
  checkBudgets(options.budgets);
  const { client, table, budgets, now = Date.now, skewMs = 2000, random = Math.random } = options;
  const digest = createPrincipalDigest(options.digestKey);
  const keyOf = (principal: Principal): string => `${principal.kind}#${digest(principal)}`;
  const writer = createConditionalWriter(client, table);
  const principals = createPrincipalHolds({ writer, keyOf, budgets, now, skewMs, random });
  const holdsOf = new WeakMap<Reservation, readonly Hold[]>();

  const grant = (id: string, cost: Cost, holds: readonly Hold[]): Reservation => {
    const reservation: Reservation = { granted: true, id, cost };
    holdsOf.set(reservation, holds);
    return reservation;
  };

  const held = (reservation: Reservation): readonly Hold[] => {
    const holds = holdsOf.get(reservation);
    if (holds === undefined) throw new TypeError('quota: a reservation of another ledger');
    return holds;
  };

  const costOf = (holds: readonly Hold[]): Cost | undefined => holds[0] && readLease(holds[0].value).cost;

  const reserve = async (who: readonly Principal[], cost: Cost, lease: Lease): Promise<Reservation | Denial> => {
    checkCost(cost);
    const { consume: _, ...plain } = lease;
    const keeper = lease.consume && tokenKeeper(who);
    const paying = payersOf(budgets, who);
    const holds: Hold[] = [];
    /** A lease that stood before belongs to a run that may still be spending it. */
    const giveBack = () =>
      Promise.allSettled(holds.filter(({ replayed }) => !replayed).map((hold) => principals.settle(hold, {})));
    const all = keeper === undefined || paying.some((payer) => isSame(payer, keeper)) ? paying : [keeper, ...paying];
    try {
      for (const principal of all) {
        const own = keeper !== undefined && isSame(principal, keeper) ? lease : plain;
        const outcome = await principals.reserve(principal, cost, own);
        if ('granted' in outcome) {
          await giveBack();
          return outcome;
        }
        holds.push(outcome);
      }
    } catch (error) {
      await giveBack();
      throw error;
    }
    return grant(lease.id, costOf(holds) ?? cost, holds);
  };

  const extend = async (reservation: Reservation, extra: Cost): Promise<Reservation | Denial> => {
    checkCost(extra);
    const holds = held(reservation);
    const extended: Hold[] = [];
    const takeBack = () => Promise.allSettled(extended.map((hold) => principals.extend(hold, negative(extra))));
    try {
      for (const hold of holds) {
        const outcome = await principals.extend(hold, extra);
        if ('granted' in outcome) {
          await takeBack();
          return outcome;
        }
        extended.push(outcome);
      }
    } catch (error) {
      await takeBack();
      throw error;
    }
    return grant(reservation.id, costOf(extended) ?? sumOf(reservation.cost, extra), extended);
  };

  const settle = async (reservation: Reservation, actual: Cost): Promise<void> => {
    checkCost(actual);
    await Promise.all(held(reservation).map((hold) => principals.settle(hold, actual)));
  };

  const usage: QuotaLedger['usage'] = async (principal) => {
    const own = budgetsOf(budgets, principal.kind);
    if (own.length === 0) return [];
    const item = await writer.read(keyOf(principal));
    const at = now();
    return usageOf(own, usedIn(item, at), at);
  };

  return { reserve, extend, settle, usage };
};

const isSame = (a: Principal, b: Principal): boolean => a.kind === b.kind && a.id === b.id;
