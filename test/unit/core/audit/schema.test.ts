/** The published schema and the types say the same, and the schema lets nothing else in. */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ControlOutcome } from '../../../../core/audit/control-outcomes.ts';
import type { CallRecord, Decision, UsedTokens } from '../../../../core/audit/decision.ts';
import { AUDIT_SCHEMA_VERSION, type AuditRecord, auditLine } from '../../../../core/audit/record.ts';
import { DATA_ACTIONS, DATA_LEVELS } from '../../../../core/classification/levels.ts';
import { ERRORS } from '../../../../core/errors.ts';
import type { EventSource } from '../../../../middleware/http-event.ts';
import { recordProblems } from '../../../support/audit-schema.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly definitions: Readonly<Record<string, Schema>>;
  readonly enum?: readonly string[];
  readonly const?: unknown;
}

const schema: Schema = JSON.parse(readFileSync('core/audit/record.schema.json', 'utf8'));

/** Whether each field of a type must be there: the compiler says when one is missing here, or has changed. */
type Fields<T> = { readonly [Name in keyof Required<T>]: undefined extends T[Name] ? false : true };

const RECORD: Fields<AuditRecord> = {
  audit: true,
  recordId: true,
  mode: true,
  refused: false,
  requestId: true,
  gateway: false,
  traceRoot: false,
  source: true,
  identity: true,
  principals: true,
  model: false,
  status: true,
  outcome: true,
  controls: true,
  decisions: true,
  score: true,
  detectionVersion: true,
  dataClass: false,
  redactions: true,
  removals: true,
  tokens: true,
  usd: true,
  modelCalls: true,
  attempts: true,
  calls: true,
  latencyMs: true,
  content: false,
};
const TOKENS: Fields<AuditRecord['tokens']> = {
  input: true,
  output: true,
  cacheRead: true,
  cacheWrite: true,
  total: true,
};
const LATENCY: Fields<AuditRecord['latencyMs']> = { total: true, guard: true, model: true, firstByte: false };
const DECISION: Fields<Decision> = {
  control: true,
  verdict: true,
  code: false,
  rules: false,
  reason: false,
  heldBack: false,
  deep: false,
  upstream: false,
};
const CALL: Fields<CallRecord> = {
  model: false,
  requestIds: true,
  attempts: true,
  basis: true,
  usage: false,
  chargedTokens: true,
  chargedUsd: false,
  ms: true,
};
const USAGE: Fields<UsedTokens> = { input: true, output: true, cacheRead: true, cacheWrite: true };
const ENVELOPE = { level: true, message: true, timestamp: true, service: true };

const fieldsOf = ({ properties = {}, required = [] }: Schema): object =>
  Object.fromEntries(Object.keys(properties).map((name) => [name, required.includes(name)]));

const at = (name: string): Schema => schema.properties?.[name] as Schema;

describe('the schema of a record', () => {
  test.each<[string, Schema, object]>([
    ['a record', schema, { ...ENVELOPE, ...RECORD }],
    ['its tokens', at('tokens'), TOKENS],
    ['its latency', at('latencyMs'), LATENCY],
    ['a decision', schema.definitions['decision'] as Schema, DECISION],
    ['a call', schema.definitions['call'] as Schema, CALL],
    ['the usage of a call', schema.definitions['call']?.properties?.['usage'] as Schema, USAGE],
  ])('has the fields that %s has, and wants those that are always there', (_, part, fields) => {
    expect(fieldsOf(part)).toEqual(fields);
  });

  test('names the codes, sources, levels and outcomes that there are', () => {
    const sources: Readonly<Record<EventSource, true>> = {
      'rest-v1': true,
      'http-v2': true,
      'function-url': true,
      alb: true,
      sqs: true,
      kinesis: true,
      dynamodb: true,
      eventbridge: true,
      other: true,
    };
    const outcomes: Readonly<Record<ControlOutcome, true>> = {
      allow: true,
      flag: true,
      redact: true,
      deny: true,
      not_reached: true,
    };
    expect(schema.definitions['code']?.enum).toEqual(Object.keys(ERRORS).sort());
    expect([...(at('source').enum ?? [])].sort()).toEqual(Object.keys(sources).sort());
    expect(at('dataClass').properties?.['level']?.enum).toEqual(DATA_LEVELS);
    expect(at('dataClass').properties?.['action']?.enum).toEqual(DATA_ACTIONS);
    expect((at('controls').additionalProperties as Schema).enum).toEqual(Object.keys(outcomes));
    expect(at('audit').const).toBe(AUDIT_SCHEMA_VERSION);
  });

  test('lets no field in that it does not name, however deep', () => {
    const open: string[] = [];
    const walk = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      const { type, additionalProperties } = value as Schema & { readonly type?: unknown };
      if (type === 'object' && (additionalProperties === undefined || additionalProperties === true)) open.push(path);
      for (const [name, member] of Object.entries(value)) walk(member, `${path}/${name}`);
    };
    walk(schema, '');
    walk(JSON.parse(readFileSync('core/audit/content.schema.json', 'utf8')), 'content');
    expect(open).toEqual([]);
  });

  test('is what the package publishes', () => {
    const { exports, files } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(exports['./audit.schema.json']).toBe('./core/audit/record.schema.json');
    expect(exports['./audit-content.schema.json']).toBe('./core/audit/content.schema.json');
    expect(files).toContain('core/audit/*.schema.json');
  });
});

const record: AuditRecord = {
  audit: 4,
  recordId: '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  mode: 'enforce',
  requestId: '00000000-0000-4000-8000-000000000001',
  source: 'rest-v1',
  identity: 'user',
  principals: { user: `v1.${'a'.repeat(43)}` },
  status: 200,
  outcome: 'ok',
  controls: { caller: 'allow' },
  decisions: [],
  score: { user: 0.1 },
  detectionVersion: '1.0.0',
  redactions: {},
  removals: {},
  tokens: { input: 1, output: 1, cacheRead: 0, cacheWrite: 0, total: 2 },
  usd: 0.000_1,
  modelCalls: 1,
  attempts: 1,
  calls: [],
  latencyMs: { total: 3, guard: 1, model: 1 },
};
const lineOf = (more: object = {}): unknown => JSON.parse(auditLine({ ...record, ...more }, 'orchard', Date.now()));

describe('a line', () => {
  test('is of the schema', () => {
    expect(recordProblems(lineOf())).toEqual([]);
  });

  test.each<[string, object]>([
    ['a field of another kind', { prompt: 'What is the answer?' }],
    ['a principal that is named', { principals: { user: 'ada@example.com' } }],
    ['an id that somebody chose', { gateway: { requestId: 'my card is 4111 1111 1111 1111' } }],
    ['words for a reason', { decisions: [{ control: 'caller', verdict: 'deny', reason: 'because of you' }] }],
    ['a score above 1', { score: { user: 2 } }],
    ['tokens that are none', { tokens: { ...record.tokens, total: -1 } }],
    ['an unknown outcome', { outcome: 'lost' }],
  ])('with %s is not', (_, more) => {
    expect(recordProblems(lineOf(more))).not.toEqual([]);
  });
});

test('the page of the audit log names every field', () => {
  const page = readFileSync('docs/audit.md', 'utf8');
  const names = Object.keys(schema.properties ?? {});
  expect(names.filter((name) => !page.includes(`| \`${name}\``))).toEqual([]);
});
