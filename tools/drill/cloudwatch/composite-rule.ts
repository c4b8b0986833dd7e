/**
 * Rules of composite alarms. Source: CloudWatch user guide, "Create a composite alarm": `ALARM`, `OK` and
 * `INSUFFICIENT_DATA` of a name, `TRUE`, `FALSE`, `AND`, `OR`, `NOT` and parentheses; `NOT` binds tightest, `OR` loosest.
 */

import type { AlarmState } from './missing-data.ts';

/** Whether a rule holds, given the states of alarms by name. */
export type CompositeRule = (stateOf: (name: string) => AlarmState) => boolean;

const TOKEN =
  /\s*(?:(ALARM|OK|INSUFFICIENT_DATA)\s*\(\s*(?:"([^"]{1,255})"|'([^']{1,255})'|([^\s()"']{1,255}))\s*\)|(AND|OR|NOT|TRUE|FALSE)(?!\w)|([()]))/y; // ALARM("TokenCeiling"), NOT, (

/** Longest rule. Source: API reference, PutCompositeAlarm. */
const MAX_LENGTH = 10_240;

type Token = { readonly state: AlarmState; readonly name: string } | string;

const tokensOf = (rule: string): Token[] => {
  const trimmed = rule.trimEnd();
  if (trimmed.length > MAX_LENGTH) throw new SyntaxError('composite rule: it is too long');
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const match = TOKEN.exec(trimmed);
    if (match === null) throw new SyntaxError(`composite rule: ${rule} has something unknown`);
    const [, state, double, single, bare, word, sign] = match;
    if (state === undefined) tokens.push(word ?? sign ?? '');
    else tokens.push({ state: state as AlarmState, name: double ?? single ?? bare ?? '' });
  }
  return tokens;
};

/**
 * Reads a rule.
 *
 * @throws SyntaxError for one that this reader does not know, `AT_LEAST` among them.
 * @example
 * parseRule('ALARM("A") AND NOT ALARM("B")')((name) => (name === 'A' ? 'ALARM' : 'OK')); // true
 */
export const parseRule = (rule: string): CompositeRule => {
  const tokens = tokensOf(rule);
  let at = 0;

  const primary = (): CompositeRule => {
    const token = tokens[at];
    at += 1;
    if (typeof token === 'object') return (stateOf) => stateOf(token.name) === token.state;
    if (token === 'TRUE' || token === 'FALSE') return () => token === 'TRUE';
    if (token === 'NOT') {
      const negated = primary();
      return (stateOf) => !negated(stateOf);
    }
    if (token !== '(') throw new SyntaxError(`composite rule: ${rule} has something out of place`);
    const inner = any();
    if (tokens[at] !== ')') throw new SyntaxError(`composite rule: a parenthesis stays open in ${rule}`);
    at += 1;
    return inner;
  };
  const joined = (word: string, part: () => CompositeRule): readonly CompositeRule[] => {
    const parts = [part()];
    while (tokens[at] === word) {
      at += 1;
      parts.push(part());
    }
    return parts;
  };
  const all = (): CompositeRule => {
    const parts = joined('AND', primary);
    return (stateOf) => parts.every((part) => part(stateOf));
  };
  const any = (): CompositeRule => {
    const parts = joined('OR', all);
    return (stateOf) => parts.some((part) => part(stateOf));
  };

  const whole = any();
  if (at < tokens.length) throw new SyntaxError(`composite rule: ${rule} goes on where it should end`);
  return whole;
};
