import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../../../../core/redaction/index.ts';
import { timeOf } from '../../../../support/time-of.ts';

const redactor = createRedactor();

/** Values that nobody would take for a word; in parts, so that no scanner finds one here. */
const KEY = ['x7Kd92Lm', 'Q0aPz81v'].join('');
const PASSWORD = ['Summer', '2024!x'].join('');
const HEX = ['521a568fa479b337b1e7', 'b45d48f02cc849ba215c'].join('');
const BASE64 = ['dXNlcjpw', 'YXNzd29yZA=='].join('');

const secretsIn = (text: string): string[] =>
  redactor
    .detect(text)
    .filter(({ entity }) => entity === 'SECRET')
    .map(({ start, end }) => text.slice(start, end));

describe('a key is found by its name', () => {
  test.each([
    `api_key = "${KEY}"`,
    `"client_secret" : "${KEY}",`,
    `export ACCESS_TOKEN=${KEY}`,
    `const secret = process.env.SECRET || '${KEY}';`,
    `- name: SIGNING_KEY\n        value: "${KEY}"`,
    `{ "key": "auth_token", "value": "${KEY}" }`,
    `run --api-key ${KEY} --verbose`,
    `run --secret="${KEY}"`,
    `<credential>\n\t\t${KEY}\n</credential>`,
    `The api key is ${KEY}.`,
    `la clave api: ${KEY}`,
    `weather_key = "${KEY}"`,
    `{\\"token\\": \\"${KEY}\\"}`,
  ])('%s', (text) => {
    expect(secretsIn(text)).toEqual([KEY]);
  });
});

describe('a password is found by its name', () => {
  test.each([
    `password: ${PASSWORD}`,
    `"passwd": "${PASSWORD}"`,
    `My password is ${PASSWORD}`,
    `Das Passwort lautet ${PASSWORD}`,
    `La contraseña es ${PASSWORD}`,
    `Le mot de passe est ${PASSWORD}`,
    `senha: ${PASSWORD}`,
    `DB_PASS='${PASSWORD}'`,
    `Server=db;User Id=sa;Password=${PASSWORD};Encrypt=true`,
    `jdbc:postgresql://db/app?user=app&password=${PASSWORD}&ssl=true`,
    `<add key="ClearTextPassword" value="${PASSWORD}" />`,
  ])('%s', (text) => {
    expect(secretsIn(text)).toEqual([PASSWORD]);
  });
});

describe('HTTP', () => {
  test.each([
    [`curl -H "Authorization: Bearer ${KEY}" https://example.com`, KEY],
    [`'authorization': 'Basic ${BASE64}'`, BASE64],
    [`Authorization: Token ${KEY}`, KEY],
    [`fetch(url, { headers: { "X-Api-Key": "${KEY}" } })`, KEY],
    [`curl --header "PRIVATE-TOKEN: ${KEY}" https://example.com`, KEY],
    [`Cookie: JSESSIONID=${KEY}${KEY}`, `${KEY}${KEY}`],
    [`curl -u admin:${PASSWORD} https://example.com`, `admin:${PASSWORD}`],
    [`curl -s --user 'api:${PASSWORD}' https://example.com`, `'api:${PASSWORD}'`],
    [`curl --user kevin:'${PASSWORD}' -X GET`, `kevin:'${PASSWORD}'`],
  ])('%s', (text, secret) => {
    expect(secretsIn(text)).toEqual([secret]);
  });

  test.each([
    'curl -u user:pass https://example.com',
    'curl -u "$1:$2" https://example.com',
    'curl --user neo4j:[PASSWORD] http://[IP]:7474',
    `curl -u "$${'{name}'}:$${'{word}'}" x`,
    'curl --user "{{ .Values.user }}:{{ .Values.password }}"',
    'docker run -u 1000:1000 image',
    'Authorization: Bearer <token>',
    'Authorization: Bearer $TOKEN',
    'The Bearer scheme is described in RFC 6750.',
  ])('leaves alone: %s', (text) => {
    expect(secretsIn(text)).toEqual([]);
  });
});

describe('a connection string gives its password only', () => {
  test.each([
    ['postgres://app:', PASSWORD, '@db.example.com/app'],
    ['mongodb+srv://app:', ['S3cr', 'etP@ss'].join(''), '@cluster0.example.net/db'],
    ['redis://:', PASSWORD, '@localhost:6379'],
    ['https://user:', KEY, '@example.com/path'],
  ])('%s', (before, secret, after) => {
    expect(redactor.redact(before + secret + after).text).toBe(`${before}[SECRET_1]${after}`);
  });

  test.each([
    'postgres://app:<password>@db',
    `postgres://app:$${'{PASSWORD}'}@db`,
    'postgres://user:password@localhost/db',
    'https://example.com:8080/@scope/pkg',
    '"https://example.com:8000";@something else',
  ])('leaves alone: %s', (text) => {
    expect(secretsIn(text)).toEqual([]);
  });
});

describe('Kubernetes', () => {
  const entries = `username: YWRtaW4xMjM=\n  password: ${BASE64}`;

  test.each([
    `kind: Secret\nmetadata:\n  name: db\ntype: Opaque\ndata:\n  ${entries}\n`,
    `data:\n  username: YWRtaW4xMjM=\nkind: Secret\n`,
  ])('the data of a Secret: %j', (text) => {
    const clean = redactor.redact(text).text;
    expect(clean).not.toContain('YWRtaW4xMjM');
    expect(clean).not.toContain(BASE64);
  });

  test.each([
    'kind: ConfigMap\ndata:\n  username: YWRtaW4xMjM=\n',
    'kind: Secret\ndata:\n  user: {{ .Values.user }}\n',
    'kind: Secret\ndata: {}\n',
  ])('leaves alone: %j', (text) => {
    expect(secretsIn(text)).toEqual([]);
  });
});

describe('private keys', () => {
  const frame = (kind: string, body: string): string =>
    [`-----BEGIN ${kind}`, `KEY-----${body}-----END ${kind}`, 'KEY-----'].join(' ');

  test.each([
    ['PKCS 8', frame('PRIVATE', '\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEA\n')],
    ['OpenSSH', frame('OPENSSH PRIVATE', '\r\nb3BlbnNzaC1rZXktdjEA\r\n')],
    ['in JSON', frame('RSA PRIVATE', '\\nMIIEpAIBAAKCAQEA\\n')],
    ['encrypted', frame('EC PRIVATE', '\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nMHcCAQEE\n')],
  ])('%s', (_, text) => {
    expect(redactor.redact(`${text} end`).text).toBe('[SECRET_1] end');
  });

  test('code that looks for the first line is none', () => {
    const line = ['-----BEGIN PRIVATE', 'KEY-----'].join(' ');
    for (const text of [`if (pem.startsWith('${line}')) return true;`, `The line ${line} begins a key.`])
      expect(secretsIn(text)).toEqual([]);
  });
});

describe('what people and machines write is left alone', () => {
  test.each([
    'password: string;',
    "password: 'required'",
    'password: changeme',
    'token = process.env.TOKEN_V2_KEY;',
    'const token = getToken2(user1);',
    `secret: $${'{SECRET_1}'}`,
    'api_key: <your-api-key-1>',
    'api_key = "your_api_key_2024"',
    'token: "xxxxxxxxxxxx1111"',
    'token_url = https://login.example.com/v2/token1',
    `tokenId: ${HEX.slice(0, 16)}`,
    'max_tokens: 4096',
    `csrf-token=${KEY}${KEY}`,
    `publicToken = "${KEY}${KEY}"`,
    'secretName: "project-db-1"',
    '"integrity": "sha512-aB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0xRaB3dE6gH9jK2mN5pQ8sT1vW4yZ7cF0xRaB3dE6gH9jK2mN5pQ8sT1g=="',
    '"resolved": "https://registry.example.com/token/-/token-1.2.3.tgz"',
    `primaryKey: ${HEX.slice(0, 20)}`,
    `"core/secrets.ts": "${HEX}"`,
    'httpAuthSchemeProvider: ApiGatewayV2HttpAuthSchemeProvider1x2',
    'Options to pass to S3Client',
    'commit 9fceb02d0ae598e95dc970b74767f19372d61af8',
    'background: url(data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4)',
    'keyword: "Befaehigung_P2"',
    'this.passwordInput1.value = passwordField2.text;',
    'Passwords must be 8-64 characters long, with 1 digit.',
    'author = "james.fake2@ymail.example"',
  ])('%s', (text) => {
    expect(secretsIn(text)).toEqual([]);
  });
});

describe('linear in what it reads', () => {
  test.each([
    'token=',
    'password: a1',
    'Authorization: Bearer ',
    'name: key value: ',
    '://a:b@',
    'kind: Secret\ndata:\n a: ',
    'data:\n a: aaaaaaaaaa\n',
    'curl -u a:b1 ',
    'ey.',
    '"\'`',
    '=([{',
    '-----BEGIN PRIVATE KEY-----\n',
  ])('%j', (unit) => {
    const short = unit.repeat(Math.ceil(8000 / unit.length));
    redactor.detect(short);
    const limit = timeOf(() => redactor.detect(short)) * 12 + 50;
    expect(timeOf(() => redactor.detect(short.repeat(4)), limit)).toBeLessThan(limit);
  });
});
