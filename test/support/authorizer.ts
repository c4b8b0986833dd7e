/** An authorizer of the service before an issuer of our own. */

import { createAuthorizer } from '../../functions/service/jwt/authorizer.ts';
import type { FetchJson } from '../../functions/service/jwt/fetch-json.ts';
import { createKeySource } from '../../functions/service/jwt/key-source.ts';
import type { TokenSettings } from '../../functions/service/jwt/token-settings.ts';
import { AUDIENCE, ISSUER } from '../../local/gateway/issuer.ts';

/** Where the issuer's keys are. */
export const JWKS_URI = `${ISSUER}/keys`;

/** The settings that it has, unless a test says otherwise. */
export const TOKEN_SETTINGS: TokenSettings = {
  issuer: ISSUER,
  audience: [AUDIENCE],
  claims: {},
  jwksUri: undefined,
  tenantClaim: 'custom:tenant',
};

const METHOD = 'arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/dev/POST/v1/chat';

/** An authorizer that asks what `documents` holds at the moment. */
export const authorizerOf = (
  documents: () => Readonly<Record<string, unknown>>,
  settings: Partial<TokenSettings> = {},
  now?: () => number,
) => {
  const asked: string[] = [];
  const reasons: string[] = [];
  const all = { ...TOKEN_SETTINGS, ...settings };
  const fetchJson: FetchJson = async (url) => {
    asked.push(url);
    if (!Object.hasOwn(documents(), url)) throw new Error(`nothing at ${url}`);
    return documents()[url];
  };
  const { issuer, jwksUri } = all;
  const keyOf = createKeySource({ issuer, jwksUri, fetchJson, ...(now && { now }) });
  const authorize = createAuthorizer({ settings: all, keyOf, onRefusal: (reason) => reasons.push(reason) });
  const call = (token: string, methodArn = METHOD) => authorize({ authorizationToken: token, methodArn });
  return { asked, reasons, call };
};
