/** What an error is to a client: one of the kit's table, one that the handler means to show, or none of its business. */

import type { InvocationScope } from '../../aws/invocation-scope.ts';
import { BulwarkError, isBulwarkError } from '../../core/errors.ts';

/** An error that may be shown, and how. */
export type ClassifiedError =
  | { readonly kind: 'bulwark'; readonly error: BulwarkError }
  | { readonly kind: 'exposed'; readonly status: number; readonly message: string };

/** Middy ends a handler that runs into the function's time-out with an error of this name. */
const TIMEOUT_NAME = 'TimeoutError';

/** The Vercel AI SDK's error for a stream that failed before its first word: what it failed of is not in it. */
const NO_OUTPUT_NAME = 'AI_NoOutputGeneratedError';

/** How deep a refusal may stand in errors that wrap it: a client wraps once, its retries once more, and a chain may be a circle. */
const MAX_WRAPPERS = 4;

/** The refusal in an error that wraps it, as its `cause` or, in retries of the Vercel AI SDK, as its `lastError`. */
const wrappedRefusal = (error: unknown, wrappers = MAX_WRAPPERS): BulwarkError | undefined => {
  if (isBulwarkError(error)) return error;
  if (!(error instanceof Error) || wrappers === 0) return undefined;
  const { cause, lastError } = error as { cause?: unknown; lastError?: unknown };
  return wrappedRefusal(cause, wrappers - 1) ?? wrappedRefusal(lastError, wrappers - 1);
};

/**
 * Reads an error. The convention of `http-errors` and `@middy/util` is honoured: `statusCode` 4xx with `expose: true`
 * was made to be shown. AWS SDK errors carry no `statusCode`, and nothing of theirs is shown. A refusal of the kit that
 * another client of Bedrock has wrapped is still that refusal.
 *
 * @param scope Of the request that failed.
 */
export const classifyError = (error: unknown, scope?: Pick<InvocationScope, 'monitor' | 'record'>): ClassifiedError => {
  if (isBulwarkError(error)) return { kind: 'bulwark', error };
  const { name, statusCode, expose, message } = (error ?? {}) as Record<string, unknown>;
  if (expose === true && Number.isInteger(statusCode) && (statusCode as number) >= 400 && (statusCode as number) < 500)
    return { kind: 'exposed', status: statusCode as number, message: typeof message === 'string' ? message : '' };
  const refusal = wrappedRefusal(error);
  if (refusal !== undefined) return { kind: 'bulwark', error: refusal };
  const met = name === NO_OUTPUT_NAME && scope?.monitor === false ? scope.record.refused : undefined;
  const code = met ?? (name === TIMEOUT_NAME ? 'upstream_timeout' : 'internal');
  return { kind: 'bulwark', error: new BulwarkError(code, { reason: 'handler' }) };
};
