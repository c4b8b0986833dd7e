/** Which tokens the authorizer takes, as the environment says. */

import type { OptionCheck } from '../../../core/options.ts';
import { jsonSetting, optionalSetting, setting } from '../environment.ts';

/** Which tokens are taken. */
export interface TokenSettings {
  /** `iss`, letter by letter: an https URL. */
  readonly issuer: string;
  /** `aud` has one of these. */
  readonly audience: readonly string[];
  /** Claims that must be there, with the values that each may have: `{ "token_use": "access" }`. */
  readonly claims: Readonly<Record<string, string | readonly string[]>>;
  /** Where the issuer's keys are. @default what the issuer's discovery document says */
  readonly jwksUri: string | undefined;
  /** The claim that names the caller's tenant. @default none */
  readonly tenantClaim: string | undefined;
}

/** An https URL without user, query and fragment. */
export const isPlainHttps = (value: string): boolean => {
  const url = URL.parse(value);
  return url !== null && url.protocol === 'https:' && `${url.username}${url.password}${url.search}${url.hash}` === '';
};

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';

const claimValues: OptionCheck = (value) => {
  const isFine =
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((one) => isText(one) || (Array.isArray(one) && one.length > 0 && one.every(isText)));
  return isFine ? undefined : 'an object of texts, or of lists of texts, by claim';
};

const httpsSetting = (name: string, value: string): string => {
  if (!isPlainHttps(value)) throw new TypeError(`environment: ${name} must be an https URL without query and fragment`);
  return value;
};

/**
 * `BULWARK_JWT_ISSUER` and `BULWARK_JWT_AUDIENCE` (one, or several with commas between them); and, where they are set,
 * `BULWARK_JWT_CLAIMS` (JSON), `BULWARK_JWT_JWKS_URI` and `BULWARK_JWT_TENANT_CLAIM`.
 *
 * @throws Error for one that is missing, TypeError for one that is wrong: a function that knows no issuer lets nobody in.
 */
export const tokenSettings = (): TokenSettings => {
  const audience = setting('BULWARK_JWT_AUDIENCE')
    .split(',')
    .map((one) => one.trim());
  if (audience.includes(''))
    throw new TypeError('environment: BULWARK_JWT_AUDIENCE must be texts with commas between them');
  const jwksUri = optionalSetting('BULWARK_JWT_JWKS_URI');
  return {
    issuer: httpsSetting('BULWARK_JWT_ISSUER', setting('BULWARK_JWT_ISSUER')),
    audience,
    claims: jsonSetting('BULWARK_JWT_CLAIMS', {}, claimValues),
    jwksUri: jwksUri === undefined ? undefined : httpsSetting('BULWARK_JWT_JWKS_URI', jwksUri),
    tenantClaim: optionalSetting('BULWARK_JWT_TENANT_CLAIM'),
  };
};
