/** Whether the conditions of a statement hold for a request. */

import { listOf } from '../template.ts';
import { OPERATORS, type Operator, partsOfName } from './operators.ts';
import type { Conditions } from './policy.ts';
import { contextValue, isResolvable, type PatternOptions, type RequestContext } from './wildcard.ts';

const meets = (value: string, wanted: readonly string[], operator: Operator, options: PatternOptions): boolean =>
  operator.negated
    ? wanted.every((each) => isResolvable(each, options) && !operator.compare(value, each, options))
    : wanted.some((each) => operator.compare(value, each, options));

const isMissing = (value: string | readonly string[] | undefined): boolean =>
  value === undefined || (Array.isArray(value) && value.length === 0);

/** Whether a key is absent, as `Null` asks: `true` for must be absent, `false` for must be there. */
const nullHolds = (value: string | readonly string[] | undefined, wanted: readonly string[]): boolean =>
  wanted.some((each) => String(isMissing(value)) === each.toLowerCase());

const keyHolds = (
  name: string,
  value: string | readonly string[] | undefined,
  wanted: readonly string[],
  options: PatternOptions,
): boolean => {
  const { set, base, ifExists } = partsOfName(name);
  if (name === 'Null') return nullHolds(value, wanted);
  const operator = OPERATORS.get(base);
  if (operator === undefined) throw new TypeError(`unknown condition operator ${name}`);
  if (value === undefined || isMissing(value)) {
    // Source: "Set operators for multivalued context keys": all of none is true, any of none is false.
    if (set === 'ForAllValues' || ifExists) return true;
    return set === undefined && operator.negated;
  }
  if (set === undefined) {
    if (typeof value !== 'string') throw new TypeError(`${name} compares one value, and the request has several`);
    return meets(value, wanted, operator, options);
  }
  const each = (own: string): boolean => meets(own, wanted, operator, options);
  return set === 'ForAllValues' ? listOf(value).map(String).every(each) : listOf(value).map(String).some(each);
};

/**
 * Whether all conditions hold: every operator, every key of it, one of the key's values.
 *
 * @throws TypeError of an operator that nobody knows here: a policy must not pass for what was not understood.
 */
export const conditionsHold = (
  conditions: Conditions | undefined,
  context: RequestContext,
  variables: boolean,
): boolean => {
  const options: PatternOptions = { context, wildcards: false, variables };
  // All are looked at, so that an unknown operator is found whatever stands before it.
  const held = Object.entries(conditions ?? {}).flatMap(([name, keys]) =>
    Object.entries(keys).map(([key, wanted]) =>
      keyHolds(name, contextValue(context, key), listOf(wanted).map(String), options),
    ),
  );
  return held.every(Boolean);
};
