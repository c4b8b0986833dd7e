/** Traces of real requests, as the X-Ray daemon gets them: times and codes, and no content whatever. */

import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createTracing, type TracingOptions } from '../../../../aws/tracing/index.ts';
import { traceContextOf } from '../../../../aws/tracing/trace-context.ts';
import type { Policy } from '../../../../core/policy.ts';
import { guardHandler } from '../../../../middleware/index.ts';
import { type Answering, converseReply, fakeBedrock, streamedReply, textEvents } from '../../../support/bedrock.ts';
import { chatBody, lambdaContext, restEvent } from '../../../support/events.ts';
import { asking, type Handler, streaming } from '../../../support/model-handlers.ts';
import { invokeStream } from '../../../support/streaming.ts';
import { recordTelemetry } from '../../../support/telemetry.ts';
import { startXrayDaemon, type XrayDaemon } from '../../../support/xray-daemon.ts';

const MODEL = 'eu.amazon.nova-lite-v1:0';
const ROOT = '1-5759e988-bd862e3fe1be46a994272793';
const headerOf = (root = ROOT): string => `Root=${root};Parent=53995c3f42cd8ad8;Sampled=1`;
const PLANTED = ['quincebrandy', 'medlarjelly', 'sloewine', 'bullacetart', 'damsonfool'] as const;
const [prompt, reply, error, agent, claim] = PLANTED;

let daemon: XrayDaemon;
beforeEach(async () => {
  daemon = await startXrayDaemon();
  vi.stubEnv('_X_AMZN_TRACE_ID', headerOf());
});
afterEach(() => {
  daemon.close();
  vi.unstubAllEnvs();
});

const tracingTo = async (options: TracingOptions = {}) => {
  const tracing = createTracing({ daemon: daemon.address, ...options });
  await setImmediate(); // the socket is bound
  await setImmediate();
  return tracing;
};

const guarded = async (handler: Handler, answer: Answering, policy: Policy = {}) => {
  const services = {
    bedrock: fakeBedrock(answer).client,
    telemetry: recordTelemetry(),
    tracing: await tracingTo(),
  };
  return guardHandler(handler as never, { model: { models: [MODEL] }, ...policy }, services) as (
    ...invocation: readonly unknown[]
  ) => Promise<unknown>;
};

const event = () =>
  restEvent({
    body: chatBody(`What is ${prompt}?`),
    headers: { 'user-agent': agent, 'x-amzn-trace-id': headerOf() },
    claims: { sub: claim },
  });

const fails: Handler = async () => {
  throw new Error(`Cannot find ${error}`);
};
const answers: Answering = () => converseReply([{ text: `It is ${reply}.` }]);
const refuses: Answering = () => ({ status: 400, errorType: 'ValidationException', body: { message: error } });

describe('a trace', () => {
  test.each<[string, Handler, Answering, object, object]>([
    ['an answer', asking(MODEL), answers, { outcome: 'ok', model: MODEL, status: 200 }, {}],
    ['a handler that fails', fails, answers, { outcome: 'internal', status: 500 }, { fault: true }],
    ['a call that Bedrock refuses', asking(MODEL), refuses, { outcome: 'upstream_unavailable' }, { fault: true }],
  ])('of %s says how it ended, and holds no content', async (_, handler, answer, annotations, flags) => {
    await (await guarded(handler, answer))(event(), lambdaContext());
    const [segment] = await daemon.segments(1);
    expect(segment).toMatchObject({
      name: 'bulwark',
      type: 'subsegment',
      trace_id: ROOT,
      parent_id: '53995c3f42cd8ad8',
      annotations: { source: 'rest-v1', mode: 'enforce', ...annotations },
      ...flags,
    });
    expect(segment?.id).toMatch(/^[\da-f]{16}$/);
    expect(segment?.end_time).toBeGreaterThanOrEqual(segment?.start_time ?? 0);
    for (const word of PLANTED) expect(daemon.datagrams.join('\n')).not.toContain(word);
  });

  test('has each call to a model', async () => {
    await (await guarded(asking(MODEL), answers))(event(), lambdaContext());
    const [segment] = await daemon.segments(1);
    expect(segment?.subsegments).toMatchObject([
      { name: 'bedrock', namespace: 'remote', annotations: { model: MODEL } },
    ]);
  });

  test('says which refusal of a client it was', async () => {
    const handler = await guarded(asking(MODEL), answers, { caller: { require: 'user' } });
    await handler(restEvent({ body: chatBody(prompt) }), lambdaContext());
    const [segment] = await daemon.segments(1);
    expect(segment).toMatchObject({ error: true, annotations: { outcome: 'unauthenticated', status: 401 } });
    expect(segment).not.toHaveProperty('fault');
    expect(segment).not.toHaveProperty('subsegments');
  });

  test('of a stream ends when the stream does', async () => {
    let go = (): void => {};
    const held = new Promise<void>((resolve) => {
      go = resolve;
    });
    const [first, ...rest] = streamedReply(textEvents([reply, ' and more.'])).frames as readonly Uint8Array[];
    const answer: Answering = () => ({
      frames: (async function* () {
        yield first as Uint8Array;
        await held;
        yield* rest;
      })(),
    });
    const handler = await guarded(streaming(MODEL), answer, { stream: {} });
    const answered = invokeStream(handler as never, event());
    await setImmediate();
    expect(daemon.datagrams).toEqual([]);
    go();
    expect((await answered).body).toContain(reply);
    const [segment] = await daemon.segments(1);
    expect(segment).toMatchObject({ annotations: { outcome: 'ok', model: MODEL } });
    expect(segment?.subsegments).toHaveLength(1);
    expect(daemon.datagrams.join()).not.toContain(reply);
  });

  test('of a stream that breaks off says so', async () => {
    const handler = await guarded(streaming(MODEL), () => streamedReply(textEvents([reply]).slice(0, 2)), {
      stream: {},
    });
    await invokeStream(handler as never, event());
    const [segment] = await daemon.segments(1);
    expect(segment?.annotations).toMatchObject({ outcome: 'output_truncated' });
    expect(segment?.subsegments).toMatchObject([{ fault: true, annotations: { code: 'output_truncated' } }]);
  });

  test('of requests that overlap is each its own', async () => {
    const roots = Array.from({ length: 8 }, (_, index) => `1-5759e988-${String(index).padStart(24, '0')}`);
    const headers = new AsyncLocalStorage<string>();
    const runtime = globalThis as { awslambda?: { InvokeStore?: unknown } };
    runtime.awslambda = { ...runtime.awslambda, InvokeStore: { getXRayTraceId: () => headers.getStore() } };
    try {
      const handler = await guarded(asking(MODEL), answers);
      await Promise.all(roots.map((root) => headers.run(headerOf(root), () => handler(event(), lambdaContext()))));
      const segments = await daemon.segments(8);
      expect(segments.map(({ trace_id }) => trace_id).toSorted()).toEqual(roots);
      for (const { subsegments } of segments) expect(subsegments).toHaveLength(1);
    } finally {
      delete runtime.awslambda.InvokeStore;
    }
  });
});

describe('the socket', () => {
  const end = { outcome: 'ok', status: 200, source: 'direct', mode: 'enforce', model: undefined } as const;

  test('gets no more than a datagram, however many calls and however long their names', async () => {
    const trace = (await tracingTo()).begin();
    for (let call = 0; call < 500; call++) trace?.call('m'.repeat(2048))('upstream_timeout');
    trace?.end({ ...end, model: 'm'.repeat(2048) });
    const [segment] = await daemon.segments(1);
    expect(segment?.subsegments).toHaveLength(50);
    expect(Buffer.byteLength(daemon.datagrams[0] ?? '')).toBeLessThan(32_000);
  });

  test('gets a trace once, and of codes only what is shaped like one', async () => {
    const trace = (await tracingTo()).begin();
    trace?.call(MODEL)(`Cannot find ${error}`);
    trace?.end({ ...end, outcome: `Cannot find ${error}`, source: 'rest v1' });
    trace?.end(end);
    const [segment, ...others] = await daemon.segments(1);
    expect(others).toEqual([]);
    expect(segment?.annotations).toMatchObject({ outcome: 'other', source: 'other' });
    expect(daemon.datagrams.join()).not.toContain(error);
  });

  test('may be one that nobody listens to', async () => {
    const { address } = daemon;
    daemon.close();
    const tracing = createTracing({ daemon: address });
    daemon = await startXrayDaemon();
    await setImmediate();
    for (let request = 0; request < 3; request++) {
      tracing.begin()?.end(end);
      await setImmediate();
    }
    expect(daemon.datagrams).toEqual([]);
  });

  test('may be one that cannot be connected to: a broadcast address', async () => {
    const tracing = createTracing({ daemon: '127.255.255.255:2000' });
    await setImmediate();
    expect(() => tracing.begin()?.end(end)).not.toThrow();
  });

  test.each(['127.0.0.1:2000', '169.254.79.129:2000', 'tcp:127.0.0.1:2000 udp:127.0.0.1:2001'])(
    'may be at %s',
    (daemon) => {
      expect(() => createTracing({ daemon })).not.toThrow();
    },
  );

  test.each([
    '',
    '203.0.113.9:2000',
    'example.com:2000',
    '127.0.0.1',
    '127.0.0.1:0',
    '127.0.0.1:99999',
    '127.0.0.1.example.com:2000',
    'tcp:127.0.0.1:2000 udp:203.0.113.9:2001',
  ])('may not be at %s', (daemon) => {
    expect(() => createTracing({ daemon })).toThrow(TypeError);
  });
});

test.each([{ sampleRate: 1 }, { name: 'a"b' }, { name: 'x'.repeat(201) }, { now: 1 }])('%o is refused', (options) => {
  expect(() => createTracing(options as never)).toThrow(TypeError);
});

describe('a tracing header', () => {
  test.each([
    headerOf(),
    `Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=1;Lineage=a87bd80c:0`,
    `Self=1-00000000-000000000000000000000000;Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=1`,
    `Sampled=1; Parent=53995c3f42cd8ad8; Root=${ROOT}`,
  ])('is read: %s', (header) => {
    expect(traceContextOf(header)).toEqual({ traceId: ROOT, parentId: '53995c3f42cd8ad8' });
  });

  test.each([
    undefined,
    '',
    `Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=0`,
    `Root=${ROOT};Parent=53995c3f42cd8ad8;Sampled=?`,
    `Root=${ROOT};Sampled=1`,
    `Root=${prompt};Parent=53995c3f42cd8ad8;Sampled=1`,
    `Root=${ROOT};Parent=${reply};Sampled=1`,
    `${'a'.repeat(100_000)};${headerOf()}`,
  ])('is none, or is not sampled: %s', (header) => {
    expect(traceContextOf(header)).toBeUndefined();
  });
});
