/** A request and its response while they last. */

import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { AnyRequest, AnyResponse } from './connection.ts';
import { BedrockError } from './errors.ts';
import type { LogEntry } from './request-log.ts';

/** A request under way. */
export interface Exchange {
  readonly response: AnyResponse;
  readonly requestId: string;
  /** Aborted when there is nobody left to write to. */
  readonly gone: AbortSignal;
  /** Stands in the log as soon as the request is known to be one. */
  entry: LogEntry | undefined;
  /** The server itself ends the answer early: the client did not abort. */
  isCut: boolean;
}

/** Bytes of a body at most, as InvokeModel has it. */
const MAX_BODY = 25_000_000;

/** Follows a request until its end. */
export const createExchange = (response: AnyResponse): Exchange => {
  const controller = new AbortController();
  const exchange: Exchange = {
    response,
    requestId: randomUUID(),
    gone: controller.signal,
    entry: undefined,
    isCut: false,
  };
  response.once('close', () => {
    if (exchange.entry !== undefined && !exchange.isCut) exchange.entry.aborted = !response.writableEnded;
    controller.abort();
  });
  response.on('error', () => {});
  return exchange;
};

/** Waits, but not for a client that has gone. */
export const pause = (ms: number, gone: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal: gone }).catch(() => {});

/** Resolves when there is nobody left to write to. */
export const whenGone = (gone: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (gone.aborted) resolve();
    else gone.addEventListener('abort', () => resolve(), { once: true });
  });

/** Reads a body; of one that is too large nothing is kept. Undefined when the client left before its end. */
export const readBody = (request: AnyRequest): Promise<Buffer | undefined> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY) chunks.push(chunk);
      else chunks.length = 0;
    });
    request.once('end', () =>
      size <= MAX_BODY
        ? resolve(Buffer.concat(chunks))
        : reject(new BedrockError('ValidationException', `Input is too long: ${size} bytes > ${MAX_BODY} maximum.`)),
    );
    request.once('error', () => resolve(undefined));
    request.once('close', () => resolve(undefined));
  });

/** Writes the head of an answer. */
export const writeHead = (
  { response, requestId, entry }: Exchange,
  status: number,
  headers: Readonly<Record<string, string>>,
): void => {
  if (entry !== undefined) entry.status = status;
  (response as ServerResponse).writeHead(status, { 'x-amzn-requestid': requestId, ...headers });
};

/** Answers with an error, unless an answer was begun. */
export const sendError = (exchange: Exchange, error: unknown): void => {
  const { response } = exchange;
  if (response.headersSent || response.destroyed) return;
  const { type, message, status, headers } =
    error instanceof BedrockError ? error : new BedrockError('InternalServerException', String(error));
  writeHead(exchange, status, {
    ...headers,
    'content-type': 'application/json',
    'x-amzn-errortype': `${type}:http://internal.amazon.com/coral/com.amazon.bedrock/`,
  });
  response.end(JSON.stringify({ message, originalStatusCode: status, resourceName: 'model' }));
};

/** Answers with JSON. */
export const sendJson = (exchange: Exchange, body: object, headers: Readonly<Record<string, string>> = {}): void => {
  writeHead(exchange, 200, { 'content-type': 'application/json', ...headers });
  exchange.response.end(JSON.stringify(body));
};
