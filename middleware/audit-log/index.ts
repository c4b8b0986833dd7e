import type { MiddlewareObj, Request } from '@middy/core';
import type { InvocationScope } from '../../aws/invocation-scope.ts';
import { quietly, type Telemetry } from '../../aws/telemetry/index.ts';
import { identityOf, principalsOf } from '../../core/caller.ts';
import type { MetricName } from '../../core/catalogue.ts';
import { ERRORS, type ErrorCode } from '../../core/errors.ts';
import { detectionVersion } from '../../core/injection/index.ts';
import { callable, checkOptions, object } from '../../core/options.ts';
import type { Principal } from '../../core/quota/index.ts';
import { classifyError } from '../error-response/classify-error.ts';
import { type HttpEvent, sourceOf } from '../http-event.ts';
import { statusOf } from '../proxy-response.ts';
import { scopeOf } from '../request-scope.ts';
import { whenAnswered } from '../response-stream.ts';
import type { StreamEnding } from '../stream-reader.ts';

/** Version of the audit record's fields: what reads them, `bulwark report`, tells by it what to expect. */
export const AUDIT_SCHEMA_VERSION = 3;

/** Options of {@link auditLog}. */
export interface AuditLogOptions {
  /** Where metrics and log lines go: `createTelemetry()`. */
  readonly telemetry: Telemetry;
  /** Keyed digest of a principal, for the log. Without it principals are not named at all. @default none */
  readonly digest?: (principal: Principal) => string;
  /** @default Date.now */
  readonly now?: () => number;
}

const CHECKS = { telemetry: object, digest: callable, now: callable };

/** How a request ended: as it should, with a code, with an error of the handler's own, or read by nobody to its end. */
type Outcome = 'ok' | 'abandoned' | 'handler_error' | ErrorCode;

/** Refusals that are failures of the service, not decisions about a request. */
const isRefusal = (status: number): boolean => status >= 400 && (status < 500 || status === 503);

/** Who asked, in which session and for which tenant. */
const principalsFor = ({ caller }: InvocationScope, digest: AuditLogOptions['digest']): Record<string, string> => {
  const identity = identityOf(caller)?.kind;
  const named = principalsOf(caller).filter(({ kind }) => ['session', 'tenant', identity].includes(kind));
  return digest === undefined ? {} : Object.fromEntries(named.map((principal) => [principal.kind, digest(principal)]));
};

const metricOf = (scope: InvocationScope, name: MetricName): number => scope.record.metrics.get(name) ?? 0;

/**
 * Writes one record a request, and publishes the request's metrics with it: who (as a keyed digest), what was decided
 * by which control and rule, what it cost, how it ended. No content, no names, no addresses.
 *
 * @throws TypeError at creation for an unknown or invalid option.
 */
export const auditLog = (options: AuditLogOptions): MiddlewareObj<HttpEvent> => {
  checkOptions('auditLog', options, CHECKS);
  const { telemetry, digest, now = Date.now } = options;

  /** An error may come after the answer was taken for good: a request is published once. */
  const published = new WeakSet<InvocationScope>();

  const publish = (request: Request<HttpEvent>, status: number, code: Outcome): void => {
    const scope = scopeOf(request);
    if (published.has(scope)) return;
    published.add(scope);
    scope.abandonCalls();
    const { record } = scope;
    const totalMs = now() - scope.startedAt;
    record.count('Requests');
    record.count('TotalLatency', totalMs);
    record.count('GuardLatency', Math.max(0, totalMs - scope.handlerMs));
    if (code === 'internal') record.count('InternalErrors');
    if (code in ERRORS && isRefusal(ERRORS[code as ErrorCode].status)) record.count('RequestsDenied');
    quietly(() => writeLine(request, status, code));
    quietly(() => telemetry.publish(record, scope.requestId));
  };

  const writeLine = (request: Request<HttpEvent>, status: number, code: Outcome): unknown => {
    const scope = scopeOf(request);
    const { record } = scope;
    const tokens = {
      input: metricOf(scope, 'InputTokens'),
      output: metricOf(scope, 'OutputTokens'),
      total: metricOf(scope, 'TotalTokens'),
    };
    return telemetry.info('audit', {
      audit: AUDIT_SCHEMA_VERSION,
      mode: scope.monitor ? 'monitor' : 'enforce',
      refused: record.refused,
      requestId: scope.requestId,
      source: sourceOf(request.event),
      identity: identityOf(scope.caller)?.kind ?? 'anonymous',
      principals: principalsFor(scope, digest),
      model: record.model,
      status,
      outcome: code,
      decisions: record.decisions,
      detectionVersion,
      tokens,
      modelCalls: metricOf(scope, 'ModelCalls'),
      dataClass: record.dataClass,
      redactions: Object.fromEntries(record.redactions),
      removals: Object.fromEntries(record.removals),
      latencyMs: { total: metricOf(scope, 'TotalLatency'), model: Math.round(metricOf(scope, 'ModelLatency')) },
    });
  };

  const outcomeOf = (request: Request<HttpEvent>, ending: StreamEnding): Outcome => {
    if (ending.kind !== 'failed') return ending.kind === 'finished' ? 'ok' : 'abandoned';
    const failure = classifyError(ending.error, scopeOf(request));
    return failure.kind === 'exposed' ? 'handler_error' : failure.error.code;
  };

  const auditLogAfter = (request: Request<HttpEvent>): void | Promise<void> =>
    whenAnswered(request, (ending) => publish(request, statusOf(request.response) ?? 200, outcomeOf(request, ending)));

  const auditLogOnError = (request: Request<HttpEvent>): void => {
    const failure = classifyError(request.error, scopeOf(request));
    if (failure.kind === 'exposed') publish(request, failure.status, 'handler_error');
    else publish(request, ERRORS[failure.error.code].status, failure.error.code);
  };

  return { after: auditLogAfter, onError: auditLogOnError };
};
