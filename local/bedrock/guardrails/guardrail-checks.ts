/** InvokeGuardrailChecks: scores without a guardrail resource. */

import { BedrockError } from '../errors.ts';
import { type Block, listOf, member } from '../model/request.ts';
import { type AttackCategory, isAttack, textUnits } from './findings.ts';
import { privateMatches } from './private-matches.ts';

/** Scores come in steps of 0.2, as in the examples of the service's guide. */
const SURE = 0.8;
const UNLIKELY = 0;

interface Located {
  readonly text: string;
  readonly messageIndex: number;
  readonly contentIndex: number;
}

const textsOf = (body: Block): readonly Located[] =>
  listOf(body, 'messages').flatMap((message, messageIndex) =>
    listOf(message, 'content').map((block, contentIndex) => ({
      text: String(block['text'] ?? ''),
      messageIndex,
      contentIndex,
    })),
  );

const named = (config: Block, list: string, field: string): readonly string[] =>
  listOf(config, list).map((item) => String(item[field]));

const attackResults = (texts: readonly Located[], config: Block): object => ({
  results: named(config, 'categories', 'category').map((category) => ({
    category,
    severityScore: texts.some(({ text }) => isAttack(category as AttackCategory, text)) ? SURE : UNLIKELY,
  })),
});

const contentResults = (config: Block): object => ({
  results: named(config, 'categories', 'category').map((category) => ({ category, severityScore: UNLIKELY })),
});

const privateResults = (texts: readonly Located[], config: Block): object => {
  const wanted = named(config, 'entities', 'type');
  return {
    results: texts.flatMap(({ text, messageIndex, contentIndex }) =>
      privateMatches(text)
        .filter(({ type }) => wanted.includes(type))
        .map(({ type, begin, end }) => ({
          type,
          confidenceScore: SURE,
          beginOffset: begin,
          endOffset: end,
          messageIndex,
          contentIndex,
        })),
    ),
    truncated: false,
  };
};

/** Answer of InvokeGuardrailChecks: a result for every check that was asked for. */
export const invokeGuardrailChecks = (body: Block): object => {
  const checks = Object.keys(member(body, 'checks'));
  const texts = textsOf(body);
  if (texts.length === 0 || checks.length === 0 || texts.some(({ text }) => text === ''))
    throw new BedrockError(
      'ValidationException',
      "1 validation error detected: 'messages', their texts and 'checks' must not be empty",
    );
  const answers: Readonly<Record<string, (config: Block) => object>> = {
    promptAttack: (config) => attackResults(texts, config),
    contentFilter: contentResults,
    sensitiveInformation: (config) => privateResults(texts, config),
  };
  const units = textUnits(texts.map(({ text }) => text));
  const known = checks.filter((check) => Object.hasOwn(answers, check));
  return {
    results: Object.fromEntries(known.map((check) => [check, answers[check]?.(member(member(body, 'checks'), check))])),
    usage: Object.fromEntries(known.map((check) => [check, { textUnits: units }])),
  };
};
