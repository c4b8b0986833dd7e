/**
 * As much of CloudWatch Logs Insights as runbooks use, so that every query in them is run by a test: fields, display, filter,
 * parse, stats, sort, limit, dedup. What it does not know it refuses. Source: CloudWatch Logs user guide, "CloudWatch Logs
 * Insights language query syntax".
 */

import { aggregateOf, evaluated, type Row, type Value } from './evaluate.ts';
import type { Expression } from './expression.ts';
import { type Column, type Command, parseQuery } from './query.ts';

export type { Row, Value } from './evaluate.ts';

/** A line of a log group. */
export interface LogLine {
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly group: string;
}

/** The fields of a JSON value by their paths: `tokens.total`, `decisions.0.code`. */
const flatten = (value: unknown, path: string, into: Record<string, Value>): void => {
  if (typeof value !== 'object' || value === null) {
    if (path !== '' && value !== null) into[path] = value as Value;
    return;
  }
  for (const [name, inner] of Object.entries(value)) flatten(inner, path === '' ? name : `${path}.${name}`, into);
};

/** The fields that Logs Insights finds in a line. */
export const rowOf = ({ text, at, group }: LogLine): Row => {
  const row: Record<string, Value> = { '@timestamp': at, '@message': text, '@log': group };
  if (text.startsWith('{')) flatten(JSON.parse(text), '', row);
  return row;
};

const compare = (a: Value, b: Value): number => {
  const [x, y] = [Number(a), Number(b)];
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  return String(a ?? '').localeCompare(String(b ?? ''));
};

const pick = (columns: readonly Column[], row: Row): Row =>
  Object.fromEntries(columns.map(({ name, expression }) => [name, row[name] ?? evaluated(expression, row)]));

const groups = (rows: readonly Row[], keyOf: (row: Row) => string): readonly (readonly Row[])[] =>
  Object.values(Object.groupBy(rows, keyOf)).flatMap((group) => (group === undefined ? [] : [group]));

const step = (rows: readonly Row[], command: Command): readonly Row[] => {
  switch (command.kind) {
    case 'fields':
    case 'display':
      return rows.map((row) => ({ ...row, ...pick(command.columns, row) }));
    case 'filter':
      return rows.filter((row) => evaluated(command.condition, row) === true);
    case 'parse':
      return rows.map((row) => {
        const match = command.pattern.exec(String(row[command.from] ?? ''));
        const found = command.names.map((name, index) => [name, match?.groups?.[name] ?? match?.[index + 1]]);
        return { ...row, ...Object.fromEntries(found) };
      });
    case 'stats':
      return groups(rows, (row) => JSON.stringify(Object.values(pick(command.by, row)))).map((group) => ({
        ...(group[0] && pick(command.by, group[0])),
        ...Object.fromEntries(command.columns.map(({ name, expression }) => [name, aggregateOf(expression, group)])),
      }));
    case 'sort':
      return [...rows].sort((one, other) => {
        for (const { column, descending } of command.by) {
          const order = compare(pick([column], one)[column.name], pick([column], other)[column.name]);
          if (order !== 0) return descending ? -order : order;
        }
        return 0;
      });
    case 'limit':
      return rows.slice(0, command.count);
    case 'dedup':
      return groups(rows, (row) => JSON.stringify(command.fields.map((name) => row[name]))).flatMap(([first]) =>
        first === undefined ? [] : [first],
      );
  }
};

/** Runs a query over the fields of lines ({@link rowOf}). @throws SyntaxError of one that Logs Insights would not take. */
export const runQuery = (query: string, lines: readonly Row[]): readonly Row[] =>
  parseQuery(query).reduce<readonly Row[]>(step, lines);

const fieldsIn = (expression: Expression): readonly string[] => {
  if (expression.kind === 'field') return [expression.name];
  if (expression.kind === 'call') return expression.args.flatMap(fieldsIn);
  return expression.kind === 'list' ? expression.items.flatMap(fieldsIn) : [];
};

/** Fields of log lines that a query names, without those that it makes itself. */
export const fieldsOf = (query: string): readonly string[] => {
  const made = new Set<string>();
  const named: string[] = [];
  const add = (names: readonly string[]): void => {
    named.push(...names.filter((name) => !made.has(name)));
  };
  for (const command of parseQuery(query)) {
    if (command.kind === 'filter') add(fieldsIn(command.condition));
    if (command.kind === 'dedup') add(command.fields);
    if (command.kind === 'parse') add([command.from]);
    if (command.kind === 'sort') add(command.by.flatMap(({ column }) => fieldsIn(column.expression)));
    const columns = 'columns' in command ? [...command.columns, ...(command.kind === 'stats' ? command.by : [])] : [];
    add(columns.flatMap(({ expression }) => fieldsIn(expression)));
    for (const { name } of columns) made.add(name);
    if (command.kind === 'parse') for (const name of command.names) made.add(name);
  }
  return [...new Set(named)];
};
