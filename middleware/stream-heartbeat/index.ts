import type { MiddlewareObj, Request } from '@middy/core';
import { checkOptions, integer } from '../../core/options.ts';
import type { HttpEvent } from '../http-event.ts';
import { bodyKindOf, isProxyResponse, responseHeader } from '../proxy-response.ts';
import { responseStreamOf } from '../response-stream.ts';

/** Options of {@link streamHeartbeat}. */
export interface StreamHeartbeatOptions {
  /** Longest silence, in milliseconds. @default 15_000 */
  readonly everyMs?: number;
}

/** A comment, which clients ignore (WHATWG HTML, server-sent events). */
const COMMENT = ':\n\n';

/**
 * Keeps a stream of server-sent events alive while the model thinks: a comment whenever nothing else was written for so
 * long. Edge-optimised endpoints of API Gateway cut a silent stream after 30 seconds, regional ones after 5 minutes.
 *
 * @throws TypeError at creation for an unknown or invalid option.
 */
export const streamHeartbeat = (options: StreamHeartbeatOptions = {}): MiddlewareObj<HttpEvent> => {
  checkOptions('streamHeartbeat', options, { everyMs: integer(1) });
  const { everyMs = 15_000 } = options;

  const streamHeartbeatAfter = (request: Request<HttpEvent>): void => {
    const response: unknown = request.response;
    if (!isProxyResponse(response) || bodyKindOf(responseHeader(response, 'content-type') ?? '') !== 'sse') return;
    responseStreamOf(request)?.heartbeat(everyMs, COMMENT);
  };

  return { after: streamHeartbeatAfter };
};
