import { describe, expect, test } from 'vitest';
import type { ModelRequest } from '../../../../local/bedrock/index.ts';
import { createPromptCache } from '../../../../local/bedrock/prompt-cache.ts';

const cachePoint = { cachePoint: { type: 'default' } };
const request = (system: string, text: string): ModelRequest => ({
  system: [{ text: system }, cachePoint],
  messages: [{ role: 'user', content: [{ text }, cachePoint, { text: 'Go on.' }] }],
});

describe('the prompt cache', () => {
  test('reads the longest prefix that it knows, and writes the rest up to the last cache point', () => {
    const cache = createPromptCache({ now: () => 0, minimumTokens: 0 });
    expect(cache.use('m', request('x'.repeat(400), 'y'.repeat(40)))).toEqual({
      inputTokens: 2,
      cacheReadInputTokens: 0,
      cacheWriteInputTokens: 3 + 100 + 4 + 10,
      cacheDetails: [{ ttl: '5m', inputTokens: 3 + 100 + 4 + 10 }],
    });
    expect(cache.use('m', request('x'.repeat(400), 'z'.repeat(40)))).toEqual({
      inputTokens: 2,
      cacheReadInputTokens: 3 + 100,
      cacheWriteInputTokens: 4 + 10,
      cacheDetails: [{ ttl: '5m', inputTokens: 4 + 10 }],
    });
    expect(cache.use('m', request('x'.repeat(400), 'y'.repeat(40))).cacheReadInputTokens).toBe(3 + 100 + 4 + 10);
  });

  test('keeps models apart', () => {
    const cache = createPromptCache({ now: () => 0, minimumTokens: 0 });
    cache.use('m', request('a', 'b'));
    expect(cache.use('n', request('a', 'b')).cacheReadInputTokens).toBe(0);
  });

  test('forgets a prefix five minutes after its last use', () => {
    let now = 0;
    const cache = createPromptCache({ now: () => now, minimumTokens: 0 });
    const readAt = (time: number): number => {
      now = time;
      return cache.use('m', request('a', 'b')).cacheReadInputTokens;
    };
    expect([readAt(0), readAt(299_999) > 0, readAt(599_998) > 0, readAt(899_998)]).toEqual([0, true, true, 0]);
  });

  test('keeps each prefix as long as its cache point says, and tells what was written for which time', () => {
    let now = 0;
    const cache = createPromptCache({ now: () => now, minimumTokens: 0 });
    const long = { cachePoint: { type: 'default', ttl: '1h' } };
    const asked: ModelRequest = {
      system: [{ text: 'x'.repeat(400) }, long],
      messages: [{ role: 'user', content: [{ text: 'y'.repeat(40) }, cachePoint, { text: 'Go on.' }] }],
    };
    expect(cache.use('m', asked).cacheDetails).toEqual([
      { ttl: '1h', inputTokens: 3 + 100 },
      { ttl: '5m', inputTokens: 4 + 10 },
    ]);
    now = 300_000;
    expect(cache.use('m', asked)).toMatchObject({
      cacheReadInputTokens: 3 + 100,
      cacheDetails: [{ ttl: '5m', inputTokens: 4 + 10 }],
    });
    now += 3_600_000;
    expect(cache.use('m', asked).cacheReadInputTokens).toBe(0);
  });

  test('counts hits and misses, and reads and writes of each prefix', () => {
    const cache = createPromptCache({ now: () => 0, minimumTokens: 0 });
    for (const text of ['b', 'b', 'c']) cache.use('m', request('a', text));
    cache.use('m', { messages: [{ role: 'user', content: [{ text: 'No cache point.' }] }] });
    expect([cache.hits(), cache.misses()]).toEqual([2, 1]);
    const prefixes = cache.prefixes();
    expect(new Set(prefixes.map(({ digest }) => digest)).size).toBe(3);
    expect(prefixes.map(({ reads, writes }) => [reads, writes])).toEqual([
      [1, 1],
      [1, 1],
      [0, 1],
    ]);
  });

  test('does not cache a prefix that is too short', () => {
    const cache = createPromptCache({ now: () => 0, minimumTokens: 104 });
    const asked = request('x'.repeat(400), 'y'.repeat(40));
    expect(cache.use('m', asked).cacheWriteInputTokens).toBe(3 + 100 + 4 + 10);
    expect(cache.use('m', request('x'.repeat(400), 'z')).cacheReadInputTokens).toBe(0);
    const brief = { messages: [], system: [{ text: 'a' }, cachePoint] };
    expect(cache.use('m', brief)).toEqual({ inputTokens: 4, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 });
    expect([cache.hits(), cache.misses()]).toEqual([0, 2]);
  });
});
