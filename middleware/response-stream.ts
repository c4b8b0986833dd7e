/** Which answers are streams, and one pump for each. */

import type { Request } from '@middy/core';
import type { InvocationScope } from '../aws/invocation-scope.ts';
import { isProxyResponse } from './proxy-response.ts';
import { scopeOf } from './request-scope.ts';
import { createStreamPump, type StreamPump } from './stream-pump.ts';
import type { StreamEnding, StreamSource } from './stream-reader.ts';

const pumps = new WeakMap<InvocationScope, StreamPump>();

/** Whether `value` is read piece by piece: a Node or web stream or an async iterable. */
export const isStream = (value: unknown): value is StreamSource =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value;

/**
 * The pump of the answer of `request`, when it is a stream: a Node or web stream or an async iterable, by itself or as
 * the body of a proxy response. It takes the place of the stream in the answer.
 */
export const responseStreamOf = (request: Request): StreamPump | undefined => {
  const scope = scopeOf(request);
  const known = pumps.get(scope);
  if (known !== undefined) return known;
  const response: unknown = request.response;
  const source = isProxyResponse(response) ? response.body : response;
  if (!isStream(source)) return undefined;
  const pump = createStreamPump(scope, source);
  pumps.set(scope, pump);
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

/** Ends the stream of an invocation, if it had one and nobody read it to its end. */
export const endStreamOf = async (scope: InvocationScope): Promise<void> => {
  await pumps.get(scope)?.abandon();
};
