/** Expressions of CloudWatch Logs Insights: what `filter` tests, `fields` shows and `stats` counts. */

import type { Token } from './tokens.ts';

/** An expression. */
export type Expression =
  | { readonly kind: 'value'; readonly value: string | number }
  | { readonly kind: 'field'; readonly name: string }
  | { readonly kind: 'regex'; readonly pattern: RegExp }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] };

/** Reads tokens one after the other. */
export interface TokenReader {
  /** The next one, which stays. */
  peek(): Token | undefined;
  /** Takes the next one, if it is this word or sign. */
  take(...words: readonly string[]): string | undefined;
  /** Takes the next one. @throws SyntaxError where there is none. */
  next(): Token;
}

/** A reader of `tokens`. */
export const tokenReader = (tokens: readonly Token[]): TokenReader => {
  let at = 0;
  const isWord = (token: Token | undefined, word: string): boolean =>
    token !== undefined && (token.kind === 'name' || token.kind === 'sign') && token.text.toLowerCase() === word;
  return {
    peek: () => tokens[at],
    take(...words) {
      const taken = words.every((word, index) => isWord(tokens[at + index], word));
      if (!taken) return undefined;
      at += words.length;
      return words.join(' ');
    },
    next() {
      const token = tokens[at];
      if (token === undefined) throw new SyntaxError('the query ends too early');
      at += 1;
      return token;
    },
  };
};

/** Operators, loosest first; each level is left-associative. */
const LEVELS: readonly (readonly (readonly string[])[])[] = [
  [['or']],
  [['and']],
  [['not', 'like'], ['not', 'in'], ['like'], ['=~'], ['in'], ['!='], ['<='], ['>='], ['='], ['<'], ['>']],
  [['+'], ['-']],
  [['*'], ['/'], ['%']],
  [['^']],
];

/** Level of comparisons: `not` binds looser than they do. */
const COMPARISON = 2;

const primary = (reader: TokenReader): Expression => {
  if (reader.take('(') !== undefined) {
    const inner = parseExpression(reader);
    if (reader.take(')') === undefined) throw new SyntaxError('a bracket stays open');
    return inner;
  }
  if (reader.take('[') !== undefined) return { kind: 'list', items: listUntil(reader, ']') };
  if (reader.take('-') !== undefined) {
    return { kind: 'call', name: '-', args: [{ kind: 'value', value: 0 }, primary(reader)] };
  }
  const { kind, text } = reader.next();
  if (kind === 'number') return { kind: 'value', value: Number(text) };
  if (kind === 'text') return { kind: 'value', value: text.replaceAll(/\\(["'\\])/g, '$1') };
  if (kind === 'regex') {
    const [, ignoreCase, source = ''] = /^(\(\?i\))?(.*)$/s.exec(text) ?? [];
    return { kind: 'regex', pattern: new RegExp(source, ignoreCase === undefined ? 'u' : 'iu') };
  }
  if (kind !== 'name') throw new SyntaxError(`${text} is no operand`);
  if (reader.take('(') !== undefined) return { kind: 'call', name: text.toLowerCase(), args: listUntil(reader, ')') };
  return { kind: 'field', name: text };
};

const listUntil = (reader: TokenReader, end: string): readonly Expression[] => {
  const items: Expression[] = [];
  while (reader.take(end) === undefined) {
    // `count(*)`
    items.push(reader.take('*') === undefined ? parseExpression(reader) : { kind: 'value', value: '*' });
    if (reader.peek()?.text !== end && reader.take(',') === undefined) throw new SyntaxError('a comma is missing');
  }
  return items;
};

const level = (reader: TokenReader, depth: number): Expression => {
  const operators = LEVELS[depth];
  if (operators === undefined) return primary(reader);
  if (depth === COMPARISON && reader.take('not') !== undefined) {
    return { kind: 'call', name: 'not', args: [level(reader, depth)] };
  }
  let left = level(reader, depth + 1);
  for (;;) {
    const name = operators.map((words) => reader.take(...words)).find((taken) => taken !== undefined);
    if (name === undefined) return left;
    left = { kind: 'call', name, args: [left, level(reader, depth + 1)] };
  }
};

/** Parses an expression. @throws SyntaxError of what is none. */
export const parseExpression = (reader: TokenReader): Expression => level(reader, 0);
