/** What a runtime client posts to the Runtime API about an invocation, or about its start. */

import type http from 'node:http';
import { failure, type InvokeResult, type StreamListener } from '../function-host/protocol.ts';

/** What an invocation came to, and the status that the client is answered with. */
export interface PostedAnswer {
  readonly result: InvokeResult;
  readonly status: number;
}

/** Largest answer in one piece (Lambda quotas: 6 MB; the runtime interface emulator adds 100 bytes). */
const MAX_ANSWER = 6_291_556;

const ACCEPTED = 202;
const TOO_LARGE = 413;
const HEADER_ERROR_TYPE = 'lambda-runtime-function-error-type';
const HEADER_ERROR_BODY = 'lambda-runtime-function-error-body';
const HEADER_MODE = 'lambda-runtime-function-response-mode';

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** The error that a text describes: `{ errorType, errorMessage }`. */
const errorOf = (text: string, type: string | undefined): InvokeResult => {
  const { errorType = type ?? 'Unknown', errorMessage = '' } = (parse(text) ?? {}) as Readonly<Record<string, unknown>>;
  return failure(String(errorType), String(errorMessage));
};

/** An answer as it comes. What failed before its first byte has no head. Rejects when the client breaks it off. */
const readStream = async (request: http.IncomingMessage, listener: StreamListener): Promise<InvokeResult> => {
  let begun = false;
  const begin = (): void => {
    if (!begun) listener.head(request.headers['content-type'] ?? 'application/octet-stream');
    begun = true;
  };
  for await (const chunk of request) {
    begin();
    listener.chunk(chunk as Buffer);
  }
  const { [HEADER_ERROR_TYPE]: type, [HEADER_ERROR_BODY]: body } = request.trailers;
  if (type !== undefined) return errorOf(Buffer.from(body ?? '', 'base64').toString(), type);
  begin();
  return { ok: true, value: null };
};

/** Reads a post to its end. */
export const readAnswer = async (
  request: http.IncomingMessage,
  isError: boolean,
  listener: StreamListener | undefined,
): Promise<PostedAnswer> => {
  const { headers } = request;
  if (!isError && listener !== undefined && headers[HEADER_MODE] === 'streaming')
    return { result: await readStream(request, listener), status: ACCEPTED };
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size <= MAX_ANSWER) chunks.push(chunk as Buffer);
  }
  if (size > MAX_ANSWER)
    return { result: failure('Function.ResponseSizeTooLarge', `${size} bytes exceed the limit`), status: TOO_LARGE };
  const text = Buffer.concat(chunks).toString();
  const type = headers[HEADER_ERROR_TYPE];
  if (isError) return { result: errorOf(text, type === undefined ? undefined : String(type)), status: ACCEPTED };
  return { result: { ok: true, value: parse(text) }, status: ACCEPTED };
};
