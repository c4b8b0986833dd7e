/** Digests of the definitions of tools. */

import { canonicalJson } from '../../../core/tools/canonical-json.ts';
import { sha256 } from '../../sha256.ts';

/**
 * SHA-256 of the definition of a tool, in 64 hex digits: of all that a `toolSpec` says, whatever the order of its fields.
 * What was reviewed is pinned as `digest` in the policy; a definition that changes after that is refused.
 *
 * @throws TypeError for what is no JSON.
 *
 * @example
 * toolDigest({ name: 'get_order', description: 'Looks an order up.', inputSchema: { json: { type: 'object' } } });
 */
export const toolDigest = (spec: object): string => {
  const text = canonicalJson(spec);
  if (text === undefined) throw new TypeError('toolDigest: the definition is no JSON');
  return sha256(text);
};
