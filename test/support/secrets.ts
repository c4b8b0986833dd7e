/** A local Secrets Manager and a client of it, for tests. */

import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { type LocalSecretsManager, startLocalSecretsManager } from '../../local/secrets-manager/index.ts';

/** A key of 32 equal characters. */
export const keyOf = (letter: string): string => letter.repeat(32);

/** A server with a digest key `d…`, a key that seals `a…`, and a system prompt. */
export const startSecrets = async (): Promise<LocalSecretsManager & { readonly client: SecretsManagerClient }> => {
  const [accessKeyId, secretAccessKey] = ['ASIATEST', 'secret of the test'];
  const server = await startLocalSecretsManager({
    credentials: { [accessKeyId]: secretAccessKey },
    secrets: { digest: keyOf('d'), mac: keyOf('a'), prompt: 'You are Orchard.' },
  });
  const client = new SecretsManagerClient({
    region: 'eu-central-1',
    endpoint: server.url,
    credentials: { accessKeyId, secretAccessKey, sessionToken: 'session of the test' },
    maxAttempts: 1,
  });
  const close = async (): Promise<void> => {
    client.destroy();
    await server.close();
  };
  return { ...server, client, close };
};
