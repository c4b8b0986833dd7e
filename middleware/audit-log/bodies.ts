/** What came and what left, as texts: of a stream what has left of it, as far as it is kept. */

import type { Request } from '@middy/core';
import { type Body, MAX_READ } from '../../core/audit/content-redaction.ts';
import { fieldsAt, type HttpEvent, isHttp, sourceOf } from '../http-event.ts';
import { decodeText } from '../output-redaction/redact-response.ts';
import { bodyKindOf, isCompressed, isProxyResponse, responseHeader } from '../proxy-response.ts';
import { scopeOf } from '../request-scope.ts';
import { responseStreamOf } from '../response-stream.ts';

const NOTHING: Body = { text: '', kind: 'text', isCut: false };

const bodyOf = (text: string, kind: Body['kind']): Body =>
  text.length > MAX_READ ? { text: text.slice(0, MAX_READ), kind, isCut: true } : { text, kind, isCut: false };

/** A value as Lambda sends it; `undefined` for one that leads back to itself. */
const jsonOf = (value: unknown): Body | undefined => {
  try {
    return bodyOf(JSON.stringify(value) ?? '', 'json');
  } catch {
    return undefined;
  }
};

/** What the caller sent, as it came: the body of an HTTP event, else the event. `undefined` where it is no text. */
export const sentBody = (request: Request<HttpEvent>): Body | undefined => {
  const { event = request.event } = scopeOf(request);
  if (!isHttp(sourceOf(event))) return jsonOf(event);
  const { body, isBase64Encoded } = fieldsAt(event);
  if (typeof body !== 'string') return body === undefined || body === null ? NOTHING : jsonOf(body);
  const text = isBase64Encoded === true ? decodeText(body) : body;
  return text === undefined ? undefined : bodyOf(text, 'json');
};

/** The answer in one piece. */
const answerBody = (response: unknown, isForHttp: boolean): Body | undefined => {
  if (!isForHttp || !isProxyResponse(response)) return jsonOf(response);
  const { body, isBase64Encoded } = response;
  if (typeof body !== 'string') return body === undefined || body === null ? NOTHING : jsonOf(body);
  const kind = bodyKindOf(responseHeader(response, 'content-type') ?? 'application/json');
  if (kind === 'bytes' || isCompressed(response)) return undefined;
  const text = isBase64Encoded === true ? decodeText(body) : body;
  return text === undefined ? undefined : bodyOf(text, kind);
};

/** Collects a stream as it leaves. */
const streamedBody = (request: Request<HttpEvent>): (() => Body | undefined) => {
  const response: unknown = request.response;
  const proxied = isProxyResponse(response) ? response : undefined;
  const kind = bodyKindOf((proxied && responseHeader(proxied, 'content-type')) ?? 'text/plain');
  if (kind === 'bytes' || (proxied !== undefined && isCompressed(proxied))) return () => undefined;
  const decoder = new TextDecoder();
  const pieces: string[] = [];
  let units = 0;
  responseStreamOf(request)?.observe((piece) => {
    if (units > MAX_READ) return;
    const text = decoder.decode(piece, { stream: true });
    units += text.length;
    pieces.push(text);
  });
  return () => bodyOf(pieces.join(''), kind);
};

/**
 * What leaves, to be asked for when it has left. To be called when the answer is made, and nothing of a stream was read.
 * `undefined` where it is no text.
 */
export const leavingBody = (request: Request<HttpEvent>): (() => Body | undefined) => {
  if (responseStreamOf(request) !== undefined) return streamedBody(request);
  return () => answerBody(request.response, isHttp(sourceOf(request.event)));
};

/** Of a request that ended in an error nothing left but the kit's own words. */
export const nothingLeft = (): Body => NOTHING;
