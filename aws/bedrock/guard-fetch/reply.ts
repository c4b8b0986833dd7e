/** A successful answer as the wire has it. */

import { NormalizedSchema } from '@smithy/core/schema';
import type { Operation } from './operations.ts';
import { type ReplyStream, replyStream } from './reply-stream.ts';
import { wireJson } from './wire-json.ts';

/** Output of a command by member. */
export type CommandOutput = Readonly<Record<string, unknown>> & {
  readonly $metadata?: { readonly requestId?: string };
};

const EVENT_STREAM = 'application/vnd.amazon.eventstream';

/** The headers that stand for members of the output, with the id under which Bedrock knows the request. */
const headersOf = ({ response }: Operation, output: CommandOutput): Headers => {
  const headers = new Headers();
  const requestId = output.$metadata?.requestId;
  if (requestId !== undefined) headers.set('x-amzn-requestid', requestId);
  for (const [name, member] of Object.entries(NormalizedSchema.of(response as never).getMemberSchemas())) {
    const { httpHeader } = member.getMergedTraits();
    const value = output[name];
    if (httpHeader !== undefined && typeof value === 'string') headers.set(httpHeader, value);
  }
  return headers;
};

/** The answer for the output of a command. */
export const replyOf = (
  operation: Operation,
  output: CommandOutput,
  delivery: Omit<ReplyStream, 'events' | 'schema'>,
): Response => {
  const headers = headersOf(operation, output);
  const { stream, raw } = operation;
  if (stream !== undefined) {
    headers.set('content-type', EVENT_STREAM);
    const events = output[stream.member] as AsyncIterable<object>;
    return new Response(replyStream({ ...delivery, events, schema: stream.events }), { headers });
  }
  if (raw) return new Response(output['body'] as Uint8Array<ArrayBuffer>, { headers });
  headers.set('content-type', 'application/json');
  return new Response(wireJson(output), { headers });
};
