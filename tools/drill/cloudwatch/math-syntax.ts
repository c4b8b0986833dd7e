/** Expressions of metric math as trees. Source: CloudWatch user guide, "Using math expressions with CloudWatch metrics". */

/** An expression. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'operation'; readonly operator: Operator; readonly operands: readonly [Expression, Expression] };

/** Operators, by the words that the guide has for the logical ones. */
export type Operator = '+' | '-' | '*' | '/' | '^' | '==' | '!=' | '<=' | '>=' | '<' | '>' | 'AND' | 'OR';

/** From those that bind loosest to those that bind tightest. */
const LEVELS: readonly (readonly Operator[])[] = [
  ['OR'],
  ['AND'],
  ['==', '!=', '<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/'],
  ['^'],
];

const WORDS: Readonly<Record<string, Operator>> = { '&&': 'AND', '||': 'OR' };

const TOKEN =
  /\s*(?:(\d{1,15}(?:\.\d{1,15})?)|([A-Za-z]\w{0,254})|"([^"]{0,200})"|(==|!=|<=|>=|&&|\|\||[-+*/^()[\],<>]))/y; // m1, 2.5, "errors", >=

type Token =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'word' | 'text' | 'sign'; readonly value: string };

/** Longest expression that CloudWatch takes. Source: API reference, MetricDataQuery. */
const MAX_LENGTH = 2048;

const tokensOf = (text: string): Token[] => {
  if (text.length > MAX_LENGTH) throw new SyntaxError('metric math: the expression is too long');
  const tokens: Token[] = [];
  const trimmed = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(trimmed);
    if (match === null) throw new SyntaxError(`metric math: nothing known at ${at} of ${text}`);
    const [, number, word, quoted, sign = ''] = match;
    if (number !== undefined) tokens.push({ kind: 'number', value: Number(number) });
    else if (quoted !== undefined) tokens.push({ kind: 'text', value: quoted });
    else tokens.push(word === undefined ? { kind: 'sign', value: sign } : { kind: 'word', value: word });
  }
  return tokens;
};

/**
 * Parses an expression.
 *
 * @throws SyntaxError for what is none.
 * @example
 * parseExpression('IF(requests > 20, 100 * denied / requests, 0)');
 */
export const parseExpression = (text: string): Expression => {
  const tokens = tokensOf(text);
  let at = 0;

  const isSign = (value: string): boolean => {
    const token = tokens[at];
    return token?.kind === 'sign' && token.value === value;
  };
  const expectSign = (value: string): void => {
    if (!isSign(value)) throw new SyntaxError(`metric math: ${value} is missing in ${text}`);
    at += 1;
  };
  const listUntil = (end: string): readonly Expression[] => {
    const items: Expression[] = [];
    while (!isSign(end)) {
      if (items.length > 0) expectSign(',');
      items.push(level(0));
    }
    expectSign(end);
    return items;
  };

  const primary = (): Expression => {
    const token = tokens[at];
    at += 1;
    if (token === undefined) throw new SyntaxError(`metric math: ${text} ends too soon`);
    if (token.kind === 'number' || token.kind === 'text') return token as Expression;
    if (token.kind === 'word') {
      if (!isSign('(')) return { kind: 'name', name: token.value };
      at += 1;
      return { kind: 'call', name: token.value, args: listUntil(')') };
    }
    if (token.value === '[') return { kind: 'list', items: listUntil(']') };
    if (token.value === '-')
      return { kind: 'operation', operator: '-', operands: [{ kind: 'number', value: 0 }, level(LEVELS.length - 1)] };
    if (token.value !== '(') throw new SyntaxError(`metric math: ${token.value} is out of place in ${text}`);
    const inner = level(0);
    expectSign(')');
    return inner;
  };

  const operatorAt = (height: number): Operator | undefined => {
    const token = tokens[at];
    if (token === undefined || token.kind === 'number' || token.kind === 'text') return undefined;
    const operator = (WORDS[token.value] ?? token.value) as Operator;
    return LEVELS[height]?.includes(operator) === true ? operator : undefined;
  };

  const level = (height: number): Expression => {
    if (height === LEVELS.length) return primary();
    let left = level(height + 1);
    for (let operator = operatorAt(height); operator !== undefined; operator = operatorAt(height)) {
      at += 1;
      left = { kind: 'operation', operator, operands: [left, level(height + 1)] };
    }
    return left;
  };

  const expression = level(0);
  if (at < tokens.length) throw new SyntaxError(`metric math: ${text} goes on where it should end`);
  return expression;
};
