/** One request: read, logged, verified, met by its fault, answered. */

import type { AnyRequest, AnyResponse } from './connection.ts';
import { controlsOf } from './controls.ts';
import { dropConnection } from './cut.ts';
import { BedrockError, upstreamMessage } from './errors.ts';
import { createExchange, type Exchange, pause, readBody, sendError, whenGone } from './exchange.ts';
import type { Fault, FaultSource } from './faults.ts';
import { applyGuardrail } from './guardrails/apply-guardrail.ts';
import { invokeGuardrailChecks } from './guardrails/guardrail-checks.ts';
import { answerModel, countTokens, type ModelContext, parseObject, sendReply } from './model-operations.ts';
import type { LogEntry } from './request-log.ts';
import { routeOf } from './routes.ts';
import { type SignatureRules, verifySignature } from './sigv4.ts';

/** What a service works with. */
export interface ServiceOptions extends ModelContext, SignatureRules {
  readonly faults: FaultSource;
}

type ErrorFault = Extract<Fault, { readonly kind: 'error' }>;

const errorOf = ({ type, status, retryAfterSeconds, retryAfterMs }: ErrorFault, modelId: string): BedrockError =>
  new BedrockError(type, upstreamMessage(type, modelId), status, {
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
    ...(retryAfterMs !== undefined && { 'x-amz-retry-after': String(retryAfterMs) }),
  });

/** Faults that come before an answer. True when there will be none. */
const meetFault = async (exchange: Exchange, fault: Fault | undefined, { modelId }: LogEntry): Promise<boolean> => {
  switch (fault?.kind) {
    case 'error':
      throw errorOf(fault, modelId);
    case 'delay':
      await pause(fault.ms, exchange.gone);
      return exchange.gone.aborted;
    case 'hang':
      if (fault.after !== undefined) return false;
      await whenGone(exchange.gone);
      return true;
    case 'connection-reset':
      dropConnection(exchange);
      return true;
    default:
      return false;
  }
};

const parsed = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
};

/** The handler of all requests of a server. */
export const createService = (
  options: ServiceOptions,
): ((request: AnyRequest, response: AnyResponse) => Promise<void>) => {
  const { log, faults, now } = options;

  const serve = async (request: AnyRequest, exchange: Exchange): Promise<void> => {
    const bytes = await readBody(request);
    if (bytes === undefined) return;
    const { method = '', url = '/', headers, httpVersion } = request;
    const { operation, modelId, guardrail = '' } = routeOf(method, url.split('?', 1)[0] ?? '/');
    const sent = parsed(bytes);
    const controls = controlsOf(operation, headers, sent);
    const { requestId } = exchange;
    const entry = log.add(
      { requestId, operation, modelId, body: sent, controls, httpVersion, at: now() },
      bytes.length,
    );
    exchange.entry = entry;
    verifySignature({ method, url, headers, body: bytes }, options);
    const fault = faults.take(entry);
    if (await meetFault(exchange, fault, entry)) return;
    const body = parseObject(bytes, modelId);
    if (operation === 'ApplyGuardrail') return sendReply(exchange, applyGuardrail(body, guardrail), {}, fault);
    if (operation === 'InvokeGuardrailChecks') return sendReply(exchange, invokeGuardrailChecks(body), {}, fault);
    if (operation === 'CountTokens') return sendReply(exchange, countTokens(modelId, body), {}, fault);
    return answerModel(options, { exchange, entry, body, fault });
  };

  return async (request, response) => {
    const exchange = createExchange(response);
    try {
      await serve(request, exchange);
    } catch (error) {
      sendError(exchange, error);
    }
  };
};
