/** What each event source proves about its sender. Sources: the API Gateway, Lambda and ELB developer guides. */

import type { Caller } from '../../core/caller.ts';
import { ipPrefix } from '../../core/ip-prefix.ts';
import { fieldsAt, type HttpEvent, headerOf, sourceOf, textField } from '../http-event.ts';

/** Which claims of a verified token say what. */
export interface ClaimNames {
  /** @default 'sub' */
  readonly userClaim?: string;
  /** @default none: a token names no tenant */
  readonly tenantClaim?: string;
  /** @default none: sessions are issued by the service */
  readonly sessionClaim?: string;
}

type Proof = {
  claims: Readonly<Record<string, unknown>>;
  user?: string | undefined;
  apiKey?: string | undefined;
  ip?: string | undefined;
};

/** The session in the ARN of an assumed role, which whoever assumes the role makes up. */
const ROLE_SESSION = /^(arn:[\w-]{1,32}:sts::\d{12}:assumed-role\/[^/]{1,64})\/.*$/s; // arn:aws:sts::123456789012:assumed-role/reader/ada

/** The IAM identity that signed a request, as far as nobody can choose it. */
const signerOf = (identity: Proof['claims']): string | undefined =>
  textField(identity, 'userArn')?.replace(ROLE_SESSION, '$1');

const restProof = (event: unknown): Proof => {
  const identity = fieldsAt(event, 'requestContext', 'identity');
  const authorizer = fieldsAt(event, 'requestContext', 'authorizer');
  const claims = fieldsAt(authorizer, 'claims');
  return {
    claims: Object.keys(claims).length > 0 ? claims : authorizer,
    user: textField(authorizer, 'principalId') ?? signerOf(identity),
    apiKey: textField(identity, 'apiKeyId'),
    ip: textField(identity, 'sourceIp'),
  };
};

const httpProof = (event: unknown): Proof => {
  const authorizer = fieldsAt(event, 'requestContext', 'authorizer');
  const claims = fieldsAt(authorizer, 'jwt', 'claims');
  const lambda = fieldsAt(authorizer, 'lambda');
  return {
    claims: Object.keys(claims).length > 0 ? claims : lambda,
    user: textField(lambda, 'principalId') ?? signerOf(fieldsAt(authorizer, 'iam')),
    ip: textField(fieldsAt(event, 'requestContext', 'http'), 'sourceIp'),
  };
};

/** A load balancer appends the address it saw to `x-forwarded-for`: only the last one is not the client's to choose. */
const albProof = (event: HttpEvent): Proof => ({
  claims: {},
  ip: headerOf(event, 'x-forwarded-for')?.split(',').at(-1)?.trim(),
});

const proofOf = (event: HttpEvent): Proof => {
  switch (sourceOf(event)) {
    case 'rest-v1':
      return restProof(event);
    case 'http-v2':
    case 'function-url':
      return httpProof(event);
    case 'alb':
      return albProof(event);
    default:
      return { claims: {} };
  }
};

const present = <T extends object>(fields: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;

/** The caller that `event` proves. */
export const readCaller = (event: HttpEvent, names: ClaimNames): Caller => {
  const { claims, user, apiKey, ip } = proofOf(event);
  const claim = (name: string | undefined): string | undefined =>
    name === undefined ? undefined : textField(claims, name);
  return present({
    user: claim(names.userClaim ?? 'sub') ?? user,
    apiKey,
    ip: ip === undefined ? undefined : ipPrefix(ip),
    tenant: claim(names.tenantClaim),
    session: claim(names.sessionClaim),
  });
};
