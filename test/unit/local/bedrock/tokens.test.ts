import { describe, expect, test } from 'vitest';
import { tokenBound } from '../../../../core/quota/index.ts';
import { FRAMING, type ModelRequest, promptTokens } from '../../../../local/bedrock/index.ts';
import { firstTokens, tokensOf } from '../../../../local/bedrock/model/tokens.ts';

const bytes = (value: unknown): number => Buffer.byteLength(typeof value === 'string' ? value : JSON.stringify(value));
const text = (said: string): ModelRequest => ({ messages: [{ role: 'user', content: [{ text: said }] }] });
const spec = { name: 'look_up', inputSchema: { json: { type: 'object' } } };
const toolTurns = [
  { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'look_up', input: { id: 17 } } }] },
  { role: 'user', content: [{ toolResult: { toolUseId: 't', content: [{ text: 'ok' }, { json: { a: 1 } }] } }] },
];

describe('promptTokens', () => {
  test('counts a token for four units, and what stands around', () => {
    expect(promptTokens(text('12345678'))).toBe(3 + 4 + 2);
    expect(promptTokens({ ...text('123456789'), system: [{ text: '1234' }] })).toBe(3 + 4 + 3 + 1);
    expect(promptTokens({ ...text('1'), toolConfig: { tools: [{ toolSpec: spec }] } })).toBeGreaterThan(
      346 + 3 + 4 + 1,
    );
  });

  test('counts a cache point as nothing', () => {
    expect(promptTokens({ ...text('1234'), system: [{ cachePoint: { type: 'default' } }] })).toBe(
      promptTokens(text('1234')),
    );
  });

  test.each<[string, ModelRequest, readonly unknown[]]>([
    ['one letter', text('a'), ['a']],
    ['many letters', text('pear '.repeat(99)), ['pear '.repeat(99)]],
    ['other scripts', text('梨怎么保存 👩‍🌾 Груша'), ['梨怎么保存 👩‍🌾 Груша']],
    [
      'tools',
      { messages: toolTurns, toolConfig: { tools: [{ toolSpec: spec }] } },
      ['look_up', { id: 17 }, 'ok', { a: 1 }, { toolSpec: spec }],
    ],
    [
      'a document',
      { messages: [{ role: 'user', content: [{ document: { source: { text: 'Pears ripen.' } } }] }] },
      ['Pears ripen.'],
    ],
  ])('stays below the bytes and the framing of %s', (_, request, texts) => {
    const blocks = request.messages.reduce((sum, { content }) => sum + content.length, 0);
    const bound =
      texts.reduce<number>((sum, part) => sum + bytes(part), 0) +
      FRAMING.request +
      FRAMING.message * request.messages.length +
      FRAMING.block * blocks +
      (request.toolConfig === undefined ? 0 : FRAMING.tools);
    expect(promptTokens(request)).toBeLessThanOrEqual(bound);
    expect(promptTokens(request)).toBeLessThanOrEqual(tokenBound(request as never));
  });
});

describe('firstTokens', () => {
  test('is the text itself where that is short', () => {
    expect(firstTokens('pear', 1)).toBe('pear');
  });

  test('splits no surrogate pair, and holds so many tokens at most', () => {
    const cut = firstTokens('abc👩‍🌾', 1);
    expect(cut).toBe('abc');
    expect(tokensOf(cut)).toBe(1);
  });
});
