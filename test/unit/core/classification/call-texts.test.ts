import { describe, expect, test } from 'vitest';
import { mapCallTexts } from '../../../../core/classification/call-texts.ts';

const call = {
  modelId: 'm',
  system: [{ text: 'system' }, { cachePoint: { type: 'default' } }],
  messages: [
    { role: 'user', content: [{ text: 'question' }] },
    {
      role: 'assistant',
      content: [{ toolUse: { toolUseId: 'id-1', name: 'find', input: { who: 'argument', deep: [{ n: 17 }] } } }],
    },
    {
      role: 'user',
      content: [
        {
          toolResult: {
            toolUseId: 'id-1',
            status: 'success',
            content: [{ text: 'result' }, { json: { owner: 'json' } }],
          },
        },
        { document: { name: 'file', format: 'txt', context: 'about', source: { text: 'page' } } },
        { newBlock: { says: 'unheard of' } },
      ],
    },
  ],
  toolConfig: {
    tools: [
      {
        toolSpec: {
          name: 'find',
          description: 'definition',
          inputSchema: { json: { properties: { who: { description: 'schema' } } } },
        },
      },
    ],
  },
  requestMetadata: { team: 'metadata' },
  inferenceConfig: { maxTokens: 10, stopSequences: ['stop'] },
};

const visit = (input: object) => {
  const texts: string[] = [];
  const names: string[] = [];
  mapCallTexts(input as never, {
    text(text, field) {
      texts.push(field === undefined ? text : `${field}=${text}`);
      return text;
    },
    name: (name) => void names.push(name),
  });
  return { texts, names };
};

describe('the texts of a call', () => {
  test('are all that it sends', () => {
    const { texts, names } = visit(call);
    expect(texts).toEqual(
      expect.arrayContaining([
        'system',
        'question',
        'who=argument',
        'n=17',
        'result',
        'owner=json',
        'about',
        'page',
        'says=unheard of',
        'definition',
        'description=schema',
        'team=metadata',
      ]),
    );
    expect(names).toEqual(
      expect.arrayContaining(['find', 'id-1', 'who', 'owner', 'properties', 'file', 'stop', 'team']),
    );
  });

  test('are replaced in a copy: the call itself stays, and so does what has none', () => {
    const before = structuredClone(call);
    const mapped = mapCallTexts(call, {
      text: (text) => (text === 'argument' || text === '17' ? '[X]' : text),
      name: () => {},
    });
    expect(call).toEqual(before);
    expect(mapped.messages[1]?.content[0]).toEqual({
      toolUse: { toolUseId: 'id-1', name: 'find', input: { who: '[X]', deep: [{ n: '[X]' }] } },
    });
    expect(mapped.messages[0]?.content[0]).toBe(call.messages[0]?.content[0]);
    expect(mapped).toMatchObject({ modelId: 'm', inferenceConfig: call.inferenceConfig });
  });

  test('leave bytes and dates as they are', () => {
    const bytes = new Uint8Array([1, 2]);
    const source = { messages: [{ role: 'user', content: [{ document: { name: 'f', source: { bytes } } }] }] };
    expect(mapCallTexts(source as never, { text: () => '[X]', name: () => {} })).toEqual(source);
  });

  test('a field named __proto__ is a field like any other', () => {
    const json: unknown = JSON.parse('{"__proto__":{"polluted":"a value"}}');
    const input = { messages: [{ role: 'user', content: [{ toolResult: { content: [{ json }] } }] }] };
    const mapped = mapCallTexts(input as never, { text: () => '[X]', name: () => {} });
    expect(JSON.stringify(mapped)).toContain('{"__proto__":{"polluted":"[X]"}}');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});
