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
    const cache = createPromptCache(() => 0);
    expect(cache('m', request('x'.repeat(400), 'y'.repeat(40)))).toEqual({
      inputTokens: 2,
      cacheReadInputTokens: 0,
      cacheWriteInputTokens: 3 + 100 + 4 + 10,
    });
    expect(cache('m', request('x'.repeat(400), 'z'.repeat(40)))).toEqual({
      inputTokens: 2,
      cacheReadInputTokens: 3 + 100,
      cacheWriteInputTokens: 4 + 10,
    });
    expect(cache('m', request('x'.repeat(400), 'y'.repeat(40))).cacheReadInputTokens).toBe(3 + 100 + 4 + 10);
  });

  test('keeps models apart', () => {
    const cache = createPromptCache(() => 0);
    cache('m', request('a', 'b'));
    expect(cache('n', request('a', 'b')).cacheReadInputTokens).toBe(0);
  });

  test('forgets a prefix five minutes after its last use', () => {
    let now = 0;
    const cache = createPromptCache(() => now);
    const readAt = (time: number): number => {
      now = time;
      return cache('m', request('a', 'b')).cacheReadInputTokens;
    };
    expect([readAt(0), readAt(299_999) > 0, readAt(599_998) > 0, readAt(899_998)]).toEqual([0, true, true, 0]);
  });
});
