import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenBound, utf8Length } from '../../../../core/quota/index.ts';

test('utf8Length is the length of the encoded text', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => utf8Length(text) === Buffer.byteLength(text)));
  for (const text of ['\ud800', '\udc00', 'a\ud800', '\ud83d\ude00', '\ud800\ud83d\ude00'])
    expect(utf8Length(text)).toBe(Buffer.byteLength(text));
});

describe('tokenBound', () => {
  test('is at least the bytes of every text, tools and JSON included', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), fc.string(), (text, json, system) => {
        const bound = tokenBound({
          system: [{ text: system }],
          messages: [{ role: 'user', content: [{ text }, { toolResult: { toolUseId: '1', content: [{ json }] } }] }],
          toolConfig: { tools: [{ toolSpec: { name: 't', inputSchema: { json: {} } } }] },
        });
        const bytes = Buffer.byteLength(text) + Buffer.byteLength(system) + Buffer.byteLength(JSON.stringify(json));
        expect(bound).toBeGreaterThanOrEqual(bytes + 1000);
      }),
    );
  });

  test('counts turns and blocks also where they are empty', () => {
    expect(tokenBound({ messages: [{ content: [] }, { content: [{ text: '' }] }] })).toBeGreaterThan(
      tokenBound({ messages: [] }),
    );
  });
});
