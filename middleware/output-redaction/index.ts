import type { MiddlewareObj, Request } from '@middy/core';
import { BulwarkError } from '../../core/errors.ts';
import { checkOptions, object, oneOf } from '../../core/options.ts';
import { createRedactor, type Redactor } from '../../core/redaction/index.ts';
import type { HttpEvent } from '../http-event.ts';
import { scopeOf } from '../request-scope.ts';
import { isProxyResponse, redactResponse } from './redact-response.ts';

/** Options of {@link outputRedaction}. */
export interface OutputRedactionOptions {
  /** @default createRedactor() */
  readonly redactor?: Redactor;
  /**
   * Bodies that are no text (images, archives) or that are compressed: withheld, since nobody can look into them, or
   * let pass.
   * @default 'block'
   */
  readonly unreadable?: 'block' | 'pass';
}

const CHECKS = { redactor: object, unreadable: oneOf('block', 'pass') };

/**
 * Redacts whatever leaves: JSON bodies value by value, other text as a whole. What the Bedrock edge redacted stays as
 * it is, with the same numbering. Headers are the handler's own words and stay.
 *
 * @throws TypeError at creation for an unknown or invalid option; `output_blocked` for a body that cannot be read.
 */
export const outputRedaction = (options: OutputRedactionOptions = {}): MiddlewareObj<HttpEvent> => {
  checkOptions('outputRedaction', options, CHECKS);
  const { redactor = createRedactor(), unreadable = 'block' } = options;

  const outputRedactionBefore = (request: Request<HttpEvent>): void => {
    scopeOf(request).redactor = redactor.session();
  };

  const outputRedactionAfter = (request: Request<HttpEvent>): void => {
    const scope = scopeOf(request);
    scope.redactor ??= redactor.session();
    const outcome = isProxyResponse(request.response)
      ? redactResponse(request.response, scope.redactor, unreadable)
      : { response: scope.redactor.redactJson(request.response).value, redactions: 0 };
    if (outcome === undefined) {
      scope.record.count('OutputsBlocked');
      throw new BulwarkError('output_blocked', { reason: 'unreadable' });
    }
    request.response = outcome.response;
    scope.record.count('Redactions', outcome.redactions);
  };

  return { before: outputRedactionBefore, after: outputRedactionAfter };
};
