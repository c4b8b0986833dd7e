/** ApplyGuardrail: a prompt attack filter and two kinds of sensitive information. */

import { BedrockError } from '../errors.ts';
import { type Block, listOf, member } from '../model/request.ts';
import { isAnyAttack, type PrivateMatch, privateMatches, textUnits } from './findings.ts';

const BLOCKED = 'Sorry, this request cannot be answered.';

const masked = (text: string): string =>
  privateMatches(text).reduceRight(
    (rest, { type, begin, end }) => `${rest.slice(0, begin)}{${type}}${rest.slice(end)}`,
    text,
  );

const piiEntity = ({ match, type }: PrivateMatch): object => ({ match, type, action: 'ANONYMIZED', detected: true });

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
 * the filter says so when it finds none.
 */
export const applyGuardrail = (body: Block): object => {
  checkSource(body);
  const isInput = body['source'] === 'INPUT';
  const blocks = listOf(body, 'content');
  const texts = blocks.filter(isGuarded).map(textIn);
  const units = textUnits(texts);
  if (units > MOST_UNITS)
    throw new BedrockError('ThrottlingException', `Input of ${units} text units exceeds the maximum of ${MOST_UNITS}.`);
  const isBlocked = isInput && texts.some(isAnyAttack);
  const matches = texts.flatMap(privateMatches);
  const isMasked = matches.length > 0;
  const isTold = isBlocked || (isInput && body['outputScope'] === 'FULL');
  const assessment = {
    ...(isTold && { contentPolicy: promptAttack(isBlocked) }),
    ...(isMasked && { sensitiveInformationPolicy: { piiEntities: matches.map(piiEntity), regexes: [] } }),
  };
  return {
    usage: {
      topicPolicyUnits: 0,
      contentPolicyUnits: units,
      wordPolicyUnits: 0,
      sensitiveInformationPolicyUnits: units,
      sensitiveInformationPolicyFreeUnits: 0,
      contextualGroundingPolicyUnits: 0,
    },
    action: isBlocked || isMasked ? 'GUARDRAIL_INTERVENED' : 'NONE',
    outputs: isBlocked ? [{ text: BLOCKED }] : isMasked ? texts.map((text) => ({ text: masked(text) })) : [],
    assessments: isTold || isMasked ? [assessment] : [],
    guardrailCoverage: {
      textCharacters: { guarded: texts.join('').length, total: blocks.map(textIn).join('').length },
    },
  };
};
