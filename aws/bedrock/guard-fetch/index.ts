/** `guardFetch`: a `fetch` for clients that sign requests to Bedrock of their own. */

import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { BulwarkError, isBulwarkError } from '../../../core/errors.ts';
import { checkOptions, integer, oneOf } from '../../../core/options.ts';
import { currentScope } from '../../invocation-scope.ts';
import { checked } from '../checked.ts';
import { CLIENT_RULE_CHECKS, type ClientRules } from '../client-rules.ts';
import { guardClient } from '../guard-client.ts';
import { type CommandInput, inputOfHeaders, inputOfJson } from './command-input.ts';
import { failureResponse, wireFailure } from './failure.ts';
import { OPERATIONS, type Operation } from './operations.ts';
import { type BodyBounds, bodyTextOf } from './read-body.ts';
import { type CommandOutput, replyOf } from './reply.ts';
import { routeOf } from './route.ts';

/** Options of {@link guardFetch}: how requests are read and refused, and rules for a client that is not guarded yet. */
export interface GuardFetchOptions extends ClientRules {
  /**
   * What a refusal is: `throw` rejects with the {@link BulwarkError}, which `guardHandler` knows; `response` answers with
   * its status and a body that clients of Bedrock can read. They may then try again by themselves.
   *
   * @default 'throw'
   */
  readonly onRefusal?: 'throw' | 'response';
  /** Largest body of a request, in bytes. @default 5_000_000 */
  readonly maxBodyBytes?: number;
  /** Deepest nesting of JSON arrays and objects in a request. @default 64 */
  readonly maxDepth?: number;
}

const CHECKS = {
  ...CLIENT_RULE_CHECKS,
  onRefusal: oneOf('throw', 'response'),
  maxBodyBytes: integer(1),
  maxDepth: integer(1),
};

/** What `fetch` takes for a request. */
type FetchInput = string | URL | Request;

/** A request that the guarded client can send. */
interface ReadRequest {
  readonly operation: Operation;
  readonly input: CommandInput;
}

const notAnswered = (): BulwarkError => new BulwarkError('content_not_allowed', { reason: 'operation' });

/** The request as the platform's own `fetch` reads it: what is checked and what is sent are read once, in one way. */
const requestOf = (input: FetchInput, init: RequestInit | undefined): Request => {
  try {
    // The signal is followed where the call is: a request of its own would only hold on to it.
    return new Request(input, { duplex: 'half', ...init, signal: null } as RequestInit);
  } catch {
    throw notAnswered();
  }
};

const readRequest = async (
  request: Request,
  bounds: BodyBounds,
  signal: AbortSignal | undefined,
): Promise<ReadRequest> => {
  const route = routeOf(request.method, request.url);
  if (route === undefined) throw notAnswered();
  const operation = OPERATIONS[route.operation];
  const members = inputOfHeaders(operation.request, request.headers);
  const text = await bodyTextOf(request, bounds, signal);
  const body = operation.raw ? { body: Buffer.from(text) } : inputOfJson(operation.request, text);
  return { operation, input: { ...body, ...members, modelId: route.modelId } };
};

/** The signal of a request. That of an object which follows another's may end with that object. */
const signalOf = (input: FetchInput, init: RequestInit | undefined): AbortSignal | undefined => {
  const given = init?.signal === undefined && input instanceof Request ? input.signal : init?.signal;
  return given ?? undefined;
};

/**
 * Makes a `fetch` out of a guarded client, for clients of Bedrock that sign requests of their own, such as the Vercel AI
 * SDK. A request is never forwarded: the operation and the model are read from its path, its JSON from its body, and
 * sent as a command of the guarded client, to that client's endpoint, under that client's credentials. What comes back
 * is what the guard lets through, written as Bedrock writes it. Host, credentials and signature of the request count
 * for nothing; headers but those of its body and of Bedrock's own parameters are ignored.
 *
 * Converse, ConverseStream, InvokeModel and InvokeModelWithResponseStream are answered. Everything else is refused; in
 * monitor mode it is recorded and goes out as it is.
 *
 * @param client Is guarded here unless it is already: rules are then for the one who guards it.
 * @returns A function with the signature of the global `fetch`. It rejects with {@link BulwarkError}, or with the reason
 * of the request's own signal.
 * @throws TypeError for an unknown or invalid option, and for rules for a client that is guarded already.
 *
 * @example
 * const amazonBedrock = createAmazonBedrock({ fetch: guardFetch(new BedrockRuntimeClient({})) });
 */
export const guardFetch = (client: BedrockRuntimeClient, options: GuardFetchOptions = {}): typeof fetch => {
  checkOptions('guardFetch', options, CHECKS);
  const { onRefusal = 'throw', maxBodyBytes = 5_000_000, maxDepth = 64, ...rules } = options;
  const guarded = guardClient(client, rules);

  return async function guardedFetch(given, init) {
    const scope = currentScope();
    /** In monitor mode the handler gets Bedrock's own failures as it would have got them. */
    const tells = (error: unknown): boolean =>
      isBulwarkError(error) ? onRefusal === 'response' : scope?.monitor === true;
    const signal = signalOf(given, init);
    signal?.throwIfAborted();
    const aborter = new AbortController();
    const abortSignal = signal === undefined ? aborter.signal : AbortSignal.any([signal, aborter.signal]);
    try {
      const untouched = scope?.monitor === true && given instanceof Request ? given.clone() : given;
      let read: ReadRequest;
      try {
        read = await readRequest(requestOf(given, init), { maxBodyBytes, maxDepth }, signal);
      } catch (error) {
        if (scope === undefined || signal?.aborted === true) throw error;
        checked(scope, () => {
          throw error;
        });
        return await fetch(untouched, init);
      }
      const { operation, input } = read;
      const output: unknown = await guarded.send(operation.command(input), { abortSignal });
      return replyOf(operation, output as CommandOutput, { signal, abort: () => aborter.abort(), tells });
    } catch (error) {
      signal?.throwIfAborted();
      const failure = tells(error) ? wireFailure(error) : undefined;
      if (failure === undefined) throw error;
      return failureResponse(failure);
    }
  };
};
