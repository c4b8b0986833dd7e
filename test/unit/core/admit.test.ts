import { describe, expect, test } from 'vitest';
import { admitConverse } from '../../../core/converse/admit.ts';
import type { ConverseInput } from '../../../core/converse/types.ts';
import { callsOnly, offersOnly } from '../../../core/tools/index.ts';

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
    ['an undefined parameter', call({ additionalModelRequestFields: undefined })],
    ['a guardrail of the handler', call({ guardrailConfig: { guardrailIdentifier: 'g' } })],
  ])('admits %s', (_, input) => {
    expect(admitConverse(input, any)).toBeUndefined();
  });

  test.each([
    ['system turns', call({ messages: [{ role: 'system', content: [{ text: 'x' }] }] })],
    ['turns without a role', call({ messages: [{ content: [{ text: 'x' }] }] })],
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

  test('a reply may call only tools that were offered', () => {
    expect(callsOnly([{ text: 'x' }, { toolUse: { name: 'look_up' } }], ['look_up'])).toBe(true);
    expect(callsOnly([{ toolUse: { name: 'wipe' } }], ['look_up'])).toBe(false);
    expect(callsOnly([{ toolUse: {} }], ['look_up'])).toBe(false);
  });
});
