/** What a loop may spend, and what it has spent. */

import type { ConverseCommandInput, ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import { outputLimitOf } from '../../../core/converse/admit.ts';
import { MEDIA_KINDS, type MediaPolicy } from '../../../core/converse/media.ts';
import type { ConverseInput } from '../../../core/converse/types.ts';
import { type Cost, type ModelPrice, tokenBound } from '../../../core/quota/index.ts';
import type { InvocationScope } from '../../invocation-scope.ts';
import { boundOf, costOf, inputTokensOf, termsOf, usageOf } from '../call-cost.ts';
import { type ClientRules, DEFAULT_MAX_TOKENS } from '../client-rules.ts';
import { ownRulesOf } from '../own-rules.ts';
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

/** Of media of which no rule says how many tokens they are. */
const ENDLESS: MediaPolicy = Object.fromEntries(
  MEDIA_KINDS.map((kind) => [kind, { maxTokens: Number.POSITIVE_INFINITY }]),
);

/** Models that the client may call in place of one. */
const fallbacksOf = (fallbacks: RunToolsOptions['fallbacks'], modelId: string): readonly string[] =>
  fallbacks !== undefined && Object.hasOwn(fallbacks, modelId) ? (fallbacks[modelId] ?? []) : [];

/**
 * The meter of a loop. Nobody tells which of a model and its fallbacks answers: money is counted at the dearest.
 *
 * @throws BulwarkError `model_unpriced` where money is bounded and the model, or a fallback of it, has no price.
 */
export const createMeter = async (
  { bedrock, input, prices, media, fallbacks }: RunToolsOptions,
  limits: Limits,
  scope: InvocationScope | undefined,
): Promise<Meter> => {
  const { modelId = '' } = input;
  const needed = limits.usdMicros !== undefined;
  const isBounded = needed || limits.tokens !== undefined;
  const region = needed ? await regionOf(bedrock) : '';
  const rules: ClientRules = { ...scope?.clientRules, ...ownRulesOf(bedrock) };
  const mediaRules = { ...ENDLESS, ...(media ?? rules.media) };
  const priceList = prices ?? rules.prices;
  const modelIds = needed ? [modelId, ...fallbacksOf(fallbacks ?? rules.fallbacks, modelId)] : [];
  const ofModels = modelIds.map((id) => priceOf(priceList, { modelId: id, profiles: rules.profiles, region, needed }));
  const maxTokens = outputLimitOf(input as ConverseInput) ?? rules.maxTokens ?? DEFAULT_MAX_TOKENS;
  const spent = { inputTokens: 0, outputTokens: 0, totalTokens: 0, usdMicros: 0 };

  /** What costs most, whichever model answers. */
  const dearest = (costAt: (price: ModelPrice | undefined) => Cost): number =>
    Math.max(0, ...ofModels.map((price) => costAt(price).usdMicros ?? 0));
  const inputBound = (call: ConverseCommandInput): number => tokenBound(call as ConverseInput, mediaRules);
  const moneyBound = (call: ConverseCommandInput, inputTokens: number): number =>
    dearest((price) => boundOf(inputTokens, maxTokens, termsOf(call as ConverseInput, price)));

  return {
    bounded: (call) => (isBounded ? { ...call, inferenceConfig: { ...call.inferenceConfig, maxTokens } } : call),
    admit(call) {
      if (!isBounded) return;
      const inputTokens = inputBound(call);
      const tokens = inputTokens + maxTokens;
      const usdMicros = Number.isFinite(inputTokens) ? moneyBound(call, inputTokens) : inputTokens;
      if (spent.totalTokens + tokens > (limits.tokens ?? Number.POSITIVE_INFINITY))
        throw loopLimitReached(scope, 'tokens');
      if (spent.usdMicros + usdMicros > (limits.usdMicros ?? Number.POSITIVE_INFINITY))
        throw loopLimitReached(scope, 'usd');
    },
    count(call, output) {
      const usage = usageOf(output.usage, output.serviceTier?.type);
      // Endless only where nothing is bounded.
      const input = usage === undefined ? inputBound(call) : inputTokensOf(usage);
      const usdMicros =
        usage === undefined
          ? moneyBound(call, input)
          : dearest((price) => costOf(usage, termsOf(call as ConverseInput, price)));
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
