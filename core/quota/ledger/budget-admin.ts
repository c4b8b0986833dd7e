/** What an operator does with the budgets of one principal: look at them, change its limits, give back what it spent. */

import { sumOf } from '../amounts.ts';
import { budgetsOf, countsModel } from '../principals.ts';
import { shardsOf } from '../terms.ts';
import type { Budget, BudgetUnit, BudgetWindow, Cost, PrincipalKind } from '../types.ts';
import { counterName } from '../windows/counters.ts';
import { windowAt } from '../windows/windows.ts';
import { leasesOf, STAMP, timeIn, usedIn } from './item.ts';
import type { ItemStore, QuotaItem } from './item-store.ts';
import { nextStamp, readLease } from './lease.ts';
import { limitsIn, limitsUpdate, overridesKey } from './limit-overrides.ts';
import { usageKey } from './payer-holds.ts';
import { heldIn, isOverdue, resetUpdate } from './reset.ts';

/** A principal as the table and audit records name it: by its digest. */
export interface PrincipalDigest {
  readonly kind: PrincipalKind;
  readonly digest: string;
  /** The model that it is, or is a pair with: some budgets count for certain models only. */
  readonly model?: string | undefined;
}

/** The budgets that may count for a principal. */
export const budgetsFor = (budgets: readonly Budget[], { kind, model }: PrincipalDigest): readonly Budget[] =>
  budgetsOf(budgets, kind).filter((budget) => countsModel(budget, model));

/** A budget of one principal, all shards together. */
export interface BudgetState {
  readonly budget: string;
  readonly unit: BudgetUnit;
  readonly window: BudgetWindow;
  readonly zone: string | undefined;
  readonly soft: boolean;
  /** The limit that holds: the operator's, else the default one. */
  readonly limit: number;
  readonly defaultLimit: number;
  /** Whether an operator set the limit for this principal. */
  readonly isOverridden: boolean;
  /** Reservations included. */
  readonly used: number;
  /** What reservations in flight hold of it, which a reset leaves as it is. */
  readonly held: number;
  readonly remaining: number;
  /** ISO 8601; `undefined` for a budget per session, which never starts again. */
  readonly resetsAt: string | undefined;
}

/** What the table knows of one principal. */
export interface PrincipalState {
  readonly budgets: readonly BudgetState[];
  /** Reservations that no function has settled yet, and how many of them a reset writes off: their functions died. */
  readonly reservations: { readonly count: number; readonly overdue: number; readonly cost: Cost };
  /** Parts that its budgets are kept in. */
  readonly shards: number;
  /** Limits that were set for names that no budget of its own has. */
  readonly strayLimits: ReadonlyMap<string, number>;
  /** Stamp of the last change of its limits. */
  readonly stamp: string | undefined;
}

/** Looks at budgets and changes them. What the store throws passes as it is. */
export interface BudgetAdmin {
  show(who: PrincipalDigest): Promise<PrincipalState>;
  /**
   * Sets limits by budget name; `undefined` gives a budget its default limit again.
   *
   * @param stamp Of the state that the change was decided on.
   * @returns Whether it was done: not when somebody else changed the limits since.
   */
  set(
    who: PrincipalDigest,
    limits: ReadonlyMap<string, number | undefined>,
    stamp: string | undefined,
  ): Promise<boolean>;
  /**
   * Gives back what was spent of the budgets named in their current windows; what reservations in flight hold stays.
   *
   * @returns What was given back, by budget name.
   * @throws Error when others write to the item so fast that it could not be done.
   */
  reset(who: PrincipalDigest, names: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/** What budgets are administered with. */
export interface BudgetAdminOptions {
  readonly store: ItemStore;
  /** Checked with `checkBudgets`. */
  readonly budgets: readonly Budget[];
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly random: () => number;
}

/** Tries of a reset: only another reset, or functions that clear dead leases away, make a second one necessary. */
const MAX_TRIES = 20;

const stampIn = (item: QuotaItem): string | undefined => {
  const stamp = item[STAMP];
  return stamp === undefined ? undefined : String(stamp);
};

/** Administers the budgets whose items `store` keeps. */
export const createBudgetAdmin = ({ store, budgets, now, random }: BudgetAdminOptions): BudgetAdmin => {
  const keyOf = ({ kind, digest }: PrincipalDigest): string => `${kind}#${digest}`;

  const shardKeys = (who: PrincipalDigest, kin: readonly Budget[]): readonly string[] => {
    const shards = shardsOf(kin);
    return Array.from({ length: shards }, (_, shard) => usageKey(keyOf(who), shard, shards));
  };

  const show: BudgetAdmin['show'] = async (who) => {
    const kin = budgetsFor(budgets, who);
    const [own = {}, ...items] = await Promise.all(
      [overridesKey(keyOf(who)), ...shardKeys(who, kin)].map((key) => store.read(key)),
    );
    const at = Math.max(...items.map((item) => timeIn(item, now())));
    const leases = items.flatMap((item) => leasesOf(item).map(([, text]) => readLease(text)));
    const limits = limitsIn(own);
    const stateOf = (budget: Budget): BudgetState => {
      const { name, unit, window, zone, soft = false } = budget;
      const limit = limits.get(name) ?? budget.limit;
      const used = items.reduce((sum, item) => sum + usedIn(item, at)(budget), 0);
      const counter = counterName(budget, at);
      return {
        budget: name,
        unit,
        window,
        zone,
        soft,
        limit,
        defaultLimit: budget.limit,
        isOverridden: limits.has(name),
        used,
        held: items.reduce((sum, item) => sum + (heldIn(item, [budget], at).get(counter) ?? 0), 0),
        remaining: Math.max(0, limit - used),
        resetsAt: window === 'session' ? undefined : new Date(windowAt(budget, at).endsAt).toISOString(),
      };
    };
    const names = new Set(kin.map(({ name }) => name));
    return {
      budgets: kin.map(stateOf),
      reservations: {
        count: leases.length,
        overdue: leases.filter((lease) => isOverdue(lease, at)).length,
        cost: leases.reduce<Cost>((sum, { cost }) => sumOf(sum, cost), {}),
      },
      shards: items.length,
      strayLimits: new Map([...limits].filter(([name]) => !names.has(name))),
      stamp: stampIn(own),
    };
  };

  const set: BudgetAdmin['set'] = async (who, limits, before) => {
    const stamp = nextStamp(random);
    const { done, item } = await store.write(overridesKey(keyOf(who)), limitsUpdate(limits, before, stamp));
    return done || stampIn(item) === stamp; // the reply to a write that was done may be lost, and the write sent again
  };

  const resetItem = async (key: string, chosen: readonly Budget[], givenBack: Map<string, number>): Promise<void> => {
    let item = await store.read(key);
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const stamp = nextStamp(random);
      const reset = resetUpdate(item, chosen, timeIn(item, now()), stamp);
      if (reset === undefined) return;
      const outcome = await store.write(key, reset.update);
      item = outcome.item;
      if (!outcome.done && stampIn(item) !== stamp) continue;
      for (const [name, amount] of reset.givenBack) givenBack.set(name, (givenBack.get(name) ?? 0) + amount);
      if (!reset.isPartial) return;
    }
    throw new Error('quota: the budgets could not be reset, too many others write to them');
  };

  return {
    show,
    set,
    async reset(who, names) {
      const kin = budgetsFor(budgets, who);
      const chosen = kin.filter(({ name }) => names.includes(name));
      const givenBack = new Map<string, number>();
      for (const key of shardKeys(who, kin)) await resetItem(key, chosen, givenBack);
      return givenBack;
    },
  };
};
