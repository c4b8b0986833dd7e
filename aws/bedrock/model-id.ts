/**
 * The names that a model goes by in a call: its own id, an inference profile's, an ARN of either.
 * Sources: https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html,
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonbedrock.html
 */

import type { ModelPolicy } from '../../core/policy.ts';

/** `arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.amazon.nova-lite-v1:0`; other partitions have other prices. */
const ARN = /^arn:aws:bedrock:[a-z0-9-]*:[0-9]*:(?:foundation-model|inference-profile)\/(.*)$/;

/** `eu.` of `eu.amazon.nova-lite-v1:0`. That of GovCloud is none of them: it has prices of its own. */
const GEOGRAPHY = /^(?:global|us|eu|apac|jp|au|ca|in)\.(.*)$/;

/** The id of the foundation model that a call names; what names none (an application inference profile) as it is. */
export const foundationModelId = (modelId: string): string => {
  const id = ARN.exec(modelId)?.[1] ?? modelId;
  return GEOGRAPHY.exec(id)?.[1] ?? id;
};

/**
 * What a call's model is a copy of, where it names an application inference profile of `profiles` ({@link
 * ModelPolicy.profiles}); else the model as the call names it.
 */
export const namedModel = (modelId: string, profiles: ModelPolicy['profiles']): string =>
  profiles !== undefined && Object.hasOwn(profiles, modelId) ? (profiles[modelId] ?? modelId) : modelId;

/** What a model may stand under in a list, the most exact first. */
export const modelKeys = (modelId: string, profiles?: ModelPolicy['profiles']): readonly string[] => {
  const named = namedModel(modelId, profiles);
  return [...new Set([modelId, named, ARN.exec(named)?.[1] ?? named, foundationModelId(named)])];
};
