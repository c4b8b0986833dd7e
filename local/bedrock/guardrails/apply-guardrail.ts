/** ApplyGuardrail: a prompt attack filter and two kinds of sensitive information. */

import { BedrockError } from '../errors.ts';
import { type Block, listOf, member } from '../model/request.ts';
import { isAttack, type PrivateMatch, privateMatches, textUnits } from './findings.ts';

const BLOCKED = 'Sorry, this request cannot be answered.';

const masked = (text: string): string =>
  privateMatches(text).reduceRight(
    (rest, { type, begin, end }) => `${rest.slice(0, begin)}{${type}}${rest.slice(end)}`,
    text,
  );

const piiEntity = ({ match, type }: PrivateMatch): object => ({ match, type, action: 'ANONYMIZED', detected: true });

const PROMPT_ATTACK = {
  filters: [{ type: 'PROMPT_ATTACK', confidence: 'HIGH', filterStrength: 'HIGH', action: 'BLOCKED', detected: true }],
};

/** Answer of ApplyGuardrail. Prompt attacks are looked for in input only, as the service does. */
export const applyGuardrail = (body: Block): object => {
  const source = body['source'];
  if ((source !== 'INPUT' && source !== 'OUTPUT') || !Array.isArray(body['content']))
    throw new BedrockError(
      'ValidationException',
      "1 validation error detected: Value at 'source' or 'content' is invalid",
    );
  const texts = listOf(body, 'content').map((block) => String(member(block, 'text')['text'] ?? ''));
  const isBlocked =
    source === 'INPUT' &&
    texts.some(
      (text) => isAttack('PROMPT_INJECTION', text) || isAttack('JAILBREAK', text) || isAttack('PROMPT_LEAKAGE', text),
    );
  const matches = texts.flatMap(privateMatches);
  const isMasked = matches.length > 0;
  const total = texts.join('').length;
  const units = textUnits(texts);
  const assessment = {
    ...(isBlocked && { contentPolicy: PROMPT_ATTACK }),
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
    assessments: isBlocked || isMasked ? [assessment] : [],
    guardrailCoverage: { textCharacters: { guarded: total, total } },
  };
};
