import { BedrockRuntimeClient, type BedrockRuntimeClientConfig } from '@aws-sdk/client-bedrock-runtime';

/**
 * A Bedrock Runtime client that signs with SigV4 whatever the environment says: a bearer key in the environment would
 * otherwise win over the function's role (facts of the SDK: only the option in code forces the scheme).
 */
export const createBedrockClient = (config: BedrockRuntimeClientConfig = {}): BedrockRuntimeClient =>
  new BedrockRuntimeClient({ ...config, authSchemePreference: ['sigv4'] });
