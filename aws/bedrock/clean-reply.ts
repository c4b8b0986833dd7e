/** What comes back from the model, before the handler sees it. */

import type { ContentBlock as SdkBlock } from '@aws-sdk/client-bedrock-runtime';
import { type ConverseInput, textOf } from '../../core/converse/types.ts';
import { BulwarkError } from '../../core/errors.ts';
import { createPromptLeakCheck, type PromptLeakCheck, type Redactor } from '../../core/redaction/index.ts';
import { callsOnly, offeredTools } from '../../core/tools/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';

/** Remembers the checks of the last few system prompts: a handler has one or two, and builds them again each time. */
export const createLeakChecks = (most = 8): ((systemPrompt: string) => PromptLeakCheck) => {
  const checks = new Map<string, PromptLeakCheck>();
  return (systemPrompt) => {
    const known = checks.get(systemPrompt);
    if (known !== undefined) return known;
    const check = createPromptLeakCheck(systemPrompt);
    const oldest = checks.keys().next();
    if (checks.size >= most && !oldest.done) checks.delete(oldest.value);
    checks.set(systemPrompt, check);
    return check;
  };
};

/** The handler's own instructions, whose words a reply must not repeat. */
export const systemPromptOf = (input: ConverseInput): string =>
  (input.system ?? []).map((block) => textOf(block) ?? '').join('\n');

/**
 * The reply's blocks as the handler gets them: text redacted, tool calls and signed reasoning untouched.
 *
 * @throws BulwarkError `tool_not_allowed` for a call of a tool that was not offered; `output_blocked` for a reply that
 * repeats the system prompt.
 */
export const cleanReply = (
  scope: InvocationScope,
  content: readonly SdkBlock[],
  input: ConverseInput,
  redactor: Redactor | undefined,
  leakCheck: PromptLeakCheck | undefined,
): SdkBlock[] => {
  if (!callsOnly(content, offeredTools(input))) {
    scope.record.count('ToolsDenied');
    throw new BulwarkError('tool_not_allowed', { reason: 'called' });
  }
  if (leakCheck?.leaks(content.map((block) => block.text ?? '').join('\n')) === true) {
    scope.record.count('OutputsBlocked');
    throw new BulwarkError('output_blocked', { reason: 'system-prompt' });
  }
  return content.map((block) => {
    if (block.text === undefined || redactor === undefined) return block;
    const { text, findings } = redactor.redact(block.text);
    scope.record.count('Redactions', findings.length);
    return { ...block, text };
  });
};
