/** A streamed answer as the wire has it: frames of `application/vnd.amazon.eventstream`, one for each event. */

import { EventStreamCodec } from '@smithy/core/event-streams';
import { NormalizedSchema } from '@smithy/core/schema';
import { wireJson } from './wire-json.ts';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString(),
  (text) => Buffer.from(text),
);

/** A frame of JSON under these headers, all of them text. */
const frame = (headers: Readonly<Record<string, string>>, json: string): Uint8Array =>
  codec.encode({
    headers: Object.fromEntries(
      Object.entries({ ...headers, ':content-type': 'application/json' }).map(([name, value]) => [
        name,
        { type: 'string' as const, value },
      ]),
    ),
    body: Buffer.from(json),
  });

/** The frame of an event of the SDK, or `undefined` for one that it could not name. */
export const eventFrame = (event: object): Uint8Array | undefined => {
  const [member] = Object.entries(event).filter(([name, value]) => value !== undefined && !name.startsWith('$'));
  if (member === undefined) return undefined;
  const [type, content] = member;
  return frame({ ':message-type': 'event', ':event-type': type }, wireJson(content));
};

/**
 * The last frame of a stream that failed, by the class name of one of Bedrock's errors. What is no member of the stream
 * is an internal error of it.
 */
export const exceptionFrame = (events: unknown, errorName: string, content: object): Uint8Array => {
  const member = `${errorName[0]?.toLowerCase() ?? ''}${errorName.slice(1)}`;
  const known = Object.hasOwn(NormalizedSchema.of(events as never).getMemberSchemas(), member);
  const type = known ? member : 'internalServerException';
  return frame({ ':message-type': 'exception', ':exception-type': type }, wireJson(content));
};
