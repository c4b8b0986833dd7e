/**
 * Metric filters over log lines in JSON. Source: CloudWatch Logs user guide, "Filter pattern syntax for metric filters",
 * JSON log events: `{ ($.field = "text") && ($.other = "a" || $.other = "b") }`, with `*` for any characters.
 */

import type { MetricPoint } from './metric-store.ts';

/** Whether a log event matches. */
type Matcher = (event: Readonly<Record<string, unknown>>) => boolean;

/** A metric filter as a template declares it. */
export interface MetricFilter {
  readonly FilterPattern: string;
  readonly MetricTransformations: readonly {
    readonly MetricNamespace: string;
    readonly MetricName: string;
    readonly MetricValue: string;
    readonly Dimensions?: readonly { readonly Key: string; readonly Value: string }[];
  }[];
}

const TOKEN = /\s*(?:\$\.(\w{1,64})|"([^"]{0,200})"|(&&|\|\||!=|=|\(|\)))/y; // $.errorType, "THROTTLED", &&

const compared = (field: string, operator: string, text: string): Matcher => {
  const parts = text.split('*');
  const fits = (value: string): boolean => {
    if (parts.length === 1) return value === text;
    let at = 0;
    for (const [index, part] of parts.entries()) {
      const found = index === parts.length - 1 ? value.length - part.length : value.indexOf(part, at);
      if (found < at || (index === 0 && found > 0) || value.slice(found, found + part.length) !== part) return false;
      at = found + part.length;
    }
    return true;
  };
  return (event) => {
    const value = event[field];
    if (typeof value !== 'string') return false;
    return fits(value) === (operator === '=');
  };
};

/**
 * Reads a pattern.
 *
 * @throws SyntaxError for one that this reader does not know: numbers, `IS NULL` and regular expressions among them.
 */
export const parsePattern = (pattern: string): Matcher => {
  const inner = /^\{(.{1,1024})\}$/s.exec(pattern.trim())?.[1]?.trim(); // { $.errorType = "THROTTLED" }
  if (inner === undefined) throw new SyntaxError('metric filter: only patterns of JSON events are known');
  const tokens: (readonly [field: string | undefined, text: string | undefined, sign: string | undefined])[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < inner.length) {
    const match = TOKEN.exec(inner);
    if (match === null) throw new SyntaxError(`metric filter: ${pattern} has something unknown`);
    tokens.push([match[1], match[2], match[3]]);
  }
  let at = 0;
  const isSign = (sign: string): boolean => tokens[at]?.[2] === sign;
  const next = () => tokens[at++] ?? [undefined, undefined, undefined];

  const primary = (): Matcher => {
    const [field, , sign] = next();
    if (sign === '(') {
      const matcher = any();
      if (next()[2] !== ')') throw new SyntaxError(`metric filter: a parenthesis stays open in ${pattern}`);
      return matcher;
    }
    const [, , operator = ''] = next();
    const [, text] = next();
    if (field === undefined || !['=', '!='].includes(operator) || text === undefined)
      throw new SyntaxError(`metric filter: ${pattern} compares something else than a field with a text`);
    return compared(field, operator, text);
  };
  const joined = (sign: string, part: () => Matcher, join: (matchers: readonly Matcher[]) => Matcher): Matcher => {
    const matchers = [part()];
    while (isSign(sign)) {
      at += 1;
      matchers.push(part());
    }
    return join(matchers);
  };
  const all = (): Matcher =>
    joined('&&', primary, (matchers) => (event) => matchers.every((matches) => matches(event)));
  const any = (): Matcher => joined('||', all, (matchers) => (event) => matchers.some((matches) => matches(event)));

  const matcher = any();
  if (at < tokens.length) throw new SyntaxError(`metric filter: ${pattern} goes on where it should end`);
  return matcher;
};

/** What a filter makes of log lines: data points at the time of each event. */
export const createFilter = ({ FilterPattern, MetricTransformations }: MetricFilter) => {
  const matches = parsePattern(FilterPattern);
  return (event: Readonly<Record<string, unknown>>, at: number): readonly MetricPoint[] => {
    if (!matches(event)) return [];
    return MetricTransformations.map(({ MetricNamespace, MetricName, MetricValue, Dimensions = [] }) => ({
      namespace: MetricNamespace,
      name: MetricName,
      dimensions: Object.fromEntries(Dimensions.map(({ Key, Value }) => [Key, String(event[Value.slice(2)])])),
      at,
      value: Number(MetricValue),
    }));
  };
};
