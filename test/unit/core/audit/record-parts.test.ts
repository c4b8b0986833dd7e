import { describe, expect, test } from 'vitest';
import { controlOutcomes } from '../../../../core/audit/control-outcomes.ts';
import type { Decision } from '../../../../core/audit/decision.ts';
import { gatewayIdsOf, traceRootOf } from '../../../../core/audit/gateway-ids.ts';

describe('ids of the front door', () => {
  test('are those of REST and HTTP APIs and of Function URLs', () => {
    const requestId = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';
    expect(gatewayIdsOf({ requestId, extendedRequestId: 'JKJaXmPLvHcESHA=' })).toEqual({
      requestId,
      extendedRequestId: 'JKJaXmPLvHcESHA=',
    });
    expect(gatewayIdsOf({ requestId: 'JKJaXmPLvHcESHA=' })).toEqual({ extendedRequestId: 'JKJaXmPLvHcESHA=' });
    expect(gatewayIdsOf({ requestId })).toEqual({ requestId });
  });

  test.each([
    {},
    { requestId: 'ada@example.com' },
    { requestId: 7, extendedRequestId: {} },
    { requestId: 'x'.repeat(100_000) },
    { extendedRequestId: `${'A'.repeat(14)}\n=` },
    JSON.parse('{"__proto__":{"requestId":"3f2504e0-4f89-11d3-9a0c-0305e82c3301"}}'),
  ])('are none where a client wrote something else: %#', (context) => {
    expect(gatewayIdsOf(context)).toBeUndefined();
  });

  test('the root of a trace is taken alone, and only in its shape', () => {
    const root = '1-5759e988-bd862e3fe1be46a994272793';
    expect(traceRootOf(`Root=${root};Parent=53995c3f42cd8ad8;Sampled=1`)).toBe(root);
    expect(traceRootOf(`Self=1-1-1;Root=${root}`)).toBe(root);
    for (const header of [
      undefined,
      '',
      'Root=mine',
      `XRoot=${root}`,
      `Root=${root}x`,
      `${'a'.repeat(600)};Root=${root}`,
    ])
      expect(traceRootOf(header)).toBeUndefined();
  });
});

describe('what controls made of a request', () => {
  const order = ['body-limit', 'caller', 'injection-screen', 'bedrock-client', 'output-redaction'];
  const outcomes = (decisions: readonly Decision[], more: object = {}) =>
    controlOutcomes(order, { decisions, refused: undefined, answered: true, changed: false, ...more });

  test('is to allow it, where none had an objection', () => {
    expect(new Set(Object.values(outcomes([])))).toEqual(new Set(['allow']));
    expect(Object.keys(outcomes([]))).toEqual(order);
  });

  test('is nothing for those behind the one that refused', () => {
    const refused = { refused: 'unauthenticated', answered: false } as const;
    expect(outcomes([{ control: 'caller', verdict: 'deny', code: 'unauthenticated' }], refused)).toEqual({
      'body-limit': 'allow',
      caller: 'deny',
      'injection-screen': 'not_reached',
      'bedrock-client': 'not_reached',
      'output-redaction': 'not_reached',
    });
  });

  test('data is screened at the Bedrock edge, and the answer of a handler that caught that has passed', () => {
    const decisions = [
      { control: 'injection-screen', verdict: 'deny', code: 'prompt_rejected', reason: 'data' },
    ] as const;
    expect(outcomes(decisions, { refused: 'prompt_rejected' })).toMatchObject({
      'injection-screen': 'deny',
      'bedrock-client': 'allow',
      'output-redaction': 'allow',
    });
  });

  test('is the strictest of what it decided, and that of others is named, too', () => {
    expect(
      outcomes(
        [
          { control: 'injection-screen', verdict: 'flag' },
          { control: 'injection-screen', verdict: 'allow' },
          { control: 'run-tools', verdict: 'deny' },
        ],
        { changed: true },
      ),
    ).toMatchObject({ 'injection-screen': 'flag', 'output-redaction': 'redact', 'run-tools': 'deny' });
  });
});
