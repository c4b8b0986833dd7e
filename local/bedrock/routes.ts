/** Which operation a path asks for, and which models there are. */

import { BedrockError, invalid, upstreamMessage } from './errors.ts';

/** Operations of Bedrock Runtime that the server has, by the names of the service model. */
export type Operation =
  | 'ApplyGuardrail'
  | 'Converse'
  | 'ConverseStream'
  | 'CountTokens'
  | 'InvokeGuardrailChecks'
  | 'InvokeModel'
  | 'InvokeModelWithResponseStream';

/** What a request asks for. */
export interface Route {
  readonly operation: Operation;
  /** Decoded; empty where an operation has no model. */
  readonly modelId: string;
  /** Decoded, where an operation has one. */
  readonly guardrail?: string;
}

const MODEL_PATH =
  /^\/model\/([^/]{1,6144})\/(converse|converse-stream|invoke|invoke-with-response-stream|count-tokens)$/; // /model/m/converse
const GUARDRAIL_PATH = /^\/guardrail\/([^/]{1,6144})\/version\/[^/]{1,32}\/apply$/; // /guardrail/g/version/DRAFT/apply

const MODEL_OPERATIONS: Readonly<Record<string, Operation>> = {
  converse: 'Converse',
  'converse-stream': 'ConverseStream',
  invoke: 'InvokeModel',
  'invoke-with-response-stream': 'InvokeModelWithResponseStream',
  'count-tokens': 'CountTokens',
};

const decode = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new BedrockError('ValidationException', 'The provided model identifier is invalid.');
  }
};

/** @throws BedrockError `UnknownOperationException` where there is none. */
export const routeOf = (method: string, path: string): Route => {
  const [, segment = '', action = ''] = MODEL_PATH.exec(path) ?? [];
  const operation = MODEL_OPERATIONS[action];
  if (method === 'POST') {
    if (operation !== undefined) return { operation, modelId: decode(segment) };
    const guardrail = GUARDRAIL_PATH.exec(path)?.[1];
    if (guardrail !== undefined) return { operation: 'ApplyGuardrail', modelId: '', guardrail: decode(guardrail) };
    if (path === '/guardrail-checks/invoke') return { operation: 'InvokeGuardrailChecks', modelId: '' };
  }
  throw new BedrockError('UnknownOperationException', 'The requested operation is not recognized by the service.');
};

/** `anthropic.claude-x-v1:0`, `eu.amazon.nova-lite-v1:0` */
const MODEL_ID =
  /^(?:(?:us|us-gov|eu|apac|jp|au|ca|global)\.)?(?:ai21|amazon|anthropic|cohere|deepseek|meta|mistral|openai|qwen|writer)\.[a-z0-9][a-z0-9.:-]{0,127}$/;
/** `arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/abc` */
const MODEL_ARN =
  /^arn:aws[a-z-]{0,16}:bedrock:[a-z0-9-]{1,32}:\d{0,12}:(?:foundation-model|inference-profile|application-inference-profile|provisioned-model|custom-model-deployment|imported-model|prompt|prompt-router)\/[\w.:/-]{1,200}$/;
/** Models that were there once, for tests of what a missing one does: `amazon.retired-v1` */
const RETIRED = /\bretired\b/;

/**
 * Lets the identifiers of models pass.
 *
 * @throws BedrockError `ValidationException` for what is no identifier, `ResourceNotFoundException` for a retired model.
 */
export const checkModel = (modelId: string): void => {
  if (!MODEL_ID.test(modelId) && !MODEL_ARN.test(modelId))
    throw invalid(modelId, 'The provided model identifier is invalid.');
  if (RETIRED.test(modelId))
    throw new BedrockError(
      'ResourceNotFoundException',
      `This model version has reached the end of its life. ${upstreamMessage('ResourceNotFoundException', modelId)}`,
    );
};
