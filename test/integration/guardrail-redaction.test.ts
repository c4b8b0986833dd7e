/** The deep tier of redaction over the wire: guarded clients and the guardrail's own, against the local Bedrock. */

import { setImmediate as turn } from 'node:timers/promises';
import { type BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  createGuardrailRedaction,
  type GuardrailRedactionOptions,
} from '../../aws/bedrock/guardrail-redaction/index.ts';
import { createBedrockClient, guardClient } from '../../aws/bedrock/index.ts';
import { createScope, type InvocationScope, runInScope, type ScopeOptions } from '../../aws/invocation-scope.ts';
import type { DeepRedactionOptions } from '../../core/redaction/deep-redaction.ts';
import { type Fault, type LocalBedrock, startLocalBedrock } from '../../local/bedrock/index.ts';

const EMAIL = ['ada.lovelace', 'example.com'].join('@');
const FILLER = 'The pear tree stands in the garden, and nobody knows why. '.repeat(12);
const STORY = `${FILLER}It is Ada Lovelace's (${EMAIL}), 36 years old, of 12 Pear Tree Road, Orchard. ${FILLER}She and Jürgen Schmidt like BK-123456. ${FILLER}`;
const CLEAN = STORY.replace('Ada Lovelace', '[PERSON_1]')
  .replace(EMAIL, '[EMAIL_ADDRESS_1]')
  .replace('36 years', '[AGE_1] years')
  .replace('12 Pear Tree Road, Orchard', '[LOCATION_1]')
  .replace('Jürgen Schmidt', '[PERSON_2]')
  .replace('BK-123456', '[BOOKING_NUMBER_1]');

let server: LocalBedrock;
let plain: BedrockRuntimeClient;
let seen: number;

const clientOf = () =>
  createBedrockClient({
    region: 'eu-north-1',
    endpoint: server.url,
    credentials: server.credentials,
    maxAttempts: 3,
  });

beforeAll(async () => {
  server = await startLocalBedrock();
  plain = clientOf();
});
beforeEach(() => {
  seen = server.requests.length;
});
afterEach(() => server.faults.clear());
afterAll(async () => {
  plain.destroy();
  await server.close();
});

const asked = () => server.requests.slice(seen).filter(({ operation }) => operation === 'ApplyGuardrail');
const guardrailFault = (fault: Fault): void => server.faults.add({ operation: 'ApplyGuardrail', ...fault });

interface SetUp {
  readonly options?: Partial<DeepRedactionOptions>;
  readonly guardrail?: Partial<GuardrailRedactionOptions>;
  readonly scope?: Partial<ScopeOptions>;
}

const setUp = ({ options = {}, guardrail = {}, scope: more = {} }: SetUp = {}) => {
  const deep = createGuardrailRedaction({ client: plain, guardrailId: 'gr1', guardrailVersion: '1', ...guardrail });
  const deepRedaction = { windowUnits: 400, windowMs: 10_000, ...options, deep };
  const client = guardClient(clientOf(), { maxTokens: 9000, screen: false, deepRedaction });
  const scope = createScope({ requestId: 'r', ...more });
  const input = (text: string) => ({
    modelId: 'amazon.nova-lite-v1:0',
    messages: [{ role: 'user' as const, content: [{ text: `Repeat after me: ${text}` }] }],
  });
  const whole = async (text: string): Promise<string> => {
    const { output } = await runInScope(scope, () => client.send(new ConverseCommand(input(text))));
    return output?.message?.content?.map((block) => block.text ?? '').join('') ?? '';
  };
  const stream = async (text: string) => {
    const reply = await runInScope(scope, () => client.send(new ConverseStreamCommand(input(text))));
    const pieces: string[] = [];
    let error: unknown;
    try {
      for await (const event of reply.stream ?? []) pieces.push(event.contentBlockDelta?.delta?.text ?? '');
    } catch (caught) {
      error = caught;
    }
    return { pieces, text: pieces.join(''), error };
  };
  return { whole, stream, scope };
};

const metricsOf = ({ record: { metrics } }: InvocationScope) => ({
  checks: metrics.get('DeepRedactionChecks') ?? 0,
  found: metrics.get('DeepRedactions') ?? 0,
  failures: metrics.get('DeepRedactionFailures') ?? 0,
  blocked: metrics.get('OutputsBlocked') ?? 0,
});

/** All that the guardrail was shown. */
const shown = (): string => JSON.stringify(asked().map(({ body }) => body));

describe('a whole reply', () => {
  test('loses what the guardrail finds, and the guardrail never sees what the redactor finds', async () => {
    const { whole, scope } = setUp();
    expect(await whole(STORY)).toBe(CLEAN.trim());
    expect(metricsOf(scope)).toEqual({ checks: 1, found: 5, failures: 0, blocked: 0 });
    expect(scope.record.redactions.get('PERSON')?.count).toBe(2);
    expect(shown()).not.toContain(EMAIL);
    expect(shown()).toContain('[EMAIL_ADDRESS_1]');
  });

  test('is judged in pieces where it is long, a name on their border included', async () => {
    const pears = 'The pear tree stands in the garden. '.repeat(1000);
    const { whole } = setUp();
    for (const at of [24_985, 24_995, 25_010]) {
      seen = server.requests.length;
      const text = `${pears.slice(0, at)} Ada Lovelace ${pears.slice(at, at + 3000)}.`;
      expect(await whole(text)).toBe(text.replace('Ada Lovelace', '[PERSON_1]'));
      expect(asked().length).toBe(2);
    }
  });

  test('is withheld where it is about a denied topic, or holds what the guardrail blocks', async () => {
    await expect(setUp().whole('You should invest in pears.')).rejects.toMatchObject({
      code: 'output_blocked',
      reason: 'guardrail',
    });
    const blocking = setUp({ guardrail: { guardrailId: 'gr2block' } });
    await expect(blocking.whole('By Ada Lovelace')).rejects.toMatchObject({ code: 'output_blocked' });
  });

  test('keeps what the guardrail only detects', async () => {
    expect(await setUp({ guardrail: { guardrailId: 'gr3detect' } }).whole('By Ada Lovelace')).toBe('By Ada Lovelace');
  });

  test.each<[string, Fault, number]>([
    ['is slow', { kind: 'hang' }, 50],
    ['is throttled', { kind: 'error', type: 'ThrottlingException' }, 5000],
    ['fails', { kind: 'error', type: 'InternalServerException' }, 5000],
    ['is cut off', { kind: 'cut', cut: 'reset-internal-error' }, 5000],
    ['says nothing that can be read', { kind: 'malformed-json' }, 5000],
  ])('is withheld or passes, by the policy, when the guardrail %s', async (_, fault, timeoutMs) => {
    guardrailFault(fault);
    const strict = setUp({ guardrail: { timeoutMs } });
    await expect(strict.whole('By Ada Lovelace')).rejects.toMatchObject({ reason: 'deep-redaction' });
    expect(metricsOf(strict.scope)).toEqual({ checks: 1, found: 0, failures: 1, blocked: 1 });
    guardrailFault(fault);
    const lenient = setUp({ guardrail: { timeoutMs }, options: { onDeepFailure: 'pass' } });
    expect(await lenient.whole(`By Ada Lovelace, ${EMAIL}`)).toBe('By Ada Lovelace, [EMAIL_ADDRESS_1]');
    expect(metricsOf(lenient.scope)).toEqual({ checks: 1, found: 0, failures: 1, blocked: 0 });
    expect(asked().length).toBe(2);
  });

  test('is as it came in monitor mode, and what would have been done is counted', async () => {
    const { whole, scope } = setUp({ scope: { monitor: true } });
    expect(await whole(STORY)).toBe(STORY.trim());
    expect(metricsOf(scope)).toMatchObject({ found: 5, blocked: 0 });
    expect(await whole('You should invest in pears.')).toBe('You should invest in pears.');
    expect(metricsOf(scope).blocked).toBe(1);
    expect(scope.record.refused).toBe('output_blocked');
  });
});

describe('a streamed reply', () => {
  test('loses what the guardrail finds, in windows, before any of it leaves', async () => {
    const { stream, scope } = setUp();
    const { text, pieces, error } = await stream(STORY);
    expect([text, error]).toEqual([CLEAN.trim(), undefined]);
    expect(asked().length).toBeGreaterThan(4);
    expect(pieces.filter((piece) => piece !== '').length).toBeGreaterThan(4);
    expect(metricsOf(scope)).toMatchObject({ found: 5, failures: 0, blocked: 0 });
    expect(shown()).not.toContain(EMAIL);
  });

  test('never shows a part of a name, wherever windows end', async () => {
    for (const at of [270, 330, 385, 395, 400, 405]) {
      const text = `${FILLER.slice(0, at)} Ada Lovelace, ${FILLER}`.trim();
      const { text: said, error } = await setUp().stream(text);
      expect(error).toBeUndefined();
      expect(said).toBe(text.replace('Ada Lovelace', '[PERSON_1]'));
    }
  });

  test('leaves while the model is still writing where time cuts windows', async () => {
    server.faults.add({ kind: 'slow-stream', ms: 3, operation: 'ConverseStream' });
    const { stream } = setUp({ options: { windowUnits: 20_000, windowMs: 40 } });
    const { text, pieces } = await stream(STORY);
    expect(text).toBe(CLEAN.trim());
    expect(pieces.filter((piece) => piece !== '').length).toBeGreaterThan(2);
  });

  test('ends with output_blocked when the guardrail is slow, what was judged before it included', async () => {
    guardrailFault({ kind: 'hang', when: ({ body }) => JSON.stringify(body).includes('Jürgen') });
    const { stream, scope } = setUp({ guardrail: { timeoutMs: 1000 } });
    const { text, error } = await stream(STORY);
    expect(error).toMatchObject({ code: 'output_blocked', reason: 'deep-redaction' });
    expect(text).toContain('[PERSON_1]');
    expect(text).not.toContain('Jürgen');
    expect(CLEAN.startsWith(text)).toBe(true);
    expect(metricsOf(scope)).toMatchObject({ failures: 1, blocked: 1 });
  });

  test('goes on without the guardrail where the policy says so', async () => {
    guardrailFault({ kind: 'error', type: 'InternalServerException', times: Number.POSITIVE_INFINITY });
    const { stream, scope } = setUp({ options: { onDeepFailure: 'pass' } });
    const { text, error } = await stream(STORY);
    expect([text, error]).toEqual([STORY.replace(EMAIL, '[EMAIL_ADDRESS_1]').trim(), undefined]);
    expect(metricsOf(scope)).toMatchObject({ found: 0, blocked: 0 });
    expect(metricsOf(scope).failures).toBe(asked().length);
  });

  test('ends when the budget is used up, and asks no more', async () => {
    const { stream } = setUp({ guardrail: { textUnitsPerMinute: 2 } });
    const { text, error } = await stream(STORY);
    expect(error).toMatchObject({ reason: 'deep-redaction' });
    expect(CLEAN.startsWith(text)).toBe(true);
    expect(asked().length).toBe(2);
  });

  test('hangs up on guardrail and model when the invocation ends', async () => {
    guardrailFault({ kind: 'hang', times: Number.POSITIVE_INFINITY });
    server.faults.add({ kind: 'slow-stream', ms: 5, operation: 'ConverseStream' });
    const { stream, scope } = setUp({ guardrail: { timeoutMs: 20_000 } });
    const reading = stream(STORY);
    while (asked().length === 0) await turn();
    scope.close();
    expect(await reading).toMatchObject({ text: '', error: { code: 'upstream_timeout' } });
    while (asked().some(({ aborted }) => !aborted)) await turn();
    expect(metricsOf(scope).failures).toBe(0);
  });

  test('is as it came in monitor mode, and what would have been done is counted', async () => {
    const { stream, scope } = setUp({ scope: { monitor: true } });
    expect((await stream(STORY)).text).toBe(STORY.trim());
    expect(metricsOf(scope)).toMatchObject({ checks: 1, found: 5, blocked: 0 });
    expect((await stream('You should invest in pears.')).text).toBe('You should invest in pears.');
    expect(scope.record.refused).toBe('output_blocked');
  });
});
