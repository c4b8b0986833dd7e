/** What a call must pass before anything is spent on it, and what of its data goes out. */

import { admitConverse } from '../../core/converse/admit.ts';
import type { ConverseInput } from '../../core/converse/types.ts';
import { BulwarkError } from '../../core/errors.ts';
import { offersOnly } from '../../core/tools/index.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import { boundedCall, type CallInput } from './bounded-call.ts';
import type { CallSetting } from './call-engines.ts';
import { checkSystemPromptOf } from './check-system-prompt.ts';
import { checked, checkedAsync } from './checked.ts';
import { classifyCall } from './classify-call.ts';
import type { ClientRules } from './client-rules.ts';
import { noteCanaries } from './mark-call.ts';
import { isOwnReasoning } from './own-reasoning.ts';
import type { ScreenRules } from './screen-texts.ts';
import { screenTurns } from './screen-turns.ts';
import { snapshotOf } from './snapshot.ts';
import { admitTools, screenTools } from './tools/admit-tools.ts';

const admit = (scope: InvocationScope, rules: ClientRules, input: ConverseInput): void => {
  const refusal = admitConverse(input, { ...rules, isOwnReasoning: (block) => isOwnReasoning(scope, block) });
  if (refusal !== undefined) throw new BulwarkError(refusal.code, { reason: refusal.reason });
  if (offersOnly(input, rules.tools)) return;
  scope.record.count('ToolsDenied');
  throw new BulwarkError('tool_not_allowed', { reason: 'offered' });
};

/**
 * Checks a call against allowlists, screens and classifies what is new in it, and bounds it.
 *
 * @returns What is to be sent once it is marked: what was screened, with private values masked where the policy says so, whatever
 * becomes of the input; in monitor mode the input itself.
 * @throws BulwarkError `model_not_allowed`, `content_not_allowed`, `tool_not_allowed`, `prompt_rejected` or `data_not_allowed`;
 * `control_unavailable` when a check fails.
 */
export const admitCall = async <Input extends CallInput>(setting: CallSetting, input: Input): Promise<Input> => {
  const { scope, rules, engines, unattributed = [] } = setting;
  // Before the call is sent the ledger is waited for: its handler may change the conversation meanwhile.
  const call = scope.monitor ? input : (checked(scope, () => snapshotOf(input)) ?? input);
  checked(scope, () => admit(scope, rules, call as ConverseInput));
  checked(scope, () => admitTools(setting, call as ConverseInput));
  checked(scope, () => checkSystemPromptOf(scope, rules, engines.systemPromptSecrets(call as ConverseInput)));
  checked(scope, () => noteCanaries(setting, call as ConverseInput));
  const screen = checked(scope, () => engines.screen(rules));
  if (screen !== undefined) {
    const { deep, ...more } = rules;
    const screening: ScreenRules = { ...more, ...(deep && { deep }), screen };
    const tools = checked(scope, () => screenTools(setting, screening, call as ConverseInput));
    if (tools instanceof Promise) await checkedAsync(scope, () => tools);
    const turns = checked(scope, () =>
      screenTurns(scope, screening, [...unattributed, ...((call as ConverseInput).messages ?? [])]),
    );
    if (turns instanceof Promise) await checkedAsync(scope, () => turns);
  }
  const classified = checked(scope, () => classifyCall(setting, call)) ?? call;
  return scope.monitor ? input : boundedCall(scope, rules, classified);
};
