/** Tool calls of a reply that comes in one piece, and of one that comes in events. */

import type { ContentBlock, ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { parsedArguments } from '../../../core/tools/arguments.ts';
import { checkedAsync } from '../checked.ts';
import { checkToolCalls, type ToolCall, type ToolStage } from './check-calls.ts';

/**
 * Checks the tool calls in the blocks of a reply.
 *
 * @throws BulwarkError as {@link checkToolCalls}; `control_unavailable` when a check fails.
 */
export const checkReplyTools = async (stage: ToolStage, content: readonly ContentBlock[]): Promise<void> => {
  const calls = content.flatMap(({ toolUse }): ToolCall[] =>
    toolUse === undefined ? [] : [{ name: toolUse.name ?? '', input: toolUse.input }],
  );
  if (calls.length > 0) await checkedAsync(stage.setting.scope, () => checkToolCalls(stage, calls));
};

/** A call whose arguments come in pieces. */
interface OpenToolCall {
  readonly name: string;
  json: string;
}

/** Longest arguments that are kept to be checked, in UTF-16 units: longer ones are refused. */
const MOST_KEPT = 1_000_000;

const callOf = ({ name, json }: OpenToolCall): ToolCall => {
  const input = json.length > MOST_KEPT ? undefined : parsedArguments(json);
  return input === undefined ? { name } : { name, input };
};

/**
 * The events of a reply whose tool calls have passed their checks. From the first call on they are held back to the end,
 * what it used included: where one call of a reply is refused, the handler has seen none. In monitor mode they pass as
 * they come, and are checked at the end.
 *
 * @throws BulwarkError as {@link checkReplyTools}; what reading the events throws, and then nothing that was held back.
 */
export async function* toolEvents(
  stage: ToolStage,
  events: AsyncIterable<ConverseStreamOutput>,
): AsyncGenerator<ConverseStreamOutput> {
  const { scope } = stage.setting;
  const calls = new Map<number | undefined, OpenToolCall>();
  const done: OpenToolCall[] = [];
  const held: ConverseStreamOutput[] = [];
  for await (const event of events) {
    const { contentBlockStart, contentBlockDelta } = event;
    const started = contentBlockStart?.start?.toolUse;
    if (started !== undefined) {
      const call = { name: started.name ?? '', json: '' };
      calls.set(contentBlockStart?.contentBlockIndex, call);
      done.push(call);
    }
    const piece = contentBlockDelta?.delta?.toolUse?.input;
    const call = calls.get(contentBlockDelta?.contentBlockIndex);
    if (piece !== undefined && call !== undefined && call.json.length <= MOST_KEPT) call.json += piece;
    if (done.length === 0 || scope.monitor) yield event;
    else held.push(event);
  }
  if (done.length > 0) await checkedAsync(scope, () => checkToolCalls(stage, done.map(callOf)));
  yield* held;
}
