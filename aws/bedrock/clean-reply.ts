/** What comes back from the model in one piece, before the handler sees it. */

import type { ContentBlock as SdkBlock } from '@aws-sdk/client-bedrock-runtime';
import type { Canary } from '../../core/canary/index.ts';
import type { ContentPolicy } from '../../core/content/index.ts';
import { areReplyBlocks } from '../../core/converse/reply-blocks.ts';
import type { ConverseInput } from '../../core/converse/types.ts';
import { BulwarkError } from '../../core/errors.ts';
import type { ExfiltrationFilter } from '../../core/exfiltration/index.ts';
import { createEncodedSecretCheck, type PromptLeakCheck } from '../../core/leaks/index.ts';
import type { Pseudonyms } from '../../core/pseudonyms/index.ts';
import { type DeepRedactionRules, deepRedactionOf } from '../../core/redaction/deep-redaction.ts';
import type { Redactor } from '../../core/redaction/index.ts';
import type { Spotlight } from '../../core/spotlight/index.ts';
import { callsOnly, offeredTools } from '../../core/tools/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import type { CallSetting } from './call-engines.ts';
import { checked } from './checked.ts';
import { pseudonymsOf } from './pseudonyms.ts';
import { recordRedaction, withoutContent, withoutInvisible } from './reply-content.ts';

/** What a reply is held against. */
export interface ReplyRules {
  /** Names of the tools that may be called. `undefined` admits any. */
  readonly offered: readonly string[] | undefined;
  readonly redactor: Redactor | undefined;
  /** Asked about what the redactor has been over. */
  readonly deep?: DeepRedactionRules | undefined;
  /** What of a text passes besides words. */
  readonly content?: ContentPolicy | undefined;
  /** What is invisible goes before the redactor looks; the rest after all others: see `clean-links.ts`. */
  readonly exfiltration?: ExfiltrationFilter | undefined;
  readonly leakCheck: PromptLeakCheck | undefined;
  readonly canary: Canary | undefined;
  /** Whose marks are taken out. */
  readonly spotlight: Spotlight | undefined;
  /** Whose stand-ins tools get the values of. */
  readonly pseudonyms?: Pseudonyms | undefined;
}

/** What the reply to `input`, a call before it is marked, is held against. */
export const replyRules = (setting: CallSetting, input: ConverseInput): ReplyRules => {
  const { scope, rules, engines } = setting;
  const { canary, spotlight } = engines.marks(scope, rules);
  return {
    offered: offeredTools(input),
    redactor: engines.redactor(scope, rules),
    deep: rules.deepRedaction ? deepRedactionOf('deepRedaction', rules.deepRedaction) : undefined,
    content: engines.content(rules),
    exfiltration: engines.exfiltration(rules),
    leakCheck: engines.leakCheck(rules, input),
    canary,
    spotlight: scope.monitor ? undefined : spotlight,
    pseudonyms: pseudonymsOf(setting),
  };
};

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

/** The refusal of a reply that holds what nobody cleans. */
export const blockUnknown = (scope: InvocationScope): BulwarkError => {
  scope.record.count('OutputsBlocked');
  return new BulwarkError('output_blocked', { reason: 'block' });
};

/** The refusal of a reply that holds the canary. */
export const canaryLeaked = (scope: InvocationScope): BulwarkError => {
  scope.record.count('OutputsBlocked');
  scope.record.count('CanariesLeaked');
  return new BulwarkError('output_blocked', { reason: 'canary' });
};

/** What a block says, be it to the client or to itself: reasoning is signed and cannot be changed, but it can leak. */
const wordsOf = ({ text, reasoningContent }: SdkBlock): string => text ?? reasoningContent?.reasoningText?.text ?? '';

/** A block without marks. Reasoning keeps them: it is signed as it is. */
const unmarked = (block: SdkBlock, spotlight: Spotlight): SdkBlock => {
  const { text, toolUse } = block;
  if (text !== undefined) return { ...block, text: spotlight.unmark(text) };
  if (toolUse === undefined) return block;
  return { ...block, toolUse: { ...toolUse, input: spotlight.unmarkJson(toolUse.input) as typeof toolUse.input } };
};

/** A block as tools need it: they get the values that the model named by their stand-ins. */
const restored = (block: SdkBlock, pseudonyms: Pseudonyms | undefined): SdkBlock => {
  const { toolUse } = block;
  if (toolUse === undefined || pseudonyms === undefined) return block;
  return { ...block, toolUse: { ...toolUse, input: pseudonyms.restoreJson(toolUse.input) as typeof toolUse.input } };
};

/** Whether the canary stands in the words of a reply, or in what it would have tools do. */
const saysCanary = (content: readonly SdkBlock[], { check, isIn }: Canary): boolean =>
  check.leaks(content.map(wordsOf).join('\n')) || content.some(({ toolUse }) => isIn(toolUse?.input));

/** A text without private values, be they encoded or not. @throws BulwarkError `output_blocked` by the mode of an entity. */
const redacted = (scope: InvocationScope, text: string, redactor: Redactor): string => {
  const plain = createEncodedSecretCheck({ redactor }).redact(text);
  const clean = redactor.redact(plain.text);
  recordRedaction(scope, redactor, [...plain.findings, ...clean.findings]);
  return clean.text;
};

/**
 * The reply's blocks as the handler gets them, but for links (`clean-links.ts`): marks, barred content and what is invisible
 * taken out, then text redacted, since what they part may be private; stand-ins in arguments of tools restored, tool
 * calls and signed reasoning otherwise untouched. What was found is recorded, also where monitor mode makes no use of the blocks.
 *
 * @throws BulwarkError `tool_not_allowed` for a call of a tool that was not offered; `output_blocked` for a reply that
 * repeats the system prompt, holds the canary, or holds content or private values that the policy blocks.
 */
export const cleanReply = (
  scope: InvocationScope,
  marked: readonly SdkBlock[],
  { offered, redactor, content: policy, exfiltration, leakCheck, canary, spotlight, pseudonyms }: ReplyRules,
): SdkBlock[] => {
  const plain = spotlight === undefined ? marked : marked.map((block) => unmarked(block, spotlight));
  const content = plain.map((block) =>
    block.text === undefined ? block : { ...block, text: withoutContent(scope, policy, block.text) },
  );
  checked(scope, () => {
    if (!areReplyBlocks(marked)) throw blockUnknown(scope);
    if (offered !== undefined && !callsOnly(content, offered)) throw toolDenied(scope, 'called');
    if (canary !== undefined && saysCanary(content, canary)) throw canaryLeaked(scope);
    if (leakCheck?.leaks(content.map(wordsOf).join('\n')) === true) throw promptLeaked(scope);
  });
  return content.map((block) => {
    if (block.text === undefined) return restored(block, pseudonyms);
    const text = withoutInvisible(scope, exfiltration, block.text);
    return { ...block, text: redactor === undefined ? text : redacted(scope, text, redactor) };
  });
};
