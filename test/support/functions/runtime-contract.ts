/** Handlers that do what only a runtime can tell the outcome of. */

import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

interface Event {
  readonly case: string;
}

/** Lambda's stream, as the handlers of tests use it. */
interface Stream extends NodeJS.WritableStream {
  setContentType(type: string): void;
  destroy(error?: Error): void;
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** The runtime ends a process in which nothing is left to happen: something is. */
const never = (): Promise<never> => new Promise(() => setInterval(() => {}, 1000));

const withHead = (stream: Stream, head: Record<string, unknown>): Stream =>
  awslambda.HttpResponseStream.from(stream as never, head) as never;

async function* failing(): AsyncGenerator<string> {
  yield 'a';
  await soon();
  throw new RangeError('too far');
}

const ANSWERS: Readonly<Record<string, () => unknown>> = {
  'an object': () => ({ a: 1, at: new Date(0), nothing: undefined }),
  nothing: () => undefined,
  'an error': () => {
    throw new RangeError('too far');
  },
  'no error': () => {
    throw 'text';
  },
  'a circle': () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    return circle;
  },
  'too much': () => 'x'.repeat(6_291_556),
  'no answer': never,
  'a rejection that nobody hears': () => {
    void Promise.reject(new Error('unheard'));
    return never();
  },
  'an exit': () => process.exit(3),
};

export const handler = async (event: Event): Promise<unknown> => ANSWERS[event.case]?.();

const STREAMS: Readonly<Record<string, (stream: Stream) => Promise<unknown>>> = {
  pieces: async (stream) => {
    stream.setContentType('text/plain');
    stream.write('a');
    stream.end('b');
  },
  'an object': async (stream) => {
    stream.write({ a: 1 } as never);
    stream.end();
  },
  nothing: async (stream) => stream.end(),
  'a head': async (stream) => {
    const own = withHead(stream, { statusCode: 201 });
    own.write('a');
    own.end();
  },
  'a head and nothing': async (stream) => {
    const own = withHead(stream, { statusCode: 204 });
    own.write('');
    own.end();
  },
  'a head that is never written': async (stream) => withHead(stream, { statusCode: 201 }).end('a'),
  'a type too late': async (stream) => {
    stream.write('a');
    stream.setContentType('text/plain');
  },
  'an error': async () => {
    throw new RangeError('too far');
  },
  'an error on its way': async (stream) => {
    stream.write('a');
    await soon();
    throw new RangeError('too far');
  },
  'a pipeline': async (stream) => pipeline(Readable.from(['a', 'b']), withHead(stream, { statusCode: 200 })),
  'a pipeline that fails': async (stream) => pipeline(failing, stream as never),
  'no end': async (stream) => {
    stream.write('a');
    await never();
  },
  'an exit': async (stream) => {
    stream.write('a');
    await soon();
    process.exit(3);
  },
};

export const stream = awslambda.streamifyResponse(async (event: Event, own: unknown) => {
  await STREAMS[event.case]?.(own as Stream);
});
