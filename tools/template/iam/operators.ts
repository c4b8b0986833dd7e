/** Operators of conditions. Source: IAM User Guide, "IAM JSON policy elements: Condition operators". */

import { BlockList, isIP } from 'node:net';
import { matchesArn, matchesPattern, type PatternOptions } from './wildcard.ts';

/** Compares one value of a request to one value of a policy. */
type Compare = (value: string, wanted: string, options: PatternOptions) => boolean;

/** An operator: how it compares, and whether it holds where nothing is equal. */
export interface Operator {
  readonly compare: Compare;
  readonly negated: boolean;
}

/**
 * Compares what both texts stand for.
 *
 * @throws TypeError of a policy's own value that stands for nothing: where it is negated, it would hold for everything.
 */
const measured =
  (read: (text: string) => number, test: (value: number, wanted: number) => boolean): Compare =>
  (value, wanted) => {
    const [left, right] = [read(value), read(wanted)];
    if (Number.isNaN(right)) throw new TypeError(`a condition compares with ${wanted}`);
    return !Number.isNaN(left) && test(left, right);
  };

const numberOf = (text: string): number => (text.trim() === '' ? Number.NaN : Number(text));
/** Milliseconds of an ISO 8601 date, or of seconds since 1970. */
const timeOf = (text: string): number => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));
const numeric = (test: (value: number, wanted: number) => boolean): Compare => measured(numberOf, test);
const dated = (test: (value: number, wanted: number) => boolean): Compare => measured(timeOf, test);

const text: Compare = (value, wanted, options) => matchesPattern(wanted, value, { ...options, wildcards: false });
const textLike: Compare = (value, wanted, options) => matchesPattern(wanted, value, { ...options, wildcards: true });
const textInAnyCase: Compare = (value, wanted, options) => {
  // Values that variables stand for are compared in any case, too.
  const context = Object.fromEntries(
    Object.entries(options.context).map(([key, own]) => [key, typeof own === 'string' ? own.toLowerCase() : own]),
  );
  return matchesPattern(wanted.toLowerCase(), value.toLowerCase(), { ...options, context, wildcards: false });
};
const arn: Compare = (value, wanted, options) => matchesArn(wanted, value, { ...options, wildcards: true });
const truth: Compare = (value, wanted) =>
  /^(?:true|false)$/i.test(wanted) && value.toLowerCase() === wanted.toLowerCase();
const bytes: Compare = (value, wanted) => value === wanted;

/**
 * Whether an address lies in a block such as `203.0.113.0/24`, or is the address itself.
 *
 * @throws TypeError of a block that is none.
 */
const address: Compare = (value, wanted) => {
  const [start = '', bits] = wanted.split('/');
  const [family, own] = [isIP(start), isIP(value)];
  const widest = family === 6 ? 128 : 32;
  const length = Number(bits ?? widest);
  if (family === 0 || !Number.isInteger(length) || length < 0 || length > widest)
    throw new TypeError(`a condition compares with ${wanted}`);
  const kind = family === 6 ? 'ipv6' : 'ipv4';
  const block = new BlockList();
  block.addSubnet(start, length, kind);
  return own === family && block.check(value, kind);
};

const both = (name: string, compare: Compare, negatedName: string): readonly (readonly [string, Operator])[] => [
  [name, { compare, negated: false }],
  [negatedName, { compare, negated: true }],
];
const one = (name: string, compare: Compare): readonly [string, Operator] => [name, { compare, negated: false }];

/** Every operator but `Null`, by name. One that is not here is refused, not passed over. */
export const OPERATORS: ReadonlyMap<string, Operator> = new Map([
  ...both('StringEquals', text, 'StringNotEquals'),
  ...both('StringEqualsIgnoreCase', textInAnyCase, 'StringNotEqualsIgnoreCase'),
  ...both('StringLike', textLike, 'StringNotLike'),
  ...both('ArnEquals', arn, 'ArnNotEquals'),
  ...both('ArnLike', arn, 'ArnNotLike'),
  ...both(
    'NumericEquals',
    numeric((a, b) => a === b),
    'NumericNotEquals',
  ),
  one(
    'NumericLessThan',
    numeric((a, b) => a < b),
  ),
  one(
    'NumericLessThanEquals',
    numeric((a, b) => a <= b),
  ),
  one(
    'NumericGreaterThan',
    numeric((a, b) => a > b),
  ),
  one(
    'NumericGreaterThanEquals',
    numeric((a, b) => a >= b),
  ),
  ...both(
    'DateEquals',
    dated((a, b) => a === b),
    'DateNotEquals',
  ),
  one(
    'DateLessThan',
    dated((a, b) => a < b),
  ),
  one(
    'DateLessThanEquals',
    dated((a, b) => a <= b),
  ),
  one(
    'DateGreaterThan',
    dated((a, b) => a > b),
  ),
  one(
    'DateGreaterThanEquals',
    dated((a, b) => a >= b),
  ),
  one('Bool', truth),
  one('BinaryEquals', bytes),
  ...both('IpAddress', address, 'NotIpAddress'),
]);

/** `ForAllValues:StringLike`, `StringEqualsIfExists`: set, operator, whether a missing key is as good as one that fits. */
const NAME = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/;

/** The parts of an operator's name. */
export const partsOfName = (
  name: string,
): { readonly set: string | undefined; readonly base: string; readonly ifExists: boolean } => {
  const [, set, base = '', ifExists] = NAME.exec(name) ?? [];
  return { set, base, ifExists: ifExists !== undefined };
};

/** Whether a name is one of an operator: those of {@link OPERATORS}, with what may stand around them, and `Null`. */
export const isOperator = (name: string): boolean => name === 'Null' || OPERATORS.has(partsOfName(name).base);
