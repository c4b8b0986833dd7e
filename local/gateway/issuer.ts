/** A token issuer for one gateway: keys are made when it starts, and end with it. */

import { randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair, jwtVerify, SignJWT } from 'jose';

/** Issues and verifies tokens. */
export interface Issuer {
  /** What it publishes, by address: its discovery document (OpenID Connect Discovery 1.0) and its keys (RFC 7517). */
  readonly documents: Readonly<Record<string, unknown>>;
  /** A signed token with these claims. @param options.expiresIn e.g. `5m`; default `1h` */
  issueToken(claims: Readonly<Record<string, unknown>>, options?: { readonly expiresIn?: string }): Promise<string>;
  /** The claims of an `Authorization` header, or `undefined` where it holds no valid token. */
  verify(authorization: string | undefined): Promise<Readonly<Record<string, unknown>> | undefined>;
}

/** Who the issuer says it is. */
export const ISSUER = 'https://issuer.local';
/** Whom its tokens are for. */
export const AUDIENCE = 'local';

/** An issuer with a key pair of its own. */
export const createIssuer = async (): Promise<Issuer> => {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const kid = randomUUID();
  const jwksUri = `${ISSUER}/keys`;
  return {
    documents: {
      [`${ISSUER}/.well-known/openid-configuration`]: { issuer: ISSUER, jwks_uri: jwksUri },
      [jwksUri]: { keys: [{ ...(await exportJWK(publicKey)), kid, use: 'sig', alg: 'ES256' }] },
    },
    issueToken: (claims, { expiresIn = '1h' } = {}) =>
      new SignJWT({ ...claims })
        .setProtectedHeader({ alg: 'ES256', kid })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime(expiresIn)
        .sign(privateKey),
    verify: async (authorization) => {
      const token = /^Bearer (\S{1,8192})$/.exec(authorization ?? '')?.[1];
      if (token === undefined) return undefined;
      try {
        return (await jwtVerify(token, publicKey, { issuer: ISSUER, audience: AUDIENCE, algorithms: ['ES256'] }))
          .payload;
      } catch {
        return undefined;
      }
    },
  };
};
