/** Handlers that write their answer into Lambda's response stream, as handlers that return it. */

import { Transform, Writable } from 'node:stream';
import type { Context } from 'aws-lambda';

/** What Lambda gives a streaming handler to write to. */
export type ResponseStream = Writable & { setContentType(type: string): void };

/** A handler made for `awslambda.streamifyResponse`. */
export type StreamHandler<Event> = (event: Event, responseStream: ResponseStream, context: Context) => Promise<void>;

/** What `awslambda.HttpResponseStream.from` was given, or the bare content type. */
interface Head {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, unknown>>;
  readonly cookies?: readonly string[];
}

/** What a handler writes, to its end or to the error that it fails with. */
export type StreamedBody = AsyncIterable<unknown> & { destroy(): void };

/** An answer whose body is still being written; without a head, the body itself. */
export type StreamedResponse = (Head & { readonly statusCode: number; readonly body: StreamedBody }) | StreamedBody;

/** How the runtime marks what went through `awslambda.streamifyResponse` (aws-lambda-ric, UserFunctionLoader). */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');

/** Whether a handler went through `awslambda.streamifyResponse`. */
export const isStreamHandler = (handler: unknown): handler is StreamHandler<never> =>
  typeof handler === 'function' && (handler as { [STREAMING]?: unknown })[STREAMING] === 'response';

type FirstWrite = (write: (chunk: string | Uint8Array) => void) => void;

/** The stream that a handler writes to in place of Lambda's, with what `awslambda.HttpResponseStream.from` hangs on it. */
type Sink = Transform & { setContentType(type: string): void; _onBeforeFirstWrite?: FirstWrite };

/** What the runtime is told before the first piece of a stream. */
export interface StreamHead {
  readonly contentType: string | undefined;
  readonly beforeFirstWrite: FirstWrite | undefined;
}

const asChunk = (chunk: unknown): string | Uint8Array =>
  typeof chunk === 'string' || chunk instanceof Uint8Array ? chunk : JSON.stringify(chunk);

/** What the runtime would have written before the body: the head as JSON, then eight zero bytes. */
const headOf = (contentType: string | undefined, beforeFirstWrite: FirstWrite | undefined): Head | undefined => {
  if (beforeFirstWrite === undefined)
    return contentType === undefined ? undefined : { headers: { 'content-type': contentType } };
  const parts: string[] = [];
  beforeFirstWrite((chunk) => {
    if (typeof chunk === 'string') parts.push(chunk);
  });
  return JSON.parse(parts.join('')) as Head;
};

/** A sink, and its head once the first piece is written. */
const createSink = (
  onHead: (head: StreamHead) => void,
): { readonly sink: Sink; readonly head: Promise<Head | undefined> } => {
  const { promise: head, resolve, reject } = Promise.withResolvers<Head | undefined>();
  let contentType: string | undefined;
  let begun = false;
  const begin = (): void => {
    if (begun) return;
    begun = true;
    onHead({ contentType, beforeFirstWrite: sink._onBeforeFirstWrite });
    try {
      resolve(headOf(contentType, sink._onBeforeFirstWrite));
    } catch (error) {
      reject(error);
    }
  };
  const sink: Sink = Object.assign(new Transform({ transform: (chunk, _, done) => done(null, chunk) }), {
    setContentType: (type: string) => {
      contentType = type;
    },
  });
  const { write, end } = sink;
  Object.assign(sink, {
    write: (...[chunk, ...rest]: Parameters<Sink['write']>) => {
      begin();
      return write.call(sink, asChunk(chunk), ...rest);
    },
    end: (...args: Parameters<Sink['end']>) => {
      begin();
      return end.call(sink, ...args);
    },
  });
  // Whoever reads it hears of its errors; until somebody does, they must not end the process.
  sink.on('error', () => {});
  return { sink, head };
};

/**
 * The same handler, returning its answer as soon as it writes the first piece of it. What it throws before, it throws;
 * what it throws later, its body ends with.
 *
 * @param onHead Told what the handler wants the runtime to be told, before its answer is returned.
 */
export const returningResponse =
  <Event>(handler: StreamHandler<Event>, onHead: (head: StreamHead) => void = () => {}) =>
  async (event: Event, context: Context): Promise<StreamedResponse> => {
    const { sink, head } = createSink(onHead);
    let failure: { readonly error: unknown } | undefined;
    const running = (async () => handler(event, sink, context))();
    const failed = running.then(
      () => new Promise<never>(() => {}),
      (error: unknown) => {
        failure = { error };
        // Destroying it would throw away what was written before.
        if (!sink.destroyed) Reflect.apply(Transform.prototype.end, sink, []);
        throw error;
      },
    );
    failed.catch(() => {});
    const begun = await Promise.race([head, failed]);
    const body: StreamedBody = {
      async *[Symbol.asyncIterator]() {
        yield* sink;
        if (failure !== undefined) throw failure.error;
      },
      destroy: () => sink.destroy(),
    };
    return begun === undefined ? body : { ...begun, statusCode: begun.statusCode ?? 200, body };
  };

/**
 * Lambda's stream for monitor mode: whoever writes to it, the runtime is told what the handler itself would have told it,
 * byte for byte.
 */
export const withOwnHead = (stream: ResponseStream, ownHead: () => StreamHead | undefined): ResponseStream => {
  let begun = false;
  const begin = (): void => {
    const head = begun ? undefined : ownHead();
    begun = true;
    if (head?.contentType !== undefined) stream.setContentType(head.contentType);
    if (head?.beforeFirstWrite !== undefined) Object.assign(stream, { _onBeforeFirstWrite: head.beforeFirstWrite });
  };
  const passing = new Writable({
    decodeStrings: false,
    write: (chunk, _, done) => {
      begin();
      if (stream.write(chunk)) done();
      else stream.once('drain', done);
    },
    final: (done) => {
      begin();
      stream.end(done);
    },
  });
  stream.once('error', (error) => passing.destroy(error));
  stream.once('close', () => {
    if (!stream.writableFinished) passing.destroy();
  });
  return Object.assign(passing, { setContentType: () => {} });
};

/**
 * Lambda's stream, which nobody can destroy. Node's `pipeline` destroys what it writes to when its source fails; the
 * runtime client then dies, with everything else that runs in its process (aws-lambda-ric 4.0.2: a rejection that nobody
 * hears). Left alone, the stream is ended by the runtime, which tells Lambda the error.
 */
export const leftToRuntime = (stream: ResponseStream): ResponseStream =>
  new Proxy(stream, {
    get: (target, name) => {
      if (name === 'destroy') return () => stream;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
