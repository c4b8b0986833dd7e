import { describe, expect, test } from 'vitest';
import { checkRights } from '../../../../../tools/template/iam/check-rights.ts';
import type { Fields, Resource, Template } from '../../../../../tools/template/template.ts';

const document = (...Statement: readonly Fields[]): Fields => ({ Version: '2012-10-17', Statement });
const allow = (Action: unknown, Resource: unknown, more: Fields = {}): Fields => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
const TRUST = document({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' });

const templateOf = (
  role: Fields,
  more: Readonly<Record<string, Resource>> = {},
  rest: Omit<Template, 'Resources'> = {},
): Template => ({
  Resources: {
    Chat: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['ChatRole', 'Arn'] } } },
    ChatRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST, ...role } },
    ...more,
  },
  ...rest,
});
const inline = (...statements: readonly Fields[]): readonly string[] =>
  checkRights(templateOf({ Policies: [{ PolicyName: 'own', PolicyDocument: document(...statements) }] }));
const managed = (...ManagedPolicyArns: readonly unknown[]): readonly string[] =>
  checkRights(templateOf({ ManagedPolicyArns }));

const MODEL = 'arn:aws:bedrock:*::foundation-model/some.model-v1:0';
const EVERY_MODEL = 'arn:aws:bedrock:*::foundation-model/*';
const TIED = {
  ArnEquals: { 'bedrock:InferenceProfileArn': 'arn:aws:bedrock:eu-central-1:1:inference-profile/eu.own' },
};

describe('the role of a function', () => {
  test('that calls its model, reads its table and writes its log has no problem', () => {
    const found = inline(
      allow('bedrock:InvokeModel', MODEL),
      allow('bedrock:InvokeModel', EVERY_MODEL, { Condition: TIED }),
      allow('dynamodb:UpdateItem', 'arn:aws:dynamodb:*:*:table/chat-dev-quota'),
      allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'),
    );
    expect(found).toEqual([]);
  });

  test.each(['bedrock:InvokeM?del', 'bedrock:*', 'BEDROCK:invoke*', 'b*:*', '*'])('calls any model by %s', (action) => {
    for (const resource of [EVERY_MODEL, '*', 'arn:aws:bedrock:us-west-2::foundation-model/*'])
      expect(inline(allow(action, resource))).toContain('ChatRole: calls any model, past every profile');
  });

  test.each([
    [
      'a profile that may be any',
      { ArnLike: { 'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:*:inference-profile/*' } },
    ],
    ['a profile that may be absent', { StringEqualsIfExists: { 'bedrock:InferenceProfileArn': 'arn:aws:some' } }],
    ['the Region only', { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } }],
    ['the caller only', { StringLike: { 'aws:PrincipalArn': '*' }, Bool: { 'aws:SecureTransport': 'true' } }],
  ])('is not tied to its model by a condition on %s', (_, Condition) => {
    expect(inline(allow('bedrock:InvokeModel', EVERY_MODEL, { Condition }))).toContainEqual(
      expect.stringMatching(/calls any model/),
    );
  });

  test('calls other models of a family that is named with a star', () => {
    expect(inline(allow('bedrock:InvokeModel', 'arn:aws:bedrock:*::foundation-model/some.*'))).toEqual([
      expect.stringMatching(/calls other models, too/),
    ]);
  });

  test.each([
    [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }, /allows all but something/],
    [
      allow('dynamodb:GetItem', undefined, { NotResource: 'arn:aws:dynamodb:::table/one' }),
      /reads or writes any table/,
    ],
    [allow('dynamodb:*', 'arn:aws:dynamodb:us-east-1:*:table/*'), /reads or writes any table/],
    [allow('iam:P*', '*', { Condition: { StringEquals: { 'iam:PassedToService': 'x' } } }), /hands over any role/],
    [allow('iam:CreateRole', '*'), /makes and changes roles/],
    [allow('sts:AssumeRole', 'arn:aws:iam::*:role/*'), /takes on any role/],
    [allow('kms:Decrypt', '*'), /decrypts with any key/],
    [allow('secretsmanager:GetSecretValue', '*'), /any secret/],
    [allow('ssm:Get*', '*'), /any parameter/],
    [allow('s3:*', '*'), /any bucket/],
    [allow('lambda:InvokeFunction', '*'), /any function/],
    [allow('bedrock:DeleteGuardrail', '*'), /changes guardrails/],
  ])('is told of %j', (statement, problem) => {
    expect(inline(statement)).toContainEqual(expect.stringMatching(problem));
  });

  test('is not told of what a denial takes back, and is where the denial holds at times only', () => {
    const deny = { Effect: 'Deny', Action: 'kms:*', Resource: '*' };
    const sometimes = { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
    expect(inline(allow('kms:Decrypt', '*'), deny)).toEqual([]);
    expect(inline(allow('kms:Decrypt', '*'), sometimes)).toEqual(['ChatRole: decrypts with any key']);
  });

  test.each([
    ['AWS::IAM::ManagedPolicy', { Roles: [{ Ref: 'ChatRole' }] }],
    ['AWS::IAM::ManagedPolicy', { Roles: ['chat-role'] }],
    ['AWS::IAM::Policy', { Roles: [{ 'Fn::Sub': `\${ChatRole}` }] }],
    ['AWS::IAM::RolePolicy', { RoleName: { Ref: 'ChatRole' } }],
  ])('may do what a resource of type %s gives it by %j', (Type, tie) => {
    const more = { More: { Type, Properties: { ...tie, PolicyDocument: document(allow('*', '*')) } } };
    const found = checkRights(templateOf({ RoleName: 'chat-role' }, more));
    expect(found).toContain('ChatRole/More/: allows *');
    expect(found).toContain('ChatRole: makes and changes roles');
  });

  test('may do what a managed policy of the template gives it that it names', () => {
    const PolicyDocument = document(allow('kms:Decrypt', '*'));
    const more = { More: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'm', PolicyDocument } } };
    for (const arn of [{ Ref: 'More' }, { 'Fn::Sub': `arn:aws:iam::\${AWS::AccountId}:policy/m` }])
      expect(checkRights(templateOf({ ManagedPolicyArns: [arn] }, more))).toEqual(['ChatRole: decrypts with any key']);
  });

  test.each([
    'arn:aws:iam::aws:policy/AdministratorAccess',
    { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/PowerUserAccess` },
    { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonBedrock', 'FullAccess']] },
  ])('may do far more than its work with %j', (arn) => {
    expect(managed(arn)).toEqual([expect.stringMatching(/may do far more than its work/)]);
  });

  test('has what is known of AWS, and nothing that is not', () => {
    const own = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    expect(managed(own, { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess` })).toEqual([]);
    const namesake = 'arn:aws:iam::123456789012:policy/service-role/AWSLambdaBasicExecutionRole';
    for (const arn of [namesake, 'arn:aws:iam::aws:policy/ReadOnlyAccess', { 'Fn::ImportValue': 'policy' }])
      expect(managed(arn)).toEqual([expect.stringMatching(/which is not known here/)]);
  });

  test('is told of what stands behind a condition, whatever it says now', () => {
    const wide = { PolicyName: 'wide', PolicyDocument: document(allow('kms:Decrypt', '*')) };
    const Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } };
    const role = { Policies: [{ 'Fn::If': ['Never', wide, { Ref: 'AWS::NoValue' }] }] };
    expect(checkRights(templateOf(role, {}, { Conditions }))).toEqual(['ChatRole: decrypts with any key']);
  });

  test('stands in the template, or is not known', () => {
    const Properties = { Role: 'arn:aws:iam::123456789012:role/admin' };
    expect(checkRights(templateOf({}, { Chat: { Type: 'AWS::Lambda::Function', Properties } }))).toEqual([
      'Chat: its role is not known here',
    ]);
  });

  test.each([{ Ref: 'Parameter' }, { 'Fn::ImportValue': 'action' }, undefined])(
    'allows what can be told: %j',
    (action) => {
      expect(inline(allow(action, 'arn:aws:s3:::one/*'))).toEqual([
        'ChatRole/: allows what cannot be told from the template',
      ]);
    },
  );

  test('is read in a template of hundreds, each with a policy of its own', () => {
    const some = Array.from({ length: 300 }, (_, index) => `R${index}`);
    const PolicyDocument = document(allow('kms:Decrypt', '*'));
    const roles = some.flatMap((id): readonly (readonly [string, Resource])[] => [
      [`${id}F`, { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': [id, 'Arn'] } } }],
      [id, { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: TRUST } }],
      [`${id}P`, { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: id }], PolicyDocument } }],
    ]);
    const startedAt = performance.now();
    expect(checkRights(templateOf({}, Object.fromEntries(roles)))).toHaveLength(300);
    expect(performance.now() - startedAt).toBeLessThan(2000);
  });

  test('has a policy that can be read', () => {
    const found = inline(allow('kms:Decrypt', '*', { Condition: { Sometimes: { 'kms:ViaService': 'x' } } }));
    expect(found).toEqual([expect.stringMatching(/nobody can read/)]);
  });
});

describe('trust', () => {
  const trusting = (statement: Fields): readonly string[] =>
    checkRights(templateOf({ AssumeRolePolicyDocument: document(statement) }));
  const anybody = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: '*' };

  test.each([
    anybody,
    { ...anybody, Principal: { AWS: '*' } },
    { ...anybody, Principal: { AWS: ['arn:aws:iam::123456789012:root', '*'] } },
    { ...anybody, Action: 'sts:*' },
    { ...anybody, Condition: { StringNotEquals: { 'aws:PrincipalAccount': '1' } } },
  ])('of %j is told', (statement) => {
    expect(trusting(statement)).toEqual(['ChatRole: may be taken on by anybody']);
  });

  test('of anybody in the own account is not', () => {
    expect(trusting({ ...anybody, Condition: { StringEquals: { 'aws:PrincipalAccount': '123456789012' } } })).toEqual(
      [],
    );
  });
});
