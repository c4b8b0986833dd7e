/** Frames of `application/vnd.amazon.eventstream`, with the SDK's own codec. */

import { EventStreamCodec } from '@smithy/core/event-streams';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString(),
  (text) => Buffer.from(text),
);

const frame = (headers: Readonly<Record<string, string>>, body: string): Uint8Array =>
  codec.encode({
    headers: Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, { type: 'string' as const, value }]),
    ),
    body: Buffer.from(body),
  });

const JSON_TYPE = { ':content-type': 'application/json' };

/** An event whose payload is this text, JSON or not. */
export const rawEventFrame = (type: string, payload: string): Uint8Array =>
  frame({ ':event-type': type, ...JSON_TYPE, ':message-type': 'event' }, payload);

/** An event. */
export const eventFrame = (type: string, content: unknown): Uint8Array => rawEventFrame(type, JSON.stringify(content));

/** Exceptions that are members of every output stream. Other errors have no member to stand in. */
const MODELLED: ReadonlySet<string> = new Set([
  'InternalServerException',
  'ModelStreamErrorException',
  'ServiceUnavailableException',
  'ThrottlingException',
  'ValidationException',
]);

/** An error within a stream: an `exception` in camel case where the stream has it, else an unmodelled `error`. */
export const exceptionFrame = (type: string, message: string): Uint8Array =>
  MODELLED.has(type)
    ? frame(
        { ':exception-type': `${type[0]?.toLowerCase()}${type.slice(1)}`, ...JSON_TYPE, ':message-type': 'exception' },
        JSON.stringify({ message }),
      )
    : frame({ ':error-code': type, ':error-message': message, ':message-type': 'error' }, '');
