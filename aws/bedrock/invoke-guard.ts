/** One InvokeModel call: read as a Converse call, guarded as one, and written back. */

import type { InvokeModelCommandInput, InvokeModelCommandOutput } from '@aws-sdk/client-bedrock-runtime';
import type { CallSetting } from './call-engines.ts';
import { checked } from './checked.ts';
import { guardConverse, type Send } from './converse-guard.ts';
import { readInvocation } from './invoke-call.ts';
import { converseOutput, invokeOutput, type ResponseHeaders } from './invoke-reply.ts';

/**
 * Guards a call whose body is a model's own. In monitor mode one that cannot be read is recorded, and sent as it is.
 *
 * @param headers Those of the last response.
 * @throws BulwarkError only.
 */
export const guardInvoke = async (
  setting: CallSetting,
  input: InvokeModelCommandInput,
  send: Send<InvokeModelCommandInput, InvokeModelCommandOutput>,
  headers: () => ResponseHeaders,
): Promise<InvokeModelCommandOutput> => {
  const { scope } = setting;
  const invocation = checked(scope, () => readInvocation(setting, input, false));
  if (invocation === undefined) return send(input);
  let answer: InvokeModelCommandOutput | undefined;
  const output = await guardConverse(invocation.setting, invocation.call, async (sent) => {
    const own = await send(scope.monitor ? input : invocation.write(sent));
    answer = own;
    return converseOutput(invocation, own, headers());
  });
  const own = answer as unknown as InvokeModelCommandOutput;
  return scope.monitor ? own : invokeOutput(invocation, own, output);
};
