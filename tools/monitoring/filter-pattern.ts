/**
 * Filter patterns of CloudWatch Logs for lines of JSON, as metric filters use them.
 * Source of the syntax: CloudWatch Logs user guide, "Using filter patterns to match terms in JSON log events".
 */

/** Whether an event, a line of JSON read, matches. */
export type FilterPattern = (event: unknown) => boolean;

const TOKEN = /\s*(?:(\(|\)|&&|\|\||!=|<=|>=|=|<|>)|"([^"]*)"|(\$[^\s()=!<>&|]*)|([^\s()=!<>&|]+))/y;

type Token =
  | { readonly kind: 'sign' | 'selector'; readonly text: string }
  | { readonly kind: 'value'; readonly text: string; readonly quoted: boolean };

const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const [, sign, quoted, selector, bare] = TOKEN.exec(text) ?? [];
    if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
    else if (selector !== undefined) tokens.push({ kind: 'selector', text: selector });
    else if (quoted !== undefined) tokens.push({ kind: 'value', text: quoted, quoted: true });
    else if (bare !== undefined) tokens.push({ kind: 'value', text: bare, quoted: false });
    else throw new SyntaxError(`No filter pattern from character ${at} on.`);
  }
  return tokens;
};

/** What a selector such as `$.a.b[0]` points at. */
const selected = (selector: string, event: unknown): unknown => {
  let at: unknown = event;
  for (const [, name, index] of selector.matchAll(/\.([^.[\]]+)|\[(\d+)\]/g)) {
    const key = name ?? index ?? '';
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
};

/** Equality with `*` for any characters: each part is looked for from where the one before it ended. */
const equalsWildcard = (pattern: string, text: string): boolean => {
  const [first = '', ...rest] = pattern.split('*');
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (!text.startsWith(first)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return text.length - last.length >= from && text.endsWith(last);
};

const isEqual = (value: unknown, { text, quoted }: { text: string; quoted: boolean }): boolean => {
  if (typeof value === 'string') return equalsWildcard(text, value);
  return typeof value === 'number' && !quoted && (text === '*' || value === Number(text));
};

const ORDER: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '>': (left, right) => left > right,
  '<=': (left, right) => left <= right,
  '>=': (left, right) => left >= right,
};

const KEYWORDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  'IS NULL': (value) => value === null,
  'IS TRUE': (value) => value === true,
  'IS FALSE': (value) => value === false,
  'NOT EXISTS': (value) => value === undefined,
};

/** Reads conditions from the front of a list of tokens. */
const parser = (tokens: Token[]): (() => FilterPattern) => {
  const fail = (): never => {
    throw new SyntaxError('No filter pattern.');
  };
  const isNext = (text: string): boolean => tokens[0]?.kind === 'sign' && tokens[0].text === text;

  const comparison = (): FilterPattern => {
    const selector = tokens.shift();
    const operator = tokens.shift();
    const operand = tokens.shift();
    if (selector?.kind !== 'selector' || operator === undefined || operand?.kind !== 'value') return fail();
    const keyword = KEYWORDS[`${operator.text} ${operand.text}`];
    if (operator.kind === 'value' && keyword !== undefined) return (event) => keyword(selected(selector.text, event));
    const order = ORDER[operator.text];
    if (order === undefined && operator.text !== '=' && operator.text !== '!=') return fail();
    return (event) => {
      const value = selected(selector.text, event);
      // A field that is not there is neither equal nor unequal to anything.
      if (value === undefined) return false;
      if (order !== undefined) return typeof value === 'number' && order(value, Number(operand.text));
      return isEqual(value, operand) === (operator.text === '=');
    };
  };

  const term = (): FilterPattern => {
    if (!isNext('(')) return comparison();
    tokens.shift();
    const inner = either();
    if (!isNext(')')) return fail();
    tokens.shift();
    return inner;
  };

  const series = (sign: string, part: () => FilterPattern): FilterPattern[] => {
    const parts = [part()];
    while (isNext(sign)) {
      tokens.shift();
      parts.push(part());
    }
    return parts;
  };

  const both = (): FilterPattern => {
    const parts = series('&&', term);
    return (event) => parts.every((part) => part(event));
  };

  const either = (): FilterPattern => {
    const parts = series('||', both);
    return (event) => parts.some((part) => part(event));
  };

  return () => {
    const condition = either();
    return tokens.length === 0 ? condition : fail();
  };
};

/**
 * Reads a pattern `{ … }`: comparisons with strings (`*` is any characters) and numbers, `IS NULL`, `IS TRUE`, `IS FALSE`,
 * `NOT EXISTS`, `&&` before `||`, parentheses.
 *
 * @throws SyntaxError for what is none.
 */
export const parseFilterPattern = (pattern: string): FilterPattern => {
  const inner = /^\s*\{(.*)\}\s*$/s.exec(pattern)?.[1];
  if (inner === undefined) throw new SyntaxError('No filter pattern for JSON.');
  return parser(tokensOf(inner))();
};
