/** Frames of `application/vnd.amazon.eventstream`, with the SDK's own codec. */

import { EventStreamCodec } from '@smithy/core/event-streams';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString(),
  (text) => Buffer.from(text),
);

const header = (value: string) => ({ type: 'string' as const, value });

/** An event frame. */
export const eventFrame = (type: string, content: unknown): Uint8Array =>
  codec.encode({
    headers: {
      ':event-type': header(type),
      ':content-type': header('application/json'),
      ':message-type': header('event'),
    },
    body: Buffer.from(JSON.stringify(content)),
  });

/** An exception frame; its type is written in camel case, as a member of the stream. */
export const exceptionFrame = (type: string, message: string): Uint8Array =>
  codec.encode({
    headers: {
      ':exception-type': header(`${type[0]?.toLowerCase()}${type.slice(1)}`),
      ':content-type': header('application/json'),
      ':message-type': header('exception'),
    },
    body: Buffer.from(JSON.stringify({ message })),
  });
