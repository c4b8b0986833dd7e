/** A digest key as it is kept: by itself, or in JSON with its version. */

import type { PolicyKeys, VersionedKey } from './keys.ts';

/**
 * The key in a secret or a variable: all of the text, or `{ "version": "v2", "key": "…" }`.
 *
 * @throws TypeError for JSON that is none; it quotes nothing.
 */
export const readDigestKey = (text: string): PolicyKeys['digest'] => {
  if (!text.startsWith('{')) return text;
  try {
    return JSON.parse(text) as VersionedKey;
  } catch {
    throw new TypeError('digest key: it begins as JSON, and is none');
  }
};
