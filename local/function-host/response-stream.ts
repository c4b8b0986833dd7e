/** Lambda's response stream, and the global that functions make streaming handlers with. As in aws-lambda-ric 4. */

import { Writable } from 'node:stream';
import { PRELUDE_TYPE, type StreamListener } from './protocol.ts';

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const DEFAULT_TYPE = 'application/octet-stream';
const DELIMITER = new Uint8Array(8);

type Write = (chunk: string | Uint8Array) => void;

/** What a streaming handler writes to. */
export type ResponseStream = Writable & {
  setContentType(type: string): void;
  _onBeforeFirstWrite?: (write: Write) => void;
};

/** Whether a handler answers with a stream. */
export const isStreaming = (handler: unknown): boolean =>
  (handler as { [STREAMING]?: unknown })[STREAMING] === 'response';

/** What the runtime throws where its stream is used in another order than it allows. */
class InvalidStreamingOperation extends Error {
  override readonly name = 'Runtime.InvalidStreamingOperation';
}

/**
 * A response stream whose pieces go to `listener`. The head goes before the first `write`, as there: not before a piece
 * that is given to `end`.
 */
export const createResponseStream = (listener: StreamListener): ResponseStream => {
  let contentType = DEFAULT_TYPE;
  let begun = false;
  let written = false;
  const begin = (): void => {
    if (!begun) listener.head(contentType);
    begun = true;
  };
  const sink = new Writable({
    write: (chunk: Buffer, _, done) => {
      begin();
      if (chunk.length > 0) listener.chunk(chunk);
      done();
    },
    final: (done) => {
      begin();
      done();
    },
  });
  const write: (...piece: readonly unknown[]) => boolean = sink.write.bind(sink) as never;
  const stream: ResponseStream = Object.assign(sink, {
    write: (piece: unknown, ...more: readonly unknown[]): boolean => {
      if (!written) stream._onBeforeFirstWrite?.((chunk) => write(chunk));
      written = true;
      return write(typeof piece === 'string' || piece instanceof Uint8Array ? piece : JSON.stringify(piece), ...more);
    },
    setContentType: (type: string): void => {
      if (written) throw new InvalidStreamingOperation('Cannot set content-type, too late.');
      contentType = type;
    },
  });
  return stream;
};

/** Sets the global `awslambda`. */
export const defineAwsLambda = (): void => {
  Object.assign(globalThis, {
    awslambda: {
      streamifyResponse: (handler: object) => Object.assign(handler, { [STREAMING]: 'response' }),
      HttpResponseStream: {
        from: (stream: ResponseStream, prelude: unknown) => {
          stream.setContentType(PRELUDE_TYPE);
          stream._onBeforeFirstWrite = (write) => {
            write(JSON.stringify(prelude));
            write(DELIMITER);
          };
          return stream;
        },
      },
    },
  });
};
