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

/** A response stream whose pieces go to `listener`. */
export const createResponseStream = (listener: StreamListener): ResponseStream => {
  let contentType = DEFAULT_TYPE;
  let begun = false;
  const begin = (): void => {
    if (begun) return;
    begun = true;
    listener.head(contentType);
    stream._onBeforeFirstWrite?.((chunk) => listener.chunk(Buffer.from(chunk as string)));
  };
  const stream: ResponseStream = Object.assign(
    new Writable({
      write: (chunk: Buffer, _, done) => {
        begin();
        if (chunk.length > 0) listener.chunk(chunk);
        done();
      },
      final: (done) => {
        if (!begun) listener.head(contentType);
        done();
      },
    }),
    {
      setContentType: (type: string) => {
        if (begun) throw new Error('Cannot set content-type, too late.');
        contentType = type;
      },
    },
  );
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
