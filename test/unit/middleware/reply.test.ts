/** The middlewares on the way out: redaction, errors, the record of what happened. */

import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import middy, { type MiddlewareObj } from '@middy/core';
import { describe, expect, test } from 'vitest';
import { createScope } from '../../../aws/invocation-scope.ts';
import { createTelemetry } from '../../../aws/telemetry/index.ts';
import { METRICS } from '../../../core/catalogue.ts';
import { BulwarkError } from '../../../core/errors.ts';
import { createRedactor } from '../../../core/redaction/index.ts';
import { auditLog } from '../../../middleware/audit-log/index.ts';
import { type BedrockContext, bedrockClient } from '../../../middleware/bedrock-client/index.ts';
import { caller } from '../../../middleware/caller/index.ts';
import { classifyError } from '../../../middleware/error-response/classify-error.ts';
import { errorResponse } from '../../../middleware/error-response/index.ts';
import { outputRedaction } from '../../../middleware/output-redaction/index.ts';
import { redactResponse } from '../../../middleware/output-redaction/redact-response.ts';
import { fakeBedrock } from '../../support/bedrock.ts';
import { type HttpResult, lambdaContext, problemOf, restEvent } from '../../support/events.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

const email = ['ada', 'example.com'].join('@');

const answer = async (
  middlewares: readonly MiddlewareObj<never>[],
  handler: () => unknown,
  event: object = restEvent(),
) => {
  const chain = middy();
  for (const middleware of middlewares) chain.use(middleware as MiddlewareObj);
  return (await chain.handler(async () => handler())(event, lambdaContext())) as HttpResult;
};

describe('outputRedaction', () => {
  const redacted = (response: unknown, options = {}) => answer([outputRedaction(options)], () => response);

  test('redacts JSON value by value, and keeps it JSON', async () => {
    const response = await redacted({
      statusCode: 200,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ a: [email], n: 1 }),
    });
    expect(JSON.parse(response.body)).toEqual({ a: ['[EMAIL_ADDRESS_1]'], n: 1 });
  });

  test.each([
    ['text', { 'content-type': 'text/plain' }, `Mail ${email}`],
    ['JSON that is none', { 'content-type': 'application/json' }, `{"a": ${email}`],
    ['a body of no type', {}, `Mail ${email}`],
    ['problem details', { 'content-type': 'application/problem+json' }, JSON.stringify({ detail: email })],
  ])('redacts %s', async (_, headers, body) => {
    const response = await redacted({ statusCode: 200, headers, body });
    expect(response.body).not.toContain(email);
    expect(response.body).toContain('[EMAIL_ADDRESS_1]');
  });

  describe('in application/json', () => {
    const escaped = email.replace('@', '\\u0040');
    const card = Number(['4111', '111111111111'].join(''));
    const body = async (text: string): Promise<string> =>
      (await redacted({ statusCode: 200, headers: { 'content-type': 'application/json' }, body: text })).body;

    test.each([
      ['a member that comes twice', `{"a":"${email}","a":"x"}`, '{"a":"[EMAIL_ADDRESS_1]","a":"x"}'],
      [
        'one in a string',
        `{"a":"{\\"b\\":\\"${email}\\",\\"b\\":1}"}`,
        '{"a":"{\\"b\\":\\"[EMAIL_ADDRESS_1]\\",\\"b\\":1}"}',
      ],
      ['a value a line', `{"a":"${escaped}"}\n{"a":"- b"}`, '{"a":"[EMAIL_ADDRESS_1]"}\n{"a":"- b"}'],
      ['a card a line', `{"a":${card}}\n{"a":1}`, '{"a":"[CREDIT_CARD_1]"}\n{"a":1}'],
      ['a value after the other', `{"a":"${escaped}"}{"a":"b"}`, '{"a":"[EMAIL_ADDRESS_1]"}{"a":"b"}'],
      ['a cut text', `{"text":"mail ${escaped}`, '{"text":"mail [EMAIL_ADDRESS_1]'],
      ['a cut text over lines', `{\n  "text": "mail ${escaped}`, '{\n  "text": "mail [EMAIL_ADDRESS_1]'],
      [
        'cut JSON in a string',
        `{"a":"{\\"b\\":\\"${escaped.replace('\\', '\\\\')}`,
        '{"a":"{\\"b\\":\\"[EMAIL_ADDRESS_1]',
      ],
      [
        'text with JSON in it',
        JSON.stringify({ a: `so {"b":"${escaped}"}` }),
        JSON.stringify({ a: 'so {"b":"[EMAIL_ADDRESS_1]"}' }),
      ],
      ['what begins with a mark', `\uFEFF{\n"a":"${escaped}"}`, '\uFEFF{\n"a":"[EMAIL_ADDRESS_1]"}'],
      [
        'numbers that are cards',
        `{ "n": [${card}, 1.0, 12345678901234567890] }`,
        '{ "n": ["[CREDIT_CARD_1]", 1.0, 12345678901234567890] }',
      ],
      ['keys', `{"${email}":"${email}","n":1e400}`, `{"${email}":"[EMAIL_ADDRESS_1]","n":1e400}`],
    ])('redacts %s, and leaves all else', async (_, before, after) => {
      expect(await body(before)).toBe(after);
    });

    test('passes on what is clean byte for byte', async () => {
      for (const text of ['{"a" : 1.0, "a":"\\u0061\\/" }', '{"a":1}\r\n{"b":', 'not \\u0061 JSON \\', '\uFEFF[ ]'])
        expect(await body(text)).toBe(text);
    });

    test('redacts a cut text of any length', async () => {
      const long = 'x. '.repeat(400_000);
      expect(await body(`{"a":"${long}${escaped}`)).toBe(`{"a":"${long}[EMAIL_ADDRESS_1]`);
    });

    test('counts a value once', () => {
      const session = createRedactor().session();
      for (const text of [`{"a":"${email}","a":"x ${email}"}`, `{"a":"${escaped}"}\n{"a":" ${escaped} x`]) {
        const { findings } = redactResponse({ statusCode: 200, body: text }, session, 'block') ?? expect.unreachable();
        expect(findings.map(({ entity }) => entity)).toEqual(['EMAIL_ADDRESS', 'EMAIL_ADDRESS']);
      }
    });
  });

  test('withholds base64 that is no UTF-8, unless the policy lets it pass', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(email, 'utf16le')]);
    const response = {
      statusCode: 200,
      headers: { 'content-type': 'text/plain' },
      body: bytes.toString('base64'),
      isBase64Encoded: true,
    };
    await expect(redacted(response)).rejects.toMatchObject({ code: 'output_blocked' });
    expect(await redacted(response, { unreadable: 'pass' })).toEqual(response);
  });

  test('redacts text in base64', async () => {
    const body = Buffer.from(JSON.stringify({ mail: email })).toString('base64');
    const response = await redacted({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body,
      isBase64Encoded: true,
    });
    expect(JSON.parse(response.body)).toEqual({ mail: '[EMAIL_ADDRESS_1]' });
  });

  test('redacts what API Gateway would take for a body', async () => {
    expect(await redacted({ mail: email })).toEqual({ mail: '[EMAIL_ADDRESS_1]' });
    expect(await redacted(email)).toBe('[EMAIL_ADDRESS_1]');
  });

  test('passes on a clean body byte for byte', async () => {
    const response = { statusCode: 200, headers: { 'content-type': 'application/json' }, body: '{"a" : 1.0}' };
    expect(await redacted(response)).toEqual(response);
  });

  test('withholds what nobody can read, unless the policy lets it pass', async () => {
    const png = {
      statusCode: 200,
      headers: { 'content-type': 'image/png' },
      body: 'iVBORw0KGgo=',
      isBase64Encoded: true,
    };
    const zipped = {
      statusCode: 200,
      headers: { 'Content-Encoding': 'gzip' },
      body: 'H4sIAAAA',
      isBase64Encoded: true,
    };
    for (const response of [png, zipped]) {
      await expect(redacted(response)).rejects.toMatchObject({ code: 'output_blocked' });
      expect(await redacted(response, { unreadable: 'pass' })).toEqual(response);
    }
  });

  test('finds the type in headers of several values', async () => {
    const response = {
      statusCode: 200,
      multiValueHeaders: { 'Content-Type': ['application/json'] },
      body: JSON.stringify([email]),
    };
    expect(JSON.parse((await redacted(response)).body)).toEqual(['[EMAIL_ADDRESS_1]']);
  });
});

describe('errorResponse', () => {
  const failing = (error: unknown, event?: object) =>
    answer(
      [errorResponse()],
      () => {
        throw error;
      },
      event,
    );

  test('answers with the code of the table', async () => {
    const response = await failing(new BulwarkError('quota_exceeded', { headers: { 'retry-after': '7' } }));
    expect(problemOf(response)).toEqual({ status: 429, code: 'quota_exceeded' });
    expect(response.headers['retry-after']).toBe('7');
  });

  test.each([
    ['an error', new Error('table bulwark-quota in account 123456789012')],
    [
      'an error of the SDK',
      Object.assign(new Error('arn:aws:iam::123456789012:role/x'), { $metadata: { httpStatusCode: 403 } }),
    ],
    ['a status that is not meant to be shown', Object.assign(new Error('123456789012'), { statusCode: 404 })],
    [
      'an error 500 that says it may be shown',
      Object.assign(new Error('123456789012'), { statusCode: 500, expose: true }),
    ],
    ['a thrown text', '123456789012'],
    ['nothing', null],
  ])('says nothing about %s', async (_, error) => {
    const response = await failing(error);
    expect(problemOf(response)).toEqual({ status: 500, code: 'internal' });
    expect(response.body).not.toContain('123456789012');
  });

  test('shows what the handler means to show, redacted', async () => {
    const error = Object.assign(new Error(`No order of ${email}`), { statusCode: 404, expose: true });
    const response = await answer([errorResponse(), outputRedaction()], () => {
      throw error;
    });
    expect(response.statusCode).toBe(404);
    expect(JSON.parse(response.body)).toMatchObject({ status: 404, detail: 'No order of [EMAIL_ADDRESS_1]' });
  });

  test('tells the time-out of the function from other errors', () => {
    const error = Object.assign(new Error('x'), { name: 'TimeoutError' });
    expect(classifyError(error)).toMatchObject({ error: { code: 'upstream_timeout' } });
  });

  test('finds a refusal in what wraps it, unless the handler means to show that', () => {
    const refusal = new BulwarkError('quota_exceeded');
    const retries = Object.assign(new Error('x'), { lastError: new Error('y', { cause: refusal }) });
    expect(classifyError(retries)).toEqual({ kind: 'bulwark', error: refusal });
    const shown = Object.assign(new Error('Not now', { cause: refusal }), { statusCode: 409, expose: true });
    expect(classifyError(shown)).toMatchObject({ kind: 'exposed', status: 409 });
    for (const thrown of [
      { cause: refusal },
      { lastError: refusal },
      Object.assign(new Error('x'), { errors: [refusal] }),
    ])
      expect(classifyError(thrown)).toMatchObject({ error: { code: 'internal' } });
  });

  test('looks only so deep into errors, which may stand in a circle', () => {
    const circle = new Error('x') as Error & { lastError?: unknown };
    circle.cause = circle;
    circle.lastError = circle;
    expect(classifyError(circle)).toMatchObject({ error: { code: 'internal' } });
    let deep: Error = new BulwarkError('quota_exceeded');
    for (let wrapper = 0; wrapper < 5; wrapper++) deep = new Error('x', { cause: deep });
    expect(classifyError(deep)).toMatchObject({ error: { code: 'internal' } });
    expect(classifyError(deep.cause)).toMatchObject({ error: { code: 'quota_exceeded' } });
  });

  test('says what a request was refused for where a client says only that nothing came', () => {
    const nothing = Object.assign(new Error('x'), { name: 'AI_NoOutputGeneratedError' });
    const scope = createScope({ requestId: 'r' });
    expect(classifyError(nothing, scope)).toMatchObject({ error: { code: 'internal' } });
    scope.record.refuse(new BulwarkError('prompt_rejected'), 'bedrock-client');
    expect(classifyError(nothing, scope)).toMatchObject({ error: { code: 'prompt_rejected' } });
    expect(classifyError(new Error('x'), scope)).toMatchObject({ error: { code: 'internal' } });
    expect(classifyError(nothing, { ...scope, monitor: true })).toMatchObject({ error: { code: 'internal' } });
  });

  test('throws where nobody expects an HTTP answer, without the message of another', async () => {
    await expect(failing(new Error('123456789012'), { source: 'aws.events' })).rejects.toMatchObject({
      code: 'internal',
      message: 'The request failed.',
    });
  });
});

describe('auditLog', () => {
  const record = async (handler: () => unknown, options: Parameters<typeof restEvent>[0] = {}) => {
    const telemetry = recordTelemetry();
    const digest = ({ kind, id }: { kind: string; id: string }): string =>
      `v1.${`${kind}-${id.length}`.padEnd(43, '0')}`;
    const response = await answer(
      [errorResponse(), auditLog({ telemetry, digest }), caller()],
      handler,
      restEvent(options),
    );
    expect(telemetry.lines).toHaveLength(1);
    expect(telemetry.published).toHaveLength(1);
    return { response, line: telemetry.lines[0]?.fields ?? {}, published: telemetry.published[0] };
  };

  test('writes one record of a request, and publishes its metrics', async () => {
    const { line, published } = await record(() => ({ statusCode: 200, body: '' }), { claims: { sub: 'ada' } });
    expect(line).toMatchObject({
      audit: 4,
      mode: 'enforce',
      source: 'rest-v1',
      identity: 'user',
      status: 200,
      outcome: 'ok',
      decisions: [],
    });
    expect(line['principals']).toEqual({ user: `v1.${'user-3'.padEnd(43, '0')}` });
    expect(published?.metrics).toMatchObject({
      Requests: 1,
      TotalLatency: expect.any(Number),
      GuardLatency: expect.any(Number),
    });
  });

  test.each([
    [new BulwarkError('prompt_rejected'), { status: 400, outcome: 'prompt_rejected' }, { RequestsDenied: 1 }],
    [new BulwarkError('control_unavailable'), { status: 503, outcome: 'control_unavailable' }, { RequestsDenied: 1 }],
    [new Error('x'), { status: 500, outcome: 'internal' }, { InternalErrors: 1 }],
    [
      Object.assign(new Error('x'), { statusCode: 404, expose: true }),
      { status: 404, outcome: 'handler_error' },
      { Requests: 1 },
    ],
  ])('records how %s ended', async (error, expected, metrics) => {
    const { line, published } = await record(() => {
      throw error;
    });
    expect(line).toMatchObject(expected);
    expect(published?.metrics).toMatchObject(metrics);
  });

  test('names the request by an id that no client can choose', async () => {
    const { line } = await record(() => ({ statusCode: 200 }));
    expect(line['requestId']).toMatch(/^00000000-0000-4000-8000-/);
  });

  test('publishes only what the catalogue names', async () => {
    const { published } = await record(() => ({ statusCode: 200 }));
    expect(Object.keys(published?.metrics ?? {}).filter((name) => !(name in METRICS))).toEqual([]);
  });

  test('counts no number that is none', async () => {
    const { createRequestRecord } = await import('../../../aws/telemetry/index.ts');
    const requestRecord = createRequestRecord();
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY]) {
      requestRecord.count('Redactions', value);
      requestRecord.peak('SpendPace', value);
      requestRecord.countFor('m', 'InputTokens', value);
    }
    expect(requestRecord.metrics.size).toBe(0);
    expect(requestRecord.byModel.get('m')?.size ?? 0).toBe(0);
  });

  test('keeps a bounded number of decisions', async () => {
    const { createRequestRecord } = await import('../../../aws/telemetry/index.ts');
    const requestRecord = createRequestRecord();
    for (let index = 0; index < 1000; index++) requestRecord.decide({ control: 'x', verdict: 'flag' });
    expect(requestRecord.decisions).toHaveLength(50);
  });
});

test.each([
  ['outputRedaction', () => outputRedaction({ entities: 'all' } as never)],
  ['auditLog', () => auditLog({ telemetry: recordTelemetry(), level: 'DEBUG' } as never)],
  ['bedrockClient', () => bedrockClient({ model: 'm' } as never)],
  ['createTelemetry', () => createTelemetry({ logger: {} } as never)],
])('%s refuses an option that it does not know, at cold start', (_, make) => {
  expect(make).toThrow(TypeError);
});

test('bedrockClient gives the handler a client of its own request, and none where it was given none', async () => {
  const { client, requests } = fakeBedrock();
  const send = async (_: object, context: object): Promise<unknown> => {
    const { bedrock } = context as BedrockContext;
    const reply = await bedrock.send(
      new ConverseCommand({ modelId: 'm', messages: [{ role: 'user', content: [{ text: 'Hi' }] }] }),
    );
    return reply.output?.message?.content;
  };
  const run = middy()
    .use(bedrockClient({ client, maxTokens: 9 }))
    .handler(send as never);
  expect(await run(restEvent() as never, lambdaContext() as never)).toEqual([{ text: 'Hello' }]);
  expect(requests[0]?.body).toMatchObject({ inferenceConfig: { maxTokens: 9 } });
  const without = middy()
    .use(bedrockClient())
    .handler((async (_: object, context: object) => 'bedrock' in context) as never);
  expect(await without(restEvent() as never, lambdaContext() as never)).toBe(false);
});
