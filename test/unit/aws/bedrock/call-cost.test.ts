import { describe, expect, test } from 'vitest';
import { boundOf, costOf, termsOf, usageOf } from '../../../../aws/bedrock/call-cost.ts';
import type { ModelPrice } from '../../../../core/quota/index.ts';

const price: ModelPrice = { input: 1, output: 4, cacheRead: 0.1, cacheWrite: 2, cacheWrite1h: 3, outputBurnDown: 5 };
const counts = (more: object = {}) => ({ inputTokens: 100, outputTokens: 10, totalTokens: 110, ...more }) as never;
const point = (ttl?: string) => ({ cachePoint: { type: 'default', ...(ttl && { ttl }) } });
const costs = (usage: object, asked: object = {}, tier?: string) => {
  const read = usageOf(counts(usage), tier);
  if (read === undefined) throw new Error('cannot be counted');
  return costOf(read, termsOf(asked, price));
};

describe('usageOf', () => {
  test.each([
    ['no usage', undefined],
    ['no output', { inputTokens: 1, totalTokens: 1 }],
    ['less than nothing', counts({ inputTokens: -1 })],
    ['NaN', counts({ outputTokens: Number.NaN })],
    ['infinity', counts({ outputTokens: Number.POSITIVE_INFINITY })],
    ['half a token', counts({ inputTokens: 0.5 })],
    ['more than any model reads', counts({ inputTokens: Number.MAX_SAFE_INTEGER })],
    ['words', counts({ inputTokens: '100' })],
    ['a cache below nothing', counts({ cacheReadInputTokens: -1 })],
    ['details below nothing', counts({ cacheDetails: [{ ttl: '5m', inputTokens: -100 }] })],
    ['details without a count', counts({ cacheDetails: [{ ttl: '5m' }] })],
    ['a detail that is none', counts({ cacheDetails: [null] })],
    ['no list of details', counts({ cacheDetails: null })],
    ['a total below nothing', counts({ totalTokens: -1 })],
  ])('counts nothing where Bedrock reports %s', (_, usage) => {
    expect(usageOf(usage as never)).toBeUndefined();
  });
});

describe('costOf', () => {
  test('prices what was read, written and kept, each at its price', () => {
    expect(costs({ cacheReadInputTokens: 1000, cacheWriteInputTokens: 50 })).toEqual({
      tokens: 1160,
      usdMicros: 100 + 40 + 100 + 100,
      quotaTokens: 100 + 50 + 50,
    });
  });

  test('splits writes by the times that Bedrock names, whatever was asked for', () => {
    const cacheDetails = [
      { ttl: '1h', inputTokens: 30 },
      { ttl: '5m', inputTokens: 20 },
    ];
    const usage = { cacheWriteInputTokens: 50, cacheDetails };
    for (const asked of [{}, { system: [point('1h')] }]) expect(costs(usage, asked).usdMicros).toBe(140 + 90 + 40);
  });

  test('takes writes of an unknown time for the dearer, and those that no detail accounts for as asked', () => {
    const unknown = { cacheWriteInputTokens: 50, cacheDetails: [{ ttl: '24h', inputTokens: 10 }] };
    expect(costs(unknown).usdMicros).toBe(140 + 30 + 80);
    expect(costs(unknown, { system: [point('1h')] }).usdMicros).toBe(140 + 150);
    const more = { cacheWriteInputTokens: 5, cacheDetails: [{ ttl: '5m', inputTokens: 10 }] };
    expect(costs(more)).toMatchObject({ tokens: 120, usdMicros: 140 + 20 });
  });

  test('prices writes at the time asked for where Bedrock names none', () => {
    const usage = { cacheWriteInputTokens: 10 };
    expect(costs(usage, { system: [point()] }).usdMicros).toBe(160);
    expect(costs(usage, { system: [point()], toolConfig: { tools: [point('1h')] } }).usdMicros).toBe(170);
  });

  test.each([
    ['the tier that Bedrock names', 'flex', 'priority', 280],
    ['the tier asked for', 'priority', undefined, 280],
    ['the dearest, when nobody knows the one that Bedrock names', undefined, 'constructor', 280],
    ['the default tier', 'priority', 'default', 140],
    ['the default tier, when none is named', undefined, undefined, 140],
    ['the dearest, when nobody knows the one asked for', 'unheard-of', undefined, 280],
  ])('prices in %s', (_, type, replied, usdMicros) => {
    expect(costs({}, type === undefined ? {} : { serviceTier: { type } }, replied).usdMicros).toBe(usdMicros);
  });

  test('charges a total above its parts, as output', () => {
    expect(costs({ totalTokens: 1000, cacheReadInputTokens: 100 })).toEqual({
      tokens: 1000,
      usdMicros: 100 + 10 + 4 * 800,
      quotaTokens: 100 + 5 * 800,
    });
    expect(costs({ totalTokens: 5 }).tokens).toBe(110);
  });

  test('knows tokens alone without a price', () => {
    const usage = usageOf(counts());
    expect(usage && costOf(usage, { price: undefined })).toEqual({ tokens: 110 });
  });
});

describe('boundOf', () => {
  test('holds the tokens that Bedrock holds, and the money of the dearest that may become of them', () => {
    expect(boundOf(100, 10, { price })).toEqual({ tokens: 110, usdMicros: 140, quotaTokens: 110 });
    expect(boundOf(100, 10, termsOf({ messages: [{ content: [point('1h')] }] }, price)).usdMicros).toBe(340);
    expect(boundOf(100, 10, { price: undefined })).toEqual({ tokens: 110 });
  });

  test('the account quota alone may be passed: output burns down when the call has ended', () => {
    expect(costs({})).toMatchObject({ tokens: 110, usdMicros: 140, quotaTokens: 150 });
  });
});
