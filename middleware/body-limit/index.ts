import type { MiddlewareObj, Request } from '@middy/core';
import { BulwarkError } from '../../core/errors.ts';
import { nestingOf } from '../../core/json-nesting.ts';
import { checkOptions, integer } from '../../core/options.ts';
import { utf8Length } from '../../core/quota/index.ts';
import { type HttpEvent, hasBody, headerOf } from '../http-event.ts';

/** Options of {@link bodyLimit}. */
export interface BodyLimitOptions {
  /** Largest body in bytes, after base64 decoding. @default 100_000 */
  readonly maxBytes?: number;
  /** Deepest nesting of JSON arrays and objects. @default 32 */
  readonly maxDepth?: number;
}

const CHECKS = { maxBytes: integer(1), maxDepth: integer(1) };

/** A body in an encoding or charset that would have to be decoded before anybody can look at it. */
const isEncoded = (event: HttpEvent): boolean => {
  const encoding = headerOf(event, 'content-encoding')?.trim().toLowerCase() ?? 'identity';
  const charset = /charset\s*=\s*"?([^\s;"]+)/i.exec(headerOf(event, 'content-type') ?? '')?.[1]; // charset=utf-8
  return encoding !== 'identity' || (charset !== undefined && !/^(?:utf-?8|us-ascii)$/i.test(charset));
};

/** The text of a body that API Gateway handed over in base64. Bytes that are not UTF-8 are refused, not replaced. */
const decodeBase64 = (body: string): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(body, 'base64'));
  } catch {
    throw new BulwarkError('malformed_json', { reason: 'utf-8' });
  }
};

/**
 * Refuses bodies that are too large, too deep or encoded, before anything parses them: Middy's JSON parser takes
 * seconds of CPU for a few megabytes of a nasty array. Base64 bodies are decoded here, once.
 *
 * @throws TypeError at creation for an unknown or invalid option; `body_too_large`, `unsupported_media_type` or
 * `malformed_json` on a request.
 *
 * @example
 * middy().use(bodyLimit({ maxBytes: 50_000 })).use(jsonBody()).handler(handler);
 */
export const bodyLimit = (options: BodyLimitOptions = {}): MiddlewareObj<HttpEvent> => {
  checkOptions('bodyLimit', options, CHECKS);
  const { maxBytes = 100_000, maxDepth = 32 } = options;

  const tooLarge = (): BulwarkError => new BulwarkError('body_too_large', { extra: { limit: maxBytes } });

  const bodyLimitBefore = (request: Request<HttpEvent>): void => {
    const { event } = request;
    if (!hasBody(event) || typeof event.body !== 'string') return;
    const bytes = event.isBase64Encoded === true ? Math.floor((event.body.length * 3) / 4) - 2 : event.body.length;
    if (bytes > maxBytes) throw tooLarge();
    if (isEncoded(event)) throw new BulwarkError('unsupported_media_type', { reason: 'encoding' });
    if (event.isBase64Encoded === true) {
      event.body = decodeBase64(event.body);
      event.isBase64Encoded = false;
    }
    const body = event.body as string;
    if (utf8Length(body) > maxBytes) throw tooLarge();
    if (nestingOf(body, maxDepth) > maxDepth) throw new BulwarkError('malformed_json', { reason: 'depth' });
  };

  return { before: bodyLimitBefore };
};
