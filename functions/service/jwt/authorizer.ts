/** A Lambda authorizer of a REST API. Source: API Gateway developer guide, "Use API Gateway Lambda authorizers". */

import type { APIGatewayAuthorizerResult, APIGatewayTokenAuthorizerEvent } from 'aws-lambda';
import type { KeySource } from './key-source.ts';
import type { TokenSettings } from './token-settings.ts';
import { type TokenClaims, type TokenRefusal, verifyToken } from './verify-token.ts';

/** Options of {@link createAuthorizer}. */
export interface AuthorizerOptions {
  readonly settings: TokenSettings;
  readonly keyOf: KeySource;
  /** Told why somebody was not let in: a word, and no part of a token. */
  readonly onRefusal: (reason: TokenRefusal | 'issuer_unavailable') => void;
}

/** The authorizer's handler. */
export type Authorizer = (
  event: Pick<APIGatewayTokenAuthorizerEvent, 'authorizationToken' | 'methodArn'>,
) => Promise<APIGatewayAuthorizerResult>;

/** The stage that a method is of: the answer is kept by token, and asked again for other methods. */
const STAGE = /^arn:[\w-]+:execute-api:[\w-]+:\d{12}:\w+\/[\w-]+(?=\/)/; // arn:aws:execute-api:eu-central-1:123456789012:a1/dev

/** Longest value that is passed on. */
const MAX_VALUE = 256;

/** A claim as the context can have it: a text. Numbers, lists and what is too long are none. */
const textOf = (claims: TokenClaims, name: string | undefined): string | undefined => {
  const value = name !== undefined && Object.hasOwn(claims, name) ? claims[name] : undefined;
  return typeof value === 'string' && value !== '' && value.length <= MAX_VALUE ? value : undefined;
};

/** Whether a tenant is named in a way that nobody could be charged by: left out, its bearer would spend nobody's budget. */
const hidesTenant = (claims: TokenClaims, tenantClaim: string | undefined): boolean =>
  tenantClaim !== undefined && Object.hasOwn(claims, tenantClaim) && textOf(claims, tenantClaim) === undefined;

/** What the functions are told: who, of which tenant, by which client. Names have letters only: the gateway takes no others. */
const contextOf = (claims: TokenClaims, tenantClaim: string | undefined): Record<string, string> => {
  const context = {
    sub: textOf(claims, 'sub'),
    tenant: textOf(claims, tenantClaim),
    clientId: textOf(claims, 'azp') ?? textOf(claims, 'client_id'),
  };
  return Object.fromEntries(
    Object.entries(context).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
};

/**
 * Lets in whoever has a good token, to all of the stage.
 *
 * @throws Error `Unauthorized`, which the gateway answers with 401; any other, with 500: the issuer could not be asked.
 */
export const createAuthorizer =
  ({ settings, keyOf, onRefusal }: AuthorizerOptions): Authorizer =>
  async ({ authorizationToken, methodArn }) => {
    const stage = STAGE.exec(methodArn)?.[0];
    if (stage === undefined) throw new Error('the event names no method');
    const verdict = await verifyToken(String(authorizationToken ?? ''), settings, keyOf).catch(() => {
      onRefusal('issuer_unavailable');
      throw new Error('the issuer does not answer');
    });
    const refuse = (reason: TokenRefusal): never => {
      onRefusal(reason);
      throw new Error('Unauthorized');
    };
    if (!verdict.ok) return refuse(verdict.reason);
    if (hidesTenant(verdict.claims, settings.tenantClaim)) return refuse('claim');
    const context = contextOf(verdict.claims, settings.tenantClaim);
    return {
      principalId: context['sub'] as string,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: `${stage}/*` }],
      },
      context,
    };
  };
