import { randomUUID } from 'node:crypto';
import type { MiddlewareObj, Request } from '@middy/core';
import { type Caller, identityOf } from '../../core/caller.ts';
import { BulwarkError } from '../../core/errors.ts';
import { type Macs, macs } from '../../core/mac.ts';
import { callable, checkOptions, oneOf, text } from '../../core/options.ts';
import { issueSession, openSession } from '../../core/session/index.ts';
import { fieldsAt, type HttpEvent, textField } from '../http-event.ts';
import { scopeOf } from '../request-scope.ts';
import { type ClaimNames, readCaller } from './read-caller.ts';

/** Options of {@link caller}. */
export interface CallerOptions extends ClaimNames {
  /**
   * What the caller must have proved: a verified user, a user or an API key, or nothing.
   * @default 'none'
   */
  readonly require?: 'user' | 'user-or-key' | 'none';
  /**
   * Makes and checks session tokens; of several, the first makes them. Without it there are no sessions but those of a
   * claim.
   * @default none
   */
  readonly mac?: Macs;
  /** Source of new session ids, unguessable. @default crypto.randomUUID */
  readonly newId?: () => string;
}

const CHECKS = {
  require: oneOf('user', 'user-or-key', 'none'),
  userClaim: text(),
  tenantClaim: text(),
  sessionClaim: text(),
  mac: macs,
  newId: callable,
};

const proves = (who: Caller, required: NonNullable<CallerOptions['require']>): boolean => {
  if (required === 'none') return true;
  return who.user !== undefined || (required === 'user-or-key' && who.apiKey !== undefined);
};

/**
 * Works out who asks, from what the event's source vouches for, never from a header that a client can set, and opens
 * the session token that the body may carry.
 *
 * @throws TypeError at creation for an unknown or invalid option; `unauthenticated` where a proof is missing;
 * `invalid_request` for a session that was not issued to this caller.
 */
export const caller = (options: CallerOptions = {}): MiddlewareObj<HttpEvent> => {
  checkOptions('caller', options, CHECKS);
  const { require: required = 'none', mac, newId = randomUUID, ...claims } = options;

  const callerBefore = (request: Request<HttpEvent>): void => {
    const scope = scopeOf(request);
    const who = readCaller(request.event, claims);
    scope.caller = who;
    if (!proves(who, required)) {
      scope.record.count('AuthFailures');
      throw new BulwarkError('unauthenticated', { headers: { 'www-authenticate': 'Bearer' } });
    }
    if (mac === undefined || who.session !== undefined) return;
    const identity = identityOf(who);
    const owner = identity === undefined ? '' : `${identity.kind}:${identity.id}`;
    const token = textField(fieldsAt(request.event, 'body'), 'session');
    const id = token === undefined ? newId() : openSession(mac, token, owner);
    if (id === undefined) {
      scope.record.count('AuthFailures');
      throw new BulwarkError('invalid_request', { extra: { issues: [{ code: 'session', path: ['session'] }] } });
    }
    scope.caller = { ...who, session: id };
    scope.sessionToken = () => token ?? issueSession(mac, id, owner);
  };

  return { before: callerBefore };
};
