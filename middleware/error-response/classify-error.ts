/** What an error is to a client: one of the kit's table, one that the handler means to show, or none of its business. */

import { BulwarkError, isBulwarkError } from '../../core/errors.ts';

/** An error that may be shown, and how. */
export type ClassifiedError =
  | { readonly kind: 'bulwark'; readonly error: BulwarkError }
  | { readonly kind: 'exposed'; readonly status: number; readonly message: string };

/** Middy ends a handler that runs into the function's time-out with an error of this name. */
const TIMEOUT_NAME = 'TimeoutError';

/**
 * Reads an error. The convention of `http-errors` and `@middy/util` is honoured: `statusCode` 4xx with `expose: true`
 * was made to be shown. AWS SDK errors carry no `statusCode`, and nothing of theirs is shown.
 */
export const classifyError = (error: unknown): ClassifiedError => {
  if (isBulwarkError(error)) return { kind: 'bulwark', error };
  const { name, statusCode, expose, message } = (error ?? {}) as Record<string, unknown>;
  if (expose === true && Number.isInteger(statusCode) && (statusCode as number) >= 400 && (statusCode as number) < 500)
    return { kind: 'exposed', status: statusCode as number, message: typeof message === 'string' ? message : '' };
  const code = name === TIMEOUT_NAME ? 'upstream_timeout' : 'internal';
  return { kind: 'bulwark', error: new BulwarkError(code, { reason: 'handler' }) };
};
