/** Fetches keys and a system prompt from Secrets Manager. */

import { ParameterNotFoundError } from '@aws-lambda-powertools/parameters/errors';
import { SecretsProvider } from '@aws-lambda-powertools/parameters/secrets';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readDigestKey } from '../../core/policy/digest-key.ts';
import { MIN_KEY_LENGTH, type PolicyKeys } from '../../core/policy/keys.ts';

/** Secrets by what they are for, each by its name or ARN. */
export interface SecretIds {
  /** The key that digests principals: by itself, or as JSON with its version, `{ "version": "v2", "key": "…" }`. */
  readonly digest: string;
  /** The key that seals sessions, confirmations and approvals. @default none is fetched */
  readonly mac?: string | undefined;
  /** The service's own instructions. @default none are fetched */
  readonly systemPrompt?: string | undefined;
}

/** What was fetched. */
export interface Secrets {
  readonly digest: PolicyKeys['digest'];
  /** The key in use first, then the one that comes, then the one that was: each opens what it has sealed. */
  readonly mac: readonly string[];
  readonly systemPrompt: string | undefined;
}

/** Time for one attempt to connect, and to be answered, in milliseconds. */
const CONNECTION_TIMEOUT_MS = 1000;
const REQUEST_TIMEOUT_MS = 2000;

/** A version of a secret that need not exist: no rotation is under way, or there was none yet. */
const unlessMissing = async (value: Promise<string>): Promise<string | undefined> => {
  try {
    return await value;
  } catch (error) {
    if (error instanceof ParameterNotFoundError) return undefined;
    throw error;
  }
};

/** Fetches a set of secrets anew, each time it is called. */
export const createSecretFetch = (ids: SecretIds, client?: SecretsManagerClient): (() => Promise<Secrets>) => {
  const provider = new SecretsProvider(
    client === undefined
      ? {
          clientConfig: {
            maxAttempts: 2,
            requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, requestTimeout: REQUEST_TIMEOUT_MS },
          },
        }
      : { awsSdkV3Client: client },
  );

  // Powertools' own cache knows a secret by its name alone, whatever its stage, and forgets a value that is too old before
  // it has another: the store keeps whole sets instead.
  const fetchOne = async (id: string, stage = 'AWSCURRENT'): Promise<string> => {
    const options = { forceFetch: true, maxAge: 0, throwOnMissing: true, sdkOptions: { VersionStage: stage } } as const;
    const value = await provider.get(id, options);
    if (typeof value !== 'string') throw new TypeError('secret: it must be text');
    return value;
  };

  /**
   * One after the other, in the order in which a version goes through its stages: whenever a rotation falls in between, no
   * key that is in use is missed.
   */
  const fetchMacs = async (id: string): Promise<readonly string[]> => {
    const pending = await unlessMissing(fetchOne(id, 'AWSPENDING'));
    const current = await fetchOne(id);
    const previous = await unlessMissing(fetchOne(id, 'AWSPREVIOUS'));
    const others = [pending, previous].filter((key) => key !== undefined && key.length >= MIN_KEY_LENGTH);
    return [...new Set([current, ...(others as readonly string[])])];
  };

  return async () => {
    const [digest, mac, systemPrompt] = await Promise.all([
      fetchOne(ids.digest),
      ids.mac === undefined ? [] : fetchMacs(ids.mac),
      ids.systemPrompt === undefined ? undefined : fetchOne(ids.systemPrompt),
    ]);
    return { digest: readDigestKey(digest), mac, systemPrompt };
  };
};
