import type { MiddlewareObj, Request } from '@middy/core';
import type { InvocationScope } from '../../aws/invocation-scope.ts';
import type { Telemetry } from '../../aws/telemetry/index.ts';
import { identityOf, principalsOf } from '../../core/caller.ts';
import { ERRORS } from '../../core/errors.ts';
import { detectionVersion } from '../../core/injection/index.ts';
import { callable, checkOptions, object } from '../../core/options.ts';
import type { Principal } from '../../core/quota/index.ts';
import { classifyError } from '../error-response/classify-error.ts';
import { type HttpEvent, sourceOf } from '../http-event.ts';
import { scopeOf } from '../request-scope.ts';

/** Version of the audit record's fields. */
export const AUDIT_SCHEMA_VERSION = 1;

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

/** Refusals that are failures of the service, not decisions about a request. */
const isRefusal = (status: number): boolean => status >= 400 && (status < 500 || status === 503);

const principalsFor = (scope: InvocationScope, digest: AuditLogOptions['digest']): Record<string, string> =>
  digest === undefined
    ? {}
    : Object.fromEntries(
        principalsOf(scope.caller)
          .filter(({ kind }) => kind !== 'account')
          .map((principal) => [principal.kind, digest(principal)]),
      );

const metricOf = (scope: InvocationScope, name: Parameters<InvocationScope['record']['count']>[0]): number =>
  scope.record.metrics.get(name) ?? 0;

/**
 * Writes one record a request, and publishes the request's metrics with it: who (as a keyed digest), what was decided
 * by which control and rule, what it cost, how it ended. No content, no names, no addresses.
 *
 * @throws TypeError at creation for an unknown or invalid option.
 */
export const auditLog = (options: AuditLogOptions): MiddlewareObj<HttpEvent> => {
  checkOptions('auditLog', options, CHECKS);
  const { telemetry, digest, now = Date.now } = options;

  const publish = (request: Request<HttpEvent>, status: number, code: string): void => {
    const scope = scopeOf(request);
    const { record } = scope;
    const totalMs = now() - scope.startedAt;
    record.count('Requests');
    record.count('TotalLatency', totalMs);
    record.count('GuardLatency', Math.max(0, totalMs - scope.handlerMs));
    if (code === 'internal') record.count('InternalErrors');
    if (isRefusal(status)) record.count('RequestsDenied');
    const tokens = {
      input: metricOf(scope, 'InputTokens'),
      output: metricOf(scope, 'OutputTokens'),
      total: metricOf(scope, 'TotalTokens'),
    };
    telemetry.info('audit', {
      audit: AUDIT_SCHEMA_VERSION,
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
      redactions: metricOf(scope, 'Redactions'),
      latencyMs: { total: totalMs, model: Math.round(metricOf(scope, 'ModelLatency')) },
    });
    telemetry.publish(record, scope.requestId);
  };

  const auditLogAfter = (request: Request<HttpEvent>): void => {
    const status = (request.response as { statusCode?: unknown } | undefined)?.statusCode;
    publish(request, typeof status === 'number' ? status : 200, 'ok');
  };

  const auditLogOnError = (request: Request<HttpEvent>): void => {
    const failure = classifyError(request.error);
    if (failure.kind === 'exposed') publish(request, failure.status, 'handler_error');
    else publish(request, ERRORS[failure.error.code].status, failure.error.code);
  };

  return { after: auditLogAfter, onError: auditLogOnError };
};
