/** What a Converse call may cost at most, and what it did cost. */

import type { CacheDetail, TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import { cacheTtlOf } from '../../core/converse/cache-points.ts';
import type { ConverseInput } from '../../core/converse/types.ts';
import {
  type AskedFor,
  type Cost,
  isServiceTier,
  type ModelPrice,
  mostUsdMicros,
  quotaTokens,
  usdMicros,
} from '../../core/quota/index.ts';

/** What a call is accounted with. */
export interface CallTerms extends AskedFor {
  /** `undefined` where none is known, and no budget needs one. */
  readonly price: ModelPrice | undefined;
}

/** The terms of a call that asks for what `input` does. */
export const termsOf = (input: ConverseInput, price: ModelPrice | undefined): CallTerms => ({
  price,
  tier: input.serviceTier?.type,
  cacheTtl: cacheTtlOf(input),
});

/**
 * Upper bound of a call that reads `inputTokens` and writes `maxTokens`. Its tokens of the account's quota are those that
 * Bedrock sets aside when it admits the call: when the call ends, output counts several times (see `docs/prices.md`).
 */
export const boundOf = (inputTokens: number, maxTokens: number, terms: CallTerms): Cost => {
  const tokens = inputTokens + maxTokens;
  if (terms.price === undefined) return { tokens };
  const usage = { inputTokens, outputTokens: maxTokens };
  return { tokens, usdMicros: mostUsdMicros(usage, terms.price, terms), quotaTokens: tokens };
};

/** Tokens that Bedrock read and wrote. */
export interface CallUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadInputTokens: number;
  readonly cacheWriteInputTokens: number;
  /** Those of `cacheWriteInputTokens` that are kept for an hour; `undefined` where Bedrock does not say. */
  readonly cacheWrite1hInputTokens: number | undefined;
  /** The tier that the call was served in; `undefined` where Bedrock does not say. */
  readonly tier: string | undefined;
}

/** More than any model reads or writes in one call: a number above it counts no tokens. */
const IMPLAUSIBLE_TOKENS = 1_000_000_000;

const isCount = (tokens: number | undefined): boolean =>
  tokens !== undefined && Number.isSafeInteger(tokens) && tokens >= 0 && tokens < IMPLAUSIBLE_TOKENS;

const tokensOf = (details: readonly CacheDetail[]): number =>
  details.reduce((tokens, detail) => tokens + (detail.inputTokens ?? 0), 0);

/** The usage that Bedrock reports, or `undefined` when it reports none that can be counted. */
export const usageOf = (usage: TokenUsage | undefined, tier?: string): CallUsage | undefined => {
  const { inputTokens = Number.NaN, outputTokens = Number.NaN } = usage ?? {};
  const { cacheReadInputTokens = 0, cacheWriteInputTokens = 0, cacheDetails: details = [] } = usage ?? {};
  const counts = [inputTokens, outputTokens, cacheReadInputTokens, cacheWriteInputTokens];
  if (![...counts, ...details.map((detail) => detail.inputTokens)].every(isCount)) return undefined;
  const written = Math.max(cacheWriteInputTokens, tokensOf(details));
  // What no detail accounts for is taken for the dearer of the two.
  const written1h = written - tokensOf(details.filter(({ ttl }) => ttl === '5m'));
  return {
    inputTokens,
    outputTokens,
    cacheReadInputTokens,
    cacheWriteInputTokens: written,
    cacheWrite1hInputTokens: details.length === 0 ? undefined : written1h,
    tier,
  };
};

/** Tokens that a call read, caches included: `inputTokens` alone leaves them out. */
export const inputTokensOf = (usage: CallUsage): number =>
  usage.inputTokens + usage.cacheReadInputTokens + usage.cacheWriteInputTokens;

/** What a call did cost: in the tier and with the times that Bedrock names, else with those asked for. */
export const costOf = (usage: CallUsage, { price, tier, cacheTtl }: CallTerms): Cost & { readonly tokens: number } => {
  const tokens = inputTokensOf(usage) + usage.outputTokens;
  if (price === undefined) return { tokens };
  const cacheWrite1hInputTokens =
    usage.cacheWrite1hInputTokens ?? (cacheTtl === '1h' ? usage.cacheWriteInputTokens : 0);
  return {
    tokens,
    usdMicros: usdMicros({ ...usage, cacheWrite1hInputTokens }, price, isServiceTier(usage.tier) ? usage.tier : tier),
    quotaTokens: quotaTokens(usage, price),
  };
};
