/** Keyed digests for core, which has no cryptography of its own. */

import { createHmac, createSecretKey } from 'node:crypto';
import type { Mac } from '../core/mac.ts';

/** HMAC-SHA-256 under `key`. A key is made ready once: from bytes, Node does it again for every digest, ten times as slow. */
export const macOf = (key: string | Buffer): Mac => {
  const secret = createSecretKey(Buffer.from(key));
  return (content) => createHmac('sha256', secret).update(content).digest('base64url');
};

/**
 * HMAC-SHA-256 under `key` in hexadecimal digits, for one use: for each, a text has another digest.
 *
 * @example
 * createRedactor({ modes: { EMAIL_ADDRESS: 'hash' }, digest: keyedDigestOf(key, 'redaction') });
 */
export const keyedDigestOf = (key: string, use: string): ((text: string) => string) => {
  const secret = createSecretKey(Buffer.from(key));
  return (text) => createHmac('sha256', secret).update(`${use}\u0000${text}`).digest('hex');
};
