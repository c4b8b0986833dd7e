/** The conditional writes of the ledger, as plain data: one UpdateItem each, no I/O. */

import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { amountFor, ceilingFor, counterName } from '../../core/quota/budgets.ts';
import type { Budget, Cost } from '../../core/quota/types.ts';
import { TTL_ATTRIBUTE } from './quota-item.ts';

/** The expression part of an UpdateItem. */
export interface UpdateExpression {
  readonly UpdateExpression: string;
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, AttributeValue>;
}

/** Collects names, values and clauses; every attribute name gets a placeholder, once. */
const createBuilder = () => {
  const names = new Map<string, string>();
  const values: Record<string, AttributeValue> = {};
  const clauses = { SET: [] as string[], ADD: [] as string[], REMOVE: [] as string[] };
  const conditions: string[] = [];
  const name = (attribute: string): string => {
    const placeholder = names.get(attribute) ?? `#${names.size}`;
    names.set(attribute, placeholder);
    return placeholder;
  };
  const value = (content: AttributeValue): string => {
    const placeholder = `:${Object.keys(values).length}`;
    values[placeholder] = content;
    return placeholder;
  };
  return {
    set: (attribute: string, content: AttributeValue) => clauses.SET.push(`${name(attribute)} = ${value(content)}`),
    add: (attribute: string, amount: number) =>
      amount === 0 ? 0 : clauses.ADD.push(`${name(attribute)} ${value({ N: String(amount) })}`),
    remove: (attribute: string) => clauses.REMOVE.push(name(attribute)),
    equals: (attribute: string, text: string) => conditions.push(`${name(attribute)} = ${value({ S: text })}`),
    absent: (attribute: string) => conditions.push(`attribute_not_exists(${name(attribute)})`),
    atMost: (attribute: string, most: number) =>
      conditions.push(
        most < 0
          ? `${name(attribute)} <= ${value({ N: String(most) })}`
          : `(attribute_not_exists(${name(attribute)}) OR ${name(attribute)} <= ${value({ N: String(most) })})`,
      ),
    build: (): UpdateExpression => ({
      UpdateExpression: Object.entries(clauses)
        .filter(([, parts]) => parts.length > 0)
        .map(([verb, parts]) => `${verb} ${parts.join(', ')}`)
        .join(' '),
      ConditionExpression: conditions.join(' AND '),
      ExpressionAttributeNames: Object.fromEntries(
        [...names].map(([attribute, placeholder]) => [placeholder, attribute]),
      ),
      ExpressionAttributeValues: values,
    }),
  };
};

/** A lease that is given back: its attribute, its value, and what each counter gets back. */
export interface Reaped {
  readonly attribute: string;
  readonly value: string;
  readonly refunds: ReadonlyMap<string, number>;
}

/** What each counter gets back when a lease ends that budgets of `onExpiry: 'release'` do not charge. */
export const refundsOf = (budgets: readonly Budget[], cost: Cost, reservedAt: number): ReadonlyMap<string, number> =>
  new Map(
    budgets
      .filter(({ onExpiry }) => onExpiry === 'release')
      .map((budget) => [counterName(budget, reservedAt), amountFor(budget, cost)]),
  );

const totalRefunds = (reaped: readonly Reaped[]): ReadonlyMap<string, number> => {
  const totals = new Map<string, number>();
  for (const { refunds } of reaped)
    for (const [counter, amount] of refunds) totals.set(counter, (totals.get(counter) ?? 0) + amount);
  return totals;
};

/** What a reservation writes. */
export interface ReserveWrite {
  readonly budgets: readonly Budget[];
  readonly cost: Cost;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly lease: { readonly attribute: string; readonly value: string };
  /** Seconds since the epoch. */
  readonly itemExpiry: number;
  readonly consume?: { readonly attribute: string; readonly expiresAt: number } | undefined;
  /** Dead leases whose amounts this reservation may use. */
  readonly reaped: readonly Reaped[];
}

/** Adds `cost` to every counter if it fits into each, and writes the lease. */
export const reserveExpression = (write: ReserveWrite): UpdateExpression => {
  const builder = createBuilder();
  builder.absent(write.lease.attribute);
  builder.set(write.lease.attribute, { S: write.lease.value });
  builder.set(TTL_ATTRIBUTE, { N: String(write.itemExpiry) });
  if (write.consume !== undefined) {
    builder.absent(write.consume.attribute);
    builder.set(write.consume.attribute, { N: String(write.consume.expiresAt) });
  }
  const refunds = totalRefunds(write.reaped);
  for (const { attribute, value } of write.reaped) {
    builder.equals(attribute, value);
    builder.remove(attribute);
  }
  const current = new Set<string>();
  for (const budget of write.budgets) {
    const counter = counterName(budget, write.at);
    current.add(counter);
    const refund = refunds.get(counter) ?? 0;
    const ceiling = ceilingFor(budget, write.cost);
    if (ceiling !== undefined) builder.atMost(counter, ceiling + refund);
    builder.add(counter, amountFor(budget, write.cost) - refund);
  }
  for (const [counter, refund] of refunds) if (!current.has(counter)) builder.add(counter, -refund);
  return builder.build();
};

/** What an extension writes. */
export interface ExtendWrite {
  readonly budgets: readonly Budget[];
  readonly extra: Cost;
  readonly reservedAt: number;
  readonly lease: { readonly attribute: string; readonly value: string; readonly newValue: string };
}

/** Adds `extra` to the counters of the reservation if it fits into each, and to its lease. Taking back always fits. */
export const extendExpression = ({ budgets, extra, reservedAt, lease }: ExtendWrite): UpdateExpression => {
  const builder = createBuilder();
  builder.equals(lease.attribute, lease.value);
  builder.set(lease.attribute, { S: lease.newValue });
  for (const budget of budgets) {
    const amount = amountFor(budget, extra);
    const counter = counterName(budget, reservedAt);
    if (amount > 0) builder.atMost(counter, ceilingFor(budget, extra) ?? 0);
    builder.add(counter, amount);
  }
  return builder.build();
};

/** What a settlement writes. */
export interface SettleWrite {
  readonly budgets: readonly Budget[];
  readonly reserved: Cost;
  readonly actual: Cost;
  readonly reservedAt: number;
  readonly lease: { readonly attribute: string; readonly value: string };
  /** Attributes of the past to clear away. */
  readonly stale: readonly string[];
  /** Dead leases to clear away. */
  readonly reaped: readonly Reaped[];
}

/** Replaces what was reserved by what was used, and removes the lease: a lease settles once. */
export const settleExpression = (write: SettleWrite): UpdateExpression => {
  const builder = createBuilder();
  builder.equals(write.lease.attribute, write.lease.value);
  builder.remove(write.lease.attribute);
  const deltas = new Map<string, number>();
  for (const budget of write.budgets)
    deltas.set(
      counterName(budget, write.reservedAt),
      amountFor(budget, write.actual) - amountFor(budget, write.reserved),
    );
  for (const { attribute, value } of write.reaped) {
    builder.equals(attribute, value);
    builder.remove(attribute);
  }
  for (const [counter, refund] of totalRefunds(write.reaped)) deltas.set(counter, (deltas.get(counter) ?? 0) - refund);
  for (const attribute of write.stale) if (!deltas.has(attribute)) builder.remove(attribute);
  for (const [counter, delta] of deltas) builder.add(counter, delta);
  return builder.build();
};
