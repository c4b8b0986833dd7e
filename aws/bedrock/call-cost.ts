/** What a Converse call may cost at most, and what it did cost. */

import type { TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseInput } from '../../core/converse/types.ts';
import { BulwarkError } from '../../core/errors.ts';
import { type Cost, type ModelPrice, tokenBound, usdMicros } from '../../core/quota/index.ts';

/** Prices by model id. */
export type Prices = Readonly<Record<string, ModelPrice>>;

/** The price that a call is accounted with; none is needed where no budget counts money. */
export const priceOf = (prices: Prices | undefined, modelId: string, needed: boolean): ModelPrice | undefined => {
  const price = prices !== undefined && Object.hasOwn(prices, modelId) ? prices[modelId] : undefined;
  if (needed && price === undefined) throw new BulwarkError('model_unpriced');
  return price;
};

/** Upper bound of a call: every byte of its input a token, and all the output it may write. */
export const boundOf = (input: ConverseInput, maxTokens: number, price: ModelPrice | undefined): Cost => {
  const inputTokens = tokenBound(input);
  return {
    tokens: inputTokens + maxTokens,
    ...(price === undefined ? {} : { usdMicros: usdMicros({ inputTokens, outputTokens: maxTokens }, price) }),
  };
};

/** Tokens that Bedrock read and wrote. */
export interface CallUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadInputTokens: number;
  readonly cacheWriteInputTokens: number;
}

/** The usage that Bedrock reports, or `undefined` when it reports none that can be counted. */
export const usageOf = (usage: TokenUsage | undefined): CallUsage | undefined => {
  const read = {
    inputTokens: usage?.inputTokens ?? Number.NaN,
    outputTokens: usage?.outputTokens ?? Number.NaN,
    cacheReadInputTokens: usage?.cacheReadInputTokens ?? 0,
    cacheWriteInputTokens: usage?.cacheWriteInputTokens ?? 0,
  };
  return Object.values(read).every((tokens) => Number.isSafeInteger(tokens) && tokens >= 0) ? read : undefined;
};

/** Tokens that a call read, caches included: `inputTokens` alone leaves them out. */
export const inputTokensOf = (usage: CallUsage): number =>
  usage.inputTokens + usage.cacheReadInputTokens + usage.cacheWriteInputTokens;

/** What a call did cost. */
export const costOf = (usage: CallUsage, price: ModelPrice | undefined): Cost => ({
  tokens: inputTokensOf(usage) + usage.outputTokens,
  ...(price === undefined ? {} : { usdMicros: usdMicros(usage, price) }),
});
