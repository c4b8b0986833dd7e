/** Leaks: what a reply must not say, in whatever form: the system prompt. */

export type { PromptLeakCheck, PromptLeakStream } from './leak-check.ts';
export { createPromptLeakCheck, LEAK_HOLD, LEAK_WORDS } from './prompt-leak.ts';
