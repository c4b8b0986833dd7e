/** When metrics are published, and of whom: Powertools' own text, of requests that end in every way and overlap. */

import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Policy } from '../../../../core/policy.ts';
import { eventFrame } from '../../../../local/bedrock/event-stream.ts';
import { guardHandler } from '../../../../middleware/index.ts';
import { type Answering, converseReply, fakeBedrock, streamedReply, textEvents } from '../../../support/bedrock.ts';
import { type EmittedPoint, linesWritten, parseEmf } from '../../../support/emf.ts';
import { chatBody, lambdaContext, restEvent } from '../../../support/events.ts';
import { asking, type Handler, streaming } from '../../../support/model-handlers.ts';
import { invokeStream } from '../../../support/streaming.ts';

const MODELS = ['eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-micro-v1:0'] as const;
const [LITE] = MODELS;
const service = 'publishing';

type Invoke = (...invocation: readonly unknown[]) => Promise<unknown>;

/** Guarded when it is first asked: what it says then is not for the output of the tests. */
const guarded = (handler: Handler, answer: Answering, policy: Policy = {}): Invoke => {
  const services = { bedrock: fakeBedrock(answer).client };
  let invoke: Invoke | undefined;
  return (...invocation) => {
    invoke ??= guardHandler(handler as never, { service, model: { models: MODELS }, ...policy }, services) as Invoke;
    return invoke(...invocation);
  };
};

const event = (text = 'Hi') => restEvent({ body: chatBody(text), claims: { sub: 'ada' } });
const points = async (work: () => unknown): Promise<readonly EmittedPoint[]> => parseEmf(await linesWritten(work));

/** What was published of one request, for the service, by name; an error if anything came twice. */
const ofService = (all: readonly EmittedPoint[]): Readonly<Record<string, number>> => {
  const own = all.filter(({ dimensions }) => dimensions.length === 1);
  expect(own.map(({ name }) => name).length).toBe(new Set(own.map(({ name }) => name)).size);
  return Object.fromEntries(own.map(({ name, value }) => [name, value]));
};

describe('metrics are published once', () => {
  const reply: Answering = () => converseReply([{ text: 'A pear.' }]);
  const fruit = textEvents(['A pear', ' is a fruit.']);
  const never: Handler = () => new Promise(() => {});

  test.each<[string, Handler, Answering, Readonly<Record<string, number>>]>([
    ['of an answer', asking(LITE), reply, { TotalTokens: 15 }],
    [
      'of an error',
      async () => {
        throw new Error('x');
      },
      reply,
      { InternalErrors: 1 },
    ],
    [
      'of a refusal of Bedrock',
      asking(LITE),
      () => ({ status: 400, errorType: 'ValidationException', body: {} }),
      { UpstreamErrors: 1 },
    ],
  ])('%s', async (_, handler, answer, expected) => {
    const all = await points(() => guarded(handler, answer)(event(), lambdaContext()));
    expect(ofService(all)).toMatchObject({ Requests: 1, ...expected });
  });

  test('of a handler that does not come back', async () => {
    const all = await points(() => guarded(never, reply)(event(), lambdaContext(60)));
    expect(ofService(all)).toMatchObject({ Requests: 1 });
  });

  test.each<[string, Answering, Readonly<Record<string, number>>]>([
    ['of a stream that ends', () => streamedReply(fruit), { TotalTokens: 15, FirstByteLatency: expect.any(Number) }],
    ['of a stream that breaks off', () => streamedReply(fruit.slice(0, 2)), { OutputsTruncated: 1 }],
    [
      'of a stream that does not come to its end in time',
      () => ({
        frames: (async function* () {
          yield* streamedReply(fruit.slice(0, 2)).frames ?? [];
          await new Promise(() => {});
        })(),
      }),
      { ModelCalls: 1 },
    ],
  ])('%s', async (_, answer, expected) => {
    const handler = guarded(streaming(LITE), answer, { stream: {} });
    const all = await points(() => invokeStream(handler, event(), { context: lambdaContext(150) }));
    expect(ofService(all)).toMatchObject({ Requests: 1, ...expected });
  });

  test('of a stream that nobody reads on', async () => {
    const endless: Answering = ({ signal }) => ({
      frames: (async function* () {
        yield eventFrame('messageStart', { role: 'assistant' });
        while (signal?.aborted !== true) {
          yield eventFrame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: 'pears and '.repeat(20) } });
          await setImmediate();
        }
      })(),
    });
    const handler = guarded(streaming(LITE), endless, { stream: {} });
    let left: unknown;
    const all = await points(async () => {
      left = await invokeStream(handler, event(), {
        onPiece: (_, stream) => void setImmediate().then(() => stream.destroy()),
      });
    });
    expect(left).toMatchObject({ error: expect.anything() });
    expect(ofService(all)).toMatchObject({ Requests: 1, FirstByteLatency: expect.any(Number) });
  });
});

/** What Lambda's runtime offers when it runs several requests at once. */
const invokeStore = () => {
  const contexts = new AsyncLocalStorage<Record<symbol, unknown>>();
  return {
    hasContext: () => contexts.getStore() !== undefined,
    get: (key: symbol) => contexts.getStore()?.[key],
    set: (key: symbol, value: unknown) => {
      const context = contexts.getStore();
      if (context !== undefined) context[key] = value;
    },
    getXRayTraceId: () => undefined,
    run: <T>(work: () => T): T => contexts.run({}, work),
  };
};

const runtime = globalThis as { awslambda?: { InvokeStore?: unknown } };

describe.each([false, true])('requests that overlap (in one process by design: %s)', (isConcurrent) => {
  const COUNT = 12;
  const store = invokeStore();

  beforeEach(() => {
    if (!isConcurrent) return;
    process.env['AWS_LAMBDA_MAX_CONCURRENCY'] = '16';
    runtime.awslambda = { ...runtime.awslambda, InvokeStore: store };
  });
  afterEach(() => {
    delete process.env['AWS_LAMBDA_MAX_CONCURRENCY'];
    if (runtime.awslambda !== undefined) delete runtime.awslambda.InvokeStore;
  });

  const usage = (index: number) => ({ inputTokens: index, outputTokens: 1, totalTokens: index + 1 });

  /** Holds every call back until all have been made; the last one made is answered first. */
  const together = (answer: (index: number) => ReturnType<Answering>): Answering => {
    const waiting: (() => void)[] = [];
    return async ({ body }) => {
      const index = Number(/\d+/.exec(JSON.stringify(body['messages']))?.[0]);
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        if (waiting.length === COUNT) for (const go of waiting.toReversed()) go();
      });
      return answer(index);
    };
  };

  const invokeAll = (invoke: (index: number, context: ReturnType<typeof lambdaContext>) => Promise<unknown>) => {
    const contexts = Array.from({ length: COUNT }, () => lambdaContext());
    const run = async () => Promise.all(contexts.map((context, index) => store.run(() => invoke(index, context))));
    return { contexts, run };
  };

  const expectEachItsOwn = (all: readonly EmittedPoint[], contexts: readonly { awsRequestId: string }[]): void => {
    for (const [index, { awsRequestId }] of contexts.entries()) {
      const own = all.filter(({ requestId }) => requestId === awsRequestId);
      const model = MODELS[index % 2] ?? LITE;
      const { Requests, ModelCalls, InputTokens, TotalTokens } = ofService(own);
      expect({ Requests, ModelCalls, InputTokens, TotalTokens }).toEqual({
        Requests: 1,
        ModelCalls: 1,
        InputTokens: index,
        TotalTokens: index + 1,
      });
      const byModel = own.filter(({ dimensions }) => dimensions.length === 2);
      expect(new Set(byModel.map(({ at }) => at['model']))).toEqual(new Set([model]));
      expect(byModel.find(({ name }) => name === 'InputTokens')?.value).toBe(index);
    }
    expect(new Set(all.map(({ requestId }) => requestId)).size).toBe(COUNT);
  };

  const byNumber =
    (make: (modelId: string) => Handler): Handler =>
    (request, context) =>
      make(MODELS[Number(/\d+/.exec((request as { body: string }).body)?.[0]) % 2] ?? LITE)(request, context);

  test('publish each its own, whole', async () => {
    const handler = guarded(
      byNumber(asking),
      together((index) => converseReply([{ text: 'Fine.' }], { usage: usage(index) })),
    );
    const { contexts, run } = invokeAll((index, context) => handler(event(`Pear ${index}`), context));
    expectEachItsOwn(await points(run), contexts);
  });

  test('publish each its own, streamed', async () => {
    const handler = guarded(
      byNumber(streaming),
      together((index) => streamedReply(textEvents(['Fine', '.'], usage(index)))),
      { stream: {} },
    );
    const { contexts, run } = invokeAll((index, context) => invokeStream(handler, event(`Pear ${index}`), { context }));
    expectEachItsOwn(await points(run), contexts);
  });
});
