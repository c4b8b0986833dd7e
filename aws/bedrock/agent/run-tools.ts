/** An agent's loop: the model calls tools, reads what they give, and so on, until it is done or a bound is reached. */

import {
  ConverseCommand,
  type ConverseCommandInput,
  type ConverseCommandOutput,
  type Message,
  type Tool,
  type ToolConfiguration,
} from '@aws-sdk/client-bedrock-runtime';
import { BulwarkError, isBulwarkError } from '../../../core/errors.ts';
import { unlessAborted } from '../../../core/unless-aborted.ts';
import { currentScope, type InvocationScope } from '../../invocation-scope.ts';
import { loopLimitReached } from './loop-limit.ts';
import { startLoopTime } from './loop-time.ts';
import { createMeter } from './meter.ts';
import { limitsOf } from './options.ts';
import { type Reply, readReply, replayed, type ToolCall } from './read-reply.ts';
import { type CallSurroundings, runCall, runCalls } from './run-call.ts';
import type { RunnableTool, RunToolsOptions, RunToolsResult } from './types.ts';

/** What the model is offered. A call that the input forces is forced once: else the loop would never end. */
const toolConfigOf = (
  given: ToolConfiguration | undefined,
  tools: ReadonlyMap<string, RunnableTool>,
  turn: number,
): Pick<ConverseCommandInput, 'toolConfig'> => {
  if (tools.size === 0) return {};
  const offered = [...tools].map(([name, { spec }]): Tool => ({ toolSpec: { ...spec, name } }));
  const { tools: cachePoints = [], toolChoice, ...others } = given ?? {};
  const choice = turn === 0 && toolChoice !== undefined ? { toolChoice } : {};
  return { toolConfig: { ...others, tools: [...offered, ...cachePoints], ...choice } };
};

/** Reads a reply, and counts one that was cut. @throws BulwarkError `output_truncated` */
const reading = (scope: InvocationScope | undefined, output: ConverseCommandOutput): Reply => {
  try {
    return readReply(output);
  } catch (error) {
    if (isBulwarkError(error)) scope?.record.countFor(scope.record.model, 'OutputsTruncated');
    throw error;
  }
};

/**
 * Drives `Converse` until the model ends its turn, and runs the tools that it calls. Approvals, quota, refusals and failures
 * of the client end the loop and pass as they are. See `docs/agent.md`.
 *
 * @throws TypeError for an unknown or invalid option; BulwarkError `loop_limit_reached` (its reason is the bound: `turns`,
 * `time`, `calls`, `tokens` or `usd`), `output_truncated` for a turn that was cut, `tool_not_allowed` for a tool that is not
 * there, `model_unpriced`; the reason of `signal`; what `bedrock.send` throws.
 *
 * @example
 * const tools = { look_up_order: { spec, run: ({ orderId }: { orderId: string }) => orders.find(orderId) } };
 * const { message } = await runTools({ bedrock: context.bedrock, input: { modelId, messages }, tools });
 */
export const runTools = async (options: RunToolsOptions): Promise<RunToolsResult> => {
  const limits = limitsOf(options);
  const { bedrock, input, parallel = 1, signal: stopped, onToolFailure } = options;
  const scope = currentScope();
  const tools = new Map(Object.entries(options.tools));
  const meter = await createMeter(options, limits, scope);
  const messages: Message[] = [...(input.messages ?? [])];
  const time = startLoopTime(limits, scope, stopped);
  const { signal } = time;
  const surroundings: CallSurroundings = {
    ...limits,
    scope,
    signal,
    ...(onToolFailure && { onToolFailure }),
  };
  let turns = 0;
  let called = 0;

  const send = async (call: ConverseCommandInput): Promise<ConverseCommandOutput> => {
    try {
      signal.throwIfAborted();
      const output = await unlessAborted(bedrock.send(new ConverseCommand(call), { abortSignal: signal }), signal);
      if (output !== undefined) return output;
      throw signal.reason;
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    }
  };

  const runOne = (call: ToolCall) => {
    const tool = tools.get(call.name);
    if (tool === undefined) throw new BulwarkError('tool_not_allowed', { reason: 'called' });
    return runCall(tool, call, surroundings);
  };

  try {
    for (;;) {
      const call = meter.bounded({
        ...input,
        messages: [...messages],
        ...toolConfigOf(input.toolConfig, tools, turns),
      });
      meter.admit(call);
      turns += 1;
      const output = await send(call);
      meter.count(call, output);
      const { message, stopReason, calls } = reading(scope, output);
      messages.push(calls.length === 0 ? message : replayed(message));
      if (calls.length === 0) return { message, messages, turns, calls: called, usage: meter.usage(), stopReason };
      // Before any of them runs: nothing is done whose outcome the model would not read.
      if (turns === limits.turns) throw loopLimitReached(scope, 'turns');
      if (called + calls.length > limits.calls) throw loopLimitReached(scope, 'calls');
      called += calls.length;
      const results = await runCalls(calls, parallel, async (one) => runOne(one));
      messages.push({ role: 'user', content: results.map((toolResult) => ({ toolResult })) });
    }
  } finally {
    time.end();
  }
};
