import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { guardClient } from '../../../../../aws/bedrock/index.ts';
import { createScope, runInScope } from '../../../../../aws/invocation-scope.ts';
import { guardHandler } from '../../../../../middleware/index.ts';
import { fakeBedrock } from '../../../../support/bedrock.ts';
import { recordTelemetry } from '../../../../support/telemetry.ts';

const longLived = ['AKIA', 'IOSFODNN7EXAMPLE'].join('');
const temporary = ['ASIA', 'IOSFODNN7EXAMPLE'].join('');
const credentials = { accessKeyId: temporary, secretAccessKey: 'test', sessionToken: 'test' };

afterEach(() => {
  vi.unstubAllEnvs();
});

const call = async (config: object, { monitor = false } = {}) => {
  const { client, requests } = fakeBedrock(undefined, config);
  guardClient(client);
  const scope = createScope({ requestId: 'r', monitor });
  const command = new ConverseCommand({ modelId: 'm', messages: [{ role: 'user', content: [{ text: 'Hi' }] }] });
  const error = await runInScope(scope, () => client.send(command)).then(
    () => undefined,
    (thrown: unknown) => thrown as { code: string; reason: string },
  );
  return { error, scope, sent: requests.length };
};

describe('a call', () => {
  test.each<[string, object, string]>([
    ['to a plain endpoint', { endpoint: 'http://bedrock.internal' }, 'plain-http'],
    ['to a name that begins like loopback', { endpoint: 'http://127.0.0.1.evil.com' }, 'plain-http'],
    ['to a host behind a user name', { endpoint: 'http://localhost@evil.com' }, 'plain-http'],
    ['with a key of a user', { credentials: { ...credentials, accessKeyId: longLived } }, 'long-lived-key'],
    ['with keys of no role', { credentials: { ...credentials, sessionToken: undefined } }, 'long-lived-key'],
  ])('%s in Lambda is not sent, whatever the environment says', async (_, config, reason) => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'chat');
    const { error, scope, sent } = await call(config);
    expect(error).toMatchObject({ code: 'internal', reason });
    expect(sent).toBe(0);
    expect(scope.record.decisions).toMatchObject([{ verdict: 'deny', code: 'internal', reason }]);
    expect(JSON.stringify([error, scope.record.decisions])).not.toMatch(/internal\.|evil|AKIA/);
    const watched = await call(config, { monitor: true });
    expect(watched).toMatchObject({ error: undefined, sent: 1 });
    expect(watched.scope.record.decisions).toMatchObject([{ reason }]);
  });

  test.each<[string, object]>([
    ['with a role’s key, over HTTPS', {}],
    ['on loopback', { endpoint: 'http://127.0.0.1:1' }],
    ['on loopback of IPv6', { endpoint: 'http://[::1]:1' }],
  ])('%s is sent', async (_, config) => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'chat');
    expect(await call({ credentials, ...config })).toMatchObject({ error: undefined, sent: 1 });
  });

  test('with a key of a user is sent outside of Lambda', async () => {
    expect(await call({ credentials: { ...credentials, accessKeyId: longLived } })).toMatchObject({ sent: 1 });
  });

  test('of a client that was made beside a bearer key is refused', async () => {
    vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'key');
    const { error, sent } = await call({});
    expect(error).toMatchObject({ code: 'internal', reason: 'bearer-key' });
    expect(sent).toBe(0);
  });
});

describe('a cold start', () => {
  test('beside a bearer key makes no handler, and no client that works without one', () => {
    vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', 'key');
    expect(() => guardHandler(async () => ({}))).toThrow(/^guardHandler: AWS_BEARER_TOKEN_BEDROCK must not be set/);
    const { client } = fakeBedrock();
    expect(() => guardClient(client, { unscoped: 'engines' })).toThrow(/^guardClient: AWS_BEARER_TOKEN_BEDROCK/);
  });

  test('in monitor mode warns, and refuses nothing', () => {
    const [secret, endpoint] = [['bearer', 'value'].join('-'), 'http://evil.internal'];
    vi.stubEnv('AWS_BEARER_TOKEN_BEDROCK', secret);
    vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
    const telemetry = recordTelemetry();
    guardHandler(async () => ({}), { mode: 'monitor' }, { telemetry });
    const [warning] = telemetry.lines;
    expect(warning?.message).toBe('credentials');
    expect(JSON.stringify(warning)).toMatch(/AWS_BEARER_TOKEN_BEDROCK.*AWS_ENDPOINT_URL/);
    expect(JSON.stringify(telemetry.lines)).not.toContain(secret);
    expect(JSON.stringify(telemetry.lines)).not.toContain('evil');
  });
});
