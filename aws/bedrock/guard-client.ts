/** The choke point: every call of a guarded client passes here, however the handler came by the client. */

import { randomUUID } from 'node:crypto';
import type {
  BedrockRuntimeClient,
  ConverseCommandInput,
  ConverseCommandOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { BulwarkError } from '../../core/errors.ts';
import { createScope, currentScope, type InvocationScope } from '../invocation-scope.ts';
import { payForRetries } from './billed-retries.ts';
import { type ClientRules, checkClientRules } from './client-rules.ts';
import { createConverseGuard } from './converse-guard.ts';
import { withMethod } from './with-method.ts';

/** The one operation that this version screens, bounds and accounts for. Others are refused. */
const GUARDED_COMMAND = 'ConverseCommand';

/** A signature of the function's own role. A bearer key in its place could not be tied to a role. */
const SIGV4 = 'AWS4-HMAC-SHA256 ';

const scopeOfCall = (unscoped: ClientRules['unscoped']): InvocationScope => {
  const scope = currentScope();
  if (scope !== undefined) return scope;
  if (unscoped === 'engines') return createScope({ requestId: randomUUID() });
  throw new BulwarkError('internal', { reason: 'unscoped-bedrock-call' });
};

const isSigned = (request: unknown): boolean => {
  const headers = (request as { headers?: Record<string, string> } | undefined)?.headers ?? {};
  return (headers['authorization'] ?? '').startsWith(SIGV4);
};

interface SendOptions {
  readonly abortSignal?: AbortSignal;
}

/** Passes the deadline of the invocation to the request on the wire, so that Bedrock stops when nobody waits. */
const abortAtDeadline = <Handler extends { handle(request: never, options?: never): unknown }>(
  handler: Handler,
): Handler =>
  withMethod(handler, 'handle', (request: never, options: SendOptions = {}) => {
    const signals = [options.abortSignal, currentScope()?.signal()].filter((signal) => signal !== undefined);
    const abortSignal = signals.length > 1 ? AbortSignal.any(signals) : signals[0];
    return handler.handle(request, (abortSignal === undefined ? options : { ...options, abortSignal }) as never);
  });

/** Clients that are guarded: a second guard would screen, count and charge every call twice. */
const guarded = new WeakSet<object>();

/**
 * Guards a Bedrock Runtime client in place and returns it. Every `Converse` call is then checked against allowlists,
 * screened, bounded, drawn on the invocation's reservation, accounted for, and its reply checked and redacted; every
 * other operation is refused. The caller's input objects are never changed.
 *
 * @param rules Rules of this client; what is absent comes from the policy of the invocation.
 * @throws TypeError for an unknown or invalid rule, and for rules for a client that is guarded already. Calls throw {@link BulwarkError} only.
 *
 * @example
 * const bedrock = guardClient(new BedrockRuntimeClient({}), { models: ['amazon.nova-lite-v1:0'] });
 */
export const guardClient = <Client extends BedrockRuntimeClient>(client: Client, rules: ClientRules = {}): Client => {
  checkClientRules('guardClient', rules);
  if (guarded.has(client)) {
    if (Object.keys(rules).length > 0) throw new TypeError('guardClient: the client has rules already');
    return client;
  }
  guarded.add(client);
  const guardConverse = createConverseGuard();
  const { retryStrategy } = client.config;
  Object.assign(client.config, {
    authSchemePreference: async () => ['sigv4'],
    requestHandler: abortAtDeadline(client.config.requestHandler),
    retryStrategy: async () => payForRetries(await retryStrategy()),
  });
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const scope = scopeOfCall(rules.unscoped ?? currentScope()?.clientRules?.unscoped);
      if (context['commandName'] !== GUARDED_COMMAND)
        throw new BulwarkError('content_not_allowed', { reason: 'operation' });
      let response: unknown;
      const input = args.input as ConverseCommandInput;
      const output = await guardConverse(scope, { ...scope.clientRules, ...rules }, input, async (bounded) => {
        const sent = await next({ ...args, input: bounded });
        response = sent.response;
        return sent.output as ConverseCommandOutput;
      });
      return { output, response };
    },
    { step: 'initialize', priority: 'high', name: `guard-${randomUUID()}` },
  );
  client.middlewareStack.add(
    (next) => async (args) => {
      if (!isSigned(args.request)) throw new BulwarkError('internal', { reason: 'not-sigv4' });
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: `signed-${randomUUID()}` },
  );
  return client;
};
