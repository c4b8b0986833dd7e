/** Whether a token proves a caller. */

import {
  JwtExpiredError,
  JwtInvalidAudienceError,
  JwtInvalidIssuerError,
  JwtInvalidSignatureError,
  JwtNotBeforeError,
} from 'aws-jwt-verify/error';
import { decomposeUnverifiedJwt } from 'aws-jwt-verify/jwt';
import { verifyJwt } from 'aws-jwt-verify/jwt-verifier';
import type { KeySource } from './key-source.ts';
import type { TokenSettings } from './token-settings.ts';

/** Why a token is refused. A word for the log, which never holds a part of a token. */
export type TokenRefusal =
  | 'malformed'
  | 'algorithm'
  | 'type'
  | 'key'
  | 'signature'
  | 'issuer'
  | 'audience'
  | 'expired'
  | 'not_yet'
  | 'claim'
  | 'subject';

/** Claims of a verified token. */
export type TokenClaims = Readonly<Record<string, unknown>>;

/** What became of a token. */
export type TokenVerdict =
  | { readonly ok: true; readonly claims: TokenClaims }
  | { readonly ok: false; readonly reason: TokenRefusal };

/** Longest header, in characters: API Gateway takes 10,240 bytes of all headers together. */
const MAX_LENGTH = 8_192;
/** Longest key id that is looked for. */
const MAX_KID = 256;
/** How far clocks may be apart, in seconds. */
const GRACE_SECONDS = 5;

const BEARER = /^[Bb]earer ([\w-]+\.[\w-]+\.[\w-]+)$/; // Bearer eyJ….eyJ….c2ln

/** Signatures that only the holder of a private key makes (RFC 7518, section 3.1; RFC 8037). Never `none`, never `HS…`. */
const ALGORITHMS = new Set(['RS256', 'RS384', 'RS512', 'ES256', 'ES384', 'ES512', 'EdDSA']);
/** Kinds of tokens that say who calls (RFC 7519, RFC 9068), and not who logs out, or which key is proved. */
const TYPES = new Set([undefined, 'JWT', 'AT+JWT', 'APPLICATION/AT+JWT']);
/** OpenID Connect Core 1.0, section 2: at most 255 ASCII characters. */
const SUBJECT = /^[\x21-\x7e]{1,255}$/; // auth0|507f1f77

const refused = (reason: TokenRefusal): TokenVerdict => ({ ok: false, reason });

/** A claim as it is said, of the token itself and not of what objects inherit. */
const claimOf = (claims: TokenClaims, name: string): unknown =>
  Object.hasOwn(claims, name) ? claims[name] : undefined;

/** Texts of a claim. Scopes are several in one text (RFC 8693, section 4.2). */
const textsOf = (claims: TokenClaims, name: string): readonly unknown[] => {
  const value = claimOf(claims, name);
  return typeof value === 'string' && name === 'scope' ? value.split(' ') : [value].flat();
};

const hasClaims = (claims: TokenClaims, wanted: TokenSettings['claims']): boolean =>
  Object.entries(wanted).every(([name, values]) => {
    const said = textsOf(claims, name);
    return [values].flat().some((value) => said.includes(value));
  });

const REASONS: readonly (readonly [new (...args: never[]) => Error, TokenRefusal])[] = [
  [JwtExpiredError, 'expired'],
  [JwtNotBeforeError, 'not_yet'],
  [JwtInvalidIssuerError, 'issuer'],
  [JwtInvalidAudienceError, 'audience'],
  [JwtInvalidSignatureError, 'signature'],
];

/** What can be seen without a key: the issuer is asked only for tokens that could be good. */
const lookedAt = (token: string, { issuer }: TokenSettings): { kid: string } | TokenRefusal => {
  const { header, payload } = decomposeUnverifiedJwt(token);
  if (typeof header.alg !== 'string' || !ALGORITHMS.has(header.alg)) return 'algorithm';
  const type = claimOf(header as TokenClaims, 'typ');
  if (!TYPES.has(typeof type === 'string' ? type.toUpperCase() : (type as undefined))) return 'type';
  // What must be understood and is not (RFC 7515, section 4.1.11).
  if (claimOf(header as TokenClaims, 'crit') !== undefined) return 'type';
  if (typeof header.kid !== 'string' || header.kid.length > MAX_KID) return 'key';
  if (payload.iss !== issuer) return 'issuer';
  if (typeof payload.exp !== 'number') return 'expired';
  return { kid: header.kid };
};

/**
 * Verifies the token of an `Authorization` header: signature, issuer, audience, times, and the claims that are wanted.
 *
 * @throws Error where the issuer could not be asked for its keys: nothing is known of the token then.
 */
export const verifyToken = async (
  authorization: string,
  settings: TokenSettings,
  keyOf: KeySource,
): Promise<TokenVerdict> => {
  const token = authorization.length > MAX_LENGTH ? undefined : BEARER.exec(authorization)?.[1];
  if (token === undefined) return refused('malformed');
  let seen: ReturnType<typeof lookedAt>;
  try {
    seen = lookedAt(token, settings);
  } catch {
    return refused('malformed');
  }
  if (typeof seen === 'string') return refused(seen);
  const key = await keyOf(seen.kid);
  if (key === undefined) return refused('key');
  try {
    const { issuer, audience } = settings;
    const options = { issuer, audience: [...audience], graceSeconds: GRACE_SECONDS };
    const claims: TokenClaims = await verifyJwt(token, issuer, options, async () => key);
    if (!SUBJECT.test(String(claimOf(claims, 'sub') ?? ''))) return refused('subject');
    return hasClaims(claims, settings.claims) ? { ok: true, claims } : refused('claim');
  } catch (error) {
    const known = REASONS.find(([type]) => error instanceof type);
    return refused(known?.[1] ?? 'signature');
  }
};
