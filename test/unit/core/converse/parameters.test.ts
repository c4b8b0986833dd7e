import { describe, expect, test } from 'vitest';
import { admitConverse } from '../../../../core/converse/admit.ts';
import { type ParameterRules, parameterProblem } from '../../../../core/converse/parameters.ts';
import { definePolicy } from '../../../../core/policy.ts';

const guardrail = { guardrailIdentifier: 'gr1', guardrailVersion: '3' };
const messages = [{ role: 'user', content: [{ text: 'x' }] }];
const problem = (parameters: object, rules: ParameterRules = {}) =>
  parameterProblem({ modelId: 'm', messages, ...parameters }, rules);

describe('parameters of a call', () => {
  test('may ask which stop sequence ended the reply', () => {
    for (const paths of [['/delta/stop_sequence'], ['/stop_sequence'], []])
      expect(problem({ additionalModelResponseFieldPaths: paths })).toBeUndefined();
  });

  test.each([
    ['promptVariables', { promptVariables: { topic: { text: 'x' } } }],
    ['fields of the reply that are not cleaned', { additionalModelResponseFieldPaths: ['/content'] }],
    ['outputConfig', { outputConfig: { textFormat: {} } }],
    ['what the API may have one day', { toolChoiceOverride: {} }],
    ['what inferenceConfig may have one day', { inferenceConfig: { numberOfReplies: 100 } }],
    ['such a field beside one that is admitted', { additionalModelResponseFieldPaths: ['/stop_sequence', '/content'] }],
    ['such fields that are no list', { additionalModelResponseFieldPaths: '/stop_sequence' }],
  ])('are refused where nobody knows them: %s', (_, parameters) => {
    expect(problem(parameters)).toBe('parameter');
  });

  test('name fields of the model only where the rules do', () => {
    const fields = { additionalModelRequestFields: { top_k: 5 } };
    expect(problem(fields)).toBe('additional-field');
    expect(problem(fields, { additionalFields: ['top_k'] })).toBeUndefined();
    expect(problem({ additionalModelRequestFields: [] }, { additionalFields: ['top_k'] })).toBe('additional-field');
  });

  test.each(['messages', 'system', 'tools', 'max_tokens', 'inferenceConfig', 'amazon-bedrock-guardrailConfig'])(
    'never put %s in place of what was checked, whatever the rules say',
    (field) => {
      const fields = { additionalModelRequestFields: { [field]: 1 } };
      expect(problem(fields, { additionalFields: [field] })).toBe('additional-field');
      expect(() => definePolicy({ model: { additionalFields: [field] } })).toThrow(TypeError);
    },
  );

  test.each([
    ['serviceTier', { serviceTier: { type: 'priority' } }, { serviceTiers: ['priority'] }, 'service-tier'],
    [
      'performanceConfig',
      { performanceConfig: { latency: 'optimized' } },
      { performance: ['optimized'] },
      'performance',
    ],
  ])('have a %s of the list, and nothing beside it', (name, parameter, rules, reason) => {
    expect(problem(parameter)).toBe(reason);
    expect(problem(parameter, rules)).toBeUndefined();
    const [value] = Object.values(parameter);
    expect(problem({ [name]: { ...value, more: 1 } }, rules)).toBe(reason);
  });

  test('name the guardrail of the rules, or none', () => {
    const named = (config: object) => problem({ guardrailConfig: config }, { guardrail });
    expect(named(guardrail)).toBeUndefined();
    expect(named({ ...guardrail, streamProcessingMode: 'sync' })).toBeUndefined();
    for (const config of [
      { ...guardrail, guardrailVersion: 'DRAFT' },
      { ...guardrail, guardrailIdentifier: 'gr2' },
      { ...guardrail, trace: 'enabled' },
      { ...guardrail, streamProcessingMode: 'async' },
      {},
    ])
      expect(named(config)).toBe('guardrail');
  });

  test('have metadata that Bedrock takes, and none of the names of the kit', () => {
    const named = (requestMetadata: unknown) => problem({ requestMetadata });
    expect(named({ team: 'a b', cost: '' })).toBeUndefined();
    for (const metadata of [
      { bulwark_request_id: 'x' },
      { BULWARK_x: 'x' },
      { team: 'a\u200b' },
      { team: 1 },
      { 'a<b': 'x' },
      { team: 'x'.repeat(257) },
      Object.fromEntries(Array.from({ length: 13 }, (_, index) => [`k${index}`, 'v'])),
      ['x'],
    ])
      expect(named(metadata)).toBe('request-metadata');
  });
});

describe('a turn that the model goes on from', () => {
  const prefilled = { modelId: 'm', messages: [...messages, { role: 'assistant', content: [{ text: 'Sure, ' }] }] };

  test('is refused unless the rules admit it', () => {
    expect(admitConverse(prefilled, {})).toEqual({ code: 'content_not_allowed', reason: 'prefill' });
    expect(admitConverse(prefilled, { prefill: true })).toBeUndefined();
  });
});

describe('models', () => {
  test.each([
    'us.amazon.nova-lite-v1:0',
    'arn:aws:bedrock:eu-central-1::foundation-model/amazon.nova-lite-v1:0',
    'AMAZON.NOVA-LITE-V1:0',
    ' amazon.nova-lite-v1:0',
  ])('are called by the names of the list: %s is another', (modelId) => {
    const rules = { models: ['amazon.nova-lite-v1:0'] };
    expect(admitConverse({ modelId, messages }, rules)).toMatchObject({ code: 'model_not_allowed' });
    expect(admitConverse({ modelId, messages }, { models: [modelId] })).toBeUndefined();
  });
});
