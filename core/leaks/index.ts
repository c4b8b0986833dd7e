/** Leaks: what a reply must not say, in whatever form: the system prompt, and secrets in an encoding. */

export {
  createEncodedSecretCheck,
  ENCODED_HOLD,
  type EncodedSecretCheck,
  type EncodedSecretOptions,
  type EncodedSecretStream,
} from './encoded-secrets.ts';
export type { PromptLeakCheck, PromptLeakStream } from './leak-check.ts';
export { createPromptLeakCheck, LEAK_HOLD, LEAK_WORDS } from './prompt-leak.ts';
