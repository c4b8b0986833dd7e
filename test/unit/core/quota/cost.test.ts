import { describe, expect, test } from 'vitest';
import { type ModelPrice, priceList, ratesOf, tierFactor } from '../../../../core/quota/cost/prices.ts';
import { mostUsdMicros, quotaTokens, usdMicros } from '../../../../core/quota/index.ts';

const sonnet: ModelPrice = {
  input: 3,
  output: 15,
  cacheRead: 0.3,
  cacheWrite: 3.75,
  cacheWrite1h: 6,
  longContext: { above: 200_000, input: 6, output: 22.5 },
  tiers: { flex: 0.5, priority: 1.75 },
  outputBurnDown: 5,
};
const nothing = { inputTokens: 0, outputTokens: 0 };

describe('usdMicros', () => {
  test.each([
    ['input and output', { inputTokens: 1000, outputTokens: 100 }, 4500],
    ['reads of a cache', { ...nothing, cacheReadInputTokens: 1000 }, 300],
    ['writes for five minutes', { ...nothing, cacheWriteInputTokens: 1000 }, 3750],
    ['writes for an hour', { ...nothing, cacheWriteInputTokens: 1000, cacheWrite1hInputTokens: 400 }, 4650],
    ['a part of a micro-dollar', { ...nothing, cacheReadInputTokens: 1 }, 1],
    ['nothing', nothing, 0],
  ])('prices %s', (_, usage, micros) => {
    expect(usdMicros(usage, sonnet)).toBe(micros);
  });

  test('prices every token of a long context at its prices, caches counted in', () => {
    expect(usdMicros({ inputTokens: 200_000, outputTokens: 0 }, sonnet)).toBe(600_000);
    expect(usdMicros({ inputTokens: 200_001, outputTokens: 2 }, sonnet)).toBe(1_200_051);
    expect(usdMicros({ inputTokens: 1, outputTokens: 0, cacheReadInputTokens: 200_000 }, sonnet)).toBe(1_200_006);
  });

  test.each([
    [undefined, 3000],
    ['default', 3000],
    ['flex', 1500],
    ['priority', 5250],
    ['reserved', 3000],
    ['constructor', 5250],
    ['', 5250],
  ])('in the tier %s', (tier, micros) => {
    expect(usdMicros({ inputTokens: 1000, outputTokens: 0 }, sonnet, tier)).toBe(micros);
  });

  test('adds nothing for the noise of binary fractions', () => {
    const price = { input: 0.1, output: 0.7 };
    for (let tokens = 10; tokens <= 10_000; tokens += 10)
      expect(usdMicros({ inputTokens: tokens, outputTokens: tokens }, price)).toBe((tokens * 8) / 10);
  });

  test('stays a safe integer', () => {
    const most = { inputTokens: 1e9, outputTokens: 1e9 };
    expect(usdMicros(most, { input: 1e6, output: 1e6, tiers: { priority: 1e6 } }, 'priority')).toBe(
      Number.MAX_SAFE_INTEGER,
    );
  });
});

test('a missing price counts as the dearest that is sensible', () => {
  expect(ratesOf({ input: 4, output: 9 })).toEqual({
    input: 4,
    output: 9,
    cacheRead: 4,
    cacheWrite: 5,
    cacheWrite1h: 8,
  });
  expect(ratesOf({ input: 1, output: 9, cacheWrite: 7 })).toMatchObject({ cacheWrite: 7, cacheWrite1h: 7 });
  expect(tierFactor({ input: 1, output: 1 }, 'priority')).toBe(2);
  expect(tierFactor({ input: 1, output: 1 }, 'flex')).toBe(1);
  expect(quotaTokens({ inputTokens: 0, outputTokens: 1 }, { input: 1, output: 1 })).toBe(15);
});

test('quotaTokens leaves out what was read from a cache, and burns output down', () => {
  const usage = { inputTokens: 10, outputTokens: 3, cacheReadInputTokens: 500, cacheWriteInputTokens: 100 };
  expect(quotaTokens(usage, sonnet)).toBe(125);
  expect(quotaTokens(usage, { ...sonnet, outputBurnDown: 1.5 })).toBe(115);
});

test('the bound of a call without cache points leaves the price of cache writes out, unless the model writes unasked', () => {
  const usage = { inputTokens: 1000, outputTokens: 100 };
  expect(mostUsdMicros(usage, sonnet, {})).toBe(4500);
  expect(mostUsdMicros(usage, sonnet, { cacheTtl: '5m' })).toBe(5250);
  expect(mostUsdMicros(usage, sonnet, { cacheTtl: '1h' })).toBe(7500);
  expect(mostUsdMicros(usage, { ...sonnet, automaticCaching: true }, {})).toBe(5250);
  expect(mostUsdMicros(usage, sonnet, { tier: 'flex' })).toBe(4500);
  expect(mostUsdMicros(usage, sonnet, { tier: 'priority' })).toBe(7875);
  expect(mostUsdMicros({ inputTokens: 200_001, outputTokens: 0 }, sonnet, {})).toBe(1_200_006);
});

describe('priceList', () => {
  const price = { input: 1, output: 2 };
  test.each([
    ['no list', [], 'an object of prices by model id'],
    ['nothing', null, 'an object of prices by model id'],
    ['a price that is none', { m: 3 }, 'a price list whose ["m"] is an object'],
    ['a price that is an array', { m: [1, 2] }, 'a price list whose ["m"] is an object'],
    ['an unknown field', { m: { ...price, inputs: 1 } }, 'a price list whose ["m"] has no field "inputs"'],
    ['the old names', { m: { inputUsdPerMillion: 1 } }, 'a price list whose ["m"] has no field "inputUsdPerMillion"'],
    ['a missing output', { m: { input: 1 } }, 'a price list whose ["m"].output is a number from 0 to 1000000'],
    ['less than nothing', { m: { ...price, cacheRead: -1 } }, '["m"].cacheRead is a number from 0'],
    ['NaN', { m: { ...price, input: Number.NaN } }, '["m"].input is a number from 0'],
    ['infinity', { m: { ...price, input: Number.POSITIVE_INFINITY } }, '["m"].input is a number from 0'],
    ['a number in words', { m: { ...price, input: '3' } }, '["m"].input is a number from 0'],
    ['an unknown tier', { m: { ...price, tiers: { fast: 2 } } }, '["m"].tiers has no field "fast"'],
    ['a tier below nothing', { m: { ...price, tiers: { flex: -1 } } }, '["m"].tiers.flex is a number'],
    ['a step without its height', { m: { ...price, longContext: price } }, '["m"].longContext.above is an integer'],
    ['a step without prices', { m: { ...price, longContext: { above: 1 } } }, '["m"].longContext.input is a number'],
    ['a burn-down below one', { m: { ...price, outputBurnDown: 0 } }, '["m"].outputBurnDown is a number from 1'],
    ['caching that is no flag', { m: { ...price, automaticCaching: 1 } }, '["m"].automaticCaching is true or false'],
    ['a field of the prototype', JSON.parse('{"m":{"input":1,"output":2,"__proto__":{}}}'), 'no field "__proto__"'],
    ['an inherited price', { m: Object.create(price) }, '["m"].input is a number'],
  ])('refuses %s', (_, value, expected) => {
    expect(priceList(value)).toContain(expected);
  });

  test('does not print a value', () => {
    expect(priceList({ m: { input: 'secret', output: 1 } })).not.toContain('secret');
  });

  test('takes a model by any name', () => {
    expect(priceList(JSON.parse('{"__proto__":{"input":1,"output":2},"constructor":{"input":1,"output":2}}'))).toBe(
      undefined,
    );
  });
});
