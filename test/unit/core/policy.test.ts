import { describe, expect, test } from 'vitest';
import { nestingOf } from '../../../core/json-nesting.ts';
import { definePolicy } from '../../../core/policy.ts';

const key = (letter: string): string => letter.repeat(32);

describe('definePolicy', () => {
  test('returns a policy that is fine', () => {
    const policy = { caller: { require: 'user' as const }, injection: false as const };
    expect(definePolicy(policy)).toBe(policy);
  });

  test.each([
    ['an unknown part', { quotas: {} }],
    ['an unknown option', { body: { maxByte: 1 } }],
    ['an inherited name', { toString: 1 }],
    ['a limit of zero', { body: { maxBytes: 0 } }],
    ['a limit that is no integer', { confirmAboveTokens: 1.5 }],
    ['an unknown word', { caller: { require: 'anybody' } }],
    ['a short key', { keys: { digest: 'short', mac: key('m') } }],
    ['one key for two uses', { keys: { digest: key('k'), mac: key('k') } }],
    ['a table without keys', { quota: { budgets: [], table: 'quota' } }],
    ['a price below nothing', { model: { prices: { m: { input: -1, output: 1 } } } }],
    ['a tier that Bedrock has not', { model: { serviceTiers: ['fast'] } }],
    ['a threshold that is no number', { model: { countTokensAbove: '1000' } }],
  ])('refuses %s', (_, policy) => {
    expect(() => definePolicy(policy as never)).toThrow(TypeError);
  });

  const day = { name: 'day', per: 'user', unit: 'tokens', window: 'day', limit: 1 } as const;
  test.each([
    ['a budget that is none', { quota: { budgets: [{ ...day, per: 'usr' }] } }, 'budget day: per must be'],
    ['no list of budgets', { quota: {} }, 'policy.quota: budgets are needed'],
    [
      'a budget of tenants where no caller has one',
      { quota: { budgets: [day, { ...day, name: 'team', per: ['tenant', 'tenant+account'] }] } },
      'policy.quota: budget team needs policy.caller.tenantClaim',
    ],
  ])('refuses %s, whatever ledger counts', (_, policy, message) => {
    expect(() => definePolicy(policy as never)).toThrow(message);
  });

  test('takes budgets of tenants with a claim, and those that count somebody else as well', () => {
    const team = { ...day, name: 'team', per: 'tenant' } as const;
    expect(() => definePolicy({ caller: { tenantClaim: 'team' }, quota: { budgets: [team] } })).not.toThrow();
    expect(() => definePolicy({ quota: { budgets: [{ ...team, per: ['tenant', 'user'] }] } })).not.toThrow();
  });

  test('lets a budget count money without prices of its own: the kit has some', () => {
    const budgets = [{ name: 'usd', per: 'user', unit: 'usd', window: 'day', limit: 1 }] as const;
    expect(() => definePolicy({ quota: { budgets } })).not.toThrow();
  });

  test('names the model and the field of a price that it refuses', () => {
    const prices = { 'amazon.nova-lite-v1:0': { input: 1, output: Number.NaN } };
    expect(() => definePolicy({ model: { prices } })).toThrow(
      'policy.model: prices must be a price list whose ["amazon.nova-lite-v1:0"].output is a number from 0 to 1000000',
    );
  });

  test.each([
    ['nothing but that it is on', {}],
    ['one level for all', { allow: 'internal' }],
    [
      'levels by destination',
      { allow: { default: 'internal', models: { 'eu.*': 'confidential' }, regions: { eu: 'restricted' } } },
    ],
    ['masks', { allow: 'internal', mask: { default: 'restricted', regions: { 'us-*': 'internal' } } }],
    ['levels of known entities', { levels: { EMAIL_ADDRESS: 'internal', 'SECRET:x': 'public' } }],
    ['profiles', { profiles: { 'arn:aws:bedrock:*': 'eu' } }],
  ])('classification takes %s', (_, classification) => {
    expect(() => definePolicy({ classification } as never)).not.toThrow();
  });

  test.each([
    ['a level that is none', { allow: 'secret' }, 'classification: allow'],
    ['an unknown option', { deny: 'internal' }, 'unknown option deny'],
    ['a table without a default', { allow: { models: {} } }, 'allow: default is needed'],
    ['an unknown table', { allow: { default: 'internal', model: {} } }, 'unknown option model'],
    ['a Region that is none', { allow: { default: 'internal', regions: { europe: 'public' } } }, 'regions must be'],
    ['a level of a model that is none', { allow: { default: 'internal', models: { m: true } } }, 'models must be'],
    ['a mask below what passes', { allow: 'confidential', mask: 'internal' }, 'mask is below allow by default'],
    ['a mask where everything passes', { mask: 'confidential' }, 'mask is below allow by default'],
    [
      'a mask below what passes at one place',
      {
        allow: { default: 'public', regions: { eu: 'restricted' } },
        mask: { default: 'restricted', regions: { eu: 'internal' } },
      },
      'mask is below allow for regions.eu',
    ],
    ['an entity that nobody finds', { levels: { EMAIL: 'internal' } }, 'levels names EMAIL'],
    ['a profile that leads nowhere', { profiles: { 'arn:x': 'europe' } }, 'profiles must be'],
  ])('classification refuses %s', (_, classification, message) => {
    expect(() => definePolicy({ classification } as never)).toThrow(message);
    expect(() => definePolicy({ classification } as never)).toThrow(TypeError);
  });

  test('classification knows the entities of detectors that the policy brings', () => {
    const detector = { entity: 'BADGE', pattern: /B-[0-9]{4}(?![0-9])/y, score: 1 };
    expect(() =>
      definePolicy({ redaction: { detectors: [detector] }, classification: { levels: { BADGE: 'internal' } } }),
    ).not.toThrow();
  });

  test('does not print the value of an option that it refuses', () => {
    const secret = ['do', 'not', 'print'].join('-');
    expect(() => definePolicy({ keys: { digest: secret, mac: key('m') } })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secret) }),
    );
  });
});

test.each([
  ['1', 0],
  ['[]', 1],
  ['{"a":[{"b":[]}]}', 4],
  ['"[[[["', 0],
  ['{"a\\"[[[":[1]}', 2],
  ['[]]]]', 1],
  ['[[1],[2]]', 2],
])('nestingOf %s is %i', (json, depth) => {
  expect(nestingOf(json, 100)).toBe(depth);
});

test('nestingOf stops counting at the first depth that is too much', () => {
  expect(nestingOf('['.repeat(1_000_000), 32)).toBe(33);
});
