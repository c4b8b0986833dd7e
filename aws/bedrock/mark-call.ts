/** What is put around and into a call before it is sent, and what is looked for in it. */

import type { ConverseInput } from '../../core/converse/types.ts';
import { segmentKey, segmentsOf } from '../../core/injection/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import type { CallSetting } from './call-engines.ts';
import { pseudonymsOf } from './pseudonyms.ts';

/**
 * The call as it is sent: with stand-ins for private values, and with marks. What they mean is said first in its system prompt, whether or not there is anything to
 * mark: the prefix of an agent's first call is that of its later ones.
 */
export const markedCall = <Input>(setting: CallSetting, input: Input): Input => {
  const { scope, rules, engines } = setting;
  if (scope.monitor) return input;
  const { spotlight, canary, salt } = engines.marks(scope, rules);
  const pseudonyms = pseudonymsOf(setting);
  const said = [salt, canary?.instruction, spotlight?.explanation, pseudonyms?.instruction].filter(
    (sentence) => sentence !== undefined,
  );
  if (said.length === 0) return input;
  // Values are looked for in texts without marks: one in the middle of a value would hide it.
  const call = pseudonyms?.replace(input as ConverseInput) ?? (input as ConverseInput);
  const marked = spotlight?.mark(call) ?? call;
  return { ...marked, system: [{ text: said.join('\n') }, ...(call.system ?? [])] } as Input;
};

/** Texts that were looked at, by invocation: the next call of a loop brings them again. */
const lookedAt = new WeakMap<InvocationScope, Set<string>>();

/**
 * Flags a call that brings the canary along: whoever wrote it has seen the system prompt, or a reply that gave it away.
 * The call goes on.
 */
export const noteCanaries = ({ scope, rules, engines }: CallSetting, { messages = [] }: ConverseInput): void => {
  const { canary } = engines.marks(scope, rules);
  if (canary === undefined) return;
  const looked = lookedAt.get(scope) ?? new Set<string>();
  lookedAt.set(scope, looked);
  for (const segment of segmentsOf(messages)) {
    const key = segmentKey(segment);
    if (looked.has(key)) continue;
    looked.add(key);
    if (!canary.check.leaks(segment.text)) continue;
    scope.record.count('CanariesSeen');
    scope.record.decide({ control: 'canary', verdict: 'flag', reason: segment.channel });
  }
};
