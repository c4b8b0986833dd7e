/** What expressions of metric math come to. Source: CloudWatch user guide, "Using math expressions with CloudWatch metrics". */

import type { Expression, Operator } from './math-syntax.ts';

/** Data points of equal periods, oldest first; `undefined` where one is missing. */
export type Points = readonly (number | undefined)[];

/** A scalar, a time series or a list of time series. */
export type Value = number | Points | readonly Points[];

/** What expressions speak of. */
export interface Names {
  /** The series of a metric or of another expression. */
  value(name: string): Value;
  /** Ids of the metrics, without expressions: `METRICS()`. */
  readonly metrics: readonly string[];
  /** Length of a period, in seconds. */
  readonly periodSeconds: number;
}

const isList = (value: Value): value is readonly Points[] => Array.isArray(value) && Array.isArray(value[0]);

const BINARY: Readonly<Record<Operator, (left: number, right: number) => number | undefined>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  // "If the value of a data point causes a function to attempt to divide by zero, the data point is dropped."
  '/': (left, right) => (right === 0 ? undefined : left / right),
  '^': (left, right) => left ** right,
  '==': (left, right) => Number(left === right),
  '!=': (left, right) => Number(left !== right),
  '<=': (left, right) => Number(left <= right),
  '>=': (left, right) => Number(left >= right),
  '<': (left, right) => Number(left < right),
  '>': (left, right) => Number(left > right),
  AND: (left, right) => Number(left !== 0 && right !== 0),
  OR: (left, right) => Number(left !== 0 || right !== 0),
};

/** "Missing values in a time series are treated as 0", where at least one of two series has a value. */
const combined = (operator: Operator, left: Value, right: Value): Value => {
  const apply = BINARY[operator];
  if (isList(left)) return left.map((series) => combined(operator, series, right) as Points);
  if (isList(right)) return right.map((series) => combined(operator, left, series) as Points);
  if (typeof left === 'number' && typeof right === 'number') return apply(left, right) ?? Number.NaN;
  const length = typeof left === 'number' ? (right as Points).length : left.length;
  return Array.from({ length }, (_, index) => {
    const [a, b] = [left, right].map((side) => (typeof side === 'number' ? side : (side as Points)[index]));
    const isMissing = (typeof left === 'number' || a === undefined) && (typeof right === 'number' || b === undefined);
    return isMissing ? undefined : apply(a ?? 0, b ?? 0);
  });
};

/** Of one series a scalar, of a list a series: missing values count as 0 where any of the series has one. */
const reduced =
  (reduce: (values: readonly number[]) => number) =>
  ([value = []]: readonly Value[]): Value => {
    if (typeof value === 'number') return value;
    if (!isList(value)) return reduce((value as Points).map((point) => point ?? 0));
    return (value[0] ?? []).map((_, index) => {
      const points = value.map((series) => series[index]);
      return points.every((point) => point === undefined) ? undefined : reduce(points.map((point) => point ?? 0));
    });
  };

const eachPoint =
  (change: (point: number) => number) =>
  ([value = []]: readonly Value[]): Value => {
    const changed = (points: Points): Points => points.map((point) => point && change(point));
    if (typeof value === 'number') return change(value);
    return isList(value) ? value.map(changed) : changed(value as Points);
  };

const filled = ([value = [], filler = 0]: readonly Value[]): Value => {
  const fill = (points: Points): Points =>
    points.map((point, index) => point ?? (typeof filler === 'number' ? filler : (filler as Points)[index]));
  if (typeof value === 'number') return value;
  return isList(value) ? value.map(fill) : fill(value as Points);
};

const at = (value: Value | undefined, index: number): number | undefined =>
  typeof value === 'number' ? value : (value as Points | undefined)?.[index];

/** A point whose condition is missing is dropped; so is one that would have the value of a series that has none. */
const chosen = ([condition = 0, whenTrue, whenFalse]: readonly Value[]): Value => {
  if (typeof condition === 'number') return (condition === 0 ? whenFalse : whenTrue) ?? [];
  return (condition as Points).map((point, index) => {
    if (point === undefined) return undefined;
    return point === 0 ? at(whenFalse, index) : (at(whenTrue, index) ?? 0);
  });
};

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

const FUNCTIONS: Readonly<Record<string, (args: readonly Value[]) => Value>> = {
  SUM: reduced(sum),
  AVG: reduced((values) => sum(values) / values.length),
  MAX: reduced((values) => Math.max(...values)),
  MIN: reduced((values) => Math.min(...values)),
  ABS: eachPoint(Math.abs),
  CEIL: eachPoint(Math.ceil),
  FLOOR: eachPoint(Math.floor),
  FILL: filled,
  IF: chosen,
};

const metricsNamed = ({ metrics, value }: Names, [part]: readonly Expression[]): Value =>
  metrics
    .filter((name) => part === undefined || (part.kind === 'text' && name.includes(part.value)))
    .map((name) => value(name) as Points);

/**
 * What an expression comes to.
 *
 * @throws RangeError for a function that this evaluator does not have: `REPEAT` of `FILL`, percentiles, searches.
 */
export const evaluate = (expression: Expression, names: Names): Value => {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'name':
      return names.value(expression.name);
    case 'list':
      return expression.items.map((item) => evaluate(item, names) as Points);
    case 'operation': {
      const [left, right] = expression.operands;
      return combined(expression.operator, evaluate(left, names), evaluate(right, names));
    }
    case 'call': {
      const { name, args } = expression;
      if (name === 'METRICS') return metricsNamed(names, args);
      if (name === 'PERIOD') return names.periodSeconds;
      const known = FUNCTIONS[name];
      if (known === undefined) throw new RangeError(`metric math: ${name} is not evaluated here`);
      return known(args.map((arg) => evaluate(arg, names)));
    }
    case 'text':
      throw new RangeError('metric math: a text stands alone');
  }
};
