/** What the handler tells the model must hold nothing that the model must not know. */

import { remember } from '../../core/bounded-map.ts';
import { BulwarkError } from '../../core/errors.ts';
import { systemPromptSecrets } from '../../core/system-prompt/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import type { ClientRules } from './client-rules.ts';

/** Kinds of secrets in a system prompt. */
export type SystemPromptCheck = (systemPrompt: string) => readonly string[];

/** Remembers what the last few system prompts held: a handler has one or two. */
export const createSystemPromptCheck = (most = 8): SystemPromptCheck => {
  const known = new Map<string, readonly string[]>();
  return (systemPrompt) => {
    const kinds = known.get(systemPrompt) ?? systemPromptSecrets(systemPrompt);
    remember(known, systemPrompt, kinds, most);
    return kinds;
  };
};

const CONTROL = 'bedrock-client';
const REASON = 'system-prompt-secret';

/** @throws BulwarkError `internal` for a system prompt with a secret, where the rules do not let it pass. */
export const checkSystemPromptOf = (
  scope: InvocationScope,
  { systemPromptSecrets: mode = 'refuse' }: ClientRules,
  kinds: readonly string[],
): void => {
  if (kinds.length === 0) return;
  const rules = kinds.map((rule) => ({ rule, score: 1 }));
  if (mode === 'flag') {
    scope.record.decide({ control: CONTROL, verdict: 'flag', reason: REASON, rules });
    return;
  }
  const refusal = new BulwarkError('internal', { reason: REASON });
  scope.record.refuse(refusal, CONTROL, { rules });
  throw refusal;
};
