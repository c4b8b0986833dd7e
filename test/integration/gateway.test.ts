/** The local gateway and the function host, through real HTTP. */

import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FunctionHost, startFunction } from '../../local/function-host/index.ts';
import { type Gateway, type Route, type Source, startGateway } from '../../local/gateway/index.ts';

const KEY = { id: 'key-1', value: ['local', 'key', 'value'].join('-') };
const SOURCES: readonly Source[] = ['rest-v1', 'http-v2', 'function-url'];

describe('the local gateway', () => {
  let host: FunctionHost;
  let gateway: Gateway;
  const printed: string[] = [];

  beforeAll(async () => {
    host = await startFunction({
      name: 'scripted',
      entry: new URL('../support/functions/scripted.ts', import.meta.url).href,
      env: { GIVEN: 'yes' },
      timeoutMs: 1000,
      onOutput: (line) => printed.push(line),
    });
    const routes = SOURCES.flatMap((source): Route[] => [
      { source, method: 'POST', path: '/open', invoke: host.invoke },
      { source, method: 'GET', path: '/open', invoke: host.invoke },
      { source, method: 'POST', path: '/user', invoke: host.invoke, authorizer: 'jwt' },
      { source, method: 'POST', path: '/key', invoke: host.invoke, apiKey: true },
    ]);
    gateway = await startGateway({ routes, apiKeys: [KEY], rateLimit: 3 });
  });
  afterAll(async () => {
    await gateway.close();
    await host.close();
  });

  const call = async (
    source: Source,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    method = 'POST',
  ) => {
    const response = await fetch(`${gateway.urls[source]}${path}`, {
      method,
      headers: { 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: text.startsWith('{') ? JSON.parse(text) : undefined,
    };
  };
  const scripted = (source: Source, script: object) => call(source, '/open', { script });

  /** Names of the members at each place of a value, arrays and free-form maps left out. */
  const shapeOf = (value: unknown, skip: readonly string[], path = ''): string[] =>
    typeof value !== 'object' || value === null || Array.isArray(value)
      ? []
      : Object.entries(value).flatMap(([name, inner]) => [
          `${path}/${name}`,
          ...(skip.includes(name) ? [] : shapeOf(inner, skip, `${path}/${name}`)),
        ]);

  test.each([
    ['rest-v1', 'rest-v1/chat.json'],
    ['http-v2', 'http-v2/chat.json'],
    ['function-url', 'function-url/chat.json'],
  ] as const)('%s events have the shape of %s', async (source, file) => {
    const expected = JSON.parse(readFileSync(`events/${file}`, 'utf8'));
    const token = source === 'function-url' ? '' : await gateway.issueToken({ sub: 'ada' });
    const { json } = await call(source, source === 'function-url' ? '/open' : '/user', '{}', {
      authorization: `Bearer ${token}`,
    });
    const free = ['headers', 'multiValueHeaders', 'claims'];
    expect(shapeOf(json.event, free).sort()).toEqual(shapeOf(expected, free).sort());
  });

  test.each(SOURCES)('%s: lets in who has a token of its issuer, and nobody else', async (source) => {
    const token = await gateway.issueToken({ sub: 'ada' });
    const old = await gateway.issueToken({ sub: 'ada' }, { expiresIn: '-1m' });
    const other = await startGateway({ routes: [] });
    const foreign = await other.issueToken({ sub: 'ada' });
    await other.close();
    expect((await call(source, '/user', '{}', { authorization: `Bearer ${token}` })).status).toBe(200);
    for (const authorization of ['', token, `Bearer ${old}`, `Bearer ${foreign}`, `Bearer ${token}x`, 'Basic YTpi'])
      expect((await call(source, '/user', '{}', { authorization })).status).toBe(401);
  });

  test('REST: passes the id of an API key, never the key, and throttles it', async () => {
    const { json } = await call('rest-v1', '/key', '{}', { 'x-api-key': KEY.value });
    expect(json.event.requestContext.identity.apiKeyId).toBe(KEY.id);
    expect(json.event.requestContext.identity.apiKey).toBeNull();
    expect((await call('rest-v1', '/key', '{}')).status).toBe(403);
    const statuses = await Promise.all(
      Array.from({ length: 8 }, async () => (await call('rest-v1', '/key', '{}', { 'x-api-key': KEY.value })).status),
    );
    expect(statuses).toContain(429);
  });

  test("refusals of REST are the problems that infra declares; those of the others are AWS's own", async () => {
    const rest = await call('rest-v1', '/nowhere', '{}');
    expect([rest.status, rest.headers.get('content-type'), rest.json]).toEqual([
      404,
      'application/problem+json',
      expect.objectContaining({
        type: 'urn:bedrock-bulwark:error:not_found',
        status: 404,
        requestId: expect.stringMatching(/^[\w-]{36}$/),
      }),
    ]);
    expect((await call('http-v2', '/nowhere', '{}')).json).toEqual({ message: 'Not Found' });
  });

  test.each(SOURCES)('%s: a handler that fails, crashes or answers nonsense is a bad gateway', async (source) => {
    const nonsense = [
      { fail: 'no' },
      { exit: 1 },
      { reply: { statusCode: 200, body: { not: 'text' } } },
      { reply: { statusCode: 99 } },
      { reply: { statusCode: 200, headers: { 'x-a': 'b\r\nset-cookie: c' }, body: '' } },
    ];
    for (const script of nonsense) expect((await scripted(source, script)).status, JSON.stringify(script)).toBe(502);
    expect((await scripted(source, {})).status).toBe(200);
  });

  test('a handler that takes too long is stopped, and the next request is served', async () => {
    expect((await scripted('rest-v1', { waitMs: 5000 })).json).toMatchObject({ status: 504, code: 'upstream_timeout' });
    expect((await scripted('rest-v1', {})).status).toBe(200);
  });

  test('an object that is no response is a body for HTTP APIs and Function URLs, and a failure for REST', async () => {
    expect((await scripted('http-v2', { reply: { a: 1 } })).json).toEqual({ a: 1 });
    expect((await scripted('rest-v1', { reply: { a: 1 } })).status).toBe(502);
  });

  test('binary bodies, several headers and cookies arrive', async () => {
    const reply = {
      statusCode: 201,
      multiValueHeaders: { 'x-many': ['a', 'b'] },
      cookies: ['c=1', 'd=2'],
      body: Buffer.from([0, 255]).toString('base64'),
      isBase64Encoded: true,
    };
    const response = await fetch(`${gateway.urls['http-v2']}/open`, {
      method: 'POST',
      body: JSON.stringify({ script: { reply } }),
      headers: { 'content-type': 'application/json' },
    });
    expect([response.status, response.headers.get('x-many'), response.headers.getSetCookie()]).toEqual([
      201,
      'a, b',
      ['c=1', 'd=2'],
    ]);
    expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([0, 255]);
    const sent = await call('http-v2', '/open', '\u0000', { 'content-type': 'application/octet-stream' });
    expect(sent.json.event).toMatchObject({ body: 'AA==', isBase64Encoded: true });
  });

  test('a test may say where it comes from; no event shows the header', async () => {
    const { json } = await call('rest-v1', '/open', '{}', { 'x-local-source-ip': '2001:db8::7' });
    expect(json.event.requestContext.identity.sourceIp).toBe('2001:db8::7');
    expect(JSON.stringify(json.event)).not.toContain('Local-Source');
  });

  test('a function sees its own environment only', async () => {
    const { json } = await call('rest-v1', '/open', '{}');
    expect(json.env).toEqual(expect.arrayContaining(['GIVEN', 'AWS_LAMBDA_FUNCTION_NAME']));
    expect(json.env.filter((name: string) => /^(?:HOME|PATH|VITEST|npm_)/.test(name))).toEqual([]);
  });

  test('a module that does not load is reported with what it said', async () => {
    const entry = new URL('../support/functions/absent.ts', import.meta.url).href;
    await expect(startFunction({ name: 'absent', entry, env: {} })).rejects.toThrow(
      /ended while it loaded[\s\S]*absent\.ts/,
    );
  });

  test('a hundred invocations at once have each their own context, and their output comes before their results', async () => {
    const ids = await Promise.all(
      Array.from({ length: 100 }, async (_, index) => {
        await host.invoke({ body: JSON.stringify({ script: { print: [`line ${index}`], reply: {} } }) });
        expect(printed).toContain(`line ${index}`);
        const result = await host.invoke({ body: '{}' });
        return result.ok ? JSON.parse((result.value as { body: string }).body).id : undefined;
      }),
    );
    expect(new Set(ids).size).toBe(100);
  });
});
