/** What an answer of the service says, the impossible ones among them. */

import type { ApplyGuardrailResponse, InvokeGuardrailChecksResponse } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { type Confidence, readGuardrail } from '../../../../../aws/bedrock/guardrail-checks/apply-guardrail.ts';
import { readChecks } from '../../../../../aws/bedrock/guardrail-checks/invoke-guardrail-checks.ts';
import { worstOf } from '../../../../../aws/bedrock/guardrail-checks/outcome.ts';
import { failureOf } from '../../../../../aws/bedrock/guardrails/failure.ts';
import { BulwarkError } from '../../../../../core/errors.ts';

describe('an answer of InvokeGuardrailChecks', () => {
  const scored = (jailbreak: unknown, injection: unknown, leakage: unknown): unknown => ({
    results: {
      promptAttack: {
        results: [
          { category: 'JAILBREAK', severityScore: jailbreak },
          { category: 'PROMPT_INJECTION', severityScore: injection },
          { category: 'PROMPT_LEAKAGE', severityScore: leakage },
        ],
      },
    },
    usage: { promptAttack: { textUnits: 3 } },
  });
  const read = (answer: unknown, threshold = 0.6) => readChecks(answer as InvokeGuardrailChecksResponse, threshold);

  test.each([
    [0.6, 0, 0, 'attack'],
    [0, 0.8, 0, 'attack'],
    [0, 0, 1, 'attack'],
    [0.4, 0.4, 0.4, 'clean'],
    [0, 0, 0, 'clean'],
    [0.8, Number.NaN, undefined, 'attack'],
  ])('with the scores %d, %d and %s is %s', (jailbreak, injection, leakage, verdict) => {
    expect(read(scored(jailbreak, injection, leakage))).toEqual({ verdict, textUnits: 3 });
  });

  test('is judged by the threshold of the options', () => {
    expect(read(scored(0.4, 0, 0), 0.4).verdict).toBe('attack');
    expect(read(scored(0.8, 0, 0), 1).verdict).toBe('clean');
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, -0.2, 1.2, '0.2', null, undefined])(
    'with a score of %s says nothing',
    (score) => {
      expect(read(scored(0, score, 0))).toEqual({ verdict: 'unknown', cause: 'unreadable', textUnits: 3 });
    },
  );

  test.each([
    {},
    { results: null },
    { results: {} },
    { results: { promptAttack: {} } },
    { results: { promptAttack: { results: [] } } },
    { results: { promptAttack: { results: 'none' } } },
    { results: { promptAttack: { results: [null, 7, { category: 'JAILBREAK', severityScore: 0 }] } } },
    { results: { promptAttack: { results: [{ category: 'SARCASM', severityScore: 1 }] } } },
    { results: { contentFilter: { results: [{ category: 'HATE', severityScore: 0 }] } } },
  ])('without a score in every category says nothing: %j', (answer) => {
    expect(read(answer)).toEqual({ verdict: 'unknown', cause: 'unreadable' });
  });

  test.each([Number.NaN, -1, 1.5, '3', undefined])('has no text units where it counts %s', (textUnits) => {
    const answer = { ...(scored(0, 0, 0) as object), usage: { promptAttack: { textUnits } } };
    expect(read(answer)).toEqual({ verdict: 'clean' });
  });
});

describe('an answer of ApplyGuardrail', () => {
  const filtered = (filter: object, more: object = {}): unknown => ({
    action: 'NONE',
    assessments: [{ contentPolicy: { filters: [{ type: 'PROMPT_ATTACK', ...filter }] } }],
    usage: { contentPolicyUnits: 2, topicPolicyUnits: 9 },
    ...more,
  });
  const read = (answer: unknown, threshold: Confidence = 'LOW') =>
    readGuardrail(answer as ApplyGuardrailResponse, threshold);
  const found = { confidence: 'MEDIUM', action: 'BLOCKED', detected: true };
  const notFound = { confidence: 'NONE', action: 'NONE', detected: false };
  const UNKNOWN = { verdict: 'unknown', cause: 'unreadable' };

  test('is an attack where the filter detects one, whether it blocks or only tells', () => {
    expect(read(filtered(found))).toEqual({ verdict: 'attack', textUnits: 2 });
    expect(read(filtered({ ...found, action: 'NONE' })).verdict).toBe('attack');
    expect(read(filtered({ confidence: 'LOW', action: 'BLOCKED' })).verdict).toBe('attack');
  });

  test('is clean where the filter says so, or is less sure than the threshold', () => {
    expect(read(filtered(notFound))).toEqual({ verdict: 'clean', textUnits: 2 });
    expect(read(filtered({ ...notFound, confidence: 'LOW' })).verdict).toBe('clean');
    expect(read(filtered(found), 'HIGH').verdict).toBe('clean');
    expect(read(filtered(found), 'MEDIUM').verdict).toBe('attack');
  });

  test('is no attack because another policy intervened', () => {
    const other = { type: 'HATE', confidence: 'HIGH', action: 'BLOCKED', detected: true };
    const filters = [other, { type: 'PROMPT_ATTACK', ...notFound }];
    const assessments = [{ topicPolicy: { topics: [] }, contentPolicy: { filters } }];
    expect(read({ action: 'GUARDRAIL_INTERVENED', assessments }).verdict).toBe('clean');
  });

  test('is an attack by any of several guardrails', () => {
    const assessments = [notFound, found].map((filter) => ({
      contentPolicy: { filters: [{ type: 'PROMPT_ATTACK', ...filter }] },
    }));
    expect(read({ assessments }).verdict).toBe('attack');
  });

  test.each([
    {},
    { action: 'NONE', assessments: [] },
    { action: 'NONE', assessments: [{}] },
    { action: 'NONE', assessments: [null] },
    { action: 'NONE', assessments: 'none' },
    { action: 'NONE', assessments: [{ contentPolicy: { filters: null } }] },
    { action: 'NONE', assessments: [{ contentPolicy: { filters: [null] } }] },
    { action: 'NONE', assessments: [{ contentPolicy: { filters: [{ type: 'HATE', ...notFound }] } }] },
  ])('of a guardrail without a prompt attack filter is not clean: %j', (answer) => {
    expect(read(answer)).toEqual(UNKNOWN);
  });

  test.each([{}, { confidence: 'NONE' }, { confidence: 'NONE', detected: true }, { detected: true }])(
    'that does not say what it found says nothing: %j',
    (filter) => {
      expect(read(filtered(filter))).toMatchObject(UNKNOWN);
    },
  );

  test('that read a part of the text is not clean', () => {
    const coverage = (guarded: number) => ({ guardrailCoverage: { textCharacters: { guarded, total: 100 } } });
    expect(read(filtered(notFound, coverage(99)))).toMatchObject(UNKNOWN);
    expect(read(filtered(found, coverage(99))).verdict).toBe('attack');
    expect(read(filtered(notFound, coverage(100))).verdict).toBe('clean');
  });
});

describe('an error', () => {
  const sdkError = (name: string, httpStatusCode?: number): object => ({
    name,
    ...(httpStatusCode !== undefined && { $metadata: { httpStatusCode } }),
  });

  test.each([
    [sdkError('ThrottlingException', 429), 'throttled', false],
    [sdkError('ServiceQuotaExceededException', 400), 'throttled', false],
    [sdkError('SomethingNew', 429), 'throttled', false],
    [sdkError('AccessDeniedException', 403), 'refused', false],
    [sdkError('ValidationException', 400), 'refused', false],
    [new BulwarkError('content_not_allowed', { reason: 'operation' }), 'refused', false],
    [sdkError('InternalServerException', 500), 'unavailable', false],
    [sdkError('TimeoutError'), 'unavailable', true],
    [sdkError('SyntaxError', 200), 'unreadable', true],
    [undefined, 'unavailable', true],
    ['broken', 'unavailable', true],
  ])('%o means %s', (error, cause, isBillable) => {
    expect(failureOf(error)).toEqual({ cause, isBillable });
  });
});

describe('findings about pieces', () => {
  test('make an attack of one, and nothing clean of what was not read', () => {
    const clean = { verdict: 'clean' } as const;
    const unread = { verdict: 'unknown', cause: 'throttled' } as const;
    const left = { verdict: 'unknown', cause: 'aborted' } as const;
    expect(worstOf([clean, clean])).toEqual(clean);
    expect(worstOf([clean, left, unread])).toEqual(unread);
    expect(worstOf([left, clean])).toEqual(left);
    expect(worstOf([unread, { verdict: 'attack' }])).toEqual({ verdict: 'attack' });
  });
});
