import type { MiddlewareObj, Request } from '@middy/core';
import type { InvocationScope } from '../../aws/invocation-scope.ts';
import { BulwarkError } from '../../core/errors.ts';
import { PROBLEM_MEDIA_TYPE, type ProblemResponse, problemResponse } from '../../core/problem.ts';
import { type HttpEvent, isHttp, sourceOf } from '../http-event.ts';
import { bodyKindOf, isProxyResponse, responseHeader } from '../proxy-response.ts';
import { scopeOf } from '../request-scope.ts';
import { responseStreamOf } from '../response-stream.ts';
import { type ClassifiedError, classifyError } from './classify-error.ts';

/** Longest message of a handler's own error that a client reads, in UTF-16 units. */
const MAX_MESSAGE = 500;

type Exposed = Extract<ClassifiedError, { kind: 'exposed' }>;

const exposedResponse = (scope: InvocationScope, { status, message }: Exposed): ProblemResponse => {
  const short = message.slice(0, MAX_MESSAGE);
  const detail = scope.redactor?.redact(short).text ?? short;
  return {
    statusCode: status,
    headers: { 'content-type': PROBLEM_MEDIA_TYPE, 'cache-control': 'no-store' },
    body: JSON.stringify({ type: 'about:blank', status, detail, requestId: scope.requestId }),
  };
};

const responseFor = (scope: InvocationScope, failure: ClassifiedError): ProblemResponse =>
  failure.kind === 'bulwark' ? problemResponse(failure.error, scope.requestId) : exposedResponse(scope, failure);

/** The problem as the last frame of a stream. Blank lines end a frame that was under way, and are nothing between two. */
const lastFrame = (kind: 'sse' | 'ndjson', problem: string, betweenFrames: boolean): string => {
  if (kind === 'ndjson') return `${betweenFrames ? '' : '\n'}{"error":${problem}}\n`;
  return `${betweenFrames ? '' : '\n\n'}event: error\ndata: ${problem}\n\n`;
};

/**
 * Turns every error into problem details (RFC 9457) with a stable code and the request id. The handler's own exposed
 * 4xx errors keep status and message, the message redacted. A stream of server-sent events or NDJSON that fails on its
 * way ends with the problem as its last frame; any other stream breaks off. Events that expect no HTTP answer get the
 * error thrown, as one of the kit's, under the name of its code: without message or cause of another.
 */
export const errorResponse = (): MiddlewareObj<HttpEvent> => {
  const errorResponseAfter = (request: Request<HttpEvent>): void => {
    const pump = responseStreamOf(request);
    if (pump === undefined) return;
    const scope = scopeOf(request);
    const response: unknown = request.response;
    const kind = bodyKindOf((isProxyResponse(response) && responseHeader(response, 'content-type')) || 'text/plain');
    pump.onFailure((error, betweenFrames) => {
      const failure = classifyError(error, scope);
      if (kind === 'sse' || kind === 'ndjson') return lastFrame(kind, responseFor(scope, failure).body, betweenFrames);
      return failure.kind === 'bulwark' ? failure.error : new BulwarkError('internal', { reason: 'handler' });
    });
  };

  const errorResponseOnError = (request: Request<HttpEvent>): void => {
    const failure = classifyError(request.error, scopeOf(request));
    if (isHttp(sourceOf(request.event))) {
      request.response = responseFor(scopeOf(request), failure);
      return;
    }
    if (failure.kind === 'exposed') return;
    // Middy hangs the request's error on the one that is thrown: by then it is the same.
    request.error = failure.error;
    // Lambda reports name and message of what is thrown: whoever invoked the function tells refusals apart by the name.
    Object.defineProperty(failure.error, 'name', { value: failure.error.code });
    throw failure.error;
  };

  return { after: errorResponseAfter, onError: errorResponseOnError };
};
