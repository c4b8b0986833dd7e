/** Which records are meant. */

import { contentDigesterOf } from '../../aws/content-digester.ts';
import { createPrincipalDigest } from '../../aws/dynamodb/principal-digest.ts';
import { digestText } from '../../core/audit/content-digest.ts';
import { readDigestKey } from '../../core/policy/digest-key.ts';
import type { PolicyKeys } from '../../core/policy/keys.ts';
import type { AuditEntry } from '../logs/audit-entry.ts';
import { harmlessLine } from '../output.ts';
import { fetchDigestKey, type Surroundings } from '../surroundings.ts';
import type { UsageError } from '../usage-error.ts';
import type { FindOptions } from './options.ts';

/** Whether a record is one of those that are looked for. */
export type Matcher = (entry: AuditEntry) => boolean;

const byId =
  (id: string): Matcher =>
  ({ requestId, details }) =>
    requestId === id ||
    details.recordId === id ||
    details.otherIds.includes(id) ||
    details.calls.some(({ requestIds }) => requestIds.includes(id));

/** @param kind @default any: digests of different kinds differ */
const byDigest =
  (digest: string, kind?: string): Matcher =>
  ({ details }) =>
    details.principals.some(([name, other]) => other === digest && (kind === undefined || kind === name));

/** The digest key, by what says where it is; what is wrong with it, without a word of it. */
const keyOf = async (
  secret: string | undefined,
  { env, fetchDigestKey: fetchKey = fetchDigestKey }: Surroundings,
): Promise<PolicyKeys['digest'] | UsageError> => {
  if (secret !== undefined)
    try {
      return await fetchKey(secret);
    } catch (error) {
      return { usage: `the secret ${harmlessLine(secret)} cannot be read: ${(error as Error).name}` };
    }
  const key = env['BULWARK_DIGEST_KEY'];
  if (!key) return { usage: 'BULWARK_DIGEST_KEY is missing; --digest-secret names a secret in its place' };
  return readDigestKey(key);
};

/** Finds out which records are meant. */
export const matcherOf = async (
  { sought, digestSecret }: FindOptions,
  around: Surroundings,
): Promise<Matcher | UsageError> => {
  if (sought.by === 'id') return byId(sought.id);
  if (sought.by === 'digest') return byDigest(sought.digest);
  try {
    const key = await keyOf(digestSecret, around);
    if (typeof key === 'object' && 'usage' in key) return key;
    if (sought.by === 'principal') return byDigest(createPrincipalDigest(key)(sought), sought.kind);
    const digester = contentDigesterOf(key);
    // An editor ends a text with a newline that nobody sent.
    const digests = new Set([sought.text, sought.text.replace(/\r?\n$/, '')].map((text) => digestText(digester, text)));
    return ({ details }) => details.contentDigests.some((digest) => digests.has(digest));
  } catch (error) {
    return { usage: `the digest key: ${(error as Error).message}` };
  }
};
