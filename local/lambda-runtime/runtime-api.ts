/**
 * The Runtime API, as Lambda serves it to the runtime client inside an execution environment.
 * Source: Lambda developer guide, "Using the Lambda runtime API for custom runtimes".
 */

import { randomBytes, randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { failure, type InvokeResult, type StreamListener } from '../function-host/protocol.ts';
import { readAnswer } from './answer.ts';

/** Options of {@link startRuntimeApi}. */
export interface RuntimeApiOptions {
  readonly functionArn: string;
  /** Time of an invocation, from when the client takes it. */
  readonly timeoutMs: number;
  /** Invocations that the client may have at once; more wait. @default 1 */
  readonly maxConcurrency?: number;
  /** An invocation took too long: the environment is to be ended. */
  readonly onTimeout: () => void;
}

/** A served Runtime API. */
export interface RuntimeApi {
  /** Host and port, as in `AWS_LAMBDA_RUNTIME_API`. */
  readonly endpoint: string;
  /** Settles when the client has loaded the function: with the error that kept it from it, or without. */
  readonly loaded: Promise<InvokeResult | undefined>;
  /** Hands an event to the client. `undefined` when the environment ended before the client took it. */
  readonly run: (event: unknown, listener: StreamListener) => Promise<InvokeResult | undefined>;
  /** The environment has ended: whatever the client has taken ends with `result`. */
  readonly end: (result: InvokeResult) => void;
  close(): Promise<void>;
}

interface Invocation {
  readonly id: string;
  readonly payload: string;
  readonly listener: StreamListener;
  readonly done: (result: InvokeResult | undefined) => void;
}

const VERSION = '/2018-06-01/runtime';
const POST = /^\/2018-06-01\/runtime\/(?:invocation\/([\w-]{36})\/(?:response|error)|init\/error)$/; // …/init/error
const HOST = '127.0.0.1';

const reply = (response: http.ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
};

/** Header of X-Ray, not sampled. */
const traceId = (): string => {
  const time = Math.floor(Date.now() / 1000).toString(16);
  return `Root=1-${time}-${randomBytes(12).toString('hex')};Parent=${randomBytes(8).toString('hex')};Sampled=0`;
};

/** Serves the Runtime API on loopback to one execution environment. */
export const startRuntimeApi = async (options: RuntimeApiOptions): Promise<RuntimeApi> => {
  const { functionArn, timeoutMs, maxConcurrency = 1, onTimeout } = options;
  const waiting: Invocation[] = [];
  const taken = new Map<string, Invocation>();
  const pollers: http.ServerResponse[] = [];
  const loaded = Promise.withResolvers<InvokeResult | undefined>();
  let ended = false;

  const handOver = (response: http.ServerResponse, invocation: Invocation): void => {
    const { id, payload, done } = invocation;
    const timer = setTimeout(() => {
      onTimeout();
      settle(failure('Sandbox.Timedout', `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`));
    }, timeoutMs);
    const settle = (result: InvokeResult | undefined): void => {
      clearTimeout(timer);
      taken.delete(id);
      done(result);
      serve();
    };
    taken.set(id, { ...invocation, done: settle });
    response
      .writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': id,
        'lambda-runtime-deadline-ms': String(Date.now() + timeoutMs),
        'lambda-runtime-invoked-function-arn': functionArn,
        'lambda-runtime-trace-id': traceId(),
      })
      .end(payload);
  };

  const serve = (): void => {
    while (taken.size < maxConcurrency) {
      const [invocation] = waiting;
      const poller = pollers.shift();
      if (poller === undefined) return;
      if (invocation === undefined) {
        pollers.unshift(poller);
        return;
      }
      waiting.shift();
      handOver(poller, invocation);
    }
  };

  const next = (response: http.ServerResponse): void => {
    loaded.resolve(undefined);
    pollers.push(response);
    response.once('close', () => {
      const index = pollers.indexOf(response);
      if (index !== -1) pollers.splice(index, 1);
    });
    serve();
  };

  const answer = async (request: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    const { url = '', method } = request;
    if (method === 'GET' && url === `${VERSION}/invocation/next`) return next(response);
    const [matched, id = ''] = POST.exec(url) ?? [];
    const invocation = taken.get(id);
    if (method !== 'POST' || matched === undefined) return reply(response, 404, {});
    if (id !== '' && invocation === undefined)
      return reply(response, 400, { errorType: 'InvalidRequestID', errorMessage: 'Invalid request ID' });
    const { result, status } = await readAnswer(request, url.endsWith('/error'), invocation?.listener);
    reply(response, status, { status: 'OK' });
    if (invocation === undefined) loaded.resolve(result);
    else invocation.done(result);
  };

  // A client opens a connection long before it streams an answer, and keeps it between two: it may be silent for long.
  const patient = { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 };
  const server = http.createServer(patient, (request, response) => {
    // A client that breaks off is about to end: how says its process.
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, HOST, resolve));

  return {
    endpoint: `${HOST}:${(server.address() as AddressInfo).port}`,
    loaded: loaded.promise,
    run: (event, listener) =>
      new Promise((done) => {
        if (ended) return done(undefined);
        waiting.push({ id: randomUUID(), payload: JSON.stringify(event), listener, done });
        serve();
      }),
    end: (result) => {
      ended = true;
      loaded.resolve(result);
      for (const { done } of taken.values()) done(result);
      for (const { done } of waiting.splice(0)) done(undefined);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
