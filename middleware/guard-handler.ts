/** The composed chain: every middleware of the kit in its order around one handler. */

import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import middy, { type MiddlewareObj } from '@middy/core';
import httpCors from '@middy/http-cors';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import httpSecurityHeaders from '@middy/http-security-headers';
import type { Context } from 'aws-lambda';
import { createBedrockClient } from '../aws/bedrock/index.ts';
import { createDynamoDbQuotaLedger, createPrincipalDigest, createQuotaClient } from '../aws/dynamodb/index.ts';
import { createScope, currentScope, type InvocationScope, runInScope } from '../aws/invocation-scope.ts';
import { createTelemetry, type Telemetry } from '../aws/telemetry/index.ts';
import type { Caller } from '../core/caller.ts';
import { BulwarkError } from '../core/errors.ts';
import { createInjectionScreen } from '../core/injection/index.ts';
import type { Mac } from '../core/mac.ts';
import { checkOptions, object } from '../core/options.ts';
import { definePolicy, type Policy } from '../core/policy.ts';
import { createMemoryQuotaLedger, type QuotaLedger } from '../core/quota/index.ts';
import { createRedactor } from '../core/redaction/index.ts';
import { auditLog } from './audit-log/index.ts';
import { type BedrockContext, bedrockClient } from './bedrock-client/index.ts';
import { bodyLimit } from './body-limit/index.ts';
import { caller } from './caller/index.ts';
import { errorResponse } from './error-response/index.ts';
import { type EventSource, type HttpEvent, sourceOf } from './http-event.ts';
import { injectionScreen } from './injection-screen/index.ts';
import { inputValidation } from './input-validation/index.ts';
import { jsonBody } from './json-body/index.ts';
import { largeRequestConfirmation } from './large-request-confirmation/index.ts';
import { outputRedaction } from './output-redaction/index.ts';
import { tokenQuota } from './token-quota/index.ts';

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

/** What the chain works with; everything has a default for Lambda. */
export interface GuardServices {
  readonly bedrock?: BedrockRuntimeClient;
  readonly dynamodb?: DynamoDBClient;
  /** In place of the ledger that the policy's table or budgets call for. */
  readonly ledger?: QuotaLedger;
  readonly telemetry?: Telemetry;
}

/** Time kept back at the end of an invocation to settle, redact and answer, in milliseconds. */
const SETTLE_RESERVE_MS = 1500;

/** Longest that a front door waits for a buffered answer, in milliseconds. Source: API Gateway quotas. */
const FRONT_DOOR_MS: Readonly<Partial<Record<EventSource, number>>> = { 'rest-v1': 29_000, 'http-v2': 30_000 };

const macOf =
  (key: string | Buffer): Mac =>
  (content) =>
    createHmac('sha256', key).update(content).digest('base64url');

const scopeFor = (event: unknown, context: Context): InvocationScope => {
  const remaining = Math.min(
    context.getRemainingTimeInMillis?.() ?? Infinity,
    FRONT_DOOR_MS[sourceOf(event)] ?? Infinity,
  );
  const reserve = Math.min(SETTLE_RESERVE_MS, remaining / 4);
  const deadline = Number.isFinite(remaining) ? Date.now() + remaining - reserve : undefined;
  return createScope({ requestId: context.awsRequestId ?? randomUUID(), deadline });
};

const ledgerFor = (policy: Policy, services: GuardServices): QuotaLedger => {
  if (services.ledger !== undefined) return services.ledger;
  const { budgets = [], table } = policy.quota ?? {};
  if (table === undefined || policy.keys === undefined) return createMemoryQuotaLedger({ budgets });
  const client = services.dynamodb ?? createQuotaClient();
  return createDynamoDbQuotaLedger({ client, table, budgets, digestKey: policy.keys.digest });
};

/** The middlewares that a policy calls for, outermost first: errors and ends run through them from the inside out. */
const chainOf = (policy: Policy, services: GuardServices, telemetry: Telemetry): readonly MiddlewareObj[] => {
  const { keys, model, quota, body = {}, injection = {}, redaction = {} } = policy;
  const { schema, ...limits } = body;
  const mac = macOf(keys?.mac ?? randomBytes(32));
  const estimate = {
    ...(model?.maxTokens === undefined ? {} : { maxTokens: model.maxTokens }),
    ...(quota?.overheadTokens === undefined ? {} : { overheadTokens: quota.overheadTokens }),
  };
  const screen = injection === false ? undefined : createInjectionScreen(injection);
  const redactor = redaction === false ? undefined : createRedactor(redaction);
  const chain: readonly (object | undefined)[] = [
    httpSecurityHeaders(),
    policy.corsOrigins && httpCors({ origins: [...policy.corsOrigins] }),
    httpHeaderNormalizer(),
    errorResponse(),
    auditLog({ telemetry, ...(keys && { digest: createPrincipalDigest(keys.digest) }) }),
    bodyLimit(limits),
    jsonBody({ required: schema !== undefined }),
    caller({ ...policy.caller, mac }),
    schema && inputValidation({ schema }),
    policy.confirmAboveTokens === undefined
      ? undefined
      : largeRequestConfirmation({ thresholdTokens: policy.confirmAboveTokens, mac, ...estimate }),
    tokenQuota({
      ledger: ledgerFor(policy, services),
      priced: quota?.budgets.some(({ unit }) => unit === 'usd') ?? false,
      payers: quota?.budgets.flatMap(({ per }) => per) ?? [],
      ...(quota?.onFailure && { onFailure: quota.onFailure }),
      ...estimate,
    }),
    screen && injectionScreen({ screen }),
    bedrockClient({
      ...model,
      screen: screen ?? false,
      redactor: redactor ?? false,
      ...(model || services.bedrock ? { client: services.bedrock ?? createBedrockClient() } : {}),
    }),
    redactor && outputRedaction({ redactor }),
  ];
  return chain.filter((middleware) => middleware !== undefined) as readonly MiddlewareObj[];
};

/** What a cold start says of itself: which controls stand, and which were left off. */
const controlsOf = (policy: Policy): Readonly<Record<string, string>> => ({
  caller: policy.caller?.require ?? 'none',
  schema: policy.body?.schema === undefined ? 'off' : 'on',
  confirmation: policy.confirmAboveTokens === undefined ? 'off' : 'on',
  budgets: policy.quota === undefined ? 'off' : policy.quota.table === undefined ? 'this process only' : 'table',
  injection: policy.injection === false ? 'off' : 'on',
  models: policy.model?.models === undefined ? 'any' : 'allowlist',
  tools: policy.model?.tools === undefined ? 'as offered' : 'allowlist',
  redaction: policy.redaction === false ? 'off' : 'on',
  keys: policy.keys === undefined ? 'this process only' : 'given',
});

/**
 * Guards a Lambda handler with the whole chain. Without a policy it needs no infrastructure: limits, screening,
 * redaction and safe errors work; budgets join when the policy names them.
 *
 * @param handler The handler as it is. It gets its own event untouched, unless the policy has a schema for the body.
 * @throws TypeError for an unknown or invalid option, at cold start.
 *
 * @example
 * export const handler = guardHandler(existingHandler);
 */
export const guardHandler = <Event, Result>(
  handler: GuardableHandler<Event, Result>,
  policy: Policy = {},
  services: GuardServices = {},
): ((event: Event, context: Context) => Promise<Result>) => {
  definePolicy(policy);
  checkOptions('guardHandler', services, { bedrock: object, dynamodb: object, ledger: object, telemetry: object });
  const telemetry =
    services.telemetry ?? createTelemetry(policy.service === undefined ? {} : { service: policy.service });
  const parsed = policy.body?.schema !== undefined;
  const originals = new WeakMap<InvocationScope, Event>();

  const guardedHandler = async (checked: HttpEvent, context: Context): Promise<Result> => {
    const scope = currentScope();
    if (scope === undefined) throw new BulwarkError('internal', { reason: 'no-scope' });
    const bulwark = { requestId: scope.requestId, caller: scope.caller, session: scope.session };
    const event = parsed ? (checked as Event) : (originals.get(scope) as Event);
    const startedAt = performance.now();
    try {
      return await handler(event, Object.assign(context, { bulwark }) as GuardedContext);
    } finally {
      scope.handlerMs = performance.now() - startedAt;
    }
  };

  const chain = middy<HttpEvent, Result>({ timeoutEarlyInMillis: SETTLE_RESERVE_MS / 2 });
  for (const middleware of chainOf(policy, services, telemetry)) chain.use(middleware);
  const run = chain.handler(guardedHandler);
  telemetry.info('guarded', { controls: controlsOf(policy) });

  return async (event, context) => {
    const scope = scopeFor(event, context);
    originals.set(scope, event);
    try {
      return await runInScope(scope, () => run({ ...event } as HttpEvent, context));
    } finally {
      scope.close();
    }
  };
};
