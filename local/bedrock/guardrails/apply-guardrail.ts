/** ApplyGuardrail: a prompt attack filter, a denied topic, sensitive information and a pattern of its own. */

import { BedrockError } from '../errors.ts';
import { type Block, listOf, member } from '../model/request.ts';
import { isAnyAttack, textUnits } from './findings.ts';
import { DENIED_TOPIC, isDenied, OWN_PATTERN, ownMatches, PRIVATE_TYPES, privateMatches } from './private-matches.ts';

const BLOCKED = 'Sorry, this request cannot be answered.';

/** What a guardrail does with sensitive information. */
type PrivateAction = 'ANONYMIZED' | 'BLOCKED' | 'NONE';

/** By its id, for want of anything that could have made it: `…block` and `…detect`; all others mask. */
const actionOf = (guardrail: string): PrivateAction => {
  if (guardrail.endsWith('block')) return 'BLOCKED';
  return guardrail.endsWith('detect') ? 'NONE' : 'ANONYMIZED';
};

const masked = (text: string): string =>
  [...privateMatches(text), ...ownMatches(text).map((match) => ({ ...match, type: OWN_PATTERN.name }))]
    .sort((a, b) => a.begin - b.begin)
    .reduceRight((rest, { type, begin, end }) => `${rest.slice(0, begin)}{${type}}${rest.slice(end)}`, text);

/** What is in the texts; with `full`, what was looked for and not found, too. The own pattern is never told then. */
const sensitiveInformation = (texts: readonly string[], action: PrivateAction, full: boolean) => {
  const found = texts.flatMap(privateMatches);
  const piiEntities = found.map(({ match, type }) => ({ match, type, action, detected: true }));
  const missing = full ? PRIVATE_TYPES.filter((type) => !found.some((match) => match.type === type)) : [];
  const regexes = texts.flatMap(ownMatches).map(({ match }) => ({ ...OWN_PATTERN, match, action, detected: true }));
  return {
    piiEntities: [...piiEntities, ...missing.map((type) => ({ match: '', type, action: 'NONE', detected: false }))],
    regexes,
    isFound: piiEntities.length + regexes.length > 0,
  };
};

const topicPolicy = (isBlocked: boolean): object => ({
  topics: [{ name: DENIED_TOPIC, type: 'DENY', action: isBlocked ? 'BLOCKED' : 'NONE', detected: isBlocked }],
});

const FOUND = { confidence: 'HIGH', action: 'BLOCKED', detected: true };
const NOT_FOUND = { confidence: 'NONE', action: 'NONE', detected: false };

const promptAttack = (isBlocked: boolean): object => ({
  filters: [{ type: 'PROMPT_ATTACK', filterStrength: 'HIGH', ...(isBlocked ? FOUND : NOT_FOUND) }],
});

/** Text units of one call at most: the lowest default of the quota, which the service answers with 429. */
const MOST_UNITS = 25;

/** Whether a block is read by all filters: what is marked for the grounding filter alone is not. */
const isGuarded = (block: Block): boolean => {
  const { qualifiers } = member(block, 'text');
  return !Array.isArray(qualifiers) || qualifiers.length === 0 || qualifiers.includes('guard_content');
};

const textIn = (block: Block): string => String(member(block, 'text')['text'] ?? '');

const checkSource = (body: Block): void => {
  const source = body['source'];
  if ((source !== 'INPUT' && source !== 'OUTPUT') || !Array.isArray(body['content']))
    throw new BedrockError(
      'ValidationException',
      "1 validation error detected: Value at 'source' or 'content' is invalid",
    );
};

/**
 * Answer of ApplyGuardrail. Prompt attacks are looked for in input only, as the service does; with `outputScope: 'FULL'`
 * filters say so when they find nothing.
 *
 * @param guardrail Its id or ARN.
 */
export const applyGuardrail = (body: Block, guardrail: string): object => {
  checkSource(body);
  const isInput = body['source'] === 'INPUT';
  const full = body['outputScope'] === 'FULL';
  const blocks = listOf(body, 'content');
  const texts = blocks.filter(isGuarded).map(textIn);
  const units = textUnits(texts);
  if (units > MOST_UNITS)
    throw new BedrockError('ThrottlingException', `Input of ${units} text units exceeds the maximum of ${MOST_UNITS}.`);
  const isAttacked = isInput && texts.some(isAnyAttack);
  const isOffTopic = texts.some(isDenied);
  const action = actionOf(guardrail);
  const { isFound, ...sensitive } = sensitiveInformation(texts, action, full);
  const isBlocked = isAttacked || isOffTopic || (isFound && action === 'BLOCKED');
  const isMasked = isFound && action === 'ANONYMIZED';
  const assessment = {
    ...((isAttacked || (isInput && full)) && { contentPolicy: promptAttack(isAttacked) }),
    ...((isOffTopic || full) && { topicPolicy: topicPolicy(isOffTopic) }),
    ...((isFound || full) && { sensitiveInformationPolicy: sensitive }),
  };
  return {
    usage: {
      topicPolicyUnits: units,
      contentPolicyUnits: units,
      wordPolicyUnits: 0,
      sensitiveInformationPolicyUnits: units,
      sensitiveInformationPolicyFreeUnits: units,
      contextualGroundingPolicyUnits: 0,
    },
    action: isBlocked || isMasked ? 'GUARDRAIL_INTERVENED' : 'NONE',
    outputs: isBlocked ? [{ text: BLOCKED }] : isMasked ? texts.map((text) => ({ text: masked(text) })) : [],
    assessments: Object.keys(assessment).length > 0 ? [assessment] : [],
    guardrailCoverage: {
      textCharacters: { guarded: texts.join('').length, total: blocks.map(textIn).join('').length },
    },
  };
};
