/** One call of a tool: bounded in time and size, and its failure told in words of the kit's own. */

import type { ToolResultBlock } from '@aws-sdk/client-bedrock-runtime';
import { isBulwarkError } from '../../../core/errors.ts';
import { unlessAborted } from '../../../core/unless-aborted.ts';
import type { InvocationScope } from '../../invocation-scope.ts';
import { quietly } from '../../telemetry/index.ts';
import type { ToolCall } from './read-reply.ts';
import { toolResultContent } from './tool-result.ts';
import type { RunnableTool, RunToolsOptions } from './types.ts';

/** What a tool threw may hold secrets, or orders to the model: it reads this instead. */
const FAILED = 'The tool failed.';
/** A tool that took too long may have done its work. */
const TOO_LATE = 'The tool did not answer in time. Whether it has done its work is not known.';

/** What calls of a loop are run with. */
export interface CallSurroundings extends Pick<RunToolsOptions, 'onToolFailure'> {
  readonly scope: InvocationScope | undefined;
  /** Aborts when the loop ends. */
  readonly signal: AbortSignal;
  readonly toolTimeMs: number;
  readonly resultUnits: number;
}

/**
 * Runs a call. A tool that does not heed its signal is not waited for.
 *
 * @throws What `signal` was aborted with; the BulwarkError of a tool.
 */
export const runCall = async (
  tool: RunnableTool,
  { toolUseId, name, input }: ToolCall,
  { scope, signal, toolTimeMs, resultUnits, onToolFailure }: CallSurroundings,
): Promise<ToolResultBlock> => {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), toolTimeMs);
  const both = AbortSignal.any([late.signal, signal]);
  const context = { signal: both, toolUseId, caller: scope?.caller };
  scope?.record.count('ToolCalls');
  try {
    signal.throwIfAborted();
    const running = (async () => ({ value: await tool.run(structuredClone(input), context) }))();
    const outcome = await unlessAborted(running, both);
    if (outcome === undefined) throw both.reason;
    return { toolUseId, content: toolResultContent(outcome.value, resultUnits) };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (isBulwarkError(error)) throw error;
    const isLate = late.signal.aborted;
    scope?.record.count('ToolFailures');
    quietly(() => onToolFailure?.({ name, toolUseId, error: isLate ? undefined : error }));
    return { toolUseId, status: 'error', content: [{ text: isLate ? TOO_LATE : FAILED }] };
  } finally {
    clearTimeout(timer);
  }
};

/**
 * Runs the calls of a turn, at most `parallel` at once, and gives their results in the order of the calls.
 *
 * @throws What the first of them throws; then no other is begun.
 */
export const runCalls = async (
  calls: readonly ToolCall[],
  parallel: number,
  run: (call: ToolCall) => Promise<ToolResultBlock>,
): Promise<readonly ToolResultBlock[]> => {
  const results: ToolResultBlock[] = [];
  const waiting = calls.entries();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const [index, call] of waiting) {
      if (failed) return;
      try {
        results[index] = await run(call);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallel, calls.length) }, worker));
  return results;
};
