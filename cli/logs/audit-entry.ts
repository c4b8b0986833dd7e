/**
 * An audit record as the report takes it: whatever stands in a log can have been written by anybody, so nothing of it is
 * kept that is not a number, a word of the kit, or of the shape that the kit gives its ids.
 */

import { ERRORS, type ErrorCode } from '../../core/errors.ts';
import type { Channel } from '../../core/injection/types.ts';
import { type AuditDetails, detailsOf } from './audit-details.ts';
import { DIGEST, type Fields, fieldOf, fieldsOf, listOf, REQUEST_ID, scoreOf, shaped, timeOf, WORD } from './fields.ts';
import { jsonIn, type Wanted } from './json-in.ts';

/** A rule and how sure it was, 0..1. */
export interface RuleScore {
  readonly rule: string;
  readonly score: number;
}

/** What a control decided. */
export interface EntryDecision {
  readonly control: string;
  readonly verdict: string;
  readonly code: ErrorCode | undefined;
  readonly reason: string | undefined;
  readonly rules: readonly RuleScore[];
  /** What kept the worse verdict back that was found: `mode`, `allow-list`. */
  readonly heldBackBy: string | undefined;
}

/** One request. */
export interface AuditEntry {
  /** Milliseconds since the epoch. */
  readonly time: number | undefined;
  readonly service: string;
  readonly mode: 'monitor' | 'enforce';
  readonly requestId: string | undefined;
  /** What was or would have been refused. */
  readonly refused: ErrorCode | undefined;
  /** The digest that stands for the caller. */
  readonly caller: string | undefined;
  readonly decisions: readonly EntryDecision[];
  /** The highest score of the texts of each channel that was screened; `undefined` where records do not say. */
  readonly score: Readonly<Partial<Record<Channel, number>>> | undefined;
  readonly detectionVersion: string | undefined;
  readonly redactions: readonly { readonly kind: string; readonly values: number; readonly score: number }[];
  readonly details: AuditDetails;
}

const SERVICE = /^[\w.:/-]{1,64}$/; // bedrock-bulwark
const KIND = /^[A-Z][A-Z0-9_]{0,39}(?::[\w.-]{1,60})?$/; // SECRET:github-pat

/** Codes of failures that no control decided. */
const FAILURES: ReadonlySet<string> = new Set([
  'upstream_throttled',
  'upstream_unavailable',
  'upstream_timeout',
  'internal',
]);

/** Most of what one record may hold. */
const MAX_DECISIONS = 60;
const MAX_RULES = 20;
const MAX_KINDS = 100;

const codeOf = (value: unknown): ErrorCode | undefined =>
  typeof value === 'string' && Object.hasOwn(ERRORS, value) ? (value as ErrorCode) : undefined;

const rulesOf = (value: unknown): readonly RuleScore[] =>
  listOf(value, MAX_RULES).map((item) => {
    const fields = fieldsOf(item);
    return { rule: shaped(fieldOf(fields, 'rule'), WORD) ?? '?', score: scoreOf(fieldOf(fields, 'score')) };
  });

const decisionOf = (value: unknown): EntryDecision => {
  const fields = fieldsOf(value);
  return {
    control: shaped(fieldOf(fields, 'control'), WORD) ?? '?',
    verdict: shaped(fieldOf(fields, 'verdict'), WORD) ?? '?',
    code: codeOf(fieldOf(fields, 'code')),
    reason: shaped(fieldOf(fields, 'reason'), WORD),
    rules: rulesOf(fieldOf(fields, 'rules')),
    heldBackBy: shaped(fieldOf(fieldsOf(fieldOf(fields, 'heldBack')), 'by'), WORD),
  };
};

const redactionsOf = (value: unknown): AuditEntry['redactions'] =>
  Object.entries(Array.isArray(value) ? {} : fieldsOf(value))
    .slice(0, MAX_KINDS)
    .map(([kind, found]) => {
      const values = fieldOf(fieldsOf(found), 'count');
      return {
        kind: shaped(kind, KIND) ?? '?',
        values: Number.isSafeInteger(values) && (values as number) >= 0 ? Math.min(values as number, 1e9) : 0,
        score: scoreOf(fieldOf(fieldsOf(found), 'score')),
      };
    });

/** A record that has it names the channels that were screened, whatever came of it. */
const scoresOf = (value: unknown): AuditEntry['score'] => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const [user, data] = [fieldOf(value as Fields, 'user'), fieldOf(value as Fields, 'data')];
  return {
    ...(typeof user === 'number' && { user: scoreOf(user) }),
    ...(typeof data === 'number' && { data: scoreOf(data) }),
  };
};

/** Records before version 3 name a refusal in monitor mode only; elsewhere it is how the request ended. */
const refusedOf = (fields: Fields, mode: AuditEntry['mode']): ErrorCode | undefined => {
  const refused = codeOf(fieldOf(fields, 'refused'));
  if (refused !== undefined || mode === 'monitor') return refused;
  const outcome = codeOf(fieldOf(fields, 'outcome'));
  return outcome === undefined || FAILURES.has(outcome) ? undefined : outcome;
};

const entryOf = (fields: Fields): AuditEntry => {
  const mode = fieldOf(fields, 'mode') === 'monitor' ? 'monitor' : 'enforce';
  const identity = fieldOf(fields, 'identity');
  const principals = fieldsOf(fieldOf(fields, 'principals'));
  return {
    time: timeOf(fieldOf(fields, 'timestamp')),
    service: shaped(fieldOf(fields, 'service'), SERVICE) ?? '?',
    mode,
    requestId: shaped(fieldOf(fields, 'requestId'), REQUEST_ID),
    refused: refusedOf(fields, mode),
    caller: typeof identity === 'string' ? shaped(fieldOf(principals, identity), DIGEST) : undefined,
    decisions: listOf(fieldOf(fields, 'decisions'), MAX_DECISIONS).map(decisionOf),
    score: scoresOf(fieldOf(fields, 'score')),
    detectionVersion: shaped(fieldOf(fields, 'detectionVersion'), WORD),
    redactions: redactionsOf(fieldOf(fields, 'redactions')),
    details: detailsOf(fields),
  };
};

const AUDIT: Wanted = {
  mark: 'audit',
  isOne: (fields) => fieldOf(fields, 'message') === 'audit' && Number.isSafeInteger(fieldOf(fields, 'audit')),
};

const MARK = /"{1,2}audit"{1,2}\s{0,4}:\s{0,4}\d/; // "audit":3, or ""audit"":3 in CSV

/** The record of a log entry; `'other'` for an entry that is none, `'unreadable'` for one that was meant to be. */
export const readAuditEntry = (text: string): AuditEntry | 'other' | 'unreadable' => {
  if (!text.includes('audit')) return 'other';
  const fields = jsonIn(text, AUDIT);
  if (fields !== undefined) return entryOf(fields);
  return MARK.test(text) ? 'unreadable' : 'other';
};
