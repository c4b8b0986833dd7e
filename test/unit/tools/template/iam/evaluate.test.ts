import { describe, expect, test } from 'vitest';
import { type AccessRequest, decide, evaluate } from '../../../../../tools/template/iam/evaluate.ts';
import { type Conditions, type PolicyStatement, policyProblems } from '../../../../../tools/template/iam/policy.ts';

const TABLE = 'arn:aws:dynamodb:eu-central-1:123456789012:table/Quota';
const ROLE = 'arn:aws:iam::123456789012:role/Chat';
const request: AccessRequest = { action: 'dynamodb:GetItem', resource: TABLE };
const allow: PolicyStatement = { Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: TABLE };
const policy = (...statements: PolicyStatement[]) => ({ Version: '2012-10-17', Statement: statements });

// IAM User Guide, "Policy evaluation logic", "IAM JSON policy elements: Action / NotAction / Resource / NotResource".
describe('statements', () => {
  test.each<[string, Partial<PolicyStatement>, string]>([
    ['one that allows it', {}, 'allow'],
    ['another action', { Action: 'dynamodb:PutItem' }, 'none'],
    ['the action in another case', { Action: 'DynamoDB:getitem' }, 'allow'],
    ['a star in the action', { Action: 'dynamodb:Get*' }, 'allow'],
    ['one letter of the action', { Action: 'dynamodb:?etItem' }, 'allow'],
    ['one of several actions', { Action: ['s3:GetObject', 'dynamodb:GetItem'] }, 'allow'],
    ['another resource', { Resource: `${TABLE}2` }, 'none'],
    ['the resource in another case', { Resource: TABLE.toLowerCase() }, 'none'],
    ['a star in the resource', { Resource: 'arn:aws:dynamodb:*:123456789012:table/Q*' }, 'allow'],
    ['one letter of the resource', { Resource: TABLE.replace('Quota', 'Quot?') }, 'allow'],
    ['all resources', { Resource: '*' }, 'allow'],
    ['a denial', { Effect: 'Deny' }, 'deny'],
  ])('%s', (_, changes, decision) => {
    expect(evaluate([policy({ ...allow, ...changes })], request)).toBe(decision);
  });

  test('a denial goes before what allows, wherever it stands', () => {
    const deny: PolicyStatement = { ...allow, Effect: 'Deny', Action: '*', Resource: '*' };
    expect(evaluate([policy(allow, deny)], request)).toBe('deny');
    expect(evaluate([policy(deny), policy(allow)], request)).toBe('deny');
  });

  test.each<[string, PolicyStatement, string]>([
    ['NotAction of something else', { Effect: 'Allow', NotAction: 's3:*', Resource: '*' }, 'allow'],
    ['NotAction of it', { Effect: 'Allow', NotAction: 'dynamodb:*', Resource: '*' }, 'none'],
    ['NotResource of something else', { Effect: 'Allow', Action: '*', NotResource: `${TABLE}2` }, 'allow'],
    ['NotResource of it', { Effect: 'Allow', Action: '*', NotResource: TABLE }, 'none'],
    // "… might cause the entire statement to be invalid": it must not allow all for a name that nobody has.
    ['NotResource of a variable without value', { Effect: 'Allow', Action: '*', NotResource: `a\${aws:x}` }, 'none'],
  ])('%s', (_, statement, decision) => {
    expect(evaluate([policy(statement)], request)).toBe(decision);
  });
});

// IAM User Guide, "IAM JSON policy elements: Condition operators" and "Set operators for multivalued context keys".
describe('conditions', () => {
  const holds = (Condition: Conditions, context: AccessRequest['context'] = {}, Version = '2012-10-17'): boolean =>
    evaluate([{ Version, Statement: [{ ...allow, Condition }] }], { ...request, context }) === 'allow';
  const one = { 'aws:PrincipalTag/team': 'blue' };
  const TAG = 'aws:PrincipalTag/team';
  const KEYS = 'dynamodb:LeadingKeys';
  const ARN = 'aws:SourceArn';

  test.each<[string, Conditions, AccessRequest['context'], boolean]>([
    ['equal text', { StringEquals: { [TAG]: 'blue' } }, one, true],
    ['a key in another case', { StringEquals: { 'AWS:principaltag/TEAM': 'blue' } }, one, true],
    ['text in another case', { StringEquals: { [TAG]: 'Blue' } }, one, false],
    ['text in any case', { StringEqualsIgnoreCase: { [TAG]: 'BLUE' } }, one, true],
    ['one of several values', { StringEquals: { [TAG]: ['red', 'blue'] } }, one, true],
    ['no star without Like', { StringEquals: { [TAG]: 'b*' } }, one, false],
    ['a star with Like', { StringLike: { [TAG]: 'b*e' } }, one, true],
    ['text that must not be', { StringNotEquals: { [TAG]: ['red', 'blue'] } }, one, false],
    ['text that is none of those', { StringNotEquals: { [TAG]: ['red', 'green'] } }, one, true],
    ['a missing key', { StringEquals: { [TAG]: 'blue' } }, {}, false],
    ['a missing key, negated', { StringNotLike: { [TAG]: 'blue' } }, {}, true],
    ['a missing key, if it exists', { StringEqualsIfExists: { [TAG]: 'blue' } }, {}, true],
    ['a wrong key, if it exists', { StringEqualsIfExists: { [TAG]: 'red' } }, one, false],
    ['a key that must be absent', { Null: { [TAG]: 'true' } }, {}, true],
    ['a key that must be absent and is not', { Null: { [TAG]: 'true' } }, one, false],
    ['a key that must be there', { Null: { [TAG]: 'false' } }, {}, false],
    ['two keys, one wrong', { StringEquals: { [TAG]: 'blue', [ARN]: 'a' } }, one, false],
    ['two operators, one wrong', { StringEquals: { [TAG]: 'blue' }, Null: { [TAG]: 'true' } }, one, false],
    ['all of several', { 'ForAllValues:StringLike': { [KEYS]: 'u#*' } }, { [KEYS]: ['u#1', 'u#2'] }, true],
    ['all but one', { 'ForAllValues:StringLike': { [KEYS]: 'u#*' } }, { [KEYS]: ['u#1', 'o#1'] }, false],
    ['all of none', { 'ForAllValues:StringLike': { [KEYS]: 'u#*' } }, {}, true],
    ['all of an empty list', { 'ForAllValues:StringLike': { [KEYS]: 'u#*' } }, { [KEYS]: [] }, true],
    ['all of none, and there', { 'ForAllValues:StringLike': { [KEYS]: 'u#*' }, Null: { [KEYS]: 'false' } }, {}, false],
    ['any of several', { 'ForAnyValue:StringLike': { [KEYS]: 'u#*' } }, { [KEYS]: ['o#1', 'u#1'] }, true],
    ['any of none', { 'ForAnyValue:StringLike': { [KEYS]: 'u#*' } }, {}, false],
    ['any that is not', { 'ForAnyValue:StringNotEquals': { [KEYS]: 'a' } }, { [KEYS]: ['a', 'b'] }, true],
    ['all that are not', { 'ForAllValues:StringNotEquals': { [KEYS]: 'a' } }, { [KEYS]: ['a', 'b'] }, false],
    ['an ARN by parts', { ArnLike: { [ARN]: 'arn:aws:sns:*:1:*' } }, { [ARN]: 'arn:aws:sns:eu-west-1:1:t' }, true],
    ['no star over parts', { ArnLike: { [ARN]: 'arn:*:1:t:*:*' } }, { [ARN]: 'arn:aws:sns:eu-west-1:1:t' }, false],
    ['wildcards in ArnEquals', { ArnEquals: { [ARN]: 'arn:aws:sns:*:*:*' } }, { [ARN]: 'arn:aws:sns:r:1:t' }, true],
    ['numbers', { NumericLessThanEquals: { 'kms:X': '10' } }, { 'kms:X': '10' }, true],
    ['numbers, not texts', { NumericGreaterThan: { 'kms:X': '9' } }, { 'kms:X': '10' }, true],
    ['a value that is no number', { NumericLessThan: { 'kms:X': '10' } }, { 'kms:X': 'few' }, false],
    [
      'dates',
      { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } },
      { 'aws:CurrentTime': '2026-02-01T00:00:00Z' },
      true,
    ],
    [
      'seconds since 1970',
      { DateEquals: { 'aws:CurrentTime': '1767225600' } },
      { 'aws:CurrentTime': '2026-01-01T00:00:00Z' },
      true,
    ],
    ['true', { Bool: { 'aws:SecureTransport': 'true' } }, { 'aws:SecureTransport': 'true' }, true],
    ['true where nobody says', { Bool: { 'aws:SecureTransport': 'true' } }, {}, false],
    [
      'an address in a block',
      { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
      { 'aws:SourceIp': '203.0.113.9' },
      true,
    ],
    [
      'an address beside it',
      { IpAddress: { 'aws:SourceIp': '203.0.113.0/24' } },
      { 'aws:SourceIp': '203.0.114.9' },
      false,
    ],
    ['every address', { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }, { 'aws:SourceIp': '8.8.8.8' }, true],
    ['a block of IPv6', { IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, { 'aws:SourceIp': '2001:db8::1' }, true],
    ['no such address', { NotIpAddress: { 'aws:SourceIp': '203.0.113.0/24' } }, { 'aws:SourceIp': '8.8.8.8' }, true],
    ['a variable', { StringEquals: { [ARN]: `x-\${aws:username}` } }, { [ARN]: 'x-eve', 'aws:username': 'eve' }, true],
    ['a variable that nobody has', { StringEquals: { [ARN]: `x-\${aws:username}` } }, { [ARN]: 'x-' }, false],
    ['a variable that nobody has, negated', { StringNotEquals: { [ARN]: `\${aws:username}` } }, { [ARN]: 'x' }, false],
    ['a default', { StringEquals: { [ARN]: `\${aws:username, 'eve'}` } }, { [ARN]: 'eve' }, true],
    [
      'a star that a caller brings',
      { StringLike: { [ARN]: `\${aws:username}` } },
      { [ARN]: 'eve', 'aws:username': '*' },
      false,
    ],
    ['a star that is meant', { StringLike: { [ARN]: `a\${*}` } }, { [ARN]: 'a*' }, true],
    ['a star that is meant, and no other', { StringLike: { [ARN]: `a\${*}` } }, { [ARN]: 'ab' }, false],
  ])('%s', (_, condition, context, expected) => {
    expect(holds(condition, context)).toBe(expected);
  });

  test('variables are text in policies of 2008', () => {
    const context = { [ARN]: 'eve', 'aws:username': 'eve' };
    expect(holds({ StringEquals: { [ARN]: `\${aws:username}` } }, context)).toBe(true);
    expect(holds({ StringEquals: { [ARN]: `\${aws:username}` } }, context, '2008-10-17')).toBe(false);
  });

  test.each<[string, Conditions, AccessRequest['context']]>([
    ['an operator that nobody knows', { StringResembles: { [TAG]: 'blue' } }, one],
    ['one that has nothing to negate', { NullIfExists: { [TAG]: 'true' } }, one],
    ['several values where one is compared', { StringEquals: { [KEYS]: 'u#1' } }, { [KEYS]: ['u#1', 'u#2'] }],
    ['a number that is none', { NumericNotEquals: { 'kms:X': 'few' } }, { 'kms:X': '10' }],
    ['a block that is none', { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/33' } }, { 'aws:SourceIp': '8.8.8.8' }],
    ['an ARN that is none', { ArnNotLike: { [ARN]: 'topic' } }, { [ARN]: 'arn:aws:sns:r:1:t' }],
  ])('refuses to decide on %s', (_, condition, context) => {
    expect(() => holds(condition, context)).toThrow(TypeError);
  });

  test('looks at every condition, so that none hides an operator that nobody knows', () => {
    expect(() => holds({ StringEquals: { [TAG]: 'red' }, Odd: { [TAG]: 'x' } }, one)).toThrow('Odd');
  });

  test('takes no longer for many stars', () => {
    const startedAt = performance.now();
    expect(holds({ StringLike: { [TAG]: `${'*a'.repeat(200)}b` } }, { [TAG]: 'a'.repeat(5000) })).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });
});

// IAM User Guide, "How a resource-based policy …"; KMS developer guide, "Key policies": the account hands over.
describe('policies of resources', () => {
  const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/1';
  const asks: AccessRequest = {
    action: 'kms:Decrypt',
    resource: KEY,
    principal: { arn: ROLE, account: '123456789012' },
  };
  const ofRole = policy({ Effect: 'Allow', Action: 'kms:Decrypt', Resource: KEY });
  const ofKey = (Principal: unknown, Effect: 'Allow' | 'Deny' = 'Allow') =>
    policy({ Effect, Action: 'kms:*', Resource: '*', Principal });
  const ROOT = { AWS: 'arn:aws:iam::123456789012:root' };

  test.each([
    ['a key that names the role', [], ofKey({ AWS: ROLE }), 'allow'],
    ['a key that names the account, and a role that may', [ofRole], ofKey(ROOT), 'allow'],
    ['a key that names the account, and a role that may not', [], ofKey(ROOT), 'none'],
    ['a key that names the account by its number', [ofRole], ofKey({ AWS: '123456789012' }), 'allow'],
    ['a key that names another account', [ofRole], ofKey({ AWS: 'arn:aws:iam::999999999999:root' }), 'none'],
    ['a key that names a service', [ofRole], ofKey({ Service: 'logs.amazonaws.com' }), 'none'],
    ['a key that denies the account', [ofRole], ofKey(ROOT, 'Deny'), 'deny'],
    ['a key for anybody', [], ofKey('*'), 'allow'],
  ])('%s', (_, identity, resource, decision) => {
    expect(decide(asks, { identity, resource, resourceDecides: true })).toBe(decision);
  });

  test('a topic lets in whom it names, or whom the role lets', () => {
    const publish: AccessRequest = { ...asks, action: 'sns:Publish', resource: 'arn:aws:sns:r:1:t' };
    const named = (Principal: unknown) => policy({ Effect: 'Allow', Action: 'sns:Publish', Resource: '*', Principal });
    const service = { service: 'cloudwatch.amazonaws.com' };
    expect(decide(publish, { resource: named({ AWS: ROLE }) })).toBe('allow');
    expect(decide(publish, { resource: named(ROOT) })).toBe('none');
    expect(decide({ ...publish, principal: service }, { resource: named({ Service: service.service }) })).toBe('allow');
    expect(decide({ ...publish, principal: service }, { resource: named(ROOT) })).toBe('none');
  });

  test('an endpoint only takes away', () => {
    const at = (endpoint: ReturnType<typeof policy>) =>
      decide({ ...request, principal: asks.principal ?? {} }, { identity: [policy(allow)], endpoint });
    expect(at(policy({ ...allow, Principal: '*' }))).toBe('allow');
    expect(at(policy({ ...allow, Principal: '*', Action: 'dynamodb:PutItem' }))).toBe('none');
    expect(at(policy({ ...allow, Principal: '*', Effect: 'Deny' }))).toBe('deny');
  });

  test.each([{ Robot: 'x' }, 'everybody'])('refuses to decide on the principal %s', (Principal) => {
    expect(() => decide(asks, { resource: ofKey(Principal) })).toThrow(TypeError);
  });
});

describe('the form of a policy', () => {
  test.each<[string, 'identity' | 'resource' | 'trust', unknown]>([
    ['an old version', 'identity', { Version: '2008-10-17', Statement: [allow] }],
    ['no version', 'identity', { Statement: [allow] }],
    ['no statement', 'identity', policy()],
    ['both Action and NotAction', 'identity', policy({ ...allow, NotAction: 's3:*' })],
    ['no resource', 'identity', policy({ Effect: 'Allow', Action: 's3:*' })],
    ['a principal in a policy of a role', 'identity', policy({ ...allow, Principal: '*' })],
    ['no principal in a policy of a resource', 'resource', policy(allow)],
    ['another effect', 'identity', policy({ ...allow, Effect: 'allow' as 'Allow' })],
    ['an element that is none', 'identity', policy({ ...allow, Conditions: {} } as PolicyStatement)],
    ['a condition without values', 'identity', policy({ ...allow, Condition: { StringEquals: { k: [] } } })],
    ['an empty condition', 'identity', policy({ ...allow, Condition: { StringEquals: {} } })],
  ])('%s is wrong', (_, kind, document) => {
    expect(policyProblems(document, kind)).toHaveLength(1);
  });

  test('a sound one has no problem', () => {
    expect(policyProblems(policy(allow), 'identity')).toEqual([]);
    expect(policyProblems(policy({ ...allow, Principal: '*' }), 'resource')).toEqual([]);
  });
});
