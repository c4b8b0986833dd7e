import { createHmac } from 'node:crypto';
import { type PolicyKeys, versionedKey } from '../../core/policy/keys.ts';
import type { Principal } from '../../core/quota/types.ts';

/** Shortest key that is accepted, in bytes. */
const MIN_KEY_BYTES = 16;

/** Half a surrogate pair has no bytes in UTF-8: as JSON writes it, ids that differ in it alone stay apart. */
const wellFormed = (id: string): string => (id.isWellFormed() ? id : `\u0000${JSON.stringify(id)}`);

/**
 * A keyed digest of principals, HMAC-SHA-256: what stands for them in the table and in logs. Without the key nobody can
 * tell from a digest who it is, nor test a guess. The version of the key stands before it: `v1.…`.
 *
 * @throws TypeError for a key of less than 16 bytes.
 */
export const createPrincipalDigest = (digestKey: PolicyKeys['digest']): ((principal: Principal) => string) => {
  const { version, key } = versionedKey(digestKey);
  if (Buffer.byteLength(key) < MIN_KEY_BYTES) throw new TypeError(`digestKey must be at least ${MIN_KEY_BYTES} bytes`);
  return ({ kind, id }) =>
    `${version}.${createHmac('sha256', key)
      .update(`${kind}\u0000${wellFormed(id)}`)
      .digest('base64url')}`;
};

/** What stands for a principal in the table's keys: its kind and its digest. */
export const createPrincipalKeys = (key: PolicyKeys['digest']): ((principal: Principal) => string) => {
  const digest = createPrincipalDigest(key);
  return (principal) => `${principal.kind}#${digest(principal)}`;
};
