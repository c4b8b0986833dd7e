/** What comes back from the model in one piece, before the handler sees it. */

import type { ContentBlock as SdkBlock } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseInput } from '../../core/converse/types.ts';
import { BulwarkError } from '../../core/errors.ts';
import type { PromptLeakCheck, Redactor } from '../../core/redaction/index.ts';
import { callsOnly, offeredTools } from '../../core/tools/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import type { CallSetting } from './call-engines.ts';
import { checked } from './checked.ts';

/** What a reply is held against. */
export interface ReplyRules {
  /** Names of the tools that may be called. `undefined` admits any. */
  readonly offered: readonly string[] | undefined;
  readonly redactor: Redactor | undefined;
  readonly leakCheck: PromptLeakCheck | undefined;
}

/** What the reply to `input` is held against. */
export const replyRules = ({ scope, rules, engines }: CallSetting, input: ConverseInput): ReplyRules => ({
  offered: offeredTools(input),
  redactor: engines.redactor(scope, rules),
  leakCheck: engines.leakCheck(rules, input),
});

/** The refusal of a tool call. */
export const toolDenied = (scope: InvocationScope, reason: string): BulwarkError => {
  scope.record.count('ToolsDenied');
  return new BulwarkError('tool_not_allowed', { reason });
};

/** The refusal of a reply that repeats the system prompt. */
export const promptLeaked = (scope: InvocationScope): BulwarkError => {
  scope.record.count('OutputsBlocked');
  return new BulwarkError('output_blocked', { reason: 'system-prompt' });
};

/** What a block says, be it to the client or to itself: reasoning is signed and cannot be changed, but it can leak. */
const wordsOf = ({ text, reasoningContent }: SdkBlock): string => text ?? reasoningContent?.reasoningText?.text ?? '';

/**
 * The reply's blocks as the handler gets them: text redacted, tool calls and signed reasoning untouched. What was found
 * is recorded, also where monitor mode makes no use of the blocks.
 *
 * @throws BulwarkError `tool_not_allowed` for a call of a tool that was not offered; `output_blocked` for a reply that
 * repeats the system prompt.
 */
export const cleanReply = (
  scope: InvocationScope,
  content: readonly SdkBlock[],
  { offered, redactor, leakCheck }: ReplyRules,
): SdkBlock[] => {
  checked(scope, () => {
    if (offered !== undefined && !callsOnly(content, offered)) throw toolDenied(scope, 'called');
    if (leakCheck?.leaks(content.map(wordsOf).join('\n')) === true) throw promptLeaked(scope);
  });
  return content.map((block) => {
    if (block.text === undefined || redactor === undefined) return block;
    const { text, findings } = redactor.redact(block.text);
    scope.record.redacted(findings);
    return { ...block, text };
  });
};
