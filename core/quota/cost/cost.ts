/** What tokens cost: in money, and against the account's quota. */

import type { CacheTtl } from '../../converse/cache-points.ts';
import { DEAREST_BURN_DOWN, type ModelPrice, ratesOf, type TokenPrices, tierFactor } from './prices.ts';

/** Tokens that a call used, as Bedrock reports them: `inputTokens` without what came from or went to a cache. */
export interface TokenCounts {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadInputTokens?: number;
  readonly cacheWriteInputTokens?: number;
  /** Those of `cacheWriteInputTokens` that are kept for an hour. @default 0 */
  readonly cacheWrite1hInputTokens?: number;
}

/**
 * USD micro-units (1 USD = 1,000,000), rounded up to a whole one. USD a million is micro-USD a token. Thirteen digits
 * keep what prices are made of, and drop the noise of binary fractions that would add one.
 */
const wholeMicros = (micros: number): number =>
  Math.min(Number.MAX_SAFE_INTEGER, Math.ceil(Number(micros.toPrecision(13))));

/** The prices for long contexts, where a call that reads so much is billed at them. */
const longContextOf = ({ longContext }: ModelPrice, inputTokens: number): TokenPrices | undefined =>
  longContext !== undefined && inputTokens > longContext.above ? longContext : undefined;

/** What `usage` costs in USD micro-units, rounded up. */
export const usdMicros = (usage: TokenCounts, price: ModelPrice, tier?: string): number => {
  const { inputTokens, outputTokens, cacheReadInputTokens = 0, cacheWriteInputTokens = 0 } = usage;
  const { cacheWrite1hInputTokens = 0 } = usage;
  const read = inputTokens + cacheReadInputTokens + cacheWriteInputTokens;
  const rates = ratesOf(longContextOf(price, read) ?? price);
  return wholeMicros(
    tierFactor(price, tier) *
      (inputTokens * rates.input +
        cacheReadInputTokens * rates.cacheRead +
        (cacheWriteInputTokens - cacheWrite1hInputTokens) * rates.cacheWrite +
        cacheWrite1hInputTokens * rates.cacheWrite1h +
        outputTokens * rates.output),
  );
};

/** What a call asks for that changes its price. */
export interface AskedFor {
  readonly tier?: string | undefined;
  /** The longest time that it asks a cache to be kept for; `undefined` when it asks for none. */
  readonly cacheTtl?: CacheTtl | undefined;
}

/**
 * The most that a call can cost in USD micro-units which reads and writes no more than these tokens: every token of its
 * input at the dearest that may become of it, in the tier asked for or, where that is cheaper, in the default one.
 */
export const mostUsdMicros = (usage: TokenCounts, price: ModelPrice, { tier, cacheTtl }: AskedFor): number => {
  const inputRate = (rates: Required<TokenPrices>): number =>
    Math.max(
      rates.input,
      rates.cacheRead,
      cacheTtl === undefined && price.automaticCaching !== true ? 0 : rates.cacheWrite,
      cacheTtl === '1h' ? rates.cacheWrite1h : 0,
    );
  const steps = [price, longContextOf(price, usage.inputTokens) ?? price].map(ratesOf);
  return wholeMicros(
    Math.max(tierFactor(price), tierFactor(price, tier)) *
      (usage.inputTokens * Math.max(...steps.map(inputRate)) +
        usage.outputTokens * Math.max(...steps.map(({ output }) => output))),
  );
};

/**
 * Tokens as Bedrock counts `usage` against the account's quota when a call has ended: what was read from a cache counts
 * for nothing, output counts several times.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-token-burndown.html
 */
export const quotaTokens = (
  usage: Omit<TokenCounts, 'cacheWrite1hInputTokens'>,
  { outputBurnDown = DEAREST_BURN_DOWN }: ModelPrice,
): number => usage.inputTokens + (usage.cacheWriteInputTokens ?? 0) + Math.ceil(usage.outputTokens * outputBurnDown);
