/** What the handler tells the model must hold nothing that the model must not know. */

import { BulwarkError } from '../../core/errors.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import type { ClientRules } from './client-rules.ts';

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
