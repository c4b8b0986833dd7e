import type { MiddlewareObj, Request } from '@middy/core';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import { BulwarkError } from '../../core/errors.ts';
import { checkOptions, flag } from '../../core/options.ts';
import { type HttpEvent, hasBody } from '../http-event.ts';

/** Options of {@link jsonBody}. */
export interface JsonBodyOptions {
  /** Refuse a request without a JSON body. @default true */
  readonly required?: boolean;
}

/**
 * Parses JSON bodies with Middy's `@middy/http-json-body-parser`, whose errors carry the raw body in their cause:
 * here they become errors of the kit's table, which carry nothing.
 *
 * @throws TypeError at creation for an unknown option; `unsupported_media_type` or `malformed_json` on a request.
 */
export const jsonBody = (options: JsonBodyOptions = {}): MiddlewareObj<HttpEvent> => {
  checkOptions('jsonBody', options, { required: flag });
  const { required = true } = options;
  const parse = httpJsonBodyParser({ disableContentTypeError: !required }).before as (request: Request) => void;

  const jsonBodyBefore = (request: Request<HttpEvent>): void => {
    if (!hasBody(request.event)) {
      if (required) throw new BulwarkError('malformed_json', { reason: 'empty' });
      return;
    }
    if (typeof request.event.body !== 'string') return;
    try {
      parse(request);
    } catch (error) {
      const status = (error as { statusCode?: unknown }).statusCode;
      throw new BulwarkError(status === 415 ? 'unsupported_media_type' : 'malformed_json');
    }
  };

  return { before: jsonBodyBefore };
};
