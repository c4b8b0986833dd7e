/** What the kit itself sets in a call that was admitted: its bound, its guardrail, and by what it is found in logs. */

import { REQUEST_ID_METADATA } from '../../core/converse/parameters.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import { type ClientRules, DEFAULT_MAX_TOKENS } from './client-rules.ts';

/** The input of a Converse or ConverseStream call, as the SDK types it. */
export type CallInput = {
  readonly modelId?: string | undefined;
  inferenceConfig?: { maxTokens?: number | undefined } | undefined;
  requestMetadata?: Record<string, string> | undefined;
};

const REQUEST_ID = /^[\w-]{1,64}$/; // 3f2504e0-4f89-11d3-9a0c-0305e82c3301

/** The call as it is sent: its output is bounded, its guardrail is that of the rules, its metadata name the invocation. */
export const boundedCall = <Input extends CallInput>(
  { requestId }: InvocationScope,
  { maxTokens = DEFAULT_MAX_TOKENS, guardrail }: ClientRules,
  input: Input,
): Input => {
  const asked = input.inferenceConfig?.maxTokens ?? maxTokens;
  return {
    ...input,
    modelId: input.modelId ?? '',
    inferenceConfig: { ...input.inferenceConfig, maxTokens: Math.min(asked, maxTokens) },
    ...(guardrail && { guardrailConfig: { ...guardrail } }),
    ...(REQUEST_ID.test(requestId) && {
      requestMetadata: { ...input.requestMetadata, [REQUEST_ID_METADATA]: requestId },
    }),
  };
};
