import { expect, test } from 'vitest';
import { assertCredentials, credentialProblems } from '../../../../../aws/bedrock/credentials/environment.ts';

const longLived = ['AKIA', 'IOSFODNN7EXAMPLE'].join('');
const temporary = ['ASIA', 'IOSFODNN7EXAMPLE'].join('');
const lambda = { AWS_LAMBDA_FUNCTION_NAME: 'chat' };
const role = { AWS_ACCESS_KEY_ID: temporary, AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'token' };

test.each<[string, Record<string, string>]>([
  ['a laptop with a key of its own', { AWS_ACCESS_KEY_ID: longLived, AWS_SECRET_ACCESS_KEY: 'secret' }],
  ['a function with its role', { ...lambda, ...role }],
  ['a function whose credentials somebody else provides', lambda],
  ['an empty bearer key', { ...lambda, ...role, AWS_BEARER_TOKEN_BEDROCK: '' }],
  ['an endpoint over HTTPS', { AWS_ENDPOINT_URL: 'HTTPS://vpce.example' }],
  ['an endpoint of another service', { AWS_ENDPOINT_URL_S3: 'http://minio:9000' }],
])('%s is fine', (_, env) => {
  expect(credentialProblems(env)).toEqual([]);
  expect(() => assertCredentials('guardHandler', env)).not.toThrow();
});

test.each<[string, Record<string, string>, string, string]>([
  ['a bearer key', { AWS_BEARER_TOKEN_BEDROCK: 'bedrock-key' }, 'bearer-key', 'AWS_BEARER_TOKEN_BEDROCK'],
  ['a bearer key of white space', { AWS_BEARER_TOKEN_BEDROCK: ' ' }, 'bearer-key', 'AWS_BEARER_TOKEN_BEDROCK'],
  [
    'a key of a user in Lambda, with a session token beside it',
    { ...lambda, ...role, AWS_ACCESS_KEY_ID: longLived },
    'long-lived-key',
    'AWS_ACCESS_KEY_ID',
  ],
  [
    'one that hides behind white space and case',
    { LAMBDA_TASK_ROOT: '/var/task', ...role, AWS_ACCESS_KEY_ID: ` ${longLived.toLowerCase()}` },
    'long-lived-key',
    'AWS_ACCESS_KEY_ID',
  ],
  [
    'keys in Lambda without a session token',
    { ...lambda, ...role, AWS_SESSION_TOKEN: '' },
    'long-lived-key',
    'AWS_SESSION_TOKEN',
  ],
  ['a plain endpoint', { AWS_ENDPOINT_URL: 'http://gateway.internal' }, 'plain-http', 'AWS_ENDPOINT_URL'],
  [
    'a plain endpoint of Bedrock',
    { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: 'http://10.0.0.1' },
    'plain-http',
    'AWS_ENDPOINT_URL_BEDROCK_RUNTIME',
  ],
  [
    'a plain endpoint that keys come from',
    { AWS_ENDPOINT_URL_SECRETS_MANAGER: 'http://vault.internal' },
    'plain-http',
    'AWS_ENDPOINT_URL_SECRETS_MANAGER',
  ],
])('%s is refused by the name of the variable alone', (_, env, reason, variable) => {
  expect(credentialProblems(env)).toEqual([{ reason, variable }]);
  let message = '';
  try {
    assertCredentials('guardHandler', env);
  } catch (error) {
    expect(error).toBeInstanceOf(TypeError);
    message = (error as Error).message;
  }
  expect(message).toMatch(new RegExp(`^guardHandler: ${variable} `));
  expect(message.toLowerCase()).not.toContain((env[variable]?.trim() || longLived).toLowerCase());
});

test('all that is wrong is said at once', () => {
  const env = { AWS_BEARER_TOKEN_BEDROCK: 'key', AWS_ENDPOINT_URL: 'http://evil' };
  expect(() => assertCredentials('guardHandler', env)).toThrow(/AWS_BEARER_TOKEN_BEDROCK.*AWS_ENDPOINT_URL/);
});
