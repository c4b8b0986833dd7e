/** The choke point: every call of a guarded client passes here, however the handler came by the client. */

import { randomUUID } from 'node:crypto';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { BulwarkError } from '../../core/errors.ts';
import { createScope, currentScope, type InvocationScope } from '../invocation-scope.ts';
import { payForRetries } from './billed-retries.ts';
import { type CallSetting, createCallEngines } from './call-engines.ts';
import { checked } from './checked.ts';
import { type ClientRules, checkClientRules } from './client-rules.ts';
import { guardConverse, type Send } from './converse-guard.ts';
import { guardConverseStream } from './converse-stream-guard.ts';
import { createTokenCounter } from './count-tokens.ts';
import { currentSending } from './sending.ts';
import { withMethod } from './with-method.ts';

/** Guards one call of an operation. */
type CallGuard = (setting: CallSetting, input: unknown, send: Send<unknown, unknown>) => Promise<unknown>;

/** The operations that this version screens, bounds and accounts for, by command name. Others are refused. */
const GUARDS: Readonly<Record<string, CallGuard>> = {
  ConverseCommand: guardConverse as CallGuard,
  ConverseStreamCommand: guardConverseStream as CallGuard,
};

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

/** Passes the end of the call to the request on the wire, so that Bedrock stops when nobody waits. */
const abortWithCall = <Handler extends { handle(request: never, options?: never): unknown }>(
  handler: Handler,
): Handler =>
  withMethod(handler, 'handle', (request: never, options: SendOptions = {}) => {
    if (currentScope()?.monitor === true) return handler.handle(request, options as never);
    const signals = [options.abortSignal, currentSending()?.signal].filter((signal) => signal !== undefined);
    const abortSignal = signals.length > 1 ? AbortSignal.any(signals) : signals[0];
    return handler.handle(request, (abortSignal === undefined ? options : { ...options, abortSignal }) as never);
  });

/** Clients that are guarded: a second guard would screen, count and charge every call twice. */
const guarded = new WeakSet<object>();

/**
 * Guards a Bedrock Runtime client in place and returns it. Every `Converse` and `ConverseStream` call is then checked
 * against allowlists, screened, bounded, drawn on the invocation's reservation, accounted for, and its reply checked and
 * redacted, a streamed one on its way; every other operation is refused. The caller's input objects are never changed.
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
  const engines = createCallEngines();
  const counter = createTokenCounter({ client });
  const { authSchemePreference, retryStrategy } = client.config;
  Object.assign(client.config, {
    authSchemePreference: async () => (currentScope()?.monitor === true ? await authSchemePreference() : ['sigv4']),
    requestHandler: abortWithCall(client.config.requestHandler),
    retryStrategy: async () => payForRetries(await retryStrategy()),
  });
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (counter.sends(args.input)) return next(args);
      const scope = scopeOfCall(rules.unscoped ?? currentScope()?.clientRules?.unscoped);
      const guard = GUARDS[context['commandName'] ?? ''];
      if (guard === undefined) {
        checked(scope, () => {
          throw new BulwarkError('content_not_allowed', { reason: 'operation' });
        });
        return next(args);
      }
      let response: unknown;
      const send = async (input: unknown): Promise<unknown> => {
        const sent = await next({ ...args, input: input as never });
        response = sent.response;
        return sent.output;
      };
      const region = await client.config.region();
      const setting = { scope, rules: { ...scope.clientRules, ...rules }, engines, counter, region };
      const output = await guard(setting, args.input, send);
      return { output: output as never, response };
    },
    { step: 'initialize', priority: 'high', name: `guard-${randomUUID()}` },
  );
  client.middlewareStack.add(
    (next) => async (args) => {
      if (currentScope()?.monitor !== true && !isSigned(args.request))
        throw new BulwarkError('internal', { reason: 'not-sigv4' });
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: `signed-${randomUUID()}` },
  );
  return client;
};
