/** The audit record of a request that has ended. */

import { randomUUID } from 'node:crypto';
import type { Request } from '@middy/core';
import type { InvocationScope } from '../../aws/invocation-scope.ts';
import { currentTraceHeader } from '../../aws/tracing/trace-context.ts';
import { controlOutcomes } from '../../core/audit/control-outcomes.ts';
import { gatewayIdsOf, traceRootOf } from '../../core/audit/gateway-ids.ts';
import { AUDIT_SCHEMA_VERSION, type AuditRecord, type Outcome, type RecordedContent } from '../../core/audit/record.ts';
import { identityOf, principalsOf } from '../../core/caller.ts';
import type { MetricName } from '../../core/catalogue.ts';
import { detectionVersion } from '../../core/injection/index.ts';
import type { Principal } from '../../core/quota/index.ts';
import { fieldsAt, type HttpEvent, headerOf, sourceOf } from '../http-event.ts';
import { scopeOf } from '../request-scope.ts';

/** How a request ended. */
export interface Ended {
  readonly status: number;
  readonly outcome: Outcome;
  /** Whether the handler answered. */
  readonly answered: boolean;
}

/** What a record is made with. */
export interface RecordSettings {
  /** Names of the controls that are on, in the order in which they meet a request. */
  readonly controls: readonly string[];
  /** Keyed digest of a principal. */
  readonly digest: ((principal: Principal) => string) | undefined;
}

/** An id that is none of Lambda's shape is content that somebody chose. */
const REQUEST_ID = /^[\w-]{1,64}$/; // 3f2504e0-4f89-11d3-9a0c-0305e82c3301

/** Who asked, in which session and for which tenant. */
const principalsFor = ({ caller }: InvocationScope, digest: RecordSettings['digest']): Record<string, string> => {
  const identity = identityOf(caller)?.kind;
  const named = principalsOf(caller).filter(({ kind }) => ['session', 'tenant', identity].includes(kind));
  return digest === undefined ? {} : Object.fromEntries(named.map((principal) => [principal.kind, digest(principal)]));
};

/** What Lambda says of the trace; where it says nothing, what the front door does. */
const traceHeaderOf = (event: HttpEvent): string | undefined =>
  currentTraceHeader() ?? headerOf(event, 'x-amzn-trace-id');

/** The record. It says nothing that the kit did not make or check the shape of. */
export const recordOf = (
  request: Request<HttpEvent>,
  { status, outcome, answered }: Ended,
  { controls, digest }: RecordSettings,
  content?: RecordedContent,
): AuditRecord => {
  const scope = scopeOf(request);
  const { record, caller, monitor, requestId } = scope;
  const metric = (name: MetricName): number => record.metrics.get(name) ?? 0;
  const milliseconds = (name: MetricName): number => Math.round(metric(name));
  const changed = record.redactions.size > 0 || record.removals.size > 0;
  const { decisions, refused } = record;
  return {
    audit: AUDIT_SCHEMA_VERSION,
    recordId: randomUUID(),
    mode: monitor ? 'monitor' : 'enforce',
    refused,
    requestId: REQUEST_ID.test(requestId) ? requestId : 'unknown',
    gateway: gatewayIdsOf(fieldsAt(request.event, 'requestContext')),
    traceRoot: traceRootOf(traceHeaderOf(request.event)),
    source: sourceOf(request.event),
    identity: identityOf(caller)?.kind ?? 'anonymous',
    principals: principalsFor(scope, digest),
    model: record.model,
    status,
    outcome,
    controls: controlOutcomes(controls, { decisions, refused, answered, changed: changed && !monitor }),
    decisions,
    score: record.scores,
    detectionVersion,
    dataClass: record.dataClass,
    redactions: Object.fromEntries(record.redactions),
    removals: Object.fromEntries(record.removals),
    tokens: {
      input: metric('InputTokens'),
      output: metric('OutputTokens'),
      cacheRead: record.cacheTokens.read,
      cacheWrite: record.cacheTokens.written,
      total: metric('TotalTokens'),
    },
    usd: metric('SpendUsd'),
    modelCalls: metric('ModelCalls'),
    attempts: metric('ModelCalls') + metric('Retries'),
    calls: record.calls,
    latencyMs: {
      total: milliseconds('TotalLatency'),
      guard: milliseconds('GuardLatency'),
      model: milliseconds('ModelLatency'),
      firstByte: record.metrics.has('FirstByteLatency') ? milliseconds('FirstByteLatency') : undefined,
    },
    content,
  };
};
