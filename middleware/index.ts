/** bedrock-bulwark: guards Lambda handlers that call Amazon Bedrock. */

export { runTools } from '../aws/bedrock/agent/run-tools.ts';
export type {
  RunnableTool,
  RunToolsLimits,
  RunToolsOptions,
  RunToolsResult,
  ToolContext,
} from '../aws/bedrock/agent/types.ts';
export {
  approveTools,
  type ClientRules,
  type GuardFetchOptions,
  guardClient,
  guardFetch,
  toolDigest,
} from '../aws/bedrock/index.ts';
export { BulwarkError, ERRORS, type ErrorCode, isBulwarkError } from '../core/errors.ts';
export { definePolicy, type Policy } from '../core/policy.ts';
export { type AccountQuota, accountBudgets } from '../core/quota/account-budgets.ts';
export type { GuardServices } from './chain.ts';
export {
  type GuardableHandler,
  type GuardedContext,
  type GuardHandler,
  guardHandler,
} from './guard-handler.ts';
export type { ValidatedEvent } from './input-validation/index.ts';
export type { ResponseStream, StreamHandler } from './stream-handler.ts';
