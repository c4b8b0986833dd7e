/** By itself, so that a bundle that loads it later holds this command and not the whole SDK. */
export { CountTokensCommand } from '@aws-sdk/client-bedrock-runtime';
