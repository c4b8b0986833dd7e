import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { jsonFetcher } from '../../../functions/service/jwt/fetch-json.ts';
import { type TokenSettings, tokenSettings } from '../../../functions/service/jwt/token-settings.ts';
import { AUDIENCE, createIssuer, ISSUER, type Issuer } from '../../../local/gateway/issuer.ts';
import { authorizerOf, JWKS_URI, TOKEN_SETTINGS } from '../../support/authorizer.ts';

const issuer: Issuer = await createIssuer();
const other: Issuer = await createIssuer();
const KID = (issuer.documents[JWKS_URI] as { keys: readonly { kid: string }[] }).keys[0]?.kid;
const token = () => issuer.issueToken({ sub: 'user-1' });

describe('the keys of the issuer', () => {
  test('that are new are found, and those that are gone are forgotten', async () => {
    let [documents, clock] = [issuer.documents, 0];
    const { call, asked } = authorizerOf(
      () => documents,
      { jwksUri: JWKS_URI },
      () => clock,
    );
    const old = `Bearer ${await token()}`;
    await call(old);
    documents = other.documents;
    clock = 10_001;
    await call(`Bearer ${await other.issueToken({ sub: 'user-2' })}`);
    await expect(call(old)).rejects.toThrow('Unauthorized');
    expect(asked).toHaveLength(2);
  });

  test('that were taken back are believed for ten minutes', async () => {
    let [documents, clock] = [issuer.documents, 0];
    const { call } = authorizerOf(
      () => documents,
      { jwksUri: JWKS_URI },
      () => clock,
    );
    const old = `Bearer ${await token()}`;
    await call(old);
    documents = other.documents;
    clock = 600_000;
    await call(old);
    clock = 600_001;
    await expect(call(old)).rejects.toThrow('Unauthorized');
  });

  test('are asked for once in ten seconds, whatever ids come', async () => {
    let clock = 0;
    const { call, asked } = authorizerOf(
      () => issuer.documents,
      { jwksUri: JWKS_URI },
      () => clock,
    );
    const flood = async (): Promise<void> => {
      const unknown = await Promise.all(Array.from({ length: 50 }, () => other.issueToken({ sub: 'x' })));
      await Promise.allSettled(unknown.map((one) => call(`Bearer ${one}`)));
    };
    await flood();
    clock = 9_999;
    await flood();
    expect(asked).toHaveLength(1);
    await call(`Bearer ${await token()}`);
  });

  test('serve for an hour while the issuer is down, and then nobody is let in', async () => {
    let [documents, clock]: [Readonly<Record<string, unknown>>, number] = [issuer.documents, 0];
    const { call, reasons } = authorizerOf(
      () => documents,
      { jwksUri: JWKS_URI },
      () => clock,
    );
    const bearer = `Bearer ${await token()}`;
    await call(bearer);
    documents = {};
    clock = 3_600_000;
    await call(bearer);
    clock = 3_600_001;
    await expect(call(bearer)).rejects.toThrow('the issuer does not answer');
    expect(reasons).toEqual(['issuer_unavailable']);
  });

  test.each<[string, Readonly<Record<string, unknown>>]>([
    ['is down', {}],
    ['publishes no list', { ...issuer.documents, [JWKS_URI]: { keys: {} } }],
    [
      'speaks for another',
      {
        ...issuer.documents,
        [`${ISSUER}/.well-known/openid-configuration`]: { issuer: 'https://evil.example', jwks_uri: JWKS_URI },
      },
    ],
    [
      'keeps its keys where anybody reads along',
      {
        ...issuer.documents,
        [`${ISSUER}/.well-known/openid-configuration`]: { issuer: ISSUER, jwks_uri: 'http://issuer.local/keys' },
      },
    ],
  ])('let nobody in while the issuer %s, and it is no refusal of the token', async (_, documents) => {
    const { call, reasons } = authorizerOf(() => documents);
    await expect(call(`Bearer ${await token()}`)).rejects.toThrow('the issuer does not answer');
    expect(reasons).toEqual(['issuer_unavailable']);
  });

  test('that are shared secrets are none', async () => {
    const documents = { [JWKS_URI]: { keys: [{ kty: 'oct', kid: KID, k: 'c2VjcmV0' }, null, 'x'] } };
    const { call, reasons } = authorizerOf(() => documents, { jwksUri: JWKS_URI });
    await expect(call(`Bearer ${await token()}`)).rejects.toThrow('Unauthorized');
    expect(reasons).toEqual(['key']);
  });
});

describe('a document of the issuer', () => {
  const serve = async (listener: http.RequestListener) => {
    const server = http.createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const close = () => {
      server.closeAllConnections();
      server.close();
    };
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, [Symbol.dispose]: close };
  };

  test('is read', async () => {
    using server = await serve((_, response) => response.end('{"keys":[]}'));
    await expect(jsonFetcher()(server.url)).resolves.toEqual({ keys: [] });
  });

  test.each<[string, http.RequestListener]>([
    ['never comes', () => {}],
    ['comes drop by drop', (_, response) => void response.write('{')],
    ['is elsewhere', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/keys' }).end()],
    ['is an error', (_, response) => response.writeHead(500).end('{"keys":[]}')],
    ['is too long', (_, response) => response.end(' '.repeat(300_000))],
    ['is no JSON', (_, response) => response.end('<html>')],
  ])('that %s is none', async (_, listener) => {
    using server = await serve(listener);
    await expect(jsonFetcher(40)(server.url)).rejects.toThrow();
  });
});

describe('the settings', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
  });
  const withEnv = (env: Readonly<Record<string, string>>): TokenSettings => {
    const base = { BULWARK_JWT_ISSUER: ISSUER, BULWARK_JWT_AUDIENCE: AUDIENCE };
    for (const [name, value] of Object.entries({ ...base, ...env })) vi.stubEnv(name, value);
    return tokenSettings();
  };

  test('are those of the environment', () => {
    expect(withEnv({})).toEqual({ ...TOKEN_SETTINGS, tenantClaim: undefined });
    expect(
      withEnv({
        BULWARK_JWT_AUDIENCE: 'a, b',
        BULWARK_JWT_CLAIMS: '{"token_use":"access","scope":["chat"]}',
        BULWARK_JWT_JWKS_URI: JWKS_URI,
        BULWARK_JWT_TENANT_CLAIM: 'org',
      }),
    ).toEqual({
      issuer: ISSUER,
      audience: ['a', 'b'],
      claims: { token_use: 'access', scope: ['chat'] },
      jwksUri: JWKS_URI,
      tenantClaim: 'org',
    });
  });

  test.each<Readonly<Record<string, string>>>([
    { BULWARK_JWT_ISSUER: '' },
    { BULWARK_JWT_ISSUER: 'http://issuer.local' },
    { BULWARK_JWT_ISSUER: ['https://user', 'word@issuer.local'].join(':') },
    { BULWARK_JWT_ISSUER: 'issuer.local' },
    { BULWARK_JWT_AUDIENCE: '' },
    { BULWARK_JWT_AUDIENCE: 'a,,b' },
    { BULWARK_JWT_JWKS_URI: 'http://issuer.local/keys' },
    { BULWARK_JWT_JWKS_URI: 'file:///etc/keys' },
    { BULWARK_JWT_CLAIMS: '{' },
    { BULWARK_JWT_CLAIMS: '[]' },
    { BULWARK_JWT_CLAIMS: '{"scope":[]}' },
    { BULWARK_JWT_CLAIMS: '{"scope":1}' },
  ])('refuse to start with %o', (env) => {
    expect(() => withEnv(env)).toThrow(/^environment: BULWARK_JWT_/);
  });
});
