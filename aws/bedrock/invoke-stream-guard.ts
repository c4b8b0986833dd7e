/** One InvokeModelWithResponseStream call: its chunks read as a Converse stream's events, guarded as those, and written back. */

import type {
  ConverseStreamOutput,
  InvokeModelCommandInput,
  InvokeModelWithResponseStreamCommandOutput,
  ResponseStream,
} from '@aws-sdk/client-bedrock-runtime';
import { BulwarkError } from '../../core/errors.ts';
import {
  type ChunkLens,
  createChunkLens,
  fieldsIn,
  guardrailIntervened,
  type ReplyEvent,
  utf8In,
} from '../../core/invoke-model/index.ts';
import type { CallSetting } from './call-engines.ts';
import { checked } from './checked.ts';
import type { Send } from './converse-guard.ts';
import { guardConverseStream } from './converse-stream-guard.ts';
import { endedUnread } from './ended-unread.ts';
import { readInvocation } from './invoke-call.ts';

/** The events of one part of a stream. @throws BulwarkError `output_truncated` for one that cannot be read. */
const eventsIn = (lens: ChunkLens, { chunk }: ResponseStream): readonly ReplyEvent[] => {
  const json = chunk?.bytes === undefined ? undefined : utf8In(chunk.bytes);
  const fields = json === undefined ? undefined : fieldsIn(json);
  if (fields === undefined) throw new BulwarkError('output_truncated', { reason: 'chunk' });
  const events = lens.read(fields);
  if (!guardrailIntervened(fields)) return events;
  return events.map((event) =>
    event.messageStop === undefined ? event : { messageStop: { stopReason: 'guardrail_intervened' } },
  );
};

/** The events of a reply, as the guard of ConverseStream knows them. */
async function* converseEvents(
  lens: ChunkLens,
  parts: AsyncIterable<ResponseStream>,
  tier: string | undefined,
  read: (part: ResponseStream) => readonly ReplyEvent[],
): AsyncGenerator<ConverseStreamOutput> {
  const withTier = (event: ReplyEvent): ConverseStreamOutput =>
    (event.metadata === undefined || tier === undefined
      ? event
      : { metadata: { ...event.metadata, serviceTier: { type: tier } } }) as ConverseStreamOutput;
  for await (const part of parts) for (const event of read(part)) yield withTier(event);
  for (const event of lens.readEnd()) yield withTier(event);
}

/** The chunks that events make. */
async function* chunksOf(lens: ChunkLens, events: AsyncIterable<ConverseStreamOutput>): AsyncGenerator<ResponseStream> {
  for await (const event of events)
    for (const chunk of lens.write(event as ReplyEvent))
      yield { chunk: { bytes: new TextEncoder().encode(JSON.stringify(chunk)) } };
}

/** In monitor mode the parts pass as they came: none before the guard has had a look at it. */
async function* watchedParts(
  seen: ResponseStream[],
  events: AsyncIterable<ConverseStreamOutput>,
): AsyncGenerator<ResponseStream> {
  try {
    for await (const _ of events) yield* seen.splice(0);
  } catch (error) {
    yield* seen.splice(0);
    throw error;
  }
  yield* seen.splice(0);
}

/** Something that the guard has nothing to say about: what was seen so far is passed on. */
const NOTHING: readonly ReplyEvent[] = [{}];

/**
 * Guards a call whose body is a model's own and whose reply comes in chunks.
 *
 * @throws BulwarkError only, the stream too.
 */
export const guardInvokeStream = async (
  setting: CallSetting,
  input: InvokeModelCommandInput,
  send: Send<InvokeModelCommandInput, InvokeModelWithResponseStreamCommandOutput>,
): Promise<InvokeModelWithResponseStreamCommandOutput> => {
  const { scope } = setting;
  const invocation = checked(scope, () => readInvocation(setting, input, true));
  if (invocation === undefined) return send(input);
  const { format, call } = invocation;
  const seen: ResponseStream[] = [];
  let isReadable = true;
  let lens = createChunkLens(format, call.inferenceConfig?.stopSequences);
  let answer: InvokeModelWithResponseStreamCommandOutput | undefined;

  const watch = (part: ResponseStream): readonly ReplyEvent[] => {
    seen.push(part);
    const events = isReadable ? checked(scope, () => eventsIn(lens, part)) : undefined;
    isReadable = events !== undefined;
    return events === undefined || events.length === 0 ? NOTHING : events;
  };

  const output = await guardConverseStream(invocation.setting, call, async (sent) => {
    const own = await send(scope.monitor ? input : invocation.write(sent));
    answer = own;
    lens = createChunkLens(format, call.inferenceConfig?.stopSequences);
    const { body, serviceTier, $metadata } = own;
    if (body === undefined) return { $metadata, stream: undefined };
    const read = scope.monitor ? watch : (part: ResponseStream) => eventsIn(lens, part);
    return { $metadata, stream: converseEvents(lens, body, serviceTier, read) };
  });
  const own = answer as unknown as InvokeModelWithResponseStreamCommandOutput;
  const { stream } = output;
  if (stream === undefined) return own;
  const parts = scope.monitor ? watchedParts(seen, stream) : chunksOf(lens, stream);
  const body = endedUnread(parts, () => void stream[Symbol.asyncIterator]().return?.());
  return { ...own, ...(!scope.monitor && { contentType: 'application/json' }), body };
};
