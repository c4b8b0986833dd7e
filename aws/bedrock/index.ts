/** The Bedrock edge: `guardClient` and what it is configured with. */

export { runTools } from './agent/run-tools.ts';
export type {
  LoopUsage,
  RunnableTool,
  RunToolsLimits,
  RunToolsOptions,
  RunToolsResult,
  ToolContext,
  ToolFailure,
} from './agent/types.ts';
export { STREAM_HOLD_BACK } from './clean-stream.ts';
export { type ClientRules, DEFAULT_MAX_TOKENS } from './client-rules.ts';
export { createBedrockClient } from './create-client.ts';
export { guardClient } from './guard-client.ts';
export { type GuardFetchOptions, guardFetch } from './guard-fetch/index.ts';
export { createGuardrailChecks, type GuardrailChecksOptions, type GuardrailUse } from './guardrail-checks/index.ts';
export {
  createGuardrailRedaction,
  type GuardrailRedactionOptions,
  type GuardrailRedactionUse,
} from './guardrail-redaction/index.ts';
export { PRICE_LIST, PRICE_SOURCES, PRICES_AS_OF } from './price-list.ts';
export { restorePseudonyms } from './pseudonyms.ts';
export { approveTools } from './tools/scope-tools.ts';
export { toolDigest } from './tools/tool-digest.ts';
