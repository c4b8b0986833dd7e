/**
 * Between the checks and the wire: what goes out is what has passed them, signed by the function's own role, and it stops
 * when nobody waits. Middlewares of a command run there, too, and those of libraries.
 */

import { randomUUID } from 'node:crypto';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { BulwarkError } from '../../core/errors.ts';
import { currentScope } from '../invocation-scope.ts';
import { checked } from './checked.ts';
import { isLambda } from './credentials/environment.ts';
import { signedRequestProblem } from './credentials/signed-request.ts';
import { assertReadable } from './hostile-numbers.ts';
import { currentSending } from './sending.ts';
import { withMethod } from './with-method.ts';

/** A request as the SDK has it before it goes out. */
interface WireRequest {
  readonly hostname?: string;
  readonly path?: string;
  readonly body?: unknown;
}

/** The attempt that is checked here: in monitor mode nothing is. */
const sealed = () => (currentScope()?.monitor === true ? undefined : currentSending());

const changed = (): BulwarkError => new BulwarkError('internal', { reason: 'changed-after-checks' });

/** A request is signed with the credentials that it may be, and goes where it may. */
const assertSigned = (request: unknown, inLambda: boolean): void => {
  const reason = signedRequestProblem(request, inLambda);
  if (reason !== undefined) throw new BulwarkError('internal', { reason });
};

interface SendOptions {
  readonly abortSignal?: AbortSignal;
}

interface WireAnswer {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Readonly<Record<string, string>>;
    body?: unknown;
  };
}

const JSON_TYPE = /^application\/json\b/i;

/** Reads a body of JSON before the SDK does. A body that comes in events is read as it comes. */
const readFirst = async (
  { response }: WireAnswer,
  collect: BedrockRuntimeClient['config']['streamCollector'],
): Promise<void> => {
  const [, type = ''] = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-type') ?? [];
  if (!JSON_TYPE.test(type)) return;
  const { body } = response;
  const bytes = body instanceof Uint8Array ? body : await collect(body);
  assertReadable(bytes);
  response.body = bytes;
};

/** Whether a request is the one that was made of what has passed the checks: a body is compared by identity. */
const isUnchanged = ({ hostname, path, body }: WireRequest, wire: WireRequest | undefined): boolean =>
  body === wire?.body && path === wire?.path && hostname === wire?.hostname;

/** The last place before the wire: nothing runs behind it. Here the end of the call is passed on, and an answer noted. */
const withCall = <Handler extends { handle(request: never, options?: never): Promise<WireAnswer> }>(
  handler: Handler,
  collect: BedrockRuntimeClient['config']['streamCollector'],
): Handler => {
  // Read once: each look at a variable of the environment asks the operating system.
  const inLambda = isLambda(process.env);
  return withMethod(handler, 'handle', async (request: never, options: SendOptions = {}) => {
    const scope = currentScope();
    if (scope?.monitor === true) {
      checked(scope, () => assertSigned(request, inLambda));
      return handler.handle(request, options as never);
    }
    const sending = currentSending();
    if (sending !== undefined && !isUnchanged(request, sending.request)) throw changed();
    assertSigned(request, inLambda);
    if (sending === undefined) return handler.handle(request, options as never);
    const own = options.abortSignal;
    const abortSignal = own === undefined ? sending.signal : AbortSignal.any([own, sending.signal]);
    const answer = await handler.handle(request, { ...options, abortSignal } as never);
    sending.answered = answer.response.statusCode < 300;
    await readFirst(answer, collect);
    return answer;
  });
};

/**
 * Seals a client from its checks to the wire.
 *
 * @throws BulwarkError on a call: `internal`, reasons `changed-after-checks`, and those of `credentials/signed-request.ts`.
 */
export const sealWire = (client: BedrockRuntimeClient): void => {
  const { requestHandler, streamCollector } = client.config;
  Object.assign(client.config, { requestHandler: withCall(requestHandler, streamCollector) });
  const { middlewareStack: stack } = client;
  const seal = (step: string): string => `seal-${step}-${randomUUID()}`;
  stack.add(
    (next) => async (args) => {
      const sending = sealed();
      if (sending !== undefined && args.input !== sending.input) throw changed();
      return next(args);
    },
    { step: 'serialize', priority: 'high', name: seal('serialize') },
  );
  stack.add(
    (next) => async (args) => {
      const sending = sealed();
      if (sending !== undefined) {
        const { hostname, path, body } = args.request as WireRequest;
        Object.assign(sending, { request: { hostname, path, body } });
      }
      return next(args);
    },
    { step: 'build', priority: 'high', name: seal('build') },
  );
};
