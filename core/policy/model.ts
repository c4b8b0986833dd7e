/** The section `model`. */

import { checkMediaPolicy, type MediaPolicy } from '../converse/media.ts';
import { type GuardrailRule, NEVER_ADDITIONAL } from '../converse/parameters.ts';
import { checkOptions, flag, integer, listOf, type OptionCheck, object, oneOf, orOff, text } from '../options.ts';
import { type PriceList, priceList, SERVICE_TIERS, type ServiceTier } from '../quota/cost/prices.ts';
import { checkRetryPolicy, type RETRY_DEFAULTS, type RetryPolicy } from '../retry/options.ts';
import { type ToolPolicy, toolPolicy } from '../tools/policy.ts';
import type { PolicySection } from './section.ts';

/** What may be called at Bedrock. See the middleware `bedrock-client`. */
export interface ModelPolicy {
  /** Models that may be called, each as a call names it: model id, inference profile id or ARN. @default any */
  readonly models?: readonly string[];
  /**
   * What application inference profiles are copies of, by ARN: the model, or the profile of the system, as a call would
   * name it. Prices, budgets of models, the dimension of metrics and the place of processing are those of what is copied.
   *
   * @default none: such a profile has no price, and a budget in USD refuses it
   */
  readonly profiles?: Readonly<Record<string, string>>;
  /** Most output tokens of one call; also what a call gets that asks for none. @default 1024 */
  readonly maxTokens?: number;
  /**
   * Tools that may be offered and called: names, or rules by name, which their calls are held against. See `docs/tools.md`.
   * @default whatever the handler offers
   */
  readonly tools?: ToolPolicy;
  /**
   * Prices by model id, inference profile id or ARN, over those that the kit brings (`aws/bedrock/price-list.ts`). A
   * budget in USD refuses a model that has none. @default those that the kit brings
   */
  readonly prices?: PriceList;
  /** Service tiers that a call may name. @default none: a call that names one is refused */
  readonly serviceTiers?: readonly ServiceTier[];
  /**
   * Latencies that a call may ask for: `'optimized'` has prices of its own, so that a budget in USD refuses it.
   * @default none: a call that names one is refused
   */
  readonly performance?: readonly ('standard' | 'optimized')[];
  /** Fields of `additionalModelRequestFields` that a call may set, by name: `top_k`. Never those that the kit bounds. @default none */
  readonly additionalFields?: readonly string[];
  /** The guardrail of the account that every call gets. A call that names another is refused. @default what a call names */
  readonly guardrail?: GuardrailRule;
  /** Images, documents, video and sound that a call may carry, with their bounds: nobody screens them. @default none */
  readonly media?: MediaPolicy;
  /**
   * Bodies of InvokeModel that are of no family that the kit knows: refused, or screened as data and redacted, where no
   * budget counts them. See `docs/invoke-model.md`.
   * @default 'refuse'
   */
  readonly unknownBodies?: 'refuse' | 'screen';
  /** A call may end with a turn of the assistant, which the model goes on from. @default false */
  readonly prefill?: boolean;
  /** The handler gets the cache counters of a call; else they count as input, so that no client learns of others'. @default false */
  readonly showCacheUsage?: boolean;
  /** Calls may set cache points, and what they write is bounded at the price of a cache write. @default false */
  readonly promptCaching?: boolean;
  /**
   * Where the bytes of a call bound its input at more tokens than this, Bedrock is asked for their number first, so that
   * a budget holds less. @default never
   */
  readonly countTokensAbove?: number;
  /**
   * A system prompt that holds a credential, a connection string or an AWS account id: the call is refused, or it goes on
   * and is in the record. See `docs/secrets.md`.
   * @default 'refuse'
   */
  readonly systemPromptSecrets?: 'refuse' | 'flag';
  /** Withhold replies that repeat the system prompt. @default true */
  readonly protectSystemPrompt?: boolean;
  /**
   * Mark text of tools and documents in what is sent, and explain the marks in the system prompt: `'delimit'` puts a keyed
   * mark around it, `'datamark'` a keyed character before its words. See `docs/spotlighting.md`.
   * @default false: it changes what the model reads
   */
  readonly spotlight?: 'delimit' | 'datamark' | false;
  /** Put a secret word into the system prompt, and withhold replies and tool calls that say it. @default false */
  readonly canary?: boolean;
  /** How long the marks of a tenant stay the same, in hours. @default 24 */
  readonly markerEpochHours?: number;
  /** How failed calls are tried again, and when a model is left alone. @default {@link RETRY_DEFAULTS} */
  readonly retry?: RetryPolicy;
  /**
   * Models to ask in place of one that is throttled, gone or left alone, in their order, by the model that a call names.
   * Each must be admitted, priced and allowed to have the call's data like any other. @default none
   */
  readonly fallbacks?: Readonly<Record<string, readonly string[]>>;
}

const additionalField: OptionCheck = (value) => {
  if (NEVER_ADDITIONAL.has(value as string)) return 'fields that take the place of nothing that the kit has checked';
  return text()(value);
};

/** `arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/a1b2c3d4e5f6` */
const APPLICATION_PROFILE = /^arn:[^:]{1,32}:bedrock:[^:]{1,32}:\d{12}:application-inference-profile\/[a-z0-9]{1,64}$/;

const applicationProfiles: OptionCheck = (value) => {
  const isFine =
    object(value) === undefined &&
    Object.entries(value as object).every(
      ([arn, model]) =>
        APPLICATION_PROFILE.test(arn) &&
        text()(model) === undefined &&
        !model.includes(':application-inference-profile/'),
    );
  return isFine ? undefined : 'what each application inference profile is a copy of, by its ARN';
};

const GUARDRAIL_CHECKS: Readonly<Record<keyof GuardrailRule, OptionCheck>> = {
  guardrailIdentifier: text(),
  guardrailVersion: text(),
};

/** How the options of {@link ModelPolicy} are checked. */
export const MODEL_CHECKS: Readonly<Record<keyof ModelPolicy, OptionCheck>> = {
  models: listOf(text()),
  profiles: applicationProfiles,
  maxTokens: integer(1),
  tools: toolPolicy,
  prices: priceList,
  serviceTiers: listOf(oneOf(...SERVICE_TIERS)),
  performance: listOf(oneOf('standard', 'optimized')),
  additionalFields: listOf(additionalField),
  guardrail: object,
  media: object,
  unknownBodies: oneOf('refuse', 'screen'),
  prefill: flag,
  showCacheUsage: flag,
  promptCaching: flag,
  countTokensAbove: integer(0),
  systemPromptSecrets: oneOf('refuse', 'flag'),
  protectSystemPrompt: flag,
  spotlight: orOff(oneOf('delimit', 'datamark')),
  canary: flag,
  markerEpochHours: integer(1),
  retry: object,
  fallbacks: object,
};

/**
 * Checks rules that contradict each other.
 *
 * @throws TypeError for a fallback that the allowlist does not admit, and for options of retries that are none.
 */
export const checkModelPolicy = (owner: string, policy: ModelPolicy): void => {
  const { models, retry, guardrail, media, fallbacks = {} } = policy;
  if (media !== undefined) checkMediaPolicy(`${owner}.media`, media);
  if (guardrail !== undefined) {
    checkOptions(`${owner}.guardrail`, guardrail, GUARDRAIL_CHECKS);
    if (guardrail.guardrailIdentifier === undefined || guardrail.guardrailVersion === undefined)
      throw new TypeError(`${owner}.guardrail needs an identifier and a version`);
  }
  if (retry !== undefined) checkRetryPolicy(`${owner}.retry`, retry);
  for (const [model, others] of Object.entries(fallbacks)) {
    const expected = listOf(text())(others);
    if (expected !== undefined) throw new TypeError(`${owner}.fallbacks: each must be ${expected}`);
    if (others.includes(model)) throw new TypeError(`${owner}.fallbacks: no model stands in for itself`);
    if (models !== undefined && ![model, ...others].every((name) => models.includes(name)))
      throw new TypeError(`${owner}.fallbacks names a model that ${owner}.models does not admit`);
  }
};

/** How the section is checked. */
export const MODEL: PolicySection<ModelPolicy> = {
  checks: MODEL_CHECKS,
  check: (model) => checkModelPolicy('policy.model', model),
};
