/**
 * The one table of errors that a client can meet. Every refusal of the kit is a {@link BulwarkError} with a code of
 * this table; nothing else about an error leaves the house.
 */

import type { ToolApproval } from './tools/approval.ts';

/**
 * Every code with its HTTP status (RFC 9110), its title and the sentence that a client reads (RFC 9457). Codes are stable:
 * clients may branch on them.
 */
export const ERRORS = {
  body_too_large: { status: 413, title: 'Body too large', detail: 'The request body is over the byte limit.' },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported media type',
    detail: 'Send unencoded application/json in UTF-8.',
  },
  malformed_json: { status: 422, title: 'Malformed JSON', detail: 'The request body is not acceptable JSON.' },
  invalid_request: { status: 400, title: 'Invalid request', detail: 'The request does not match its schema.' },
  content_not_allowed: {
    status: 400,
    title: 'Content not allowed',
    detail: 'A role, content block or parameter of the request is not admitted.',
  },
  data_not_allowed: {
    status: 400,
    title: 'Data not allowed',
    detail: 'Data of this class may not be sent to this model.',
  },
  unauthenticated: { status: 401, title: 'Unauthenticated', detail: 'The request proves no caller.' },
  confirmation_required: {
    status: 428,
    title: 'Confirmation required',
    detail: 'The request is large. Send it again unchanged with the confirmation token.',
  },
  confirmation_invalid: {
    status: 400,
    title: 'Confirmation invalid',
    detail: 'The confirmation token is expired, used, or not made for this request.',
  },
  prompt_rejected: { status: 400, title: 'Prompt rejected', detail: 'The prompt was rejected.' },
  caller_suspended: { status: 429, title: 'Caller suspended', detail: 'Too many rejected prompts. Try again later.' },
  quota_exceeded: { status: 429, title: 'Quota exceeded', detail: 'A usage budget would be passed.' },
  request_never_fits: {
    status: 400,
    title: 'Request never fits',
    detail: 'The request is larger than a whole usage budget.',
  },
  model_not_allowed: { status: 403, title: 'Model not allowed', detail: 'The model is not admitted.' },
  model_unpriced: { status: 503, title: 'Model unpriced', detail: 'The model has no price to account with.' },
  tool_not_allowed: { status: 403, title: 'Tool not allowed', detail: 'A tool call is not admitted.' },
  tool_approval_required: {
    status: 428,
    title: 'Tool approval required',
    detail: 'A tool call waits for approval.',
  },
  loop_limit_reached: { status: 409, title: 'Loop limit reached', detail: 'The agent loop reached its bound.' },
  output_blocked: { status: 502, title: 'Output blocked', detail: 'The reply was withheld.' },
  output_truncated: { status: 502, title: 'Output truncated', detail: 'The reply ended before its end.' },
  upstream_throttled: {
    status: 503,
    title: 'Upstream throttled',
    detail: 'The model is over capacity. Try again later.',
  },
  upstream_unavailable: { status: 502, title: 'Upstream unavailable', detail: 'The model did not answer.' },
  upstream_timeout: { status: 504, title: 'Upstream timeout', detail: 'The model did not answer in time.' },
  control_unavailable: {
    status: 503,
    title: 'Control unavailable',
    detail: 'A safety control could not decide. Try again later.',
  },
  internal: { status: 500, title: 'Internal error', detail: 'The request failed.' },
} as const;

/** The stable code of an error, as in problem+json's `code` and a log's `code`. */
export type ErrorCode = keyof typeof ERRORS;

/** A schema issue without its value: a code and the schema's own path. */
export interface RequestIssue {
  readonly code: string;
  readonly path: readonly (string | number)[];
}

/** What a client may learn beside the code. Every field but `approval` is of the kit's own making. */
export interface ErrorExtra {
  /** Bytes or budget units, by code. */
  readonly limit?: number;
  /** At most ten schema issues (`invalid_request`). */
  readonly issues?: readonly RequestIssue[];
  /** Upper estimate in tokens (`confirmation_required`). */
  readonly estimate?: number;
  /** Token that confirms this very request (`confirmation_required`). */
  readonly token?: string;
  /** When the token expires, ISO 8601 (`confirmation_required`). */
  readonly expiresAt?: string;
  /** The tool call that waits (`tool_approval_required`): its arguments are the model's, and belong in no log. */
  readonly approval?: ToolApproval;
}

/** What stands behind an error, for logs and headers: never content, never a foreign message. */
export interface BulwarkErrorOptions {
  readonly extra?: ErrorExtra;
  /** Response headers such as `retry-after`, names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** For the log only: an identifier of the kit or the class name of a foreign error, e.g. `ThrottlingException`. */
  readonly reason?: string;
}

/** The same in every copy of the package. */
const BRAND = Symbol.for('bedrock-bulwark.error');

/**
 * A refusal or failure with a code of {@link ERRORS}.
 *
 * It carries `statusCode` and `expose`, so that Middy's own http-error-handler understands it in a chain that does not
 * use the kit's `errorResponse`. It never carries a `cause`: causes print content.
 *
 * @example
 * throw new BulwarkError('quota_exceeded', { headers: { 'retry-after': '30' } });
 */
export class BulwarkError extends Error {
  override readonly name = 'BulwarkError';
  readonly code: ErrorCode;
  readonly statusCode: number;
  readonly expose = true;
  readonly extra: ErrorExtra;
  readonly headers: Readonly<Record<string, string>>;
  readonly reason: string | undefined;

  constructor(code: ErrorCode, options: BulwarkErrorOptions = {}) {
    super(ERRORS[code].detail);
    Object.defineProperty(this, BRAND, { value: true });
    // Middy hangs the error that came before on whatever is thrown after it: its text would leave with this one.
    Object.defineProperty(this, 'cause', { get: () => undefined, set: () => {} });
    this.code = code;
    this.statusCode = ERRORS[code].status;
    this.extra = options.extra ?? {};
    this.headers = options.headers ?? {};
    this.reason = options.reason;
  }
}

/** Whether `value` is a {@link BulwarkError}, also one of another copy of this package. */
export const isBulwarkError = (value: unknown): value is BulwarkError =>
  typeof value === 'object' && value !== null && (value as { [BRAND]?: unknown })[BRAND] === true;
