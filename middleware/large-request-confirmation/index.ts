import { randomUUID } from 'node:crypto';
import type { MiddlewareObj, Request } from '@middy/core';
import { identityOf } from '../../core/caller.ts';
import { issueConfirmation, openConfirmation } from '../../core/confirmation/index.ts';
import { BulwarkError } from '../../core/errors.ts';
import { type Macs, macs } from '../../core/mac.ts';
import { callable, checkOptions, integer } from '../../core/options.ts';
import { type HttpEvent, headerOf } from '../http-event.ts';
import { type CostEstimate, requestBound } from '../request-cost.ts';
import { scopeOf } from '../request-scope.ts';

/** Header in which a client sends a confirmation token back. */
export const CONFIRMATION_HEADER = 'x-bulwark-confirmation';

/** Options of {@link largeRequestConfirmation}. */
export interface LargeRequestConfirmationOptions extends CostEstimate {
  /** Requests whose estimate is over this many tokens need a confirmation. */
  readonly thresholdTokens: number;
  /** Makes and checks the tokens; of several, the first makes them. */
  readonly mac: Macs;
  /** How long a token works, in seconds. @default 300 */
  readonly ttlSeconds?: number;
  /** @default Date.now */
  readonly now?: () => number;
  /** Makes every token unlike the others. @default crypto.randomUUID */
  readonly newId?: () => string;
}

const CHECKS = {
  thresholdTokens: integer(1),
  mac: macs,
  ttlSeconds: integer(1),
  now: callable,
  newId: callable,
  maxTokens: integer(1),
  overheadTokens: integer(0),
};

/**
 * Asks the client to confirm a large request before anything is spent on it: 428 with the estimate and a token that
 * fits this caller and this very body, and works once. The token is checked here and used up in the quota
 * reservation's own conditional write.
 *
 * @throws TypeError at creation for an unknown or invalid option; `confirmation_required` or `confirmation_invalid` on
 * a request.
 */
export const largeRequestConfirmation = (options: LargeRequestConfirmationOptions): MiddlewareObj<HttpEvent> => {
  checkOptions('largeRequestConfirmation', options, CHECKS);
  const { thresholdTokens, mac, ttlSeconds = 300, now = Date.now, newId = randomUUID, ...estimate } = options;
  if (thresholdTokens === undefined || mac === undefined)
    throw new TypeError('largeRequestConfirmation: thresholdTokens and mac are needed');

  const largeRequestConfirmationBefore = (request: Request<HttpEvent>): void => {
    const { bodyTokens, overheadTokens, outputTokens } = requestBound(request.event, estimate);
    const tokens = bodyTokens + overheadTokens + outputTokens;
    if (tokens <= thresholdTokens) return;
    const scope = scopeOf(request);
    const identity = identityOf(scope.caller);
    const subject = {
      owner: identity === undefined ? '' : `${identity.kind}:${identity.id}`,
      body: JSON.stringify(request.event.body),
    };
    const token = headerOf(request.event, CONFIRMATION_HEADER);
    if (token === undefined) {
      const issued = issueConfirmation(mac, subject, newId(), now() + ttlSeconds * 1000);
      scope.record.count('ConfirmationsRequired');
      throw new BulwarkError('confirmation_required', {
        extra: { estimate: tokens, token: issued.token, expiresAt: new Date(issued.expiresAt).toISOString() },
      });
    }
    scope.confirmation = openConfirmation(mac, token, subject, now());
    if (scope.confirmation === undefined) throw new BulwarkError('confirmation_invalid');
  };

  return { before: largeRequestConfirmationBefore };
};
