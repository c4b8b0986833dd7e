/** Which answers are streams, and one pump for each. */

import type { Request } from '@middy/core';
import { isProxyResponse } from './proxy-response.ts';
import { scopeOf } from './request-scope.ts';
import { createStreamPump, type StreamEnding, type StreamPump, type StreamSource } from './stream-pump.ts';

const pumps = new WeakMap<object, StreamPump>();

const isSource = (value: unknown): value is StreamSource =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/**
 * The pump of the answer of `request`, when it is a stream: a Node or web stream or an async iterable, by itself or as
 * the body of a proxy response. It takes the place of the stream in the answer.
 */
export const responseStreamOf = (request: Request): StreamPump | undefined => {
  const known = pumps.get(request);
  if (known !== undefined) return known;
  const response: unknown = request.response;
  const source = isProxyResponse(response) ? response.body : response;
  if (!isSource(source)) return undefined;
  const pump = createStreamPump(scopeOf(request), source);
  pumps.set(request, pump);
  request.response = isProxyResponse(response) ? { ...response, body: pump.readable } : pump.readable;
  return pump;
};

const FINISHED: StreamEnding = { kind: 'finished' };

/** Runs `finish` when the answer has left: now for one in one piece, at its end for a stream. */
export const whenAnswered = (
  request: Request,
  finish: (ending: StreamEnding) => void | Promise<void>,
): void | Promise<void> => {
  const pump = responseStreamOf(request);
  if (pump === undefined) return finish(FINISHED);
  pump.atEnd(finish);
};

/** Ends the stream of `request`, if it had one and nobody read it to its end. */
export const endResponseStream = async (request: Request): Promise<void> => {
  await pumps.get(request)?.abandon();
};
