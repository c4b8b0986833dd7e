/** The Runtime API, against a client that does what a runtime client may do. */

import http from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { failure } from '../../../../local/function-host/protocol.ts';
import {
  type RuntimeApi,
  type RuntimeApiOptions,
  startRuntimeApi,
} from '../../../../local/lambda-runtime/runtime-api.ts';

const ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:test';
const started: RuntimeApi[] = [];
afterEach(() => Promise.all(started.splice(0).map((api) => api.close())));

const start = async (options: Partial<RuntimeApiOptions> = {}): Promise<RuntimeApi> => {
  const api = await startRuntimeApi({ functionArn: ARN, timeoutMs: 10_000, onTimeout: () => {}, ...options });
  started.push(api);
  return api;
};

/** An answer in one piece goes nowhere else. */
const deaf = { head: () => {}, chunk: () => {} };

const urlOf = (api: RuntimeApi, path: string): string => `http://${api.endpoint}/2018-06-01/runtime/${path}`;

const take = async (api: RuntimeApi) => {
  const response = await fetch(urlOf(api, 'invocation/next'));
  return {
    id: response.headers.get('lambda-runtime-aws-request-id') ?? '',
    headers: response.headers,
    event: await response.json(),
  };
};

const post = async (api: RuntimeApi, path: string, body: string, headers: Record<string, string> = {}) =>
  (await fetch(urlOf(api, path), { method: 'POST', body, headers })).status;

/** A streamed answer that is under way. */
const openStream = (api: RuntimeApi, id: string, contentType: string) => {
  const request = http.request(urlOf(api, `invocation/${id}/response`), {
    method: 'POST',
    headers: {
      'Content-Type': contentType,
      'Lambda-Runtime-Function-Response-Mode': 'streaming',
      Trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
      'Transfer-Encoding': 'chunked',
    },
  });
  request.on('error', () => {});
  return request;
};

/** A listener, what it has heard, and a wait for the next piece. */
const listening = () => {
  const heard: string[] = [];
  let wake = (): void => {};
  return {
    heard,
    next: () => new Promise<void>((resolve) => (wake = resolve)),
    listener: {
      head: (type: string) => void heard.push(`head ${type}`),
      chunk: (bytes: Uint8Array) => {
        heard.push(Buffer.from(bytes).toString());
        wake();
      },
    },
  };
};

describe('a load', () => {
  test('is over when the client asks for an invocation', async () => {
    const api = await start();
    void take(api).catch(() => {});
    expect(await api.loaded).toBeUndefined();
  });

  test('fails with the error that the client posts', async () => {
    const api = await start();
    const body = JSON.stringify({ errorType: 'Runtime.ImportModuleError', errorMessage: 'no module', trace: [] });
    expect(await post(api, 'init/error', body)).toBe(202);
    expect(await api.loaded).toEqual(failure('Runtime.ImportModuleError', 'no module'));
  });

  test('fails when the environment ends', async () => {
    const api = await start();
    api.end(failure('Runtime.ExitError', 'exit status 1'));
    expect(await api.loaded).toEqual(failure('Runtime.ExitError', 'exit status 1'));
  });
});

describe('an invocation', () => {
  test('reaches the client with its id, its deadline and what it belongs to; its answer comes back', async () => {
    const api = await start();
    const result = api.run({ a: 1 }, deaf);
    const { id, headers, event } = await take(api);
    expect(event).toEqual({ a: 1 });
    expect(Number(headers.get('lambda-runtime-deadline-ms')) - Date.now()).toBeGreaterThan(5000);
    expect(headers.get('lambda-runtime-invoked-function-arn')).toBe(ARN);
    expect(headers.get('lambda-runtime-trace-id')).toMatch(
      /^Root=1-[\da-f]{8}-[\da-f]{24};Parent=[\da-f]{16};Sampled=0$/,
    );
    expect(await post(api, `invocation/${id}/response`, '{"b":2}')).toBe(202);
    expect(await result).toEqual({ ok: true, value: { b: 2 } });
    expect(await post(api, `invocation/${id}/response`, '{"b":3}')).toBe(400);
  });

  test('fails with the error that the client posts', async () => {
    const api = await start();
    const result = api.run({}, deaf);
    const { id } = await take(api);
    await post(api, `invocation/${id}/error`, JSON.stringify({ errorType: 'TypeError', errorMessage: 'bad' }));
    expect(await result).toEqual(failure('TypeError', 'bad'));
  });

  test('has no answer of more than six megabytes', async () => {
    const api = await start();
    const result = api.run({}, deaf);
    const { id } = await take(api);
    expect(await post(api, `invocation/${id}/response`, `"${'x'.repeat(6_291_556)}"`)).toBe(413);
    expect(await result).toMatchObject({ ok: false, errorType: 'Function.ResponseSizeTooLarge' });
  });

  test('that takes too long has its environment ended', async () => {
    let told = 0;
    const api = await start({ timeoutMs: 20, onTimeout: () => (told += 1) });
    const result = api.run({}, deaf);
    const { id } = await take(api);
    expect(await result).toEqual(failure('Sandbox.Timedout', 'Task timed out after 0.02 seconds'));
    expect(told).toBe(1);
    expect(await post(api, `invocation/${id}/response`, '{}')).toBe(400);
  });

  test('that the client had ends with the environment; one that it had not is left to another', async () => {
    const api = await start();
    const results = [api.run({ first: true }, deaf), api.run({ first: false }, deaf)];
    await take(api);
    api.end(failure('Runtime.ExitError', 'exit status 1'));
    expect(await Promise.all(results)).toEqual([failure('Runtime.ExitError', 'exit status 1'), undefined]);
    expect(await api.run({}, deaf)).toBeUndefined();
  });

  test.each([1, 2])('is one of %i at most at a time', async (maxConcurrency) => {
    const api = await start({ maxConcurrency });
    const results = [api.run({ n: 1 }, deaf), api.run({ n: 2 }, deaf)];
    const taken: string[] = [];
    for (const _ of results) void take(api).then(({ id }) => taken.push(id));
    await vi.waitFor(() => expect(taken).toHaveLength(maxConcurrency));
    await post(api, 'nothing', '');
    expect(taken).toHaveLength(maxConcurrency);
    await post(api, `invocation/${taken[0]}/response`, '{}');
    await vi.waitFor(() => expect(taken).toHaveLength(2));
    await post(api, `invocation/${taken[1]}/response`, '{}');
    expect(await Promise.all(results)).toEqual([
      { ok: true, value: {} },
      { ok: true, value: {} },
    ]);
  });
});

describe('a streamed answer', () => {
  test('arrives piece by piece, after its content type', async () => {
    const api = await start();
    const { heard, listener, next } = listening();
    const result = api.run({}, listener);
    const stream = openStream(api, (await take(api)).id, 'text/event-stream');
    for (const piece of ['one', 'two']) {
      const arrived = next();
      stream.write(piece);
      await arrived;
      expect(heard.at(-1)).toBe(piece);
    }
    stream.end();
    expect(await result).toEqual({ ok: true, value: null });
    expect(heard).toEqual(['head text/event-stream', 'one', 'two']);
  });

  test.each([
    ['on its way', ['one'], ['head text/plain', 'one']],
    ['before it began', [], []],
  ])('may fail %s: the error is in its trailers', async (_, pieces, expected) => {
    const api = await start();
    const { heard, listener } = listening();
    const result = api.run({}, listener);
    const stream = openStream(api, (await take(api)).id, 'text/plain');
    for (const piece of pieces) stream.write(piece);
    const error = JSON.stringify({ errorType: 'RangeError', errorMessage: 'too far' });
    stream.addTrailers({
      'Lambda-Runtime-Function-Error-Type': 'RangeError',
      'Lambda-Runtime-Function-Error-Body': Buffer.from(error).toString('base64'),
    });
    stream.end();
    expect(await result).toEqual(failure('RangeError', 'too far'));
    expect(heard).toEqual(expected);
  });

  test('of nothing has a content type all the same', async () => {
    const api = await start();
    const { heard, listener } = listening();
    const result = api.run({}, listener);
    openStream(api, (await take(api)).id, 'text/plain').end();
    await result;
    expect(heard).toEqual(['head text/plain']);
  });

  test('that breaks off ends as its environment does', async () => {
    const api = await start();
    const { listener, next } = listening();
    const result = api.run({}, listener);
    const stream = openStream(api, (await take(api)).id, 'text/plain');
    const arrived = next();
    stream.write('one');
    await arrived;
    stream.destroy();
    api.end(failure('Runtime.ExitError', 'exit status 1'));
    expect(await result).toEqual(failure('Runtime.ExitError', 'exit status 1'));
  });
});
