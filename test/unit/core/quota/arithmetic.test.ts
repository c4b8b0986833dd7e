import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tokenBound, usdMicros, utf8Length } from '../../../../core/quota/index.ts';
import { windowAt, windowSeconds } from '../../../../core/quota/windows.ts';

const at = (text: string): number => Date.parse(text);

describe('windowAt', () => {
  test.each([
    ['minute', '2026-11-24T12:34:56Z', '2026-11-24T12:34:00Z', '2026-11-24T12:35:00Z'],
    ['hour', '2026-11-24T12:34:56Z', '2026-11-24T12:00:00Z', '2026-11-24T13:00:00Z'],
    ['day', '2026-11-24T23:59:59.999Z', '2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z'],
    ['week', '2026-11-22T23:59:59Z', '2026-11-16T00:00:00Z', '2026-11-23T00:00:00Z'],
    ['week', '2027-01-01T00:00:00Z', '2026-12-28T00:00:00Z', '2027-01-04T00:00:00Z'],
    ['month', '2028-02-29T12:00:00Z', '2028-02-01T00:00:00Z', '2028-03-01T00:00:00Z'],
    ['month', '2026-12-31T23:59:59Z', '2026-12-01T00:00:00Z', '2027-01-01T00:00:00Z'],
  ] as const)('%s of %s', (window, moment, start, end) => {
    expect(windowAt(window, at(moment))).toMatchObject({ startsAt: at(start), endsAt: at(end) });
  });

  test('gives two moments the same key just when they lie in one window', () => {
    const moments = fc.integer({ min: at('1990-01-01T00:00:00Z'), max: at('2100-01-01T00:00:00Z') });
    fc.assert(
      fc.property(moments, moments, fc.constantFrom('minute', 'hour', 'day', 'week', 'month'), (a, b, window) => {
        const [one, other] = [windowAt(window, a), windowAt(window, b)];
        expect(one.startsAt <= a && a < one.endsAt).toBe(true);
        expect(one.key === other.key).toBe(one.startsAt === other.startsAt);
      }),
    );
  });

  test('a session never ends', () => {
    expect(windowAt('session', 0).key).toBe(windowAt('session', at('2090-01-01T00:00:00Z')).key);
    expect(windowSeconds('session', 0)).toBe(0);
    expect(windowSeconds('month', at('2026-02-10T00:00:00Z'))).toBe(28 * 86_400);
  });
});

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

test('usdMicros prices each kind of token, rounded up', () => {
  const price = { inputUsdPerMillion: 3, outputUsdPerMillion: 15, cacheReadUsdPerMillion: 0.3 };
  expect(usdMicros({ inputTokens: 1000, outputTokens: 100 }, price)).toBe(4500);
  expect(usdMicros({ inputTokens: 0, outputTokens: 0, cacheReadInputTokens: 1 }, price)).toBe(1);
  expect(usdMicros({ inputTokens: 0, outputTokens: 0, cacheWriteInputTokens: 10 }, price)).toBe(60);
});
