/** The choke point: every call of a guarded client passes here, however the handler came by the client. */

import { randomUUID } from 'node:crypto';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { BulwarkError } from '../../core/errors.ts';
import { retrySettings } from '../../core/retry/options.ts';
import { createScope, currentScope, type InvocationScope } from '../invocation-scope.ts';
import { type CallSetting, createCallEngines } from './call-engines.ts';
import { checked } from './checked.ts';
import { type ClientRules, checkClientRules } from './client-rules.ts';
import { guardConverse, type Send } from './converse-guard.ts';
import { guardConverseStream } from './converse-stream-guard.ts';
import { createTokenCounter } from './count-tokens.ts';
import { assertCredentials, credentialProblems } from './credentials/environment.ts';
import { guardInvoke } from './invoke-guard.ts';
import type { ResponseHeaders } from './invoke-reply.ts';
import { guardInvokeStream } from './invoke-stream-guard.ts';
import { hearLeftBehind } from './left-behind.ts';
import { ONE_ATTEMPT } from './one-attempt-strategy.ts';
import { noteGuarded, ownRulesOf } from './own-rules.ts';
import { createRetryAuthority } from './retry-authority.ts';
import { currentSending, runSending, type Sending } from './sending.ts';
import { sealWire } from './wire-seal.ts';

/** Guards one call of an operation. */
type CallGuard = (
  setting: CallSetting,
  input: unknown,
  send: Send<unknown, unknown>,
  headers: () => ResponseHeaders,
) => Promise<unknown>;

/** The operations that this version screens, bounds and accounts for, by command name. Others are refused. */
const GUARDS: Readonly<Record<string, CallGuard>> = {
  ConverseCommand: guardConverse as CallGuard,
  ConverseStreamCommand: guardConverseStream as CallGuard,
  InvokeModelCommand: guardInvoke as CallGuard,
  InvokeModelWithResponseStreamCommand: guardInvokeStream as CallGuard,
};

const scopeOfCall = (unscoped: ClientRules['unscoped']): InvocationScope => {
  const scope = currentScope();
  if (scope !== undefined) return scope;
  if (unscoped === 'engines') return createScope({ requestId: randomUUID() });
  throw new BulwarkError('internal', { reason: 'unscoped-bedrock-call' });
};

/** Refuses a call for the credentials that it would be made with, or for where it would go. */
const refuseFor = (reason: string | undefined): void => {
  if (reason !== undefined) throw new BulwarkError('internal', { reason });
};

const headersOf = (response: unknown): ResponseHeaders =>
  (response as { readonly headers?: ResponseHeaders } | undefined)?.headers ?? {};

/** A request of the kit's own, which its client aborts itself. */
const counting = (input: object): Sending => ({
  signal: new AbortController().signal,
  input,
  shown: input,
  answered: false,
});

/** Where a handler aborts its call. Source: the SDK's own retries, which listen there. */
const abortOf = (context: Readonly<Record<string, unknown>>): AbortSignal | undefined =>
  (context['__smithy_context'] as { readonly abortSignal?: AbortSignal } | undefined)?.abortSignal;

/**
 * Guards a Bedrock Runtime client in place and returns it. Every `Converse`, `ConverseStream`, `InvokeModel` and
 * `InvokeModelWithResponseStream` call is then checked against allowlists, screened, bounded, drawn on the invocation's
 * reservation, accounted for, and its reply checked and redacted, a streamed one on its way; every other operation is
 * refused. The caller's input objects are never changed.
 *
 * @param rules Rules of this client; what is absent comes from the policy of the invocation.
 * @throws TypeError for an unknown or invalid rule, for rules for a client that is guarded already, and, where the client
 * works without `guardHandler`, for credentials that it must not have. Calls throw {@link BulwarkError} only.
 *
 * @example
 * const bedrock = guardClient(new BedrockRuntimeClient({}), { models: ['amazon.nova-lite-v1:0'] });
 */
export const guardClient = <Client extends BedrockRuntimeClient>(client: Client, rules: ClientRules = {}): Client => {
  checkClientRules('guardClient', rules);
  if (ownRulesOf(client) !== undefined) {
    if (Object.keys(rules).length > 0) throw new TypeError('guardClient: the client has rules already');
    return client;
  }
  // A client that only works within a guarded handler is asked at its calls: the handler may be in monitor mode.
  if (rules.unscoped === 'engines') assertCredentials('guardClient', process.env);
  const [problem] = credentialProblems(process.env);
  noteGuarded(client, rules);
  const engines = createCallEngines();
  const counter = createTokenCounter({ client });
  const retries = createRetryAuthority();
  const { authSchemePreference, retryStrategy } = client.config;
  const isWatched = (): boolean => currentScope()?.monitor === true;
  Object.assign(client.config, {
    authSchemePreference: async () => (isWatched() ? await authSchemePreference() : ['sigv4']),
    retryStrategy: async () => (isWatched() ? await retryStrategy() : ONE_ATTEMPT),
  });
  sealWire(client);
  hearLeftBehind(client, isWatched);
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context['commandName'] === 'CountTokensCommand' && counter.sends(args.input))
        return runSending(counting(args.input), () => next(args));
      const scope = scopeOfCall(rules.unscoped ?? currentScope()?.clientRules?.unscoped);
      checked(scope, () => refuseFor(problem?.reason));
      const guard = GUARDS[context['commandName'] ?? ''];
      if (guard === undefined) {
        checked(scope, () => {
          throw new BulwarkError('content_not_allowed', { reason: 'operation' });
        });
        return next(args);
      }
      let response: unknown;
      const send = async (input: unknown): Promise<unknown> => {
        const sending = currentSending();
        if (sending !== undefined) Object.assign(sending, { input, shown: args.input });
        // In monitor mode they are the same.
        const sent = await next(args);
        response = sent.response;
        return sent.output;
      };
      const allRules = { ...scope.clientRules, ...rules };
      const setting: CallSetting = {
        scope,
        rules: allRules,
        engines,
        counter,
        retries,
        region: await client.config.region(),
        retry: retrySettings(allRules.retry, await client.config.maxAttempts()),
        unwanted: abortOf(context),
      };
      const output = await guard(setting, args.input, send, () => headersOf(response));
      return { output: output as never, response };
    },
    { step: 'initialize', priority: 'high', name: `guard-${randomUUID()}` },
  );
  return client;
};
