/** One ConverseStream call: as a Converse call before its reply, event by event from then on. */

import type {
  ConverseStreamCommandInput,
  ConverseStreamCommandOutput,
  ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import type { ConverseInput } from '../../core/converse/types.ts';
import { BulwarkError } from '../../core/errors.ts';
import { admitCall } from './admit-call.ts';
import { type CallUsage, usageOf } from './call-cost.ts';
import type { CallSetting } from './call-engines.ts';
import { checked } from './checked.ts';
import { linklessEvents } from './clean-links.ts';
import { replyRules } from './clean-reply.ts';
import type { Send } from './converse-guard.ts';
import { deepEvents } from './deep-redaction/stream.ts';
import { endedUnread } from './ended-unread.ts';
import { withFallbacks } from './fallback.ts';
import { markedCall } from './mark-call.ts';
import { failedCall, type ModelCall, openCall } from './model-call.ts';
import { createReplyPassage, type ReplyPassage } from './reply-passage.ts';
import { shownEvent } from './shown-reply.ts';
import { toolStageOf } from './tools/check-calls.ts';
import { toolEvents } from './tools/reply.ts';

/** Where a reply ends in more than one way: the SDK takes a stream that was cut for one that has ended. */
const assertEnded = (call: ModelCall, stopped: boolean, usage: CallUsage | undefined): void => {
  if (stopped && usage !== undefined) return;
  throw call.signal.aborted
    ? new BulwarkError('upstream_timeout', { reason: 'deadline' })
    : new BulwarkError('output_truncated', { reason: 'stream' });
};

/** The events of a reply that have passed its checks. What it used is accounted for, and its end is one. */
async function* passedEvents(
  { scope, rules }: CallSetting,
  call: ModelCall,
  passage: ReplyPassage,
  events: AsyncIterable<ConverseStreamOutput>,
): AsyncGenerator<ConverseStreamOutput> {
  let stopped = false;
  let usage: CallUsage | undefined;
  for await (const event of events) {
    stopped ||= event.messageStop !== undefined;
    if (event.metadata !== undefined) {
      usage = usageOf(event.metadata.usage, event.metadata.serviceTier?.type);
      call.settle(usage);
    }
    yield* passage.pass(scope.monitor ? event : shownEvent(rules, event));
  }
  checked(scope, () => assertEnded(call, stopped, usage));
  await passage.end();
}

/** The events of a reply as the handler gets them. The call ends with them, also where the handler stops reading. */
async function* guardedEvents(
  setting: CallSetting,
  call: ModelCall,
  input: ConverseInput,
  events: AsyncIterable<ConverseStreamOutput>,
): AsyncGenerator<ConverseStreamOutput> {
  const { scope } = setting;
  try {
    const passage = createReplyPassage(scope, () => replyRules(setting, input), call.signal);
    const passed = passedEvents(setting, call, passage, events);
    const judged = passage.stage === undefined ? passed : deepEvents(passage.stage, passed);
    const tools = toolStageOf(setting, input, call.signal);
    const called = tools === undefined ? judged : toolEvents(tools, judged);
    yield* passage.links === undefined ? called : linklessEvents(passage.links, called);
  } catch (error) {
    throw failedCall(scope, call, error, true);
  } finally {
    call.abandon();
  }
}

type StreamSend = Send<ConverseStreamCommandInput, ConverseStreamCommandOutput>;

/** The call as its input names the model. */
const converseStream = async (
  setting: CallSetting,
  input: ConverseStreamCommandInput,
  send: StreamSend,
): Promise<ConverseStreamCommandOutput> => {
  const { scope } = setting;
  const admitted = await admitCall(setting, input);
  const sent = checked(scope, () => markedCall(setting, admitted)) ?? admitted;
  const call = await openCall(setting, sent as ConverseInput);
  try {
    const output = await call.send(() => send(sent));
    if (output.stream === undefined) {
      call.settle(undefined); // it was answered, and may be billed
      checked(scope, () => {
        throw new BulwarkError('output_truncated', { reason: 'stream' });
      });
      return output;
    }
    const stream = guardedEvents(setting, call, admitted as ConverseInput, output.stream);
    return { ...output, stream: endedUnread(stream, () => call.abandon()) };
  } catch (error) {
    throw failedCall(scope, call, error, false);
  }
};

/**
 * Guards a call whose reply comes in events: each is passed on as soon as nothing in it can become private, a leak, or a
 * tool call that was not offered. `messageStop` and `metadata` must have come, else the stream ends with an error.
 *
 * @throws BulwarkError only, the stream too.
 */
export const guardConverseStream = (
  setting: CallSetting,
  input: ConverseStreamCommandInput,
  send: StreamSend,
): Promise<ConverseStreamCommandOutput> => withFallbacks(setting, input, (each) => converseStream(setting, each, send));
