/** One Converse call: admit, screen, bound, mark, draw, send, account, check, redact. */

import type { ConverseCommandInput, ConverseCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseInput } from '../../core/converse/types.ts';
import { BulwarkError } from '../../core/errors.ts';
import { admitCall } from './admit-call.ts';
import { usageOf } from './call-cost.ts';
import type { CallSetting } from './call-engines.ts';
import { checked, checkedAsync } from './checked.ts';
import { cleanLinks } from './clean-links.ts';
import { cleanReply, replyRules } from './clean-reply.ts';
import { deepStageOf } from './deep-redaction/findings.ts';
import { deepReply } from './deep-redaction/reply.ts';
import { withFallbacks } from './fallback.ts';
import { markedCall } from './mark-call.ts';
import { failedCall, openCall } from './model-call.ts';
import { noteReasoning } from './own-reasoning.ts';
import { shownOutput } from './shown-reply.ts';
import { toolStageOf } from './tools/check-calls.ts';
import { checkReplyTools } from './tools/reply.ts';

/** The rest of the SDK's middleware stack: serialises, signs, sends and retries. */
export type Send<Input, Output> = (input: Input) => Promise<Output>;

type ConverseSend = Send<ConverseCommandInput, ConverseCommandOutput>;

/** The call as its input names the model. */
const converse = async (
  setting: CallSetting,
  input: ConverseCommandInput,
  send: ConverseSend,
): Promise<ConverseCommandOutput> => {
  const { scope } = setting;
  const admitted = await admitCall(setting, input);
  const sent = checked(scope, () => markedCall(setting, admitted)) ?? admitted;
  const call = await openCall(setting, sent as ConverseInput);
  let output: ConverseCommandOutput;
  try {
    output = await call.send(() => send(sent));
  } catch (error) {
    throw failedCall(scope, call, error, false);
  }
  call.settle(usageOf(output.usage, output.serviceTier?.type));
  const message = output.output?.message;
  if (message === undefined || output.stopReason === undefined) {
    checked(scope, () => {
      throw new BulwarkError('output_truncated');
    });
    return output;
  }
  const cleaned = checked(scope, () => {
    const rules = replyRules(setting, admitted as ConverseInput);
    return {
      rules,
      clean: cleanReply(scope, message.content ?? [], rules),
      stage: deepStageOf(scope, rules, scope.signal()),
    };
  });
  checked(scope, () => noteReasoning(scope, message.content ?? []));
  if (cleaned === undefined) return output;
  const { clean, rules, stage } = cleaned;
  const judged = stage === undefined ? clean : await checkedAsync(scope, () => deepReply(stage, clean));
  const tools = toolStageOf(setting, admitted as ConverseInput, call.signal);
  if (tools !== undefined) await checkReplyTools(tools, clean);
  const content = judged && checked(scope, () => cleanLinks(scope, judged, rules.exfiltration));
  if (scope.monitor || content === undefined) return output;
  return { ...shownOutput(setting.rules, output), output: { message: { role: message.role, content } } };
};

/**
 * Guards a call whose reply comes in one piece.
 *
 * @throws BulwarkError only.
 */
export const guardConverse = (
  setting: CallSetting,
  input: ConverseCommandInput,
  send: ConverseSend,
): Promise<ConverseCommandOutput> => withFallbacks(setting, input, (each) => converse(setting, each, send));
