/** What a policy's modes lead to at both edges. */

import { Readable } from 'node:stream';
import { ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { guardClient } from '../../../aws/bedrock/index.ts';
import { createScope, runInScope } from '../../../aws/invocation-scope.ts';
import type { Policy } from '../../../core/policy.ts';
import { createRedactor, type RedactorOptions } from '../../../core/redaction/index.ts';
import { guardHandler } from '../../../middleware/index.ts';
import { converseReply, fakeBedrock, streamedReply, textEvents } from '../../support/bedrock.ts';
import { type HttpResult, lambdaContext, restEvent } from '../../support/events.ts';
import { SHAPES } from '../../support/frames.ts';
import { invokeStream } from '../../support/streaming.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

const email = ['ada', 'example.com'].join('@');
const card = ['4111 1111', ' 1111 1111'].join('');
const token = ['ghp', '_', 'aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0xR1234'].join('');
const keys = { digest: 'd'.repeat(32), mac: 'm'.repeat(32) };
const event = restEvent({ body: {}, claims: { sub: 'ada' } });
const BLOCKING: RedactorOptions = { modes: { CREDIT_CARD: 'block', EMAIL_ADDRESS: 'report' } };

const TYPES = {
  json: 'application/json',
  text: 'text/plain',
  sse: 'text/event-stream',
  ndjson: 'application/x-ndjson',
};
type Kind = keyof typeof TYPES;

const bodyOf = (kind: Kind, said: string): string => {
  if (kind === 'text') return said;
  const json = JSON.stringify({ text: said });
  return { json, sse: `data: ${json}\n\n`, ndjson: `${json}\n` }[kind];
};

const answer = async (kind: Kind, said: string, policy: Policy = {}) => {
  const telemetry = recordTelemetry();
  const existing = async () => ({
    statusCode: 200,
    headers: { 'content-type': TYPES[kind] },
    body: bodyOf(kind, said),
  });
  const guarded = guardHandler(existing, { redaction: BLOCKING, ...policy }, { telemetry });
  const { statusCode, body } = (await guarded(event as never, lambdaContext())) as unknown as HttpResult;
  return { statusCode, body, fields: telemetry.lines.at(-1)?.fields ?? {} };
};

describe.each(['json', 'text', 'sse', 'ndjson'] as const)('an answer of %s', (kind) => {
  test('is withheld for what its mode blocks', async () => {
    const { statusCode, body, fields } = await answer(kind, `Pay with ${card}.`);
    expect(statusCode).toBe(502);
    expect(JSON.parse(body)).toMatchObject({ code: 'output_blocked' });
    expect(body).not.toContain('Pay');
    expect(fields['redactions']).toMatchObject({ CREDIT_CARD: { count: 1 } });
    expect(JSON.stringify(fields['decisions'])).toContain('"redaction"');
  });

  test('is only counted in monitor mode', async () => {
    const { statusCode, body, fields } = await answer(kind, `Pay with ${card}.`, { mode: 'monitor' });
    expect(statusCode).toBe(200);
    expect(body).toBe(bodyOf(kind, `Pay with ${card}.`));
    expect(fields['redactions']).toMatchObject({ CREDIT_CARD: { count: 1 } });
    expect(JSON.stringify(fields['decisions'])).toContain('output_blocked');
  });

  test('keeps what is only reported, and counts it', async () => {
    const { body, fields } = await answer(kind, `Mail ${email}, ${token}.`);
    expect(body).toBe(bodyOf(kind, `Mail ${email}, [SECRET_1].`));
    expect(fields['redactions']).toMatchObject({ EMAIL_ADDRESS: { count: 1 } });
  });
});

describe.each(SHAPES)('a stream of $name', ({ framing, frame }) => {
  const stream = async (pieces: readonly string[], mode: Policy['mode'] = 'enforce') => {
    const telemetry = recordTelemetry();
    const existing = async () => ({
      statusCode: 200,
      headers: { 'content-type': TYPES[framing] },
      body: Readable.from(pieces.map((piece) => frame(piece))),
    });
    const policy: Policy = { stream: {}, mode, redaction: BLOCKING };
    const { body } = await invokeStream(guardHandler(existing, policy, { telemetry }), event);
    return { body, fields: telemetry.lines.at(-1)?.fields ?? {} };
  };

  test('ends before anything of a blocked value, and passes nothing after it', async () => {
    for (const parts of [[card], [card.slice(0, 6), card.slice(6)], card.match(/.{1,4}/g) ?? []]) {
      const { body, fields } = await stream(['One. ', 'Two: ', ...parts, ' and more', ' and more']);
      expect(body).not.toContain('4111');
      expect(body).not.toContain('more');
      expect(body).toContain('output_blocked');
      expect(JSON.stringify(fields['decisions'])).toContain('"redaction"');
      expect(fields['redactions']).toMatchObject({ CREDIT_CARD: { count: 1 } });
    }
  });

  test('passes in monitor mode', async () => {
    const pieces = ['Two: ', card.slice(0, 6), card.slice(6), ' and more'];
    const { body, fields } = await stream(pieces, 'monitor');
    expect(body).toBe(pieces.map((piece) => frame(piece)).join(''));
    expect(JSON.stringify(fields['decisions'])).toContain('output_blocked');
  });

  test('keeps what is only reported, and counts it once', async () => {
    const pieces = ['To ', email.slice(0, 5), email.slice(5, -1), 'm', ' now.'];
    const { body, fields } = await stream(pieces);
    expect(body).toBe(pieces.map((piece) => frame(piece)).join(''));
    expect(fields['redactions']).toEqual({ EMAIL_ADDRESS: expect.objectContaining({ count: 1 }) });
  });
});

describe('a reply of a model', () => {
  const messages = [{ role: 'user' as const, content: [{ text: 'Hello' }] }];
  const setUp = (text: string, options: RedactorOptions = BLOCKING, monitor = false) => {
    const { client } = fakeBedrock(({ path }: { path?: string }) =>
      String(path).includes('stream') ? streamedReply(textEvents([...text])) : converseReply([{ text }]),
    );
    guardClient(client, { redactor: createRedactor(options) });
    const scope = createScope({ requestId: 'r', monitor });
    const whole = async () => {
      const { output } = await runInScope(scope, () => client.send(new ConverseCommand({ modelId: 'm', messages })));
      return output?.message?.content?.[0]?.text;
    };
    const shown: string[] = [];
    const streamed = async () => {
      const command = new ConverseStreamCommand({ modelId: 'm', messages });
      const { stream } = await runInScope(scope, () => client.send(command));
      for await (const each of stream ?? []) shown.push(each.contentBlockDelta?.delta?.text ?? '');
      return shown.join('');
    };
    return { whole, streamed, shown, scope };
  };

  test.each([
    ['a value', `Pay with ${card} now and then.`, BLOCKING],
    ['an encoded secret', `It is ${btoa(token)} now and then.`, { modes: { SECRET: 'block' } } as const],
  ])('is withheld for %s that its mode blocks, whole and streamed', async (_, text, options) => {
    const { whole, streamed, shown, scope } = setUp(text, options);
    await expect(whole()).rejects.toMatchObject({ code: 'output_blocked', reason: 'redaction' });
    await expect(streamed()).rejects.toMatchObject({ code: 'output_blocked', reason: 'redaction' });
    expect(text.startsWith(shown.join(''))).toBe(true);
    expect(shown.join('').length).toBeLessThanOrEqual('Pay with '.length);
    expect(scope.record.metrics.get('OutputsBlocked')).toBe(2);
  });

  test('passes in monitor mode', async () => {
    const text = `Pay with ${card}.`;
    const { whole, streamed, scope } = setUp(text, BLOCKING, true);
    expect([await whole(), await streamed()]).toEqual([text, text]);
    expect(scope.record.refused).toBe('output_blocked');
  });

  test('keeps what is only reported, encoded secrets among it', async () => {
    const text = `Mail ${email}, not ${btoa(token)} or ${token}.`;
    const { whole, streamed, scope } = setUp(text, { modes: { '*': 'report' } });
    expect([await whole(), await streamed()]).toEqual([text, text]);
    expect(scope.record.redactions.get('EMAIL_ADDRESS')?.count).toBe(2);
    expect(scope.record.redactions.get('SECRET:github-pat')?.count).toBe(4);
  });

  test('tells encoded secrets apart beside what is only reported', async () => {
    const second = token.replace('aB3d', 'xY7w');
    const text = `${btoa(`${email} ${token} `)} and ${btoa(`${email} ${second} `)}`;
    const said = await setUp(text, { modes: { EMAIL_ADDRESS: 'report' } }).whole();
    expect(said).toContain('[SECRET_1]');
    expect(said).toContain('[SECRET_2]');
  });
});

describe('a policy', () => {
  test('hashes by its keys, alike in every process that has them', async () => {
    const policy: Policy = { redaction: { modes: { EMAIL_ADDRESS: 'hash' } }, keys };
    const { body } = await answer('text', email, policy);
    expect(body).toMatch(/^\[EMAIL_ADDRESS:[a-z]{12}\]$/);
    expect((await answer('text', email, policy)).body).toBe(body);
    const others = { ...keys, digest: 'e'.repeat(32) };
    expect((await answer('text', email, { ...policy, keys: others })).body).not.toBe(body);
  });

  test.each([
    ['hash without keys', { modes: { '*': 'hash' } }, 'policy.keys'],
    ['an unknown mode', { modes: { '*': 'hide' } }, 'modes by entity'],
    ['a mode of an entity that is not looked for', { modes: { NOBODY: 'mask' } }, 'not looked for'],
    ['an unknown option', { mode: 'mask' }, 'policy.redaction: unknown option mode'],
    ['a score that is none', { minScore: 2 }, 'policy.redaction: minScore'],
  ])('is refused at cold start for %s', (_, redaction, message) => {
    expect(() => guardHandler(async () => ({}), { redaction: redaction as never })).toThrow(TypeError);
    expect(() => guardHandler(async () => ({}), { redaction: redaction as never })).toThrow(message);
  });

  test('takes a digest of its own', () => {
    const redaction = { modes: { '*': 'hash' }, digest: (text: string) => text } as const;
    expect(() => guardHandler(async () => ({}), { redaction })).not.toThrow();
  });
});
