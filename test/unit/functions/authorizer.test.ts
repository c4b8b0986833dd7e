import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { exportJWK, SignJWT } from 'jose';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { AUDIENCE, createIssuer, ISSUER, type Issuer } from '../../../local/gateway/issuer.ts';
import { readCaller } from '../../../middleware/caller/read-caller.ts';
import { authorizerOf, JWKS_URI } from '../../support/authorizer.ts';

const issuer: Issuer = await createIssuer();
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

test('an event of no method is answered with an error, and asks nobody', async () => {
  const { call, asked } = authorizerOf(() => issuer.documents);
  await expect(call(`Bearer ${await token()}`, 'arn:aws:execute-api:eu-central-1:123456789012:a/*')).rejects.toThrow(
    'no method',
  );
  expect(asked).toEqual([]);
});

describe('the function', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  test('says why somebody was not let in, and nothing of the token', async () => {
    vi.stubEnv('BULWARK_JWT_ISSUER', ISSUER);
    vi.stubEnv('BULWARK_JWT_AUDIENCE', AUDIENCE);
    const lines: string[] = [];
    for (const stream of [process.stdout, process.stderr])
      vi.spyOn(stream, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
    const { handler } = await import('../../../functions/authorizer.ts');
    const forged = `${part({ alg: 'HS256', kid: KID })}.${part(good())}.c2lnbmF0dXJl`;
    const methodArn = 'arn:aws:execute-api:eu-central-1:123456789012:abcdef1234/dev/POST/v1/chat';
    const asked = handler({ authorizationToken: `Bearer ${forged}`, methodArn });
    await expect(asked).rejects.toThrow(/^Unauthorized$/);
    const printed = lines.join('');
    expect(printed).toContain('"reason":"algorithm"');
    for (const piece of forged.split('.')) expect(printed).not.toContain(piece);
    expect(printed).not.toContain('user-1');
  });
});
