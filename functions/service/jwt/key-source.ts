/** The issuer's public keys: found, kept for a while, and fetched again when a key is new. */

import type { JwkWithKid } from 'aws-jwt-verify/jwk';
import type { FetchJson } from './fetch-json.ts';
import { isPlainHttps } from './token-settings.ts';

/** Options of {@link createKeySource}. */
export interface KeySourceOptions {
  readonly issuer: string;
  /** @default what `/.well-known/openid-configuration` of the issuer says */
  readonly jwksUri: string | undefined;
  readonly fetchJson: FetchJson;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/**
 * The key with an id, or `undefined` where the issuer has none of it.
 *
 * @throws Error where the issuer could not be asked: whether the key is good is not known.
 */
export type KeySource = (kid: string) => Promise<JwkWithKid | undefined>;

/** A key that the issuer took back is believed for as long. */
const MAX_AGE_MS = 600_000;
/** While the issuer does not answer, keys that it had are believed for as long. */
const MAX_STALE_MS = 3_600_000;
/** Ids that nobody knows, and an issuer that is down, cost it one question in as long. */
const COOL_DOWN_MS = 10_000;
/** Most keys that are looked at. */
const MAX_KEYS = 100;

type Fields = Readonly<Record<string, unknown>>;

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

/** Keys for signatures that only their owner can make. A shared secret (`oct`) would be one that is published. */
const isVerifyingKey = (value: unknown): value is JwkWithKid => {
  const { kty, kid, use } = fieldsOf(value);
  return (
    typeof kid === 'string' && (kty === 'RSA' || kty === 'EC' || kty === 'OKP') && (use === undefined || use === 'sig')
  );
};

/** OpenID Connect Discovery 1.0, section 4: the document's issuer is the one that was asked. */
const discover = async (issuer: string, fetchJson: FetchJson): Promise<string> => {
  const found = fieldsOf(await fetchJson(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`));
  const { issuer: said, jwks_uri: uri } = found;
  if (said !== issuer || typeof uri !== 'string' || !isPlainHttps(uri))
    throw new Error('the discovery document is not of the issuer');
  return uri;
};

/** A source of keys. It asks over https only, and one question at a time. */
export const createKeySource = ({ issuer, jwksUri, fetchJson, now = Date.now }: KeySourceOptions): KeySource => {
  let keys: ReadonlyMap<string, JwkWithKid> = new Map();
  let fetchedAt = Number.NEGATIVE_INFINITY;
  let askedAt = Number.NEGATIVE_INFINITY;
  let failed = false;
  let pending: Promise<void> | undefined;

  const ask = async (): Promise<void> => {
    askedAt = now();
    failed = true;
    const { keys: list } = fieldsOf(await fetchJson(jwksUri ?? (await discover(issuer, fetchJson))));
    if (!Array.isArray(list)) throw new Error('the issuer has no list of keys');
    keys = new Map(
      list
        .slice(0, MAX_KEYS)
        .filter(isVerifyingKey)
        .map((key) => [key.kid, key]),
    );
    fetchedAt = now();
    failed = false;
  };

  /** Asks, unless it was asked just now. What fails is seen by `failed`. */
  const refresh = async (): Promise<void> => {
    if (pending === undefined && now() - askedAt < COOL_DOWN_MS) return;
    pending ??= ask()
      .catch(() => {})
      .finally(() => {
        pending = undefined;
      });
    await pending;
  };

  return async (kid) => {
    if (now() - fetchedAt > MAX_AGE_MS || !keys.has(kid)) await refresh();
    const key = now() - fetchedAt > MAX_STALE_MS ? undefined : keys.get(kid);
    if (key === undefined && failed) throw new Error('the issuer does not answer');
    return key;
  };
};
