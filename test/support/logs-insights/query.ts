/** Queries of CloudWatch Logs Insights: commands with a bar between them. */

import { type Expression, parseExpression, type TokenReader, tokenReader } from './expression.ts';
import { tokensOf } from './tokens.ts';

/** An expression, and the name of what it comes to. */
export interface Column {
  readonly name: string;
  readonly expression: Expression;
}

/** A command. */
export type Command =
  | { readonly kind: 'fields' | 'display'; readonly columns: readonly Column[] }
  | { readonly kind: 'filter'; readonly condition: Expression }
  | { readonly kind: 'stats'; readonly columns: readonly Column[]; readonly by: readonly Column[] }
  | { readonly kind: 'sort'; readonly by: readonly { readonly column: Column; readonly descending: boolean }[] }
  | { readonly kind: 'limit'; readonly count: number }
  | { readonly kind: 'dedup'; readonly fields: readonly string[] }
  | { readonly kind: 'parse'; readonly from: string; readonly pattern: RegExp; readonly names: readonly string[] };

/** What a column is called without `as`: a field by itself, all else by what it says. */
const textOf = (expression: Expression): string => {
  if (expression.kind === 'value') return String(expression.value);
  if (expression.kind === 'field') return expression.name;
  return expression.kind === 'call' ? `${expression.name}(${expression.args.map(textOf).join(', ')})` : expression.kind;
};

const columnOf = (reader: TokenReader): Column => {
  const expression = parseExpression(reader);
  const name = reader.take('as') === undefined ? textOf(expression) : reader.next().text;
  return { name, expression };
};

const listOf = <T>(reader: TokenReader, one: (reader: TokenReader) => T): readonly T[] => {
  const list = [one(reader)];
  while (reader.take(',') !== undefined) {
    list.push(one(reader));
  }
  return list;
};

const nameOf = (reader: TokenReader): string => {
  const { kind, text } = reader.next();
  if (kind !== 'name') throw new SyntaxError(`${text} is no field`);
  return text;
};

/** `"code":"*"` as a pattern whose stars are groups. */
const globOf = (glob: string): RegExp =>
  new RegExp(
    glob
      .split('*')
      .map((part) => part.replaceAll(/[\\^$.|?*+()[\]{}]/g, '\\$&'))
      .join('(.*?)') + (glob.endsWith('*') ? '$' : ''),
    's',
  );

const COMMANDS: Readonly<Record<string, (reader: TokenReader) => Command>> = {
  fields: (reader) => ({ kind: 'fields', columns: listOf(reader, columnOf) }),
  display: (reader) => ({ kind: 'display', columns: listOf(reader, columnOf) }),
  filter: (reader) => ({ kind: 'filter', condition: parseExpression(reader) }),
  stats(reader) {
    const columns = listOf(reader, columnOf);
    return { kind: 'stats', columns, by: reader.take('by') === undefined ? [] : listOf(reader, columnOf) };
  },
  sort: (reader) => ({
    kind: 'sort',
    by: listOf(reader, () => {
      const column = columnOf(reader);
      const descending = reader.take('desc') !== undefined;
      if (!descending) reader.take('asc');
      return { column, descending };
    }),
  }),
  limit(reader) {
    const { kind, text } = reader.next();
    if (kind !== 'number') throw new SyntaxError(`limit ${text}`);
    return { kind: 'limit', count: Number(text) };
  },
  dedup: (reader) => ({ kind: 'dedup', fields: listOf(reader, nameOf) }),
  parse(reader) {
    const from = nameOf(reader);
    const { kind, text } = reader.next();
    if (kind === 'regex') {
      const pattern = new RegExp(text, 'u');
      const names = Object.keys(new RegExp(`${text}|`, 'u').exec('')?.groups ?? {});
      if (names.length === 0) throw new SyntaxError('parse: a regular expression needs named groups');
      return { kind: 'parse', from, pattern, names };
    }
    if (kind !== 'text' || reader.take('as') === undefined) throw new SyntaxError('parse: a glob needs as');
    const names = listOf(reader, nameOf);
    const stars = text.split('*').length - 1;
    if (names.length !== stars) throw new SyntaxError(`parse: ${stars} stars and ${names.length} names`);
    return { kind: 'parse', from, pattern: globOf(text.replaceAll('\\"', '"')), names };
  },
};

/** Splits a query at bars outside quotes, backticks and regular expressions, comments taken out. */
const commandTexts = (query: string): readonly string[] =>
  (
    query
      .replaceAll(/^\s*#.*$/gm, '')
      .match(/(?:`[^`]*`|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|\/(?:[^/\\\n]|\\.)+\/|[^|])+/g) ?? []
  )
    .map((text) => text.trim())
    .filter((text) => text !== '');

/** Parses a query. @throws SyntaxError that says what is wrong. */
export const parseQuery = (query: string): readonly Command[] =>
  commandTexts(query).map((text) => {
    const reader = tokenReader(tokensOf(text));
    const { text: name } = reader.next();
    const parse = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (parse === undefined) throw new SyntaxError(`there is no command ${name}`);
    const command = parse(reader);
    const left = reader.peek();
    if (left !== undefined) throw new SyntaxError(`${name}: ${left.text} is too much`);
    return command;
  });
