/** By themselves, so that a bundle that loads them later holds these commands and not the whole SDK. */
export { ApplyGuardrailCommand, InvokeGuardrailChecksCommand } from '@aws-sdk/client-bedrock-runtime';
