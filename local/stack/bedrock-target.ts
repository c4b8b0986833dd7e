/** Which Bedrock the functions talk to. */

import { randomBytes } from 'node:crypto';
import { type LocalBedrock, startLocalBedrock } from '../bedrock/index.ts';

/** A Bedrock to call: environment for the functions, and the local server itself where it is one. */
export interface BedrockTarget {
  readonly kind: 'local' | 'aws';
  readonly env: Readonly<Record<string, string>>;
  /** Undefined for real Bedrock. */
  readonly local: LocalBedrock | undefined;
  close(): Promise<void>;
}

/** Model that the local stack asks for, where `BULWARK_MODEL_ID` names no other. */
export const LOCAL_MODEL_ID = 'amazon.nova-lite-v1:0';

/** What the functions need of this process to call real Bedrock. DynamoDB takes any credentials locally. */
const AWS_VARIABLES = [
  'AWS_REGION',
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
  'AWS_CONFIG_FILE',
  'AWS_SHARED_CREDENTIALS_FILE',
  'HOME',
];

/** The model that is called, and priced as itself unless something else is said, whatever the template says. */
const called = (modelId: string, pricedAs = modelId): Readonly<Record<string, string>> => ({
  BULWARK_MODEL_ID: modelId,
  BULWARK_PRICED_AS: pricedAs,
});

const realBedrock = (): BedrockTarget => ({
  kind: 'aws',
  env: {
    ...called(process.env['BULWARK_MODEL_ID'] ?? LOCAL_MODEL_ID, process.env['BULWARK_PRICED_AS'] || undefined),
    ...Object.fromEntries(AWS_VARIABLES.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
  },
  local: undefined,
  close: async () => {},
});

/** Starts the local Bedrock, or points at the real one. */
export const startBedrock = async (kind: 'local' | 'aws', port: number): Promise<BedrockTarget> => {
  if (kind === 'aws') return realBedrock();
  const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
  const secretAccessKey = randomBytes(20).toString('hex');
  const local = await startLocalBedrock({ port, credentials: { [accessKeyId]: secretAccessKey } });
  return {
    kind,
    env: {
      ...called(LOCAL_MODEL_ID),
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: local.url,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: randomBytes(20).toString('hex'),
    },
    local,
    close: () => local.close(),
  };
};
