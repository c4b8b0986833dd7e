/** One ConverseStream call: as a Converse call before its reply, event by event from then on. */

import type {
  ConverseStreamCommandInput,
  ConverseStreamCommandOutput,
  ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import type { ConverseInput } from '../../core/converse/types.ts';
import { BulwarkError } from '../../core/errors.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import { admitCall } from './admit-call.ts';
import { type CallUsage, usageOf } from './call-cost.ts';
import type { CallSetting } from './call-engines.ts';
import { checked } from './checked.ts';
import { type ReplyRules, replyRules } from './clean-reply.ts';
import { createStreamCleaner } from './clean-stream.ts';
import type { Send } from './converse-guard.ts';
import { failedCall, type ModelCall, openCall } from './model-call.ts';

/** Where a reply ends in more than one way: the SDK takes a stream that was cut for one that has ended. */
const assertEnded = (call: ModelCall, stopped: boolean, usage: CallUsage | undefined): void => {
  if (stopped && usage !== undefined) return;
  throw call.signal.aborted
    ? new BulwarkError('upstream_timeout', { reason: 'deadline' })
    : new BulwarkError('output_truncated', { reason: 'stream' });
};

/** In monitor mode each check looks for itself, and stops looking after what it would have refused. */
const createWatch = (scope: InvocationScope, rules: ReplyRules): ((event: ConverseStreamOutput) => void) => {
  let watchers = [
    createStreamCleaner(scope, { ...rules, redactor: undefined }),
    createStreamCleaner(scope, { ...rules, leakCheck: undefined, offered: undefined }),
  ];
  return (event) => {
    watchers = watchers.filter((watcher) => checked(scope, () => watcher.push(event)) !== undefined);
  };
};

/** The events of a reply as the handler gets them. The call ends with them, also where the handler stops reading. */
async function* guardedEvents(
  setting: CallSetting,
  call: ModelCall,
  input: ConverseInput,
  events: AsyncIterable<ConverseStreamOutput>,
): AsyncGenerator<ConverseStreamOutput> {
  const { scope } = setting;
  const rules = replyRules(setting, input);
  const cleaner = createStreamCleaner(scope, rules);
  const watch = createWatch(scope, rules);
  let stopped = false;
  let usage: CallUsage | undefined;
  try {
    for await (const event of events) {
      stopped ||= event.messageStop !== undefined;
      if (event.metadata !== undefined) {
        usage = usageOf(event.metadata.usage);
        call.settle(usage);
      }
      if (!scope.monitor) yield* cleaner.push(event);
      else {
        watch(event);
        yield event;
      }
    }
    if (!scope.monitor) assertEnded(call, stopped, usage);
    else checked(scope, () => assertEnded(call, stopped, usage));
  } catch (error) {
    throw failedCall(scope, call, error, true);
  } finally {
    call.abandon();
  }
}

/**
 * Guards a call whose reply comes in events: each is passed on as soon as nothing in it can become private, a leak, or a
 * tool call that was not offered. `messageStop` and `metadata` must have come, else the stream ends with an error.
 *
 * @throws BulwarkError only, the stream too.
 */
export const guardConverseStream = async (
  setting: CallSetting,
  input: ConverseStreamCommandInput,
  send: Send<ConverseStreamCommandInput, ConverseStreamCommandOutput>,
): Promise<ConverseStreamCommandOutput> => {
  const { scope } = setting;
  const admitted = admitCall(setting, input);
  const call = await openCall(setting, admitted as ConverseInput & { modelId: string });
  try {
    const output = await call.send(() => send(admitted));
    if (output.stream === undefined) throw new BulwarkError('output_truncated', { reason: 'stream' });
    return { ...output, stream: guardedEvents(setting, call, input as ConverseInput, output.stream) };
  } catch (error) {
    throw failedCall(scope, call, error, false);
  }
};
