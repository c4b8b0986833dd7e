/** The composed chain around one handler, whatever way that handler answers. */

import { randomUUID } from 'node:crypto';
import middy from '@middy/core';
import { executionModeStandard } from '@middy/core/Standard';
import { executionModeStreamifyResponse } from '@middy/core/StreamifyResponse';
import type { Context, Handler } from 'aws-lambda';
import { assertCredentials, complaintOf, credentialProblems } from '../aws/bedrock/credentials/environment.ts';
import { PRICES_AS_OF } from '../aws/bedrock/index.ts';
import { createScope, currentScope, type InvocationScope, runInScope } from '../aws/invocation-scope.ts';
import { assertTelemetry, telemetryProblems } from '../aws/telemetry/environment.ts';
import { createTelemetry, quietly, type Telemetry } from '../aws/telemetry/index.ts';
import type { Caller } from '../core/caller.ts';
import { controlsOf } from '../core/controls.ts';
import { BulwarkError } from '../core/errors.ts';
import { DEEP_CHECKS } from '../core/injection/deep-options.ts';
import { checkOptions, object } from '../core/options.ts';
import { definePolicy, handsParsedBody, type Policy } from '../core/policy.ts';
import type { BedrockContext } from './bedrock-client/index.ts';
import { chainOf, type GuardServices } from './chain.ts';
import { type HttpEvent, sourceOf } from './http-event.ts';
import { timesOf, untilAnswer } from './invocation-times.ts';
import { asProxyResponse } from './proxy-response.ts';
import { endStreamOf } from './response-stream.ts';
import {
  isStreamHandler,
  leftToRuntime,
  type ResponseStream,
  returningResponse,
  type StreamHandler,
  type StreamHead,
  withOwnHead,
} from './stream-handler.ts';

/** What a guarded handler finds in its context. */
export interface GuardedContext extends BedrockContext {
  bulwark: {
    readonly requestId: string;
    readonly caller: Caller;
    /** Session token for the reply, where sessions are issued. */
    readonly session: string | undefined;
  };
}

/** A handler to be guarded, as Lambda calls it. */
export type GuardableHandler<Event, Result> = (event: Event, context: GuardedContext) => Result | Promise<Result>;

/** Guards a handler. The guarded one is of the kind that Lambda calls the handler with. */
export interface GuardHandler {
  /** With a policy for streams: the handler returns an answer whose body may be a stream. */
  <Event, Result>(
    handler: GuardableHandler<Event, Result>,
    policy: Policy & Required<Pick<Policy, 'stream'>>,
    services?: GuardServices,
  ): StreamHandler<Event>;
  <Event, Result>(
    handler: GuardableHandler<Event, Result>,
    policy?: Policy,
    services?: GuardServices,
  ): (event: Event, context: Context) => Promise<Result>;
  /** A handler that was made with `awslambda.streamifyResponse`. */
  <Event>(handler: StreamHandler<Event>, policy?: Policy, services?: GuardServices): StreamHandler<Event>;
  /** A handler with a type of `@types/aws-lambda`, such as `SQSHandler`. Its third parameter must not be used. */
  <Event, Result>(
    handler: Handler<Event, Result>,
    policy?: Policy,
    services?: GuardServices,
  ): (event: Event, context: Context) => Promise<Result>;
}

type AnyHandler = GuardableHandler<unknown, unknown>;

/** The handler as the chain's innermost link calls it: with its own event, and with what the chain found out. */
const innermost = (handler: AnyHandler, policy: Policy): AnyHandler => {
  const parsed = handsParsedBody(policy);
  return async function guardedHandler(checked, context) {
    const scope = currentScope();
    if (scope === undefined) throw new BulwarkError('internal', { reason: 'no-scope' });
    const bulwark: GuardedContext['bulwark'] = {
      requestId: scope.requestId,
      caller: scope.caller,
      get session() {
        return scope.sessionToken?.();
      },
    };
    const event = parsed ? checked : scope.event;
    const startedAt = performance.now();
    try {
      const result = await untilAnswer(scope, handler(event, Object.assign(context, { bulwark })));
      return scope.monitor ? result : asProxyResponse(result, sourceOf(scope.event));
    } finally {
      scope.handlerMs = performance.now() - startedAt;
    }
  };
};

/** Lambda refuses callbacks from Node.js 24 on, by the number of parameters: it cannot see those of a guarded handler. */
const assertReturning = (handler: unknown): void => {
  if (!isStreamHandler(handler) && (handler as AnyHandler).length > 2)
    throw new TypeError('guardHandler: the handler takes a callback: it must return its answer instead');
};

const SERVICE_CHECKS = {
  bedrock: object,
  dynamodb: object,
  logs: object,
  ledger: object,
  telemetry: object,
  tracing: object,
  deep: DEEP_CHECKS.deep,
};

const assertStreamable = (): void => {
  if (typeof (globalThis as { awslambda?: unknown }).awslambda === 'undefined')
    throw new TypeError('guardHandler: streams need the Lambda runtime: there is no global awslambda here');
};

/** Monitor mode refuses nothing: it says what would have been refused when the function started. */
const warnOfEnvironment = (telemetry: Telemetry): void => {
  const found = {
    credentials: credentialProblems(process.env).map(complaintOf),
    telemetry: telemetryProblems(process.env),
  };
  for (const [message, problems] of Object.entries(found))
    if (problems.length > 0) quietly(() => telemetry.warn(message, { problems }));
};

/**
 * Guards a Lambda handler with the whole chain. Without a policy it needs no infrastructure: limits, screening,
 * redaction and safe errors work; budgets join when the policy names them.
 *
 * @param handler The handler as it is: for HTTP events, queues, direct invocations, or made with
 * `awslambda.streamifyResponse`. It gets its own event untouched, unless the policy has a schema for the body.
 * @throws TypeError for an unknown or invalid option, for a handler that takes a callback, for credentials that a function
 * must not have, for an environment that has Powertools log events or drop metrics, and for a stream outside the Lambda
 * runtime, at cold start.
 *
 * @example
 * export const handler = guardHandler(existingHandler);
 */
export const guardHandler: GuardHandler = ((
  handler: AnyHandler | StreamHandler<unknown>,
  policy: Policy = {},
  services: GuardServices = {},
): unknown => {
  definePolicy(policy);
  checkOptions('guardHandler', services, SERVICE_CHECKS);
  assertReturning(handler);
  const streamed = policy.stream !== undefined || isStreamHandler(handler);
  if (streamed) assertStreamable();
  const monitor = policy.mode === 'monitor';
  if (!monitor) {
    assertCredentials('guardHandler', process.env);
    assertTelemetry('guardHandler', process.env);
  }
  const telemetry =
    services.telemetry ?? createTelemetry(policy.service === undefined ? {} : { service: policy.service });

  const chain = middy<HttpEvent, unknown>({
    timeoutEarlyInMillis: 0, // `untilAnswer` knows the front door, and how short the function's time is
    executionMode: streamed ? executionModeStreamifyResponse : executionModeStandard,
  });
  const settings = { ...policy, ...(streamed && { stream: policy.stream ?? {} }) };
  for (const middleware of chainOf(settings, services, telemetry)) chain.use(middleware);
  const heads = new WeakMap<InvocationScope, StreamHead>();
  const noteHead = (head: StreamHead): void => {
    const scope = currentScope();
    if (scope !== undefined) heads.set(scope, head);
  };
  const ownStream = isStreamHandler(handler);
  const returning = ownStream ? returningResponse(handler as StreamHandler<unknown>, noteHead) : handler;
  const run = chain.handler(innermost(returning as AnyHandler, policy) as never) as unknown as (
    ...invocation: readonly unknown[]
  ) => Promise<unknown>;
  const controls = { ...controlsOf(policy), prices: PRICES_AS_OF };
  if (monitor) warnOfEnvironment(telemetry);
  quietly(() => telemetry.info('guarded', { mode: policy.mode ?? 'enforce', controls }));

  const invoke = async (event: unknown, context: Context, ...streams: readonly ResponseStream[]): Promise<unknown> => {
    const { deadline, answerBy } = timesOf(sourceOf(event), context, streamed);
    const scope = createScope({
      requestId: context.awsRequestId ?? randomUUID(),
      event,
      deadline: monitor ? undefined : deadline,
      answerBy,
      monitor,
      timed: telemetry.sampled?.() ?? false,
      trace: services.tracing?.begin(),
    });
    const targets =
      monitor && ownStream ? streams.map((stream) => withOwnHead(stream, () => heads.get(scope))) : streams;
    try {
      return await runInScope(scope, () => run({ ...(event as HttpEvent) }, ...targets, context));
    } finally {
      await endStreamOf(scope);
      scope.close();
    }
  };
  if (!streamed) return invoke;
  const { streamifyResponse } = awslambda;
  return streamifyResponse(async (event: unknown, stream: unknown, context: Context) => {
    await invoke(event, context, leftToRuntime(stream as ResponseStream));
  });
}) as GuardHandler;
