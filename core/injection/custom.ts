/** Rules and models of somebody else's: checked before they join the kit's own. */

import { callable, checkOptions, listOf, type OptionCheck, object, oneOf, text } from '../options.ts';
import type { Channel, InjectionFinding, Rule, Scorer } from './types.ts';

/** An id as reports and logs print it: `acme-price-list`. */
const ID = /^[a-z][a-z0-9]{0,30}(?:-[a-z0-9]{1,30}){0,7}$/;

const id: OptionCheck = (value) =>
  typeof value === 'string' && value.length <= 64 && ID.test(value) ? undefined : 'words of a-z and 0-9 joined by -';

const share: OptionCheck = (value) =>
  typeof value === 'number' && value > 0 && value <= 1 ? undefined : 'a number over 0, at most 1';

const channels: OptionCheck = (value) =>
  Array.isArray(value) && value.length > 0 ? listOf(oneOf('user', 'data'))(value) : 'one or both of user and data';

const RULE_CHECKS: Readonly<Record<keyof Rule, OptionCheck>> = {
  id,
  description: text(),
  channels,
  score: share,
  pattern: object,
  caught: listOf(text()),
  spared: listOf(text()),
};

const SCORER_CHECKS: Readonly<Record<keyof Scorer, OptionCheck>> = { id, channels, score: callable };

const checkWhole = (owner: string, value: object, checks: Readonly<Record<string, OptionCheck>>): void => {
  if (object(value) !== undefined) throw new TypeError(`${owner} must be an object`);
  checkOptions(owner, value, checks);
  for (const name of Object.keys(checks))
    if ((value as Record<string, unknown>)[name] === undefined) throw new TypeError(`${owner}: ${name} is needed`);
};

const checkPattern = (owner: string, { sequences, shapes }: Rule['pattern']): void => {
  if (!Array.isArray(sequences) || !Array.isArray(shapes) || sequences.length + shapes.length === 0)
    throw new TypeError(`${owner}: pattern must be made with words, shape or either`);
  for (const { like, needs } of shapes)
    if (!(like instanceof RegExp && like.global && needs.some((word: string) => word !== '')))
      throw new TypeError(`${owner}: a shape is a global expression and the words that it needs`);
  for (const { like } of sequences.flatMap(({ behind }) => behind))
    if (!(like instanceof RegExp) || like.global || like.sticky)
      throw new TypeError(`${owner}: before and notBefore take an expression that is neither global nor sticky`);
};

/**
 * Checks rules and scorers, and that no id stands for two of them.
 *
 * @param taken Ids that are in use.
 * @throws TypeError that names the rule or scorer.
 */
export const checkCustom = (
  owner: string,
  rules: readonly Rule[],
  scorers: readonly Scorer[],
  taken: ReadonlySet<string>,
): void => {
  const ids = new Set(taken);
  const claim = (kind: string, claimed: string): void => {
    if (ids.has(claimed)) throw new TypeError(`${owner}: ${kind} ${claimed}: the id is taken`);
    ids.add(claimed);
  };
  for (const [index, rule] of rules.entries()) {
    checkWhole(`${owner}: rules[${index}]`, rule, RULE_CHECKS);
    checkPattern(`${owner}: rule ${rule.id}`, rule.pattern);
    claim('rule', rule.id);
  }
  for (const [index, scorer] of scorers.entries()) {
    checkWhole(`${owner}: scorers[${index}]`, scorer, SCORER_CHECKS);
    claim('scorer', scorer.id);
  }
};

const isShare = (score: unknown): boolean => typeof score === 'number' && score >= 0 && score <= 1;

/**
 * What a scorer says of a text, as a finding; `undefined` where it does not read the channel.
 *
 * @throws Error when the scorer throws, or says what is no score. The text of what it threw goes no further: it may hold
 * content.
 */
export const scored = ({ id: rule, channels: on, score }: Scorer, of: string, channel: Channel): InjectionFinding => {
  if (!on.includes(channel)) return { rule, start: 0, end: 0, score: 0 };
  let said: unknown;
  try {
    said = score(of);
  } catch {
    throw new Error(`scorer ${rule} failed`);
  }
  if (typeof said === 'number' && isShare(said)) return { rule, start: 0, end: of.length, score: said };
  const place = (typeof said === 'object' && said !== null ? said : {}) as Partial<InjectionFinding>;
  const { start = Number.NaN, end = Number.NaN, score: share = Number.NaN } = place;
  if (!(isShare(share) && Number.isInteger(start) && Number.isInteger(end)))
    throw new Error(`scorer ${rule} gave no score from 0 to 1`);
  if (start < 0 || start > end || end > of.length) throw new Error(`scorer ${rule} named a place outside the text`);
  return { rule, start, end, score: share };
};
