/**
 * The audit record: one a request. Its fields are published as `record.schema.json`, against which every record that a test
 * makes is held.
 */

import { ERRORS, type ErrorCode } from '../errors.ts';
import type { Channel } from '../injection/types.ts';
import type { PrincipalKind } from '../quota/types.ts';
import type { ContentDigests } from './content-digest.ts';
import type { RedactedContent } from './content-redaction.ts';
import type { ControlOutcome } from './control-outcomes.ts';
import type { CallRecord, DataClass, Decision, Redacted } from './decision.ts';
import type { GatewayIds } from './gateway-ids.ts';

/** Version of the record's fields: what reads them tells by it what to expect. It changes when a field means something else. */
export const AUDIT_SCHEMA_VERSION = 4;

/** How a request ended: as it should, with a code, with an error of the handler's own, or read by nobody to its end. */
export type Outcome = 'ok' | 'abandoned' | 'handler_error' | ErrorCode;

/** What became of content, where the policy keeps any: its digests, or whether it stands in the group for content. */
export type RecordedContent = ContentDigests | { readonly mode: 'redacted'; readonly sampled: boolean };

/** What is known of one request. No content, no names, no addresses. */
export interface AuditRecord {
  readonly audit: typeof AUDIT_SCHEMA_VERSION;
  /** Of this record alone: one that is read twice counts once. */
  readonly recordId: string;
  readonly mode: 'enforce' | 'monitor';
  /** Code of the first refusal that the request met, or would have met in monitor mode. */
  readonly refused?: ErrorCode | undefined;
  /** Lambda's own id of the invocation, which no client can choose. */
  readonly requestId: string;
  /** Ids of the front door, where it has some. */
  readonly gateway?: GatewayIds | undefined;
  /** Root of the X-Ray trace. */
  readonly traceRoot?: string | undefined;
  /** What kind of event it was. */
  readonly source: string;
  /** Which principal stands for the caller. */
  readonly identity: PrincipalKind | 'anonymous';
  /** Keyed digests by kind. */
  readonly principals: Readonly<Partial<Record<string, string>>>;
  /** The model that was called last, where the policy's allowlist names it. */
  readonly model?: string | undefined;
  /** Status of the answer. */
  readonly status: number;
  readonly outcome: Outcome;
  /** What each control made of the request. */
  readonly controls: Readonly<Record<string, ControlOutcome>>;
  /** At most 50; the first refusal is always among them. */
  readonly decisions: readonly Decision[];
  /** The highest score of the texts of each channel that was screened. */
  readonly score: Readonly<Partial<Record<Channel, number>>>;
  /** Version of rules and weights. */
  readonly detectionVersion: string;
  readonly dataClass?: DataClass | undefined;
  /** Values that were replaced, by entity, or entity and rule. */
  readonly redactions: Readonly<Record<string, Redacted>>;
  /** What else was taken out of replies, by kind. */
  readonly removals: Readonly<Record<string, number>>;
  readonly tokens: {
    /** What Bedrock read, caches included. */
    readonly input: number;
    readonly output: number;
    readonly cacheRead: number;
    readonly cacheWrite: number;
    /** Charged to the budgets: what Bedrock says, and a bound where it does not. */
    readonly total: number;
  };
  /** USD charged for calls whose price is known. */
  readonly usd: number;
  readonly modelCalls: number;
  /** Attempts of these calls, the first of each included. */
  readonly attempts: number;
  /** The calls that have ended, at most 50. */
  readonly calls: readonly CallRecord[];
  /** Milliseconds: in all, in the kit itself, in calls to Bedrock, until the first byte of a stream. */
  readonly latencyMs: {
    readonly total: number;
    readonly guard: number;
    readonly model: number;
    readonly firstByte?: number | undefined;
  };
  readonly content?: RecordedContent | undefined;
}

/** A record as it is written: one line of JSON, in the same fields as the kit's other log lines. */
export const auditLine = (record: AuditRecord, service: string, at: number): string =>
  JSON.stringify({ level: 'INFO', message: 'audit', timestamp: new Date(at).toISOString(), service, ...record });

/** The record of a request that was refused after all, when everything else was decided. */
export const refusedRecord = (record: AuditRecord, code: ErrorCode): AuditRecord => ({
  ...record,
  refused: record.refused ?? code,
  status: ERRORS[code].status,
  outcome: code,
});

/** Version of the fields of a line of content: `content.schema.json`. */
export const CONTENT_SCHEMA_VERSION = 1;

/** Content of a request, without private values. */
export interface KeptContent extends Pick<AuditRecord, 'recordId' | 'requestId'> {
  /** What the caller sent. */
  readonly in?: RedactedContent | undefined;
  /** What left. */
  readonly out?: RedactedContent | undefined;
}

/** Content as it is written, to its own group and to no other place. */
export const contentLine = (content: KeptContent, service: string, at: number): string =>
  JSON.stringify({
    message: 'audit-content',
    timestamp: new Date(at).toISOString(),
    service,
    auditContent: CONTENT_SCHEMA_VERSION,
    ...content,
  });
