/**
 * Between the checks and the wire: what is serialised is what has passed them, and what was serialised goes out as it is,
 * once, signed by the function's own role; it stops when nobody waits. Middlewares of a command, of the client and of
 * libraries run there, too: what they change is not sent.
 */

import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { BulwarkError } from '../../core/errors.ts';
import { currentScope, runOutsideScope } from '../invocation-scope.ts';
import { withMethod } from '../with-method.ts';
import { checked } from './checked.ts';
import { isLambda } from './credentials/environment.ts';
import { signedRequestProblem } from './credentials/signed-request.ts';
import { assertReadable } from './hostile-numbers.ts';
import { isUnchanged, sealedRequest, type WireRequest } from './sealed-request.ts';
import { currentSending, runOutsideSending } from './sending.ts';
import { isShaped } from './shape-check.ts';

type Config = BedrockRuntimeClient['config'];
type Collect = Config['streamCollector'];

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

const CONTENT_TYPE = 'content-type';
const isContentType = (name: string): boolean => name.toLowerCase() === CONTENT_TYPE;
const JSON_TYPE = /^application\/json\b/i;

/** Reads a body of JSON before the SDK does. A body that comes in events is read as it comes. */
const readFirst = async ({ response }: WireAnswer, collect: Collect): Promise<void> => {
  const { headers } = response;
  const name = CONTENT_TYPE in headers ? CONTENT_TYPE : Object.keys(headers).find(isContentType);
  const type = name === undefined ? '' : (headers[name] ?? '');
  if (!JSON_TYPE.test(type)) return;
  const { body } = response;
  const bytes = body instanceof Uint8Array ? body : await collect(body);
  assertReadable(bytes);
  response.body = bytes;
};

/** The last place before the wire: nothing runs behind it. Here the end of the call is passed on, and an answer noted. */
const sealedHandler = <Handler extends { handle(request: never, options?: never): Promise<WireAnswer> }>(
  handler: Handler,
  collect: Collect,
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
    // What no guard has seen came by another client that has this one's configuration.
    if (sending === undefined) throw new BulwarkError('internal', { reason: 'unguarded' });
    if (sending.sent === true || !isUnchanged(request, sending.request)) throw changed();
    assertSigned(request, inLambda);
    sending.sent = true;
    const own = options.abortSignal;
    const abortSignal = own === undefined ? sending.signal : AbortSignal.any([own, sending.signal]);
    const sendOut = (): Promise<WireAnswer> => handler.handle(request, { ...options, abortSignal } as never);
    const answer = await runOutsideScope(() => runOutsideSending(sendOut));
    sending.answered = answer.response.statusCode < 300;
    await readFirst(answer, collect);
    return answer;
  });
};

interface OperationSchema {
  readonly input: unknown;
}

/** Serialises nothing but what has passed the checks, and notes what becomes of it. */
const sealedProtocol = (protocol: Config['protocol']): Config['protocol'] => {
  // The types of two kinds of schema, which the SDK tells apart by itself.
  const serialize = protocol.serializeRequest.bind(protocol) as (...args: readonly unknown[]) => Promise<WireRequest>;
  return withMethod(protocol, 'serializeRequest', async (schema: OperationSchema, input: never, context: never) => {
    const sending = currentScope()?.monitor === true ? undefined : currentSending();
    if (sending === undefined) return serialize(schema, input, context);
    if (input !== sending.shown) throw changed();
    if (!isShaped(schema.input, sending.input)) throw new BulwarkError('content_not_allowed', { reason: 'shape' });
    const request = await serialize(schema, sending.input, context);
    sending.request = sealedRequest(request);
    return request;
  });
};

/**
 * Seals a client from its checks to the wire.
 *
 * @throws BulwarkError on a call: `content_not_allowed`, reason `shape`; `internal`, reasons `changed-after-checks`, `unguarded`, and those of
 * `credentials/signed-request.ts`; `output_blocked`, reason `number`.
 */
export const sealWire = (client: BedrockRuntimeClient): void => {
  const { requestHandler, streamCollector, protocol } = client.config;
  Object.assign(client.config, {
    requestHandler: sealedHandler(requestHandler, streamCollector),
    protocol: sealedProtocol(protocol),
    // A handler that was made before would pass by the guard.
    cacheMiddleware: false,
  });
};
