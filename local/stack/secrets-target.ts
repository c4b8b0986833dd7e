/** Where the functions have their keys from. */

import { randomBytes } from 'node:crypto';
import { type LocalSecretsManager, startLocalSecretsManager } from '../secrets-manager/index.ts';
import type { BedrockTarget } from './bedrock-target.ts';

/** The keys of a stack: environment for the functions, and the local server itself where there is one. */
export interface SecretsTarget {
  readonly env: Readonly<Record<string, string>>;
  /** Undefined beside real Bedrock, whose credentials the local server does not know: keys are in the environment then. */
  readonly local: LocalSecretsManager | undefined;
  close(): Promise<void>;
}

const newKey = (): string => randomBytes(32).toString('hex');

/**
 * Keeps the keys in a local Secrets Manager. They are new every time, but for those that `given` has in
 * `BULWARK_DIGEST_KEY` and `BULWARK_MAC_KEY`.
 */
export const startSecrets = async (
  bedrock: BedrockTarget,
  given: Readonly<Record<string, string>>,
): Promise<SecretsTarget> => {
  const { BULWARK_DIGEST_KEY: digest = newKey(), BULWARK_MAC_KEY: mac = newKey() } = given;
  const { AWS_ACCESS_KEY_ID = '', AWS_SECRET_ACCESS_KEY = '' } = bedrock.env;
  if (bedrock.local === undefined)
    return { env: { BULWARK_DIGEST_KEY: digest, BULWARK_MAC_KEY: mac }, local: undefined, close: async () => {} };
  const local = await startLocalSecretsManager({
    credentials: { [AWS_ACCESS_KEY_ID]: AWS_SECRET_ACCESS_KEY },
    secrets: { digest, mac },
  });
  return {
    env: {
      AWS_ENDPOINT_URL_SECRETS_MANAGER: local.url,
      BULWARK_DIGEST_SECRET: local.arnOf('digest'),
      BULWARK_MAC_SECRET: local.arnOf('mac'),
    },
    local,
    close: () => local.close(),
  };
};
