/** The answer of a handler, as API Gateway reads it, and what its media type says about its body. */

import { type EventSource, isHttp } from './http-event.ts';

/** How a body is made up: one JSON value, frames, text, or bytes that nobody can look into. */
export type BodyKind = 'json' | 'sse' | 'ndjson' | 'text' | 'bytes';

const JSON_TYPE = /^application\/(?:[\w.-]{1,64}\+)?json(?:$|[\s;])/i; // application/problem+json; charset=utf-8
const SSE_TYPE = /^text\/event-stream(?:$|[\s;])/i; // text/event-stream
const NDJSON_TYPE = /^application\/(?:x-)?(?:ndjson|jsonl|jsonlines|json-seq)(?:$|[\s;])/i; // application/x-ndjson
const TEXT_TYPE = /^(?:text\/|application\/(?:xml|javascript|x-www-form-urlencoded)(?:$|[\s;]))/i; // text/html

const CHARSET = /;\s{0,64}charset\s{0,8}=\s{0,8}"?([^\s;"]{1,64})/i; // text/html; charset=utf-8
const LIKE_ASCII = /^(?:utf-?8|(?:us-)?ascii|iso-?8859-\d{1,2}|latin1|windows-125\d)$/i; // what is ASCII looks the same in these

/** The kind of a body, by its media type. What is in a charset that hides ASCII is bytes. */
export const bodyKindOf = (contentType: string): BodyKind => {
  if (!LIKE_ASCII.test(CHARSET.exec(contentType)?.[1] ?? 'utf-8')) return 'bytes';
  if (JSON_TYPE.test(contentType)) return 'json';
  if (SSE_TYPE.test(contentType)) return 'sse';
  if (NDJSON_TYPE.test(contentType)) return 'ndjson';
  return TEXT_TYPE.test(contentType) ? 'text' : 'bytes';
};

/** A Lambda proxy response, as far as it is read here. */
export interface ProxyResponse {
  /** API Gateway takes a text as well. */
  readonly statusCode: number | string;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly multiValueHeaders?: Readonly<Record<string, readonly unknown[]>>;
  readonly body?: unknown;
  readonly isBase64Encoded?: boolean;
}

const STATUS = /^\d{3}$/; // '200'

/** The status of a response, or `undefined` for what is none. */
export const statusOf = (response: unknown): number | undefined => {
  const status = (response as Partial<ProxyResponse> | null | undefined)?.statusCode;
  return typeof status === 'number' || (typeof status === 'string' && STATUS.test(status)) ? Number(status) : undefined;
};

/** Whether API Gateway takes `value` for a response, and not for the body of one. */
export const isProxyResponse = (value: unknown): value is ProxyResponse =>
  typeof value === 'object' && value !== null && statusOf(value) !== undefined;

/** A header of a response, whatever the case of its name. */
export const responseHeader = (response: ProxyResponse, name: string): string | undefined => {
  for (const headers of [response.headers, response.multiValueHeaders])
    for (const [key, value] of Object.entries(headers ?? {}))
      if (key.toLowerCase() === name) return String(Array.isArray(value) ? value[0] : value);
  return undefined;
};

const isLength = (name: string): boolean => name.toLowerCase() === 'content-length';

/** The response without the length that its handler gave its body: the front door counts anew. */
export const withoutLength = (response: ProxyResponse): ProxyResponse => {
  if (!Object.keys({ ...response.headers, ...response.multiValueHeaders }).some(isLength)) return response;
  const without = <Value>(headers: Readonly<Record<string, Value>> = {}): Record<string, Value> =>
    Object.fromEntries(Object.entries(headers).filter(([name]) => !isLength(name)));
  return {
    ...response,
    ...(response.headers && { headers: without(response.headers) }),
    ...(response.multiValueHeaders && { multiValueHeaders: without(response.multiValueHeaders) }),
  };
};

/** Whether the body of a response is compressed: then nobody can look into it. */
export const isCompressed = (response: ProxyResponse): boolean =>
  (responseHeader(response, 'content-encoding') ?? 'identity') !== 'identity';

/**
 * What API Gateway makes of an answer without a status from an HTTP API or a Function URL: a body in JSON (payload format
 * 2.0). Streams are bodies, too. Other sources' answers stay as they are.
 * Source: API Gateway developer guide, "Lambda integrations for HTTP APIs".
 */
export const asProxyResponse = (result: unknown, source: EventSource): unknown => {
  if (!isHttp(source) || isProxyResponse(result)) return result;
  if (typeof result === 'object' && result !== null && Symbol.asyncIterator in result)
    return { statusCode: 200, headers: {}, body: result };
  if (result === undefined || (source !== 'http-v2' && source !== 'function-url')) return result;
  const body = typeof result === 'string' ? result : JSON.stringify(result);
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body };
};
