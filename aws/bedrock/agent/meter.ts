/** What a loop may spend, and what it has spent. */

import type { ConverseCommandInput, ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import { outputLimitOf } from '../../../core/converse/admit.ts';
import type { ConverseInput } from '../../../core/converse/types.ts';
import { tokenBound } from '../../../core/quota/index.ts';
import type { InvocationScope } from '../../invocation-scope.ts';
import { boundOf, type CallTerms, costOf, inputTokensOf, termsOf, usageOf } from '../call-cost.ts';
import { DEFAULT_MAX_TOKENS } from '../client-rules.ts';
import { priceOf } from '../price-of.ts';
import { loopLimitReached } from './loop-limit.ts';
import type { Limits } from './options.ts';
import type { LoopUsage, RunToolsOptions } from './types.ts';

/** Counts what the calls of one loop cost. */
export interface Meter {
  /** The call; where tokens or money are bounded, with a bound on its output: else nobody could say what it costs at most. */
  bounded(call: ConverseCommandInput): ConverseCommandInput;
  /** @throws BulwarkError `loop_limit_reached` where the call could pass a bound. */
  admit(call: ConverseCommandInput): void;
  /** A call came back. One that says no usage counts at its bound. */
  count(call: ConverseCommandInput, output: ConverseCommandOutput): void;
  usage(): LoopUsage;
}

/** Where a client calls: a bound one does not say, and calls where the function runs. */
const regionOf = async (bedrock: object): Promise<string> => {
  const region = (bedrock as { config?: { region?: unknown } }).config?.region;
  return typeof region === 'function' ? String(await region()) : (process.env['AWS_REGION'] ?? '');
};

/**
 * The meter of a loop.
 *
 * @throws BulwarkError `model_unpriced` where money is bounded and the model has no price.
 */
export const createMeter = async (
  { bedrock, input, prices }: RunToolsOptions,
  limits: Limits,
  scope: InvocationScope | undefined,
): Promise<Meter> => {
  const { modelId = '' } = input;
  const needed = limits.usdMicros !== undefined;
  const isBounded = needed || limits.tokens !== undefined;
  const called = { modelId, region: needed ? await regionOf(bedrock) : '', needed };
  const price = needed ? priceOf(prices ?? scope?.clientRules?.prices, called) : undefined;
  const maxTokens = outputLimitOf(input as ConverseInput) ?? scope?.clientRules?.maxTokens ?? DEFAULT_MAX_TOKENS;
  const spent = { inputTokens: 0, outputTokens: 0, totalTokens: 0, usdMicros: 0 };

  const termsFor = (call: ConverseCommandInput): CallTerms => termsOf(call as ConverseInput, price);
  const inputBound = (call: ConverseCommandInput): number => tokenBound(call as ConverseInput);

  return {
    bounded: (call) => (isBounded ? { ...call, inferenceConfig: { ...call.inferenceConfig, maxTokens } } : call),
    admit(call) {
      if (!isBounded) return;
      const { tokens = 0, usdMicros = 0 } = boundOf(inputBound(call), maxTokens, termsFor(call));
      if (spent.totalTokens + tokens > (limits.tokens ?? Number.POSITIVE_INFINITY))
        throw loopLimitReached(scope, 'tokens');
      if (spent.usdMicros + usdMicros > (limits.usdMicros ?? Number.POSITIVE_INFINITY))
        throw loopLimitReached(scope, 'usd');
    },
    count(call, output) {
      const usage = usageOf(output.usage, output.serviceTier?.type);
      const input = usage === undefined ? inputBound(call) : inputTokensOf(usage);
      const terms = termsFor(call);
      const { usdMicros = 0 } = usage === undefined ? boundOf(input, maxTokens, terms) : costOf(usage, terms);
      spent.inputTokens += input;
      spent.outputTokens += usage?.outputTokens ?? maxTokens;
      spent.totalTokens = spent.inputTokens + spent.outputTokens;
      spent.usdMicros += usdMicros;
    },
    usage: () => {
      const { inputTokens, outputTokens, totalTokens } = spent;
      return { inputTokens, outputTokens, totalTokens };
    },
  };
};
