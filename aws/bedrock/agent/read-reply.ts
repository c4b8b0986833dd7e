/** What a turn of the model means for the loop: it calls tools, it is done, or it is no turn to go on from. */

import type {
  ContentBlock,
  ConverseCommandOutput,
  Message,
  StopReason,
  ToolUseBlock,
} from '@aws-sdk/client-bedrock-runtime';
import { BulwarkError } from '../../../core/errors.ts';

/** A call of a tool that can be run. */
export interface ToolCall {
  readonly toolUseId: string;
  readonly name: string;
  readonly input: unknown;
}

/** A turn of the model. */
export interface Reply {
  readonly message: Message;
  readonly stopReason: StopReason;
  /** In their order; none when the model is done. */
  readonly calls: readonly ToolCall[];
}

/** Ends after which calls stand as the model meant them. Some models name the end of the turn where they call a tool. */
const CALLS_STAND: ReadonlySet<string> = new Set<StopReason>(['tool_use', 'end_turn']);

/** Ends after which a turn without calls is an answer: whole after the first two, after the others as far as it goes. */
const ANSWERS: ReadonlySet<string> = new Set<StopReason>([
  'end_turn',
  'stop_sequence',
  'max_tokens',
  'model_context_window_exceeded',
  'content_filtered',
  'guardrail_intervened',
]);

/** A call that is for the loop to run: what runs at Bedrock itself has its result beside it. */
const isToolUse = (block: ContentBlock): block is ContentBlock.ToolUseMember =>
  block.toolUse !== undefined && block.toolUse.type !== 'server_tool_use';

/** Says something: Bedrock takes no blank text in a turn, though models write it. */
const isTold = ({ text }: ContentBlock): boolean => text === undefined || /\S/.test(text);

/** A turn as it goes back to the model. */
export const replayed = (message: Message): Message => {
  const content = message.content?.filter(isTold) ?? [];
  return content.length === message.content?.length ? message : { ...message, content };
};

const callOf = ({ toolUseId, name, input }: ToolUseBlock): ToolCall | undefined =>
  toolUseId === undefined || name === undefined ? undefined : { toolUseId, name, input };

/**
 * Reads a reply. Calls of a turn that was cut are never run: their arguments may lack their end.
 *
 * @throws BulwarkError `output_truncated`, with the stop reason as its reason, for calls that were cut, a turn that says it
 * calls tools and calls none, calls that cannot be told apart, `malformed_model_output`, `malformed_tool_use`, an end that
 * nobody knows, and a reply without a message.
 */
export const readReply = ({ output, stopReason }: ConverseCommandOutput): Reply => {
  const message = output?.message;
  if (message === undefined || stopReason === undefined)
    throw new BulwarkError('output_truncated', { reason: 'no-message' });
  const calls = (message.content ?? []).filter(isToolUse).map(({ toolUse }) => callOf(toolUse));
  const ids = new Set(calls.map((call) => call?.toolUseId));
  const isFine = calls.length > 0 ? CALLS_STAND.has(stopReason) : ANSWERS.has(stopReason);
  if (!isFine || ids.has(undefined) || ids.size < calls.length)
    throw new BulwarkError('output_truncated', { reason: knownReason(stopReason) });
  return { message, stopReason, calls: calls as readonly ToolCall[] };
};

/** Stop reasons as the API spells them; of anything else a log gets no word. */
const knownReason = (stopReason: string): string => (/^[a-z_]{1,40}$/.test(stopReason) ? stopReason : 'unknown');
