/** Functions, their doors and who may open them. */

import { isFields, listOf } from '../template.ts';
import {
  isAbsent,
  isFrom,
  isGiven,
  isOneOf,
  lacking,
  orAbsent,
  propertyRule,
  type Rule,
  targetsOf,
  type View,
  type Want,
  wantsReference,
} from './rule.ts';

/** Variables that hold a secret by their name, and say it in plain text. Those that end in SECRET name one. */
const SECRET_NAME = /(?:PASSWORD|TOKEN|PRIVATE|CREDENTIAL|(?:^|_)KEY)(?!.*_(?:SECRET|ARN|ID|NAME)$)/i;
/** Text that looks like a credential: an AWS key id, a Bedrock API key, a private key, a token. */
const SECRET_VALUE =
  /(?:^|[^A-Z0-9])A(?:KIA|SIA)[A-Z2-7]{16}|ABSK[A-Za-z0-9+/=]{60}|-----BEGIN|\beyJ[\w-]{10,}\.|\bgh[pousr]_\w{30}/;

const variableProblems = (id: string, variables: unknown): readonly string[] =>
  Object.entries(isFields(variables) ? variables : {}).flatMap(([name, value]) => {
    const isPlain = typeof value === 'string' && value !== '';
    return isPlain && (SECRET_NAME.test(name) || SECRET_VALUE.test(value) || value.includes('{{resolve:secretsmanager'))
      ? [`${id}: ${name} holds a secret`]
      : [];
  });

/** What variables of this service's functions refer to: another table, or none, and nothing is counted. */
const WIRED: Readonly<Record<string, readonly string[]>> = {
  BULWARK_TABLE: ['AWS::DynamoDB::Table'],
  BULWARK_DIGEST_SECRET: ['AWS::SecretsManager::Secret'],
  BULWARK_MAC_SECRET: ['AWS::SecretsManager::Secret'],
  BULWARK_AUDIT_LOG_GROUP: ['AWS::Logs::LogGroup'],
};
/** Variables that name one resource, by its id in `infra/`. */
const WIRED_TO: Readonly<Record<string, string>> = {
  BULWARK_DIGEST_SECRET: 'DigestKey',
  BULWARK_MAC_SECRET: 'MacKey',
  BULWARK_AUDIT_LOG_GROUP: 'AuditLogGroup',
  BULWARK_TABLE: 'QuotaTable',
};

const wiringProblems = (view: View, id: string, variables: unknown): readonly string[] => {
  if (!isFields(variables)) return [];
  const callsModel = 'BULWARK_MODEL_ID' in variables;
  return [
    ...Object.keys(WIRED).flatMap((name) => {
      const [target] = targetsOf(variables[name]);
      if (variables[name] === undefined)
        return WIRED_TO[name] !== undefined &&
          WIRED_TO[name] in view.template.Resources &&
          (name !== 'BULWARK_MAC_SECRET' || callsModel)
          ? [`${id}: ${name} is missing`]
          : [];
      return target === WIRED_TO[name] ? [] : [`${id}: ${name} does not name ${WIRED_TO[name]}`];
    }),
    ...['BULWARK_GUARDRAIL_ID', 'BULWARK_GUARDRAIL_VERSION']
      .filter((name) => view.promises.guardrail === true && callsModel && targetsOf(variables[name]).length === 0)
      .map((name) => `${id}: calls the model without the guardrail (${name})`),
  ];
};

const IN_NETWORK: readonly Want[] = [
  ['VpcConfig.SubnetIds', isGiven, 'is outside the network'],
  wantsReference('VpcConfig.SecurityGroupIds', ['AWS::EC2::SecurityGroup'], 'has another security group'),
];

/** A function that checks tokens: it asks their issuer, which is outside of every network, and may do nothing else. */
const isAuthorizer = (view: View, id: string): boolean =>
  view.of('AWS::ApiGateway::Authorizer').some(({ raw }) => JSON.stringify(raw['AuthorizerUri'] ?? '').includes(id));

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
        ['Runtime', isGiven, 'has no runtime'],
        [
          'Handler',
          (value) => /^dist\/functions\/[\w-]+\.handler$/.test(String(value)),
          'runs what is no bundle of this service',
        ],
        ['Layers', isAbsent, 'runs code that is not in its bundle'],
        ['RecursiveLoop', orAbsent(isOneOf('Terminate')), 'may call itself without end'],
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
      ...own.flatMap(({ id, raw }) => {
        const { Variables } = (raw['Environment'] ?? {}) as { Variables?: unknown };
        return [...variableProblems(id, Variables), ...wiringProblems(view, id, Variables)];
      }),
      ...own
        .filter(
          ({ properties }) =>
            String((properties['Code'] as { S3Key?: unknown } | undefined)?.S3Key ?? '').endsWith('.zip') === false,
        )
        .map(({ id }) => `${id}: names no bundle (Code.S3Key)`),
    ];
  },
};

/** Variables without which a control is off, or does not know what it guards. */
const NEEDED: Readonly<Record<string, RegExp>> = {
  POWERTOOLS_SERVICE_NAME: /^[\w-]+$/,
  POWERTOOLS_METRICS_NAMESPACE: /^[\w/-]+$/,
  // DEBUG would log what a request holds wherever a library does.
  POWERTOOLS_LOG_LEVEL: /^(?:INFO|WARN|ERROR|CRITICAL)$/,
  BULWARK_AUDIT_CONTENT: /^(?:none|digest|redacted)$/,
  BULWARK_AUDIT_SAMPLE_RATE: /^(?:0(?:\.\d+)?|1)$/,
};

const environments: Rule = {
  name: 'environments',
  why: 'a misspelt variable switches a control off, and nothing says so',
  types: ['AWS::Lambda::Function'],
  check: (view) =>
    view.of('AWS::Lambda::Function').flatMap(({ id, properties }) => {
      const { Variables = {} } = (properties['Environment'] ?? {}) as { Variables?: Readonly<Record<string, unknown>> };
      return Object.entries(NEEDED)
        .filter(([name, shape]) => !shape.test(String(Variables[name] ?? '')))
        .map(([name]) => `${id}: ${name} is ${JSON.stringify(Variables[name])}`);
    }),
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
  environments,
  permissions,
  propertyRule('function URLs', 'a function URL without IAM is open to the internet', 'AWS::Lambda::Url', [
    ['AuthType', isOneOf('AWS_IAM'), 'is open'],
    ['Cors.AllowOrigins', orAbsent((value) => !listOf(value).includes('*')), 'is open to every web page'],
    wantsReference('TargetFunctionArn', ['AWS::Lambda::Function'], 'is of no function of this template'),
    ['InvokeMode', isGiven, 'does not say whether it streams'],
  ]),
];
