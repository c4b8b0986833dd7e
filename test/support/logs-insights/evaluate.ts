/** What expressions of CloudWatch Logs Insights come to. Values of log lines have no types: what looks like a number is one. */

import type { Expression } from './expression.ts';

/** A value; `undefined` where a line does not have the field. */
export type Value = string | number | boolean | undefined;

/** A line, or a row of a result, by field. */
export type Row = Readonly<Record<string, Value>>;

const numberOf = (value: Value): number => (value === undefined || value === '' ? Number.NaN : Number(value));

const isEqual = (left: Value, right: Value): boolean => {
  if (left === undefined || right === undefined) return false;
  const [a, b] = [numberOf(left), numberOf(right)];
  return Number.isNaN(a) || Number.isNaN(b) ? String(left) === String(right) : a === b;
};

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1e3, m: 6e4, h: 36e5, d: 864e5, w: 6048e5 };

/** The beginning of the time slot that `at` lies in, both in milliseconds since 1970. */
const slotOf = (at: Value, duration: Value): number => {
  const [, count, unit = ''] = /^(\d+)(ms|s|m|h|d|w)$/.exec(String(duration)) ?? [];
  const length = Number(count) * (UNITS[unit] ?? Number.NaN);
  if (!(length > 0)) throw new SyntaxError(`bin(${String(duration)})`);
  return Math.floor(numberOf(at) / length) * length;
};

type Operation = (args: readonly Value[], row: Row) => Value;

const arithmetic =
  (compute: (a: number, b: number) => number): Operation =>
  ([a, b]) => {
    const result = compute(numberOf(a), numberOf(b));
    return Number.isNaN(result) ? undefined : result;
  };

const comparison =
  (test: (a: number, b: number) => boolean): Operation =>
  ([a, b]) =>
    test(numberOf(a), numberOf(b));

/** Functions and operators that look at one line. Source: "Boolean, comparison, numeric, datetime, and other functions". */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  '+': arithmetic((a, b) => a + b),
  '-': arithmetic((a, b) => a - b),
  '*': arithmetic((a, b) => a * b),
  '/': arithmetic((a, b) => a / b),
  '%': arithmetic((a, b) => a % b),
  '^': arithmetic((a, b) => a ** b),
  '<': comparison((a, b) => a < b),
  '<=': comparison((a, b) => a <= b),
  '>': comparison((a, b) => a > b),
  '>=': comparison((a, b) => a >= b),
  '=': ([a, b]) => isEqual(a, b),
  '!=': ([a, b]) => a !== undefined && !isEqual(a, b),
  and: ([a, b]) => a === true && b === true,
  or: ([a, b]) => a === true || b === true,
  not: ([a]) => a !== true,
  ispresent: ([a]) => a !== undefined,
  coalesce: (args) => args.find((arg) => arg !== undefined),
  concat: (args) => args.map((arg) => arg ?? '').join(''),
  abs: ([a]) => Math.abs(numberOf(a)),
  ceil: ([a]) => Math.ceil(numberOf(a)),
  floor: ([a]) => Math.floor(numberOf(a)),
  strlen: ([a]) => String(a ?? '').length,
  bin: ([duration], row) => slotOf(row['@timestamp'], duration),
  datefloor: ([at, duration]) => slotOf(at, duration),
};

/** What an expression comes to in a line. @throws SyntaxError of a function that there is not. */
export const evaluated = (expression: Expression, row: Row): Value => {
  if (expression.kind === 'value') return expression.value;
  if (expression.kind === 'field') return row[expression.name];
  if (expression.kind !== 'call') throw new SyntaxError(`a ${expression.kind} by itself`);
  const { name, args } = expression;
  const [left, right] = args;
  if (left !== undefined && right !== undefined && /^(?:not )?(?:like|in)$|^=~$/.test(name)) {
    const value = evaluated(left, row);
    const among = right.kind === 'list' && right.items.some((item) => isEqual(value, evaluated(item, row)));
    const alike =
      right.kind === 'regex'
        ? right.pattern.test(String(value ?? ''))
        : right.kind === 'value' && String(value ?? '').includes(String(right.value));
    const held = value !== undefined && (name.endsWith('in') ? among : alike);
    return name.startsWith('not ') ? !held : held;
  }
  const operation = Object.hasOwn(OPERATIONS, name) ? OPERATIONS[name] : undefined;
  if (operation === undefined) throw new SyntaxError(`there is no function ${name}`);
  return operation(
    args.map((arg) => evaluated(arg, row)),
    row,
  );
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The value that `share` per cent of the numbers do not exceed. */
const percentile = (numbers: readonly number[], share: number): number | undefined => {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((share / 100) * sorted.length) - 1)];
};

/** Functions of `stats`, by the values that lines have. */
const AGGREGATES: Readonly<
  Record<string, (values: readonly Value[], numbers: readonly number[], share: number) => Value>
> = {
  count: (values) => values.length,
  count_distinct: (values) => new Set(values.map(String)).size,
  sum: (_, numbers) => sum(numbers),
  avg: (_, numbers) => (numbers.length === 0 ? undefined : sum(numbers) / numbers.length),
  min: (_, numbers) => (numbers.length === 0 ? undefined : Math.min(...numbers)),
  max: (_, numbers) => (numbers.length === 0 ? undefined : Math.max(...numbers)),
  stddev: (_, numbers) => {
    const mean = sum(numbers) / numbers.length;
    return Math.sqrt(sum(numbers.map((number) => (number - mean) ** 2)) / numbers.length);
  },
  pct: (_, numbers, share) => percentile(numbers, share),
  median: (_, numbers) => percentile(numbers, 50),
  earliest: (values) => values[0],
  latest: (values) => values.at(-1),
};

/** What an expression of `stats` comes to over lines, oldest first: arithmetic over aggregates. */
export const aggregateOf = (expression: Expression, rows: readonly Row[]): Value => {
  if (expression.kind !== 'call') return expression.kind === 'value' ? expression.value : undefined;
  const aggregate = Object.hasOwn(AGGREGATES, expression.name) ? AGGREGATES[expression.name] : undefined;
  if (aggregate === undefined) {
    const args = expression.args.map((arg): Expression => ({ kind: 'value', value: aggregateOf(arg, rows) as number }));
    return evaluated({ ...expression, args }, {});
  }
  const [of, share] = expression.args;
  const isStar = of === undefined || (of.kind === 'value' && of.value === '*');
  const values = rows.map((row) => (isStar ? 1 : evaluated(of, row))).filter((value) => value !== undefined);
  const numbers = values.map(numberOf).filter((number) => !Number.isNaN(number));
  return aggregate(values, numbers, share?.kind === 'value' ? Number(share.value) : Number.NaN);
};
