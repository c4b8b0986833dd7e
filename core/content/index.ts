/** The content policy: code, commands and control sequences in a reply. */

export type { Language } from './languages.ts';
export { LANGUAGES } from './languages.ts';
export { type ContentPolicyOptions, createContentPolicy } from './policy.ts';
export {
  CONTENT_HOLD,
  type ContentAction,
  type ContentFinding,
  type ContentKind,
  type ContentPolicy,
  type ContentStream,
} from './types.ts';
