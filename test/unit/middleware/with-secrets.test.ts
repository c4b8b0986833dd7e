import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { guardHandler } from '../../../middleware/index.ts';
import { type Secrets, type WithSecretsOptions, withSecrets } from '../../../middleware/with-secrets.ts';
import { type HttpResult, lambdaContext, problemOf, restEvent } from '../../support/events.ts';
import { keyOf, startSecrets } from '../../support/secrets.ts';
import { invokeStream } from '../../support/streaming.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

let server: Awaited<ReturnType<typeof startSecrets>>;
let at: number;
beforeEach(async () => {
  at = 1_000_000;
  server = await startSecrets();
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await server.close();
});

const telemetry = recordTelemetry();
const optionsOf = (more: Partial<Omit<WithSecretsOptions, 'stream'>> = {}) => ({
  digest: 'digest',
  mac: 'mac',
  client: server.client,
  telemetry,
  now: () => at,
  ...more,
});

const policyOf = ({ digest, mac }: Secrets) => ({ keys: { digest, mac }, confirmAboveTokens: 3000 });

/** A guarded handler that tells the session, and whose body is large enough to be confirmed where it is long. */
const echo = (secrets: Secrets) =>
  guardHandler(
    async (_: object, { bulwark }) => ({ statusCode: 200, body: JSON.stringify({ session: bulwark.session }) }),
    policyOf(secrets),
    { telemetry },
  );

const ask = async (
  handler: (event: object, context: ReturnType<typeof lambdaContext>) => Promise<unknown>,
  body: object = {},
  headers: Readonly<Record<string, string>> = {},
) => {
  const event = restEvent({ body, claims: { sub: 'ada' } });
  Object.assign((event as { headers: object }).headers, headers);
  const { statusCode, body: text } = (await handler(event, lambdaContext())) as HttpResult;
  return { status: statusCode, json: JSON.parse(text) as Record<string, string> };
};

describe('a handler with secrets', () => {
  test('makes one guarded handler, and keeps it until a key changes', async () => {
    const make = vi.fn(echo);
    const handler = withSecrets(optionsOf(), make);
    expect(make).not.toHaveBeenCalled();
    expect((await Promise.all([ask(handler), ask(handler)])).map(({ status }) => status)).toEqual([200, 200]);
    at += 301_000;
    await ask(handler);
    expect(make).toHaveBeenCalledOnce();
    server.secret('mac').put(keyOf('b'));
    at += 301_000;
    await ask(handler);
    expect(make).toHaveBeenCalledTimes(2);
  });

  test('knows sessions and confirmations of the key before, and of no key before that', async () => {
    const handler = withSecrets(optionsOf(), echo);
    const { session = '' } = (await ask(handler)).json;
    const large = { text: 'a pear '.repeat(400) };
    const refused = await ask(handler, large);
    expect(refused.status).toBe(428);
    server.secret('mac').put(keyOf('b'));
    at += 301_000;
    expect((await ask(handler, { session })).json['session']).toBe(session);
    const { token = '' } = refused.json;
    expect((await ask(handler, large, { 'x-bulwark-confirmation': token })).status).toBe(200);
    server.secret('mac').put(keyOf('c'));
    at += 301_000;
    expect((await ask(handler, { session })).status).toBe(400);
    expect((await ask(handler, large, { 'x-bulwark-confirmation': token })).status).toBe(400);
  });

  test('lets a request end with the handler that it began with', async () => {
    const { promise: rotated, resolve } = Promise.withResolvers<void>();
    const handler = withSecrets(optionsOf(), ({ mac }) => async (event: { wait?: boolean }) => {
      if (event.wait === true) await rotated;
      return mac[0];
    });
    await handler({}, lambdaContext());
    const underWay = handler({ wait: true }, lambdaContext());
    server.secret('mac').put(keyOf('b'));
    at += 301_000;
    expect(await handler({}, lambdaContext())).toBe(keyOf('b'));
    resolve();
    expect(await underWay).toBe(keyOf('a'));
  });

  test('streams', async () => {
    const handler = withSecrets({ ...optionsOf(), stream: true }, (secrets) =>
      guardHandler(
        async () => ({ statusCode: 200, body: 'A pear.' }),
        { ...policyOf(secrets), stream: {} },
        { telemetry },
      ),
    );
    expect(await invokeStream(handler, restEvent({ body: {} }))).toMatchObject({
      prelude: { statusCode: 200 },
      body: 'A pear.',
    });
  });
});

describe('without secrets', () => {
  test('an HTTP request is answered 503, whatever its body, and the next one fetches again', async () => {
    server.fail({ kind: 'throttle' });
    const handler = withSecrets(optionsOf(), echo);
    for (const event of [restEvent({ body: {} }), restEvent({ raw: '{"not json' })]) {
      const result = (await handler(event, lambdaContext())) as HttpResult;
      expect(problemOf(result)).toEqual({ status: 503, code: 'control_unavailable' });
      expect(result.headers['retry-after']).toBe('5');
    }
    server.fail();
    expect((await ask(handler)).status).toBe(200);
  });

  test('a stream is answered so, too', async () => {
    server.fail({ kind: 'error' });
    const handler = withSecrets({ ...optionsOf(), stream: true }, (secrets) =>
      guardHandler(async () => ({ statusCode: 200, body: 'A pear.' }), { ...policyOf(secrets), stream: {} }),
    );
    const { prelude, body } = await invokeStream(handler, restEvent({ body: {} }));
    expect(prelude.statusCode).toBe(503);
    expect(body).toContain('control_unavailable');
  });

  test.each([
    ['a direct invocation', { question: 'What is a pear?' }],
    ['a queue', { Records: [{ eventSource: 'aws:sqs', messageId: '1', body: '{}' }] }],
  ])('%s fails', async (_, event) => {
    server.fail({ kind: 'error' });
    const handler = withSecrets(optionsOf(), echo);
    await expect(handler(event, lambdaContext())).rejects.toMatchObject({ code: 'control_unavailable' });
  });

  test('a warning says so, in the log and in the metrics, without a name or a value', async () => {
    const own = recordTelemetry();
    const handler = withSecrets(optionsOf({ telemetry: own }), echo);
    await ask(handler);
    server.fail({ kind: 'throttle' });
    at += 301_000;
    expect((await ask(handler)).status).toBe(200);
    expect(own.lines).toContainEqual({
      message: 'secrets',
      fields: { error: 'ThrottlingException', ageSeconds: 301 },
    });
    expect(own.published).toContainEqual(expect.objectContaining({ metrics: { ControlFailures: 1 } }));
    expect(JSON.stringify(own.lines)).not.toMatch(/aaaa|dddd|"mac"|Rate exceeded/);
  });
});

describe('a cold start', () => {
  test('refuses unknown options, and credentials that a function must not have', () => {
    expect(() => withSecrets(optionsOf({ digest: '' }), echo)).toThrow(TypeError);
    expect(() => withSecrets({ ...optionsOf(), age: 1 } as never, echo)).toThrow(TypeError);
    vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', 'http://vault.internal');
    expect(() => withSecrets(optionsOf(), echo)).toThrow(/^withSecrets: AWS_ENDPOINT_URL_SECRETS_MANAGER must/);
    expect(() => withSecrets(optionsOf({ mode: 'monitor' }), echo)).not.toThrow();
  });

  test('throws what cannot be made of the first secrets', async () => {
    server.secret('mac').put('short');
    await expect(ask(withSecrets(optionsOf(), echo))).rejects.toThrow(/^policy.keys: mac must be/);
  });
});
