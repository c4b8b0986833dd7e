import { describe, expect, test } from 'vitest';
import { admitConverse } from '../../../../core/converse/admit.ts';
import { cacheTtlOf } from '../../../../core/converse/cache-points.ts';
import type { ConverseInput } from '../../../../core/converse/types.ts';
import { callsOnly, offeredTools, offersOnly } from '../../../../core/tools/index.ts';

const turn = (...content: object[]) => ({ role: 'user', content: content as Record<string, unknown>[] });
const call = (more: object = {}): ConverseInput => ({ modelId: 'm', messages: [turn({ text: 'Hello' })], ...more });
const any = { models: undefined };

describe('admitConverse', () => {
  test.each([
    ['a plain turn', call()],
    [
      'tools and their results',
      call({
        toolConfig: { tools: [{ toolSpec: { name: 'look_up' } }] },
        messages: [
          turn({ text: 'Hello' }),
          { role: 'assistant', content: [{ toolUse: { toolUseId: '1', name: 'look_up', input: {} } }] },
          turn({ toolResult: { toolUseId: '1', content: [{ text: 'a' }, { json: { b: 1 } }] } }),
        ],
      }),
    ],
    ['a bound on its output', call({ inferenceConfig: { maxTokens: 1 } })],
    ['no bound on its output', call({ inferenceConfig: { maxTokens: undefined } })],
    ['an undefined parameter', call({ additionalModelRequestFields: undefined })],
    ['a guardrail of the handler', call({ guardrailConfig: { guardrailIdentifier: 'g' } })],
  ])('admits %s', (_, input) => {
    expect(admitConverse(input, any)).toBeUndefined();
  });

  test.each([
    ['system turns', call({ messages: [{ role: 'system', content: [{ text: 'x' }] }] })],
    ['turns without a role', call({ messages: [{ content: [{ text: 'x' }] }] })],
    ...[Number.NaN, 'abc', '100', 0, -1, 1.5, Number.POSITIVE_INFINITY, true, [100]].map(
      (maxTokens): [string, ConverseInput] => [
        `${JSON.stringify(maxTokens)} output tokens`,
        call({ inferenceConfig: { maxTokens } }),
      ],
    ),
    ['images', call({ messages: [turn({ image: { format: 'png' } })] })],
    ['documents', call({ messages: [turn({ document: { name: 'x' } })] })],
    ['cache points', call({ messages: [turn({ cachePoint: { type: 'default' } })] })],
    ['tools added in a turn', call({ messages: [turn({ toolAddition: {} })] })],
    ['guard content in a turn', call({ messages: [turn({ guardContent: {} })] })],
    ['two types in one block', call({ messages: [turn({ text: 'x', image: {} })] })],
    ['text that is none', call({ messages: [turn({ text: { toString: 'x' } })] })],
    ['images in tool results', call({ messages: [turn({ toolResult: { content: [{ image: {} }] } })] })],
    ['tool results without content', call({ messages: [turn({ toolResult: {} })] })],
    ['system blocks that are no text', call({ system: [{ guardContent: {} }] })],
    ['tools of the system', call({ toolConfig: { tools: [{ systemTool: {} }] } })],
    ['fields past the API', call({ additionalModelRequestFields: { top_k: 1 } })],
    ['prompt variables', call({ promptVariables: {} })],
    ['service tiers', call({ serviceTier: { type: 'priority' } })],
    ['parameters nobody knows', call({ somethingNew: 1 })],
    ['blocks that are none', call({ messages: [{ role: 'user', content: [null as never] }] })],
  ])('refuses %s', (_, input) => {
    expect(admitConverse(input, any)?.code).toBe('content_not_allowed');
  });

  describe('cache points', () => {
    const caching = { ...any, promptCaching: true };
    const point = (more: object = {}) => ({ cachePoint: { type: 'default', ...more } });

    test.each([
      ['in a turn', call({ messages: [turn({ text: 'Hello' }, point())] })],
      ['for an hour', call({ messages: [turn({ text: 'Hello' }, point({ ttl: '1h' }))] })],
      ['in the system prompt', call({ system: [{ text: 'Be brief.' }, point({ ttl: '5m' })] })],
      ['after the tools', call({ toolConfig: { tools: [{ toolSpec: { name: 'look_up' } }, point()] } })],
    ])('pass %s where the policy says so, and not elsewhere', (_, input) => {
      expect(admitConverse(input, caching)).toBeUndefined();
      expect(admitConverse(input, any)?.code).toBe('content_not_allowed');
    });

    test.each([
      ['a time without a price', point({ ttl: '24h' })],
      ['a kind that nobody knows', { cachePoint: { type: 'other' } }],
      ['a field that nobody knows', point({ size: 1 })],
      ['another block beside', { ...point(), text: 'x' }],
      ['nothing in it', { cachePoint: null }],
      ['text in its place', { cachePoint: 'default' }],
    ])('are refused with %s', (_, block) => {
      expect(admitConverse(call({ messages: [turn(block)] }), caching)?.code).toBe('content_not_allowed');
    });

    test('are refused in a tool result, where Bedrock has none', () => {
      const result = { toolResult: { toolUseId: '1', content: [point()] } };
      expect(admitConverse(call({ messages: [turn(result)] }), caching)?.code).toBe('content_not_allowed');
    });

    test('ask for the longest time of all', () => {
      expect(cacheTtlOf(call())).toBeUndefined();
      expect(cacheTtlOf(call({ system: [point()] }))).toBe('5m');
      expect(cacheTtlOf(call({ system: [point()], messages: [turn(point({ ttl: '1h' }))] }))).toBe('1h');
      expect(cacheTtlOf(call({ toolConfig: { tools: [point({ ttl: 'unheard-of' })] } }))).toBe('1h');
      expect(cacheTtlOf(call({ messages: [{ role: 'user' }, turn(null as never)] }))).toBeUndefined();
    });
  });

  test('admits the service tiers of the list, and nothing beside the tier', () => {
    const rules = { ...any, serviceTiers: ['flex', 'priority'] };
    expect(admitConverse(call({ serviceTier: { type: 'priority' } }), rules)).toBeUndefined();
    for (const serviceTier of [{ type: 'reserved' }, { type: 'flex', more: 1 }, {}, null, 'flex', { type: ['flex'] }])
      expect(admitConverse(call({ serviceTier }), rules)?.code).toBe('content_not_allowed');
  });

  test('admits only the models of the list, by their exact name', () => {
    const rules = { models: ['eu.amazon.nova-lite-v1:0'] };
    expect(admitConverse(call({ modelId: 'eu.amazon.nova-lite-v1:0' }), rules)).toBeUndefined();
    for (const modelId of ['amazon.nova-lite-v1:0', 'eu.amazon.nova-lite-v1:0 ', 'constructor', undefined])
      expect(admitConverse(call({ modelId }), rules)?.code).toBe('model_not_allowed');
  });
});

describe('tools', () => {
  const offering = call({ toolConfig: { tools: [{ toolSpec: { name: 'look_up' } }] } });

  test('a call may offer only tools of the list', () => {
    expect(offersOnly(offering, undefined)).toBe(true);
    expect(offersOnly(offering, ['look_up', 'other'])).toBe(true);
    expect(offersOnly(offering, ['other'])).toBe(false);
    expect(offersOnly(call({ toolConfig: { tools: [{}] } }), ['look_up'])).toBe(false);
  });

  test('a cache point after the tools offers nothing', () => {
    const tools = [{ toolSpec: { name: 'look_up' } }, { cachePoint: { type: 'default' } }];
    expect(offersOnly(call({ toolConfig: { tools } }), ['look_up'])).toBe(true);
    expect(offeredTools(call({ toolConfig: { tools } }))).toEqual(['look_up']);
  });

  test('a reply may call only tools that were offered', () => {
    expect(callsOnly([{ text: 'x' }, { toolUse: { name: 'look_up' } }], ['look_up'])).toBe(true);
    expect(callsOnly([{ toolUse: { name: 'wipe' } }], ['look_up'])).toBe(false);
    expect(callsOnly([{ toolUse: {} }], ['look_up'])).toBe(false);
  });
});
