import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, SignJWT } from 'jose';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createAuthorizer } from '../../../functions/service/jwt/authorizer.ts';
import { type FetchJson, jsonFetcher } from '../../../functions/service/jwt/fetch-json.ts';
import { createKeySource } from '../../../functions/service/jwt/key-source.ts';
import { type TokenSettings, tokenSettings } from '../../../functions/service/jwt/token-settings.ts';
import { AUDIENCE, createIssuer, ISSUER, type Issuer } from '../../../local/gateway/issuer.ts';
import { readCaller } from '../../../middleware/caller/read-caller.ts';

const METHOD = 'arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/dev/POST/v1/chat';
const SETTINGS: TokenSettings = {
  issuer: ISSUER,
  audience: [AUDIENCE],
  claims: {},
  jwksUri: undefined,
  tenantClaim: 'custom:tenant',
};

/** An authorizer that asks what `documents` holds at the moment. */
const authorizerOf = (
  documents: () => Readonly<Record<string, unknown>>,
  settings: Partial<TokenSettings> = {},
  now?: () => number,
) => {
  const asked: string[] = [];
  const reasons: string[] = [];
  const all = { ...SETTINGS, ...settings };
  const fetchJson: FetchJson = async (url) => {
    asked.push(url);
    if (!Object.hasOwn(documents(), url)) throw new Error(`nothing at ${url}`);
    return documents()[url];
  };
  const { issuer, jwksUri } = all;
  const keyOf = createKeySource({ issuer, jwksUri, fetchJson, ...(now && { now }) });
  const authorize = createAuthorizer({ settings: all, keyOf, onRefusal: (reason) => reasons.push(reason) });
  const call = (token: string, methodArn = METHOD) => authorize({ authorizationToken: token, methodArn });
  return { asked, reasons, call };
};

const issuer: Issuer = await createIssuer();
const other: Issuer = await createIssuer();
const JWKS_URI = `${ISSUER}/keys`;
const keysOf = (one: Issuer) => (one.documents[JWKS_URI] as { keys: readonly Record<string, string>[] }).keys;
const KID = keysOf(issuer)[0]?.['kid'] ?? '';
const token = (claims: object = {}, expiresIn?: string) =>
  issuer.issueToken({ sub: 'user-1', ...claims }, expiresIn === undefined ? {} : { expiresIn });
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const soon = (): number => Math.floor(Date.now() / 1000) + 600;
const good = (): object => ({ iss: ISSUER, aud: AUDIENCE, sub: 'user-1', exp: soon() });

describe('a good token', () => {
  test('lets its bearer in to the whole stage, and says who it is', async () => {
    const { call, reasons } = authorizerOf(() => issuer.documents);
    const answer = await call(`Bearer ${await token({ 'custom:tenant': 'acme', azp: 'web', email: 'a@b.example' })}`);
    expect(answer).toEqual({
      principalId: 'user-1',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Action: 'execute-api:Invoke',
            Effect: 'Allow',
            Resource: 'arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/dev/*',
          },
        ],
      },
      context: { sub: 'user-1', tenant: 'acme', clientId: 'web' },
    });
    expect(reasons).toEqual([]);
  });

  test('is what the chain reads its caller from', async () => {
    const { call } = authorizerOf(() => issuer.documents);
    const { principalId, context } = await call(`Bearer ${await token({ 'custom:tenant': 'acme' })}`);
    const event = JSON.parse(
      readFileSync(new URL('../../../events/rest-v1/chat-anonymous.json', import.meta.url), 'utf8'),
    ) as { requestContext: object };
    Object.assign(event.requestContext, { authorizer: { principalId, integrationLatency: 7, ...context } });
    expect(readCaller(event, { tenantClaim: 'tenant' })).toMatchObject({ user: 'user-1', tenant: 'acme' });
  });

  test('is asked of the issuer once', async () => {
    const { call, asked } = authorizerOf(() => issuer.documents);
    await Promise.all([call(`Bearer ${await token()}`), call(`bearer ${await token()}`)]);
    await call(`Bearer ${await token()}`);
    expect(asked).toEqual([`${ISSUER}/.well-known/openid-configuration`, JWKS_URI]);
  });

  test('needs no discovery where the address of the keys is given', async () => {
    const { call, asked } = authorizerOf(() => issuer.documents, { jwksUri: JWKS_URI });
    await call(`Bearer ${await token()}`);
    expect(asked).toEqual([JWKS_URI]);
  });

  test.each([
    [{ token_use: 'access' }, { token_use: 'access' }],
    [{ scope: 'chat admin' }, { scope: 'openid chat' }],
    [{ groups: ['a', 'b'] }, { groups: ['b', 'c'] }],
  ])('has the claims that are wanted: %o', async (wanted, said) => {
    const claims = Object.fromEntries(
      Object.entries(wanted).map(([name, value]) => [name, [value].flat().join(' ').split(' ')]),
    );
    const { call } = authorizerOf(() => issuer.documents, { claims });
    await expect(call(`Bearer ${await token(said)}`)).resolves.toHaveProperty('principalId', 'user-1');
  });
});

describe('a token is refused', () => {
  const sign = (header: object, payload: object, key: KeyObject): Promise<string> =>
    new SignJWT({ ...payload }).setProtectedHeader({ alg: 'ES256', kid: KID, ...header }).sign(key);
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = keysOf(issuer)[0] ?? {};
  const hmac = (secret: string, header: object): string => {
    const signed = `${part(header)}.${part(good())}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  };

  test.each<[string, () => string | Promise<string>, string, boolean]>([
    ['that is not signed', () => `${part({ alg: 'none', kid: KID })}.${part(good())}.`, 'malformed', false],
    ['whose algorithm is none', () => `${part({ alg: 'none', kid: KID })}.${part(good())}.AA`, 'algorithm', false],
    ['whose algorithm is None', () => `${part({ alg: 'None', kid: KID })}.${part(good())}.AA`, 'algorithm', false],
    ['without an algorithm', () => `${part({ kid: KID })}.${part(good())}.AA`, 'algorithm', false],
    [
      'signed by the public key as a shared secret',
      () => hmac(JSON.stringify(publicKey), { alg: 'HS256', kid: KID }),
      'algorithm',
      false,
    ],
    ['signed by another key under a known id', () => sign({}, good(), stranger.privateKey), 'signature', true],
    [
      'whose algorithm is another than the key is for',
      () => `${part({ alg: 'RS256', kid: KID })}.${part(good())}.AAAA`,
      'signature',
      true,
    ],
    [
      'that brings its own key',
      async () => sign({ kid: 'mine', jwk: await exportJWK(stranger.publicKey) }, good(), stranger.privateKey),
      'key',
      true,
    ],
    ['whose key id is a path', () => sign({ kid: '../../etc/passwd' }, good(), stranger.privateKey), 'key', true],
    [
      'whose key id is an address',
      () => sign({ kid: 'https://evil.example/key' }, good(), stranger.privateKey),
      'key',
      true,
    ],
    ['whose key id is of objects', () => sign({ kid: '__proto__' }, good(), stranger.privateKey), 'key', true],
    ['without a key id', () => `${part({ alg: 'ES256' })}.${part(good())}.AAAA`, 'key', false],
    [
      'with a key id without end',
      () => `${part({ alg: 'ES256', kid: 'k'.repeat(300) })}.${part(good())}.AAAA`,
      'key',
      false,
    ],
    [
      'that must be understood by what is not',
      () => `${part({ alg: 'ES256', kid: KID, crit: ['exp'] })}.${part(good())}.AAAA`,
      'type',
      false,
    ],
    [
      'that says who logs out',
      () => `${part({ alg: 'ES256', kid: KID, typ: 'logout+jwt' })}.${part(good())}.AAAA`,
      'type',
      false,
    ],
    [
      'of another issuer',
      () => `${part({ alg: 'ES256', kid: KID })}.${part({ ...good(), iss: `${ISSUER}/` })}.AAAA`,
      'issuer',
      false,
    ],
    ['that has ended', () => token({}, '-1 min'), 'expired', true],
    [
      'that never ends',
      () => `${part({ alg: 'ES256', kid: KID })}.${part({ ...good(), exp: undefined })}.AAAA`,
      'expired',
      false,
    ],
    ['that begins later', () => token({ nbf: soon() }), 'not_yet', true],
    ['of nobody', () => token({ sub: undefined }), 'subject', true],
    ['of somebody without end', () => token({ sub: 'u'.repeat(300) }), 'subject', true],
    ['of somebody with line breaks', () => token({ sub: 'user\n1' }), 'subject', true],
    ['whose tenant is a list', () => token({ 'custom:tenant': ['a'] }), 'claim', true],
    [
      'that is a megabyte',
      () => `${part({ alg: 'ES256', kid: KID })}.${'A'.repeat(1_000_000)}.AAAA`,
      'malformed',
      false,
    ],
    ['that is nothing', () => '', 'malformed', false],
    ['that is another scheme', () => 'Basic dXNlcjpwYXNz', 'malformed', false],
  ])('%s', async (_, make, reason, asks) => {
    const { call, reasons, asked } = authorizerOf(() => issuer.documents);
    const made = await make();
    await expect(call(made.startsWith('Basic') ? made : `Bearer ${made}`)).rejects.toThrow(/^Unauthorized$/);
    expect(reasons).toEqual([reason]);
    expect(asked.length > 0).toBe(asks);
  });

  test('whose audience the issuer wrote itself, and not we', async () => {
    const { call, reasons } = authorizerOf(() => issuer.documents, { audience: ['elsewhere'] });
    await expect(call(`Bearer ${await token()}`)).rejects.toThrow(/^Unauthorized$/);
    expect(reasons).toEqual(['audience']);
  });

  test.each([[{ token_use: 'id' }], [{}], [{ scope: 'adminchat' }], [{ toString: 'access' }]])(
    'without the claims that are wanted: %o',
    async (said) => {
      const claims = { token_use: 'access', scope: 'chat' };
      const { call, reasons } = authorizerOf(() => issuer.documents, { claims });
      await expect(call(`Bearer ${await token(said)}`)).rejects.toThrow(/^Unauthorized$/);
      expect(reasons).toEqual(['claim']);
    },
  );
});

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

test('an event of no method is answered with an error, and asks nobody', async () => {
  const { call, asked } = authorizerOf(() => issuer.documents);
  await expect(call(`Bearer ${await token()}`, 'arn:aws:execute-api:eu-central-1:123456789012:a/*')).rejects.toThrow(
    'no method',
  );
  expect(asked).toEqual([]);
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
    expect(withEnv({})).toEqual({ ...SETTINGS, tenantClaim: undefined });
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
