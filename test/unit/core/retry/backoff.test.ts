import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fullJitterMs, retryAfterMs } from '../../../../core/retry/backoff.ts';

describe('full jitter', () => {
  test('is anything below a bound that doubles, up to the longest wait', () => {
    const settings = { baseMs: 100, maxWaitMs: 700 };
    const longest = [1, 2, 3, 4, 5, 1000].map((attempt) => fullJitterMs(attempt, settings, 1 - Number.EPSILON));
    expect(longest).toEqual([99, 199, 399, 699, 699, 699]);
    expect(fullJitterMs(3, settings, 0)).toBe(0);
  });
});

describe('the time that a server asks for', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  test.each([
    [{ 'retry-after': '3' }, 3000],
    [{ 'Retry-After': '0.5' }, 500],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:05 GMT' }, 5000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
    [{ 'x-amz-retry-after': '1500' }, 1500],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '-1' }, expect.toSatisfy((ms) => ms === undefined || ms === 0)],
    [{}, undefined],
  ])('%j is read', (headers, ms) => {
    expect(retryAfterMs(headers, now)).toEqual(ms);
  });

  test('is never negative, and never no number, whatever the header says', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        const ms = retryAfterMs({ 'retry-after': value }, now);
        expect(ms === undefined || ms >= 0).toBe(true);
      }),
    );
  });
});
