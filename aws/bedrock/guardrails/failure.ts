/** What an error of a call means, and what it may have cost. */

import { isBulwarkError } from '../../../core/errors.ts';
import type { UnknownCause } from './cause.ts';

const THROTTLED: readonly string[] = [
  'ThrottlingException',
  'ServiceQuotaExceededException',
  'TooManyRequestsException',
];

interface SdkError {
  readonly name?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: unknown };
}

/** An error, read. */
export interface Failure {
  readonly cause: UnknownCause;
  /** Whether the text may have been judged, and is billed: only an answer that says no rules that out. */
  readonly isBillable: boolean;
}

/** Reads what a call threw. Nothing of its message is kept: it may name the house, or quote the text. */
export const failureOf = (error: unknown): Failure => {
  if (isBulwarkError(error)) return { cause: 'refused', isBillable: false };
  const { name, $metadata } = (typeof error === 'object' && error !== null ? error : {}) as SdkError;
  const status = Number($metadata?.httpStatusCode);
  const isBillable = !(status >= 400);
  if (status === 429 || THROTTLED.includes(String(name))) return { cause: 'throttled', isBillable: false };
  if (status >= 400 && status < 500) return { cause: 'refused', isBillable };
  if (name === 'SyntaxError') return { cause: 'unreadable', isBillable: true };
  return { cause: 'unavailable', isBillable };
};
