/** What a call is charged, beside what was held for it: never more, with the exceptions that `docs/prices.md` names. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boundOf, type CallTerms, costOf, usageOf } from '../../../../aws/bedrock/call-cost.ts';
import { priceList, tierFactor } from '../../../../core/quota/cost/prices.ts';
import type { ModelPrice } from '../../../../core/quota/index.ts';

const usd = fc.double({ min: 0, max: 100, noNaN: true }).map((price) => Number(price.toFixed(5)));
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const tokenPrices = fc.record(
  { input: usd, output: usd, cacheRead: usd, cacheWrite: usd, cacheWrite1h: usd },
  { requiredKeys: ['input', 'output'] },
);
const factor = fc.constantFrom(0, 0.5, 1, 1.75, 2);
const prices: fc.Arbitrary<ModelPrice> = fc
  .tuple(
    tokenPrices,
    optional(fc.tuple(tokenPrices, fc.integer({ min: 1, max: 50_000 }))),
    fc.record({ flex: factor, priority: factor, reserved: factor }, { requiredKeys: [] }),
    fc.boolean(),
  )
  .map(([price, long, tiers, automaticCaching]) => ({
    ...price,
    tiers,
    automaticCaching,
    ...(long && { longContext: { ...long[0], above: long[1] } }),
  }));

const count = fc.integer({ min: 0, max: 30_000 });
const tiers = fc.constantFrom(undefined, 'default', 'flex', 'priority', 'reserved', 'unheard-of');
const details = fc.array(
  fc.record({ ttl: fc.constantFrom('5m', '1h', '24h'), inputTokens: fc.integer({ min: 0, max: 10_000 }) }),
  { maxLength: 3 },
);

const charged = (usage: object, terms: CallTerms, replied?: string) => {
  const read = usageOf(usage as never, replied);
  if (read === undefined) throw new Error('cannot be counted');
  return costOf(read, terms);
};

/** Whether a cache was written that the call did not ask for, or for longer than it asked. */
const writesUnasked = (
  { price, cacheTtl }: CallTerms,
  written: number,
  timed: readonly { readonly ttl: string; readonly inputTokens: number }[],
): boolean => {
  const longer = timed.some(({ ttl, inputTokens }) => ttl !== '5m' && inputTokens > 0);
  if (longer && cacheTtl !== '1h') return true;
  return written > 0 && cacheTtl === undefined && price?.automaticCaching !== true;
};

test('no call within its bound costs more than the bound, whatever its cache, tier and context', () => {
  fc.assert(
    fc.property(
      prices,
      fc.record({ fresh: count, read: count, untimed: count, output: count, unused: count }),
      details,
      tiers,
      tiers,
      fc.constantFrom(undefined, '5m', '1h'),
      (price, { fresh, read, untimed, output, unused }, timed, asked, replied, cacheTtl) => {
        expect(priceList({ m: price })).toBeUndefined();
        const terms: CallTerms = { price, tier: asked, cacheTtl };
        const written = untimed + timed.reduce((sum, { inputTokens }) => sum + inputTokens, 0);
        const usage = {
          inputTokens: fresh,
          outputTokens: output,
          totalTokens: fresh + output,
          cacheReadInputTokens: read,
          cacheWriteInputTokens: written,
          cacheDetails: timed,
        };
        const cost = charged(usage, terms, replied);
        const bound = boundOf(fresh + read + written + unused, output + unused, terms);
        expect(cost.tokens).toBeLessThanOrEqual(bound.tokens ?? 0);
        expect(Number.isSafeInteger(cost.usdMicros) && (cost.usdMicros ?? -1) >= 0).toBe(true);
        const dearerTier = tierFactor(price, replied ?? asked) > Math.max(tierFactor(price), tierFactor(price, asked));
        if (dearerTier || writesUnasked(terms, written, timed)) return;
        expect(cost.usdMicros).toBeLessThanOrEqual(bound.usdMicros ?? 0);
      },
    ),
    { numRuns: 3000 },
  );
});

describe('what Bedrock does unasked is charged all the same, above what was held', () => {
  const price: ModelPrice = { input: 3, output: 15, cacheWrite: 3.75, cacheWrite1h: 6, tiers: { priority: 1.75 } };
  const usage = { inputTokens: 1000, outputTokens: 0, totalTokens: 1000 };
  const written = { inputTokens: 0, outputTokens: 0, totalTokens: 0, cacheWriteInputTokens: 1000 };
  const forAnHour = { ...written, cacheDetails: [{ ttl: '1h', inputTokens: 1000 }] };
  test.each([
    ['a tier that is dearer than the one asked for and the default one', usage, {}, 'priority', 3000, 5250],
    ['a tier that nobody knows', usage, {}, 'ultra', 3000, 5250],
    ['a cache that is filled unasked', written, {}, undefined, 3000, 3750],
    ['a cache that is kept longer than asked for', forAnHour, { cacheTtl: '5m' as const }, undefined, 3750, 6000],
    ['a total above its parts', { ...usage, totalTokens: 1100 }, {}, undefined, 3000, 4500],
  ])('%s', (_, reported, asked, replied, held, cost) => {
    const terms: CallTerms = { price, ...asked };
    expect(boundOf(1000, 0, terms).usdMicros).toBe(held);
    expect(charged(reported, terms, replied).usdMicros).toBe(cost);
  });
});
