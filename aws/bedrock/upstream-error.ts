/**
 * What a failure of Bedrock or of the way to it means: for the client, for what has to be charged, and for whether to try
 * again. Source of classes and statuses: API Reference, "Converse", errors.
 */

import { BulwarkError, type ErrorCode } from '../../core/errors.ts';
import { retryAfterMs } from '../../core/retry/backoff.ts';

/**
 * Whether Bedrock bills for a failed call: it certainly does not, since no model ran; it certainly does, since one did; or
 * nobody knows. What is not certainly free is charged at its bound.
 */
export type Billing = 'free' | 'unknown' | 'billed';

/** What an error of the service stands for. */
interface ErrorMeaning {
  readonly code: ErrorCode;
  readonly billing: Billing;
  /** Whether the same call may succeed a moment later. */
  readonly transient: boolean;
}

const meaning = (code: ErrorCode, billing: Billing, transient = false): ErrorMeaning => ({ code, billing, transient });

/** Errors by class name: those of the service model, and those that the SDK makes itself. */
const MEANINGS: Readonly<Record<string, ErrorMeaning>> = {
  ThrottlingException: meaning('upstream_throttled', 'free', true),
  ModelNotReadyException: meaning('upstream_throttled', 'free', true),
  ServiceUnavailableException: meaning('upstream_throttled', 'free', true),
  ServiceQuotaExceededException: meaning('upstream_throttled', 'free'),
  AccessDeniedException: meaning('upstream_unavailable', 'free'),
  ResourceNotFoundException: meaning('upstream_unavailable', 'free'),
  ValidationException: meaning('upstream_unavailable', 'free'),
  ConflictException: meaning('upstream_unavailable', 'free'),
  CredentialsProviderError: meaning('upstream_unavailable', 'free'),
  InternalServerException: meaning('upstream_unavailable', 'unknown', true),
  ModelErrorException: meaning('upstream_unavailable', 'billed'),
  ModelStreamErrorException: meaning('upstream_unavailable', 'billed'),
  ModelTimeoutException: meaning('upstream_timeout', 'billed'),
  TimeoutError: meaning('upstream_timeout', 'unknown', true),
  AbortError: meaning('upstream_timeout', 'unknown'),
};

/** What the operating system was asked for when a connection never came about: nothing was sent. */
const CONNECTING: ReadonlySet<unknown> = new Set(['connect', 'getaddrinfo']);

/** The rest goes by its status; what has none was lost on the way. */
const byStatus = (status: number): ErrorMeaning => {
  if (status === 429) return meaning('upstream_throttled', 'free', true);
  if (status >= 400 && status < 500) return meaning('upstream_unavailable', 'free');
  return meaning('upstream_unavailable', 'unknown', true);
};

/** A failed call. */
export interface UpstreamFailure {
  readonly error: BulwarkError;
  readonly billing: Billing;
  readonly transient: boolean;
  /** Whether the client stopped to wait: how long it waits is its own affair. */
  readonly isOwnTimeout: boolean;
  /** How long Bedrock asks to be left alone, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** The service's own id of the request, to ask AWS about. */
  readonly requestId: string | undefined;
}

/** What the SDK hangs on its errors. */
interface SdkError {
  readonly name?: unknown;
  readonly syscall?: unknown;
  readonly $metadata?: {
    readonly httpStatusCode?: unknown;
    readonly requestId?: unknown;
    readonly clockSkewCorrected?: unknown;
  };
  readonly $response?: { readonly headers?: Readonly<Record<string, unknown>> };
}

const CLASS_NAME = /^[A-Za-z]{1,64}$/; // ThrottlingException
const REQUEST_ID = /^[\w-]{1,64}$/; // 3f2504e0-4f89-11d3-9a0c-0305e82c3301

/** Seconds that a throttled client is asked to wait where Bedrock names none: its own buckets refill by the minute. */
const THROTTLE_RETRY_AFTER_SECONDS = 10;

/** The longest wait that a client is asked for, in seconds. */
const MAX_RETRY_AFTER_SECONDS = 600;

/** Failures that cost nothing and lie with the model, not with the call: another model may be asked. */
const elsewhere = new WeakSet<BulwarkError>();

/** Whether another model may be asked after `error`. */
export const mayGoElsewhere = (error: unknown): boolean => elsewhere.has(error as BulwarkError);

/** Says of `error` that no other model is to be asked: something may have been billed. */
export const stayHere = (error: BulwarkError): void => {
  elsewhere.delete(error);
};

/** The header that tells a client to wait so many milliseconds. */
export const retryAfterHeader = (ms: number): Readonly<Record<string, string>> => ({
  'retry-after': String(Math.max(1, Math.min(MAX_RETRY_AFTER_SECONDS, Math.ceil(ms / 1000)))),
});

/** The failure of a call to a model that is left alone for so many milliseconds. */
export const breakerOpen = (ms: number): BulwarkError => {
  const error = new BulwarkError('upstream_throttled', { reason: 'breaker-open', headers: retryAfterHeader(ms) });
  elsewhere.add(error);
  return error;
};

/** Bedrock's own id of a request, where what the SDK answers or throws has one. */
export const upstreamIdOf = (answer: unknown): string | undefined => {
  const { $metadata }: SdkError = typeof answer === 'object' && answer !== null ? answer : {};
  const id = $metadata?.requestId;
  return typeof id === 'string' && REQUEST_ID.test(id) ? id : undefined;
};

const meaningOf = (name: string, { syscall, $metadata }: SdkError): ErrorMeaning => {
  if (CONNECTING.has(syscall)) return meaning('upstream_unavailable', 'free', true);
  const known =
    (Object.hasOwn(MEANINGS, name) ? MEANINGS[name] : undefined) ?? byStatus(Number($metadata?.httpStatusCode));
  // The SDK has set its clock right by what the service said: where no model ran, the next signature holds.
  return known.billing === 'free' && $metadata?.clockSkewCorrected === true ? { ...known, transient: true } : known;
};

/**
 * Reads a failure. Only the class name of the original and the request's id survive, never its message.
 *
 * @param answered Whether the answer had begun: then a model has run, whatever became of it.
 * @param now Milliseconds since the epoch.
 */
export const upstreamFailure = (error: unknown, answered = false, now: number = Date.now()): UpstreamFailure => {
  const sdkError: SdkError = typeof error === 'object' && error !== null ? error : {};
  const { name, $response } = sdkError;
  const reason = error instanceof Error && CLASS_NAME.test(String(name)) ? String(name) : 'UnknownError';
  const { code, billing, transient } = meaningOf(reason, sdkError);
  const asked = retryAfterMs($response?.headers ?? {}, now);
  const headers = code === 'upstream_throttled' ? retryAfterHeader(asked ?? THROTTLE_RETRY_AFTER_SECONDS * 1000) : {};
  const refusal = new BulwarkError(code, { reason, headers });
  if (!answered && (code === 'upstream_throttled' || reason === 'ResourceNotFoundException')) elsewhere.add(refusal);
  return {
    error: refusal,
    billing: answered ? 'billed' : billing,
    transient: transient && !answered,
    isOwnTimeout: reason === 'TimeoutError',
    retryAfterMs: asked,
    requestId: upstreamIdOf(sdkError),
  };
};

/** Reads a failure of a call that did not go out, whatever its name says: nothing was billed, and nothing is at Bedrock. */
export const unsentFailure = (error: unknown): UpstreamFailure => {
  const failure = upstreamFailure(error);
  stayHere(failure.error);
  return { ...failure, billing: 'free', transient: false };
};
