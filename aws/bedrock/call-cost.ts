/** What a Converse call may cost at most, and what it did cost. */

import type { CacheDetail, TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import { cacheTtlOf } from '../../core/converse/cache-points.ts';
import type { ConverseInput } from '../../core/converse/types.ts';
import {
  type AskedFor,
  type Cost,
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
  /** Those of `cacheWriteInputTokens` that are kept for an hour, or for a time that nobody knows. */
  readonly cacheWrite1hInputTokens: number;
  /** Those of `cacheWriteInputTokens` of which Bedrock does not say how long they are kept. */
  readonly cacheWriteUntimedTokens: number;
  /** The tier that the call was served in; `undefined` where Bedrock does not say. */
  readonly tier: string | undefined;
}

/** More than any model reads or writes in one call: a number above it counts no tokens. */
const IMPLAUSIBLE_TOKENS = 1_000_000_000;

const isCount = (tokens: unknown): boolean =>
  Number.isSafeInteger(tokens) && (tokens as number) >= 0 && (tokens as number) < IMPLAUSIBLE_TOKENS;

/** Tokens that a cache was written with, and how long it keeps them. */
type TimedTokens = CacheDetail & { readonly inputTokens: number };

/** What a cache was written with, by time, or `undefined` where it cannot be counted. */
const detailsOf = (details: unknown): readonly TimedTokens[] | undefined =>
  Array.isArray(details) && details.every((detail) => isCount(detail?.inputTokens)) ? details : undefined;

const tokensOf = (details: readonly TimedTokens[]): number =>
  details.reduce((tokens, { inputTokens }) => tokens + inputTokens, 0);

/**
 * The usage that Bedrock reports, or `undefined` when it reports none that can be counted. Tokens of the total that are
 * none of the parts count as output.
 */
export const usageOf = (usage: TokenUsage | undefined, tier?: string): CallUsage | undefined => {
  const { inputTokens = Number.NaN, outputTokens = Number.NaN, totalTokens = 0 } = usage ?? {};
  const { cacheReadInputTokens = 0, cacheWriteInputTokens = 0, cacheDetails = [] } = usage ?? {};
  const details = detailsOf(cacheDetails);
  const counts = [inputTokens, outputTokens, totalTokens, cacheReadInputTokens, cacheWriteInputTokens];
  if (details === undefined || !counts.every(isCount)) return undefined;
  const timed = tokensOf(details);
  const written = Math.max(cacheWriteInputTokens, timed);
  return {
    inputTokens,
    outputTokens: Math.max(outputTokens, totalTokens - inputTokens - cacheReadInputTokens - written),
    cacheReadInputTokens,
    cacheWriteInputTokens: written,
    cacheWrite1hInputTokens: tokensOf(details.filter(({ ttl }) => ttl !== '5m')),
    cacheWriteUntimedTokens: written - timed,
    tier,
  };
};

/** Tokens that a call read, caches included: `inputTokens` alone leaves them out. */
export const inputTokensOf = (usage: CallUsage): number =>
  usage.inputTokens + usage.cacheReadInputTokens + usage.cacheWriteInputTokens;

/**
 * What a call did cost: in the tier and with the times that Bedrock names, else with those asked for. A tier that nobody
 * knows is the dearest.
 */
export const costOf = (usage: CallUsage, { price, tier, cacheTtl }: CallTerms): Cost & { readonly tokens: number } => {
  const tokens = inputTokensOf(usage) + usage.outputTokens;
  if (price === undefined) return { tokens };
  const { cacheWrite1hInputTokens: hours, cacheWriteUntimedTokens: untimed } = usage;
  const cacheWrite1hInputTokens = hours + (cacheTtl === '1h' ? untimed : 0);
  return {
    tokens,
    usdMicros: usdMicros({ ...usage, cacheWrite1hInputTokens }, price, usage.tier ?? tier),
    quotaTokens: quotaTokens(usage, price),
  };
};
