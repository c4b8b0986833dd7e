import { describe, expect, test } from 'vitest';
import { greaterCounts } from '../../../../core/invoke-model/counts.ts';

const counts = (inputTokens: number, outputTokens: number, read = 0, written = 0) => ({
  inputTokens,
  outputTokens,
  totalTokens: inputTokens + outputTokens + read + written,
  ...(read > 0 && { cacheReadInputTokens: read }),
  ...(written > 0 && { cacheWriteInputTokens: written }),
});

describe('what is counted in two places', () => {
  test('is the greater of each', () => {
    expect(greaterCounts(counts(1, 700), counts(500, 2))).toEqual(counts(500, 700));
    expect(greaterCounts(counts(9, 2, 0, 5), counts(9, 2, 7))).toEqual(counts(9, 2, 7, 5));
  });

  test('is what the one says that counts', () => {
    expect(greaterCounts(undefined, counts(5, 7))).toEqual(counts(5, 7));
    expect(greaterCounts(counts(5, 7), undefined)).toEqual(counts(5, 7));
    expect(greaterCounts(undefined, undefined)).toBeUndefined();
  });

  test('counts input from a cache once, though one of them has it in its input', () => {
    expect(greaterCounts(counts(100, 7, 1000), counts(1100, 7))).toEqual(counts(100, 7, 1000));
    expect(greaterCounts(counts(100, 7, 1000), counts(1500, 7))).toEqual(counts(500, 7, 1000));
  });

  test('keeps how long a cache holds what it was written with', () => {
    const cacheDetails = [{ ttl: '1h' as const, inputTokens: 5 }];
    expect(greaterCounts({ ...counts(1, 1, 0, 5), cacheDetails }, counts(1, 1, 0, 5))).toMatchObject({ cacheDetails });
  });
});
