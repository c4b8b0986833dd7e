import type { MiddlewareObj, Request } from '@middy/core';
import { PROBLEM_MEDIA_TYPE, problemResponse } from '../../core/problem.ts';
import type { HttpEvent } from '../http-event.ts';
import { sourceOf } from '../http-event.ts';
import { scopeOf } from '../request-scope.ts';
import { type ClassifiedError, classifyError } from './classify-error.ts';

/** Longest message of a handler's own error that a client reads, in UTF-16 units. */
const MAX_MESSAGE = 500;

const exposedResponse = (
  failure: Extract<ClassifiedError, { kind: 'exposed' }>,
  detail: string,
  requestId: string,
): object => ({
  statusCode: failure.status,
  headers: { 'content-type': PROBLEM_MEDIA_TYPE, 'cache-control': 'no-store' },
  body: JSON.stringify({ type: 'about:blank', status: failure.status, detail, requestId }),
});

/**
 * Turns every error into problem details (RFC 9457) with a stable code and the request id. The handler's own exposed
 * 4xx errors keep status and message, the message redacted. Events that expect no HTTP answer get the error thrown, as
 * one of the kit's: without message or cause of another.
 */
export const errorResponse = (): MiddlewareObj<HttpEvent> => {
  const errorResponseOnError = (request: Request<HttpEvent>): void => {
    const scope = scopeOf(request);
    const failure = classifyError(request.error);
    if (sourceOf(request.event) === 'other') {
      if (failure.kind === 'exposed') return;
      // Middy hangs the request's error on the one that is thrown: by then it is the same.
      request.error = failure.error;
      throw failure.error;
    }
    if (failure.kind === 'bulwark') {
      request.response = problemResponse(failure.error, scope.requestId);
      return;
    }
    const message = failure.message.slice(0, MAX_MESSAGE);
    const detail = scope.redactor?.redact(message).text ?? message;
    request.response = exposedResponse(failure, detail, scope.requestId);
  };

  return { onError: errorResponseOnError };
};
