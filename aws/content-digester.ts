/** The key of content digests. */

import type { ContentDigester } from '../core/audit/content-digest.ts';
import { type PolicyKeys, versionedKey } from '../core/policy/keys.ts';
import { keyedDigestOf, macOf } from './mac.ts';

/** What digests content: under a key that is derived from the digest key, and so another one. */
export const contentDigesterOf = (digest: PolicyKeys['digest']): ContentDigester => {
  const { version, key } = versionedKey(digest);
  return { version, mac: macOf(keyedDigestOf(key, 'audit-content')(version)) };
};
