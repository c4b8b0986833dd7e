/** Functions, their doors and who may open them. */

import { listOf } from '../template.ts';
import { ENVIRONMENT_RULE } from './environments.ts';
import {
  isAbsent,
  isAuthorizer,
  isFrom,
  isGiven,
  isOneOf,
  lacking,
  orAbsent,
  propertyRule,
  type Rule,
  targetsOf,
  type Want,
  wantsReference,
} from './rule.ts';

const IN_NETWORK: readonly Want[] = [
  ['VpcConfig.SubnetIds', isGiven, 'is outside the network'],
  wantsReference('VpcConfig.SecurityGroupIds', ['AWS::EC2::SecurityGroup'], 'has another security group'),
];

const functions: Rule = {
  name: 'functions',
  why: 'a function that is not where its table, key and role are enforces nothing',
  types: ['AWS::Lambda::Function'],
  check: (view) => {
    const own = view.of('AWS::Lambda::Function');
    const { kms, tracing, vpc } = view.promises;
    return [
      ...lacking(view, own, [
        ['Code.ZipFile', isAbsent, 'has its code in the template'],
        ['FunctionName', isGiven, 'has no name that a log group could have'],
        ['Timeout', isFrom(1, 900), 'has the timeout of three seconds'],
        ['MemorySize', isFrom(256, 3008), 'is slow, or dear'],
        ['Runtime', isOneOf('nodejs24.x'), 'runs on what its tests did not'],
        [
          'Handler',
          (value) => /^dist\/functions\/[\w-]+\.handler$/.test(String(value)),
          'runs what is no bundle of this service',
        ],
        ['Layers', isAbsent, 'runs code that is not in its bundle'],
        ['RecursiveLoop', isOneOf('Terminate'), 'may call itself without end'],
        wantsReference('Role', ['AWS::IAM::Role'], 'has no role of this template'),
        wantsReference('Code.S3Bucket', ['AWS::S3::Bucket'], 'takes its code from elsewhere'),
        ...(kms === true
          ? [wantsReference('KmsKeyArn', ['AWS::KMS::Key'], 'has variables that the key does not encrypt')]
          : []),
        ...(tracing === true
          ? ([['TracingConfig.Mode', isOneOf('Active'), 'leaves no traces']] satisfies readonly Want[])
          : []),
      ]),
      ...(vpc === true
        ? lacking(
            view,
            own.filter(({ id }) => !isAuthorizer(view, id)),
            IN_NETWORK,
          )
        : []),
      ...own
        .filter(
          ({ properties }) =>
            String((properties['Code'] as { S3Key?: unknown } | undefined)?.S3Key ?? '').endsWith('.zip') === false,
        )
        .map(({ id }) => `${id}: names no bundle (Code.S3Key)`),
    ];
  },
};

const permissions: Rule = {
  name: 'permissions',
  why: 'whoever may invoke a function passes authorizer, key, throttle and WAF',
  types: ['AWS::Lambda::Permission'],
  check: (view) => [
    ...lacking(view, view.of('AWS::Lambda::Permission'), [
      ['Action', isOneOf('lambda:InvokeFunction'), 'allows more than to invoke'],
      ['Principal', isOneOf('apigateway.amazonaws.com'), 'lets in somebody else than the gateway'],
      [
        'SourceArn',
        (value, _, { of }) =>
          of('AWS::ApiGateway::RestApi').some(({ id }) =>
            new RegExp(`:execute-api:[\\w-]+:\\d{12}:${id}/`).test(String(value)),
          ),
        'lets in every API of the gateway',
      ],
      wantsReference('FunctionName', ['AWS::Lambda::Function'], 'is of no function of this template'),
      ['FunctionUrlAuthType', isAbsent, 'opens a function URL'],
    ]),
    ...view.of('AWS::ApiGateway::Method').flatMap(({ id, raw }) => {
      const uri = /"Fn::GetAtt":\["(\w+)"/.exec(JSON.stringify(raw['Integration'] ?? null))?.[1];
      return uri === undefined ||
        view.of('AWS::Lambda::Permission').some((permission) => targetsOf(permission.raw['FunctionName']).includes(uri))
        ? []
        : [`${id}: the gateway may not invoke ${uri}`];
    }),
  ],
};

/** Rules about functions. */
export const FUNCTION_RULES: readonly Rule[] = [
  functions,
  ENVIRONMENT_RULE,
  permissions,
  propertyRule('function URLs', 'a function URL without IAM is open to the internet', 'AWS::Lambda::Url', [
    ['AuthType', isOneOf('AWS_IAM'), 'is open'],
    ['Cors.AllowOrigins', orAbsent((value) => !listOf(value).includes('*')), 'is open to every web page'],
    wantsReference('TargetFunctionArn', ['AWS::Lambda::Function'], 'is of no function of this template'),
    ['InvokeMode', isGiven, 'does not say whether it streams'],
  ]),
];
