import { describe, expect, test } from 'vitest';
import { callFlowOf } from '../../../../core/tools/flow-texts.ts';

const flowOf = (...content: readonly object[]) =>
  callFlowOf({ messages: [{ role: 'user', content: content as never }] });
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('the texts of a call', () => {
  test('are those of the user, the system prompt and the choices of definitions on one side', () => {
    const flow = callFlowOf({
      system: [{ text: 'Be kind.' }],
      messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
      toolConfig: {
        tools: [
          {
            toolSpec: {
              name: 'find',
              description: 'Finds it.',
              inputSchema: { json: { properties: { kind: { enum: ['high', 4711], default: 'mallory' } } } },
            },
          },
        ],
      },
    });
    expect(flow.trusted.join('\n').split('\n')).toEqual(
      expect.arrayContaining(['Be kind.', 'Hello', 'kind', 'high', '4711']),
    );
    expect(flow.trusted.join()).not.toMatch(/Finds|mallory/);
    expect(flow).toMatchObject({ data: [], isOpaque: false });
  });

  test('are those of tools, documents and earlier turns on the other, without the words of their form', () => {
    const flow = callFlowOf({
      messages: [
        { role: 'assistant', content: [{ text: 'I see.' }, { toolUse: { name: 'find', input: { a: 'asked' } } }] },
        {
          role: 'user',
          content: [
            {
              toolResult: {
                toolUseId: 't1',
                status: 'success',
                content: [{ text: 'a pear' }, { json: { plum: 4711 } }],
              },
            },
            { document: { name: 'report', source: { text: 'an apple' } } },
          ],
        },
      ],
    });
    expect(flow.data).toEqual(['I see.\na pear\nplum\n4711\nreport\nan apple']);
    expect(flow.trusted).toEqual(['']);
  });

  test('are read in documents of plain text', () => {
    const flow = flowOf({ document: { format: 'txt', source: { bytes: bytes('a quince') } } });
    expect(flow.data.join()).toContain('a quince');
    expect(flow.isOpaque).toBe(false);
  });

  test.each<readonly [string, object]>([
    ['an image', { image: { format: 'png', source: { bytes: Uint8Array.of(0x89, 0x50, 0xff) } } }],
    ['a file elsewhere', { document: { source: { s3Location: { uri: 's3://bucket/key' } } } }],
    ['text with nulls', { document: { format: 'txt', source: { bytes: bytes('a\u0000') } } }],
    ['a picture in a result', { toolResult: { content: [{ image: { source: { bytes: Uint8Array.of(0xff) } } }] } }],
  ])('may be there where nobody can read them: %s', (_, block) => {
    expect(flowOf(block).isOpaque).toBe(true);
  });
});
