import type { MiddlewareObj, Request } from '@middy/core';
import type { InvocationScope } from '../../aws/invocation-scope.ts';
import { quietly, type Telemetry } from '../../aws/telemetry/index.ts';
import type { LogGroupSink } from '../../aws/telemetry/log-group-sink.ts';
import type { Body } from '../../core/audit/content-redaction.ts';
import { type AuditRecord, auditLine, contentLine, refusedRecord } from '../../core/audit/record.ts';
import { BulwarkError, ERRORS, type ErrorCode } from '../../core/errors.ts';
import { callable, checkOptions, listOf, object, oneOf, text } from '../../core/options.ts';
import type { Principal } from '../../core/quota/index.ts';
import { classifyError } from '../error-response/classify-error.ts';
import { type HttpEvent, sourceOf } from '../http-event.ts';
import { statusOf } from '../proxy-response.ts';
import { scopeOf } from '../request-scope.ts';
import { responseStreamOf, whenAnswered } from '../response-stream.ts';
import type { StreamEnding } from '../stream-reader.ts';
import { leavingBody, nothingLeft, sentBody } from './bodies.ts';
import { type ContentOptions, type Kept, keepContent } from './content.ts';
import { type Ended, recordOf } from './record-of.ts';

export type { ContentOptions } from './content.ts';

/** Options of {@link auditLog}. */
export interface AuditLogOptions {
  /** Where metrics and log lines go: `createTelemetry()`. */
  readonly telemetry: Telemetry;
  /** Keyed digest of a principal, for the log. Without it principals are not named at all. @default none */
  readonly digest?: (principal: Principal) => string;
  /** Names of the controls that are on, in the order in which they meet a request. @default those that decide something */
  readonly controls?: readonly string[];
  /** Where records go: `createLogGroupSink()`. @default standard output */
  readonly sink?: LogGroupSink;
  /**
   * A record that the sink does not take goes to standard output; with `refuse`, the answer becomes `control_unavailable`,
   * and so do requests that come while the sink is known to take none.
   * @default 'stdout'
   */
  readonly onFailure?: 'stdout' | 'refuse';
  /** What is kept of content. @default nothing */
  readonly content?: ContentOptions;
  /** @default Date.now */
  readonly now?: () => number;
}

const CHECKS = {
  telemetry: object,
  digest: callable,
  controls: listOf(text()),
  sink: object,
  onFailure: oneOf('stdout', 'refuse'),
  content: object,
  now: callable,
};

/** Refusals that are failures of the service, not decisions about a request. */
const isRefusal = (status: number): boolean => status >= 400 && (status < 500 || status === 503);

/** How a client is asked to wait where no record can be written, in seconds. */
const RETRY_AFTER = { 'retry-after': '5' };

const UNRECORDED = 'control_unavailable';

const unrecorded = (): BulwarkError => new BulwarkError(UNRECORDED, { reason: 'audit', headers: RETRY_AFTER });

/** What a request left behind for the log. */
interface Lines {
  readonly record: AuditRecord;
  readonly content: string | undefined;
}

/** What becomes of a request where its record could not be written to the sink. */
type Fate = 'stays' | 'refused';

/**
 * Writes one record a request, and publishes the request's metrics with it: who (as a keyed digest), what was decided
 * by which control and rule, what it cost, how it ended. No content, no names, no addresses; what a policy has kept of
 * content goes to a group of its own, without private values. An answer in one piece waits for the sink.
 *
 * @throws TypeError at creation for an unknown or invalid option; `control_unavailable` by `onFailure`.
 */
export const auditLog = (options: AuditLogOptions): MiddlewareObj<HttpEvent> => {
  checkOptions('auditLog', options, CHECKS);
  const { telemetry, digest, controls = [], sink, onFailure = 'stdout', content, now = Date.now } = options;
  const contentSink = content?.mode === 'redacted' ? content.sink : undefined;

  /** An error may come after the answer was taken for good: a request is published once. */
  const published = new WeakSet<InvocationScope>();

  const keep = (request: Request<HttpEvent>, left: () => Body | undefined): Kept =>
    content === undefined ? {} : keepContent(content, () => ({ sent: sentBody(request), left: left() }));

  const linesOf = (request: Request<HttpEvent>, ended: Ended, left: () => Body | undefined): Lines => {
    const { recorded, content: kept } = keep(request, left);
    const record = recordOf(request, ended, { controls, digest }, recorded);
    const { recordId, requestId } = record;
    return { record, content: kept && contentLine({ recordId, requestId, ...kept }, telemetry.service, now()) };
  };

  const lineOf = (record: AuditRecord): string => auditLine(record, telemetry.service, now());

  const countEnd = (scope: InvocationScope, { outcome }: Ended): void => {
    const { record } = scope;
    const totalMs = now() - scope.startedAt;
    record.count('Requests');
    record.count('TotalLatency', totalMs);
    record.count('GuardLatency', Math.max(0, totalMs - scope.handlerMs));
    if (outcome === 'internal') record.count('InternalErrors');
    if (outcome in ERRORS && isRefusal(ERRORS[outcome as ErrorCode].status)) record.count('RequestsDenied');
  };

  const writeTimings = ({ timings, requestId }: InvocationScope): void => {
    if (timings === undefined) return;
    const ms = Object.fromEntries([...timings].map(([control, took]) => [control, Math.round(took * 1000) / 1000]));
    quietly(() => telemetry.debug?.('timings', { requestId, ms }));
  };

  const endTrace = (request: Request<HttpEvent>, { status, outcome }: Ended): void => {
    const { trace, record, monitor } = scopeOf(request);
    const mode = monitor ? 'monitor' : 'enforce';
    quietly(() => trace?.end({ outcome, status, source: sourceOf(request.event), mode, model: record.model }));
  };

  /** Writes to the sinks; a record that is not taken, to standard output. */
  const writeLines = async ({ record, content: kept }: Lines, scope: InvocationScope, fate: Fate): Promise<Fate> => {
    const { answerBy } = scope;
    const [isThere, isKept] = await Promise.all([
      sink?.write(lineOf(record), answerBy).catch(() => false),
      kept === undefined ? true : contentSink?.write(kept, answerBy).catch(() => false),
    ]);
    for (const written of [isThere, isKept]) if (written === false) scope.record.count('AuditFailures');
    if (isThere === true) return 'stays';
    const isRefused = isThere === false && fate === 'refused';
    quietly(() => telemetry.audit(lineOf(isRefused ? refusedRecord(record, UNRECORDED) : record)));
    return isRefused ? 'refused' : 'stays';
  };

  /** @param fate Of a request whose record is not taken. @returns A promise where a sink is written to. */
  const publish = (
    request: Request<HttpEvent>,
    ended: Ended,
    left: () => Body | undefined,
    fate: Fate,
  ): undefined | Promise<Fate> => {
    const scope = scopeOf(request);
    if (published.has(scope)) return undefined;
    published.add(scope);
    scope.abandonCalls();
    countEnd(scope, ended);
    endTrace(request, ended);
    writeTimings(scope);
    const publishMetrics = (): void => quietly(() => telemetry.publish(scope.record, scope.requestId));
    let lines: Lines | undefined;
    try {
      lines = linesOf(request, ended, left);
    } catch {
      scope.record.count('AuditFailures');
    }
    if (lines !== undefined && (sink !== undefined || lines.content !== undefined))
      return writeLines(lines, scope, fate).finally(publishMetrics);
    if (lines !== undefined) {
      const { record } = lines;
      quietly(() => telemetry.audit(lineOf(record)));
    }
    publishMetrics();
    return undefined;
  };

  /** Monitor mode changes nothing, and a stream has left. */
  const fateOf = (request: Request<HttpEvent>): Fate =>
    onFailure === 'stdout' || scopeOf(request).monitor || responseStreamOf(request) !== undefined ? 'stays' : 'refused';

  const outcomeOf = (request: Request<HttpEvent>, ending: StreamEnding): Ended['outcome'] => {
    if (ending.kind !== 'failed') return ending.kind === 'finished' ? 'ok' : 'abandoned';
    const failure = classifyError(ending.error, scopeOf(request));
    return failure.kind === 'exposed' ? 'handler_error' : failure.error.code;
  };

  const auditLogBefore = async (request: Request<HttpEvent>): Promise<void> => {
    if ((await sink?.ready(scopeOf(request).answerBy)) === false) throw unrecorded();
  };

  const auditLogAfter = (request: Request<HttpEvent>): void | Promise<void> => {
    const left = content === undefined ? nothingLeft : leavingBody(request);
    const fate = fateOf(request);
    return whenAnswered(request, (ending) => {
      const ended = { status: statusOf(request.response) ?? 200, outcome: outcomeOf(request, ending), answered: true };
      return publish(request, ended, left, fate)?.then((became) => {
        if (became === 'refused') throw unrecorded();
      });
    });
  };

  const auditLogOnError = (request: Request<HttpEvent>): void | Promise<void> => {
    const failure = classifyError(request.error, scopeOf(request));
    const ended: Pick<Ended, 'status' | 'outcome'> =
      failure.kind === 'exposed'
        ? { status: failure.status, outcome: 'handler_error' }
        : { status: ERRORS[failure.error.code].status, outcome: failure.error.code };
    return publish(request, { ...ended, answered: false }, nothingLeft, fateOf(request))?.then((became) => {
      if (became === 'refused') request.error = unrecorded();
    });
  };

  return {
    ...(onFailure === 'refuse' && { before: auditLogBefore }),
    after: auditLogAfter,
    onError: auditLogOnError,
  };
};
