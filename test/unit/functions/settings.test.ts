import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  audit,
  bodyLimit,
  budgets,
  callerBudgets,
  callers,
  cors,
  guardrail,
  literalSecrets,
  modelProfiles,
  prices,
  secretIds,
  systemPromptOf,
  systemPromptSecrets,
} from '../../../functions/service/settings.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe.each([
  ['BULWARK_BUDGETS', callerBudgets],
  ['BULWARK_ACCOUNT_QUOTAS', budgets],
] as const)('%s', (name, read) => {
  test.each([undefined, ''])('may be missing: %o', (json) => {
    vi.stubEnv(name, json);
    expect(read()).toEqual(callerBudgets());
    expect(callerBudgets().length).toBeGreaterThan(0);
  });

  test.each([
    ['no JSON', '[{"secret":"arn:aws:bedrock:eu-central-1:123456789012:x"', Error, 'environment: NAME is not JSON'],
    ['an object', '{"secret":1}', TypeError, 'environment: NAME must be an array'],
    ['nothing', 'null', TypeError, 'environment: NAME must be an array'],
    ['a list of nothing', '[null]', TypeError, 'environment: NAME must be an array of an object'],
    ['a list of words', '["secret"]', TypeError, 'environment: NAME must be an array of an object'],
  ])('that is %s is refused by its name, and not quoted', (_, json, type, message) => {
    vi.stubEnv(name, json);
    expect(() => read()).toThrow(type);
    expect(() => read()).toThrow(new RegExp(`^${message.replace('NAME', name)}$`));
  });
});

test('the tenant of a caller is in the claim that is named, if one is', () => {
  vi.stubEnv('BULWARK_TENANT_CLAIM', '');
  expect(callers()).toEqual({ require: 'user-or-key' });
  vi.stubEnv('BULWARK_TENANT_CLAIM', 'custom:tenant');
  expect(callers()).toEqual({ require: 'user-or-key', tenantClaim: 'custom:tenant' });
});

describe('the limit of a body', () => {
  test.each([
    [undefined, {}],
    ['', {}],
    ['16384', { maxBytes: 16_384 }],
  ])('is what the environment says: %o', (value, limit) => {
    vi.stubEnv('BULWARK_BODY_LIMIT_BYTES', value);
    expect(bodyLimit()).toEqual(limit);
  });

  test.each(['0', '-1', '1e9', '64 KB', '999999999', 'none'])('is no number: %s', (value) => {
    vi.stubEnv('BULWARK_BODY_LIMIT_BYTES', value);
    expect(() => bodyLimit()).toThrow(TypeError);
  });
});

test.each([
  [undefined, {}],
  ['none', {}],
  ['https://app.example.com', { corsOrigins: ['https://app.example.com'] }],
])('pages of the origin %o may call', (origin, expected) => {
  vi.stubEnv('BULWARK_CORS_ORIGIN', origin);
  expect(cors()).toEqual(expected);
});

describe('the prices of the environment', () => {
  afterEach(() => {
    delete process.env['BULWARK_PRICES'];
  });

  test.each([undefined, '', '{}'])('are none for %o', (json) => {
    if (json !== undefined) process.env['BULWARK_PRICES'] = json;
    expect(prices()).toEqual({});
  });

  test('are those that it names', () => {
    const own = { 'amazon.nova-lite-v1:0': { input: 0.06, output: 0.24, tiers: { priority: 1.75 } } };
    process.env['BULWARK_PRICES'] = JSON.stringify(own);
    expect(prices()).toEqual(own);
  });

  test.each([
    ['a field that nobody knows', '{"m":{"input":1,"output":2,"currency":"EUR"}}', '["m"] has no field "currency"'],
    ['a price below nothing', '{"m":{"input":-1,"output":2}}', '["m"].input is a number from 0 to 1000000'],
    ['a price beyond numbers', '{"m":{"input":1e999,"output":2}}', '["m"].input is a number from 0 to 1000000'],
    ['a price too few', '{"m":{"input":1}}', '["m"].output is a number from 0 to 1000000'],
    ['a list', '[{"input":1,"output":2}]', 'an object of prices by model id'],
    ['nothing', 'null', 'an object of prices by model id'],
    ['a prototype', '{"m":{"input":1,"output":2,"__proto__":{"input":0}}}', '["m"] has no field "__proto__"'],
  ])('refuse %s at cold start, and say where', (_, json, message) => {
    process.env['BULWARK_PRICES'] = json;
    expect(() => prices()).toThrow(TypeError);
    expect(() => prices()).toThrow(`environment: BULWARK_PRICES must be`);
    expect(() => prices()).toThrow(message);
  });

  test('refuse what is no JSON, without quoting it', () => {
    process.env['BULWARK_PRICES'] = '{"secret';
    expect(() => prices()).toThrow(new Error('environment: BULWARK_PRICES is not JSON'));
  });
});

test('secrets are named by their ids, or stand in the environment themselves', () => {
  vi.stubEnv('BULWARK_DIGEST_KEY', 'd'.repeat(32));
  vi.stubEnv('BULWARK_MAC_KEY', 'm'.repeat(32));
  vi.stubEnv('BULWARK_SYSTEM_PROMPT', 'You are Orchard.');
  expect(secretIds()).toBeUndefined();
  const literal = literalSecrets();
  expect(literal).toEqual({ digest: 'd'.repeat(32), mac: ['m'.repeat(32)], systemPrompt: undefined });
  expect(systemPromptOf(literal)).toBe('You are Orchard.');
  expect(systemPromptOf({ ...literal, systemPrompt: 'You are another.' })).toBe('You are another.');
  vi.stubEnv('BULWARK_DIGEST_SECRET', 'shop/digest');
  vi.stubEnv('BULWARK_SYSTEM_PROMPT_SECRET', '');
  expect(secretIds()).toEqual({ digest: 'shop/digest', mac: undefined, systemPrompt: undefined });
});

test('what becomes of secrets in the system prompt is refusal, unless it is said otherwise', () => {
  expect(systemPromptSecrets()).toBe('refuse');
  vi.stubEnv('BULWARK_SYSTEM_PROMPT_SECRETS', 'flag');
  expect(systemPromptSecrets()).toBe('flag');
  vi.stubEnv('BULWARK_SYSTEM_PROMPT_SECRETS', 'off');
  expect(systemPromptSecrets).toThrow(TypeError);
});

describe('the guardrail of the environment', () => {
  const setTo = (id: string, version: string): void => {
    vi.stubEnv('BULWARK_GUARDRAIL_ID', id);
    vi.stubEnv('BULWARK_GUARDRAIL_VERSION', version);
  };

  test('is carried in its version', () => {
    setTo('gr-1', '3');
    expect(guardrail()).toEqual({ guardrailIdentifier: 'gr-1', guardrailVersion: '3' });
  });

  test('is none where there is none', () => {
    setTo('', '');
    expect(guardrail()).toBeUndefined();
  });

  test.each([
    ['gr-1', '', 'BULWARK_GUARDRAIL_VERSION'],
    ['', '3', 'BULWARK_GUARDRAIL_ID'],
  ])('is refused by half: "%s" in "%s"', (id, version, missing) => {
    setTo(id, version);
    expect(() => guardrail()).toThrow(`environment: ${missing} is missing`);
  });
});

describe('a profile of the application in the environment', () => {
  test.each([
    ['eu.amazon.nova-lite-v1:0', undefined, {}],
    ['eu.amazon.nova-lite-v1:0', 'eu.amazon.nova-lite-v1:0', {}],
    ['arn:x', 'eu.amazon.nova-lite-v1:0', { 'arn:x': 'eu.amazon.nova-lite-v1:0' }],
  ])('%s priced as %s', (model, priced, expected) => {
    vi.stubEnv('BULWARK_MODEL_ID', model);
    vi.stubEnv('BULWARK_PRICED_AS', priced);
    expect(modelProfiles()).toEqual(expected);
  });
});

describe('the audit log', () => {
  const GROUPS = {
    BULWARK_AUDIT_LOG_GROUP: '/a',
    BULWARK_AUDIT_CONTENT_LOG_GROUP: '/b',
    BULWARK_AUDIT_SAMPLE_RATE: '0.5',
  };
  const auditOf = (env: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    return audit();
  };

  test('goes to standard output, and keeps no content, where nothing is said', () => {
    expect(auditOf({})).toEqual({ content: 'none' });
    expect(auditOf({ BULWARK_AUDIT_LOG_GROUP: '', BULWARK_AUDIT_CONTENT: '' })).toEqual({ content: 'none' });
  });

  test('goes to its group, and a sample of content to another one', () => {
    expect(auditOf(GROUPS)).toEqual({ logGroup: '/a', content: 'none' });
    expect(auditOf({ ...GROUPS, BULWARK_AUDIT_CONTENT: 'digest' })).toEqual({ logGroup: '/a', content: 'digest' });
    expect(auditOf({ ...GROUPS, BULWARK_AUDIT_CONTENT: 'redacted' })).toEqual({
      logGroup: '/a',
      content: 'redacted',
      contentLogGroup: '/b',
      sampleRate: 0.5,
    });
  });

  test.each([{ BULWARK_AUDIT_CONTENT: 'raw' }, { BULWARK_AUDIT_CONTENT: 'redacted', BULWARK_AUDIT_SAMPLE_RATE: '2' }])(
    'is refused for what is none: %o',
    (env) => {
      expect(() => auditOf(env as never)).toThrow(TypeError);
    },
  );
});
