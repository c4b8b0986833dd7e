/** The body of a streamed answer. */

import { eventFrame, exceptionFrame } from './event-frames.ts';
import { wireFailure } from './failure.ts';

/** A stream of events that is on its way to a reader. */
export interface ReplyStream {
  readonly events: AsyncIterable<object>;
  /** Schema of the events. */
  readonly schema: unknown;
  /** The reader's own: why it stopped waiting. */
  readonly signal: AbortSignal | undefined;
  /** Ends the call at Bedrock. */
  readonly abort: () => void;
  /** Whether the reader reads refusals as events, and not as errors of the stream. */
  readonly tells: (error: unknown) => boolean;
}

/** Frames one at a time, each as it is asked for: a reader that stops leaves at most one event behind. */
export const replyStream = ({ events, schema, signal, abort, tells }: ReplyStream): ReadableStream<Uint8Array> => {
  const iterator = events[Symbol.asyncIterator]();
  const ended = new AbortController();
  /** Also where the reader waits for nothing just now, so that what was used is accounted for. */
  const stop = (): void => {
    ended.abort();
    abort();
    iterator.return?.()?.then(undefined, () => {});
  };
  signal?.addEventListener('abort', stop, { once: true, signal: ended.signal });

  const nextFrame = async (): Promise<Uint8Array | undefined> => {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await iterator.next();
      signal?.throwIfAborted();
      if (done === true) return undefined;
      const bytes = eventFrame(value);
      if (bytes !== undefined) return bytes;
    }
  };

  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const bytes = await nextFrame();
          if (bytes !== undefined) return controller.enqueue(bytes);
          ended.abort();
          controller.close();
        } catch (error) {
          ended.abort();
          const failure = signal?.aborted !== true && tells(error) ? wireFailure(error) : undefined;
          if (failure === undefined) return controller.error(signal?.aborted === true ? signal.reason : error);
          controller.enqueue(exceptionFrame(schema, failure.errorName, failure.content));
          controller.close();
        }
      },
      cancel: stop,
    },
    { highWaterMark: 0 },
  );
};
