/** What a failure of Bedrock or of the way to it means: for the client, and for what has to be charged. */

import { BulwarkError, type ErrorCode } from '../../core/errors.ts';

/** A failed call. */
export interface UpstreamFailure {
  readonly error: BulwarkError;
  /** Whether Bedrock may have generated tokens: then the call is charged at its bound. */
  readonly billable: boolean;
}

/** Errors that Bedrock answers with before a model runs, by class name, with what a client is told. */
const REFUSED_BEFORE_GENERATION: Readonly<Record<string, ErrorCode>> = {
  ThrottlingException: 'upstream_throttled',
  ModelNotReadyException: 'upstream_throttled',
  ServiceQuotaExceededException: 'upstream_throttled',
  ServiceUnavailableException: 'upstream_throttled',
  AccessDeniedException: 'upstream_unavailable',
  ResourceNotFoundException: 'upstream_unavailable',
  ValidationException: 'upstream_unavailable',
  ConflictException: 'upstream_unavailable',
  CredentialsProviderError: 'upstream_unavailable',
};

const TIMEOUTS = new Set(['ModelTimeoutException', 'TimeoutError', 'AbortError']);

/** Seconds that a throttled client is asked to wait: Bedrock's own buckets refill by the minute. */
const THROTTLE_RETRY_AFTER_SECONDS = 10;

const nameOf = (error: unknown): string => {
  const name = error instanceof Error ? error.name : '';
  return /^[A-Za-z]{1,64}$/.test(name) ? name : 'UnknownError';
};

/** Reads a failure. Only the class name of the original survives, never its message. */
export const upstreamFailure = (error: unknown): UpstreamFailure => {
  const reason = nameOf(error);
  const refused = Object.hasOwn(REFUSED_BEFORE_GENERATION, reason) ? REFUSED_BEFORE_GENERATION[reason] : undefined;
  const code = refused ?? (TIMEOUTS.has(reason) ? 'upstream_timeout' : 'upstream_unavailable');
  const headers: Record<string, string> =
    code === 'upstream_throttled' ? { 'retry-after': String(THROTTLE_RETRY_AFTER_SECONDS) } : {};
  return { error: new BulwarkError(code, { reason, headers }), billable: refused === undefined };
};
