/** Variables of functions: no secrets, nothing misspelt, the same in all. */

import { isFields } from '../template.ts';
import { isAuthorizer, type Rule, type Seen, targetsOf, type View } from './rule.ts';

/** Variables that hold a secret by their name, and say it in plain text. Those that end in SECRET name one. */
const SECRET_NAME = /(?:PASSWORD|TOKEN|PRIVATE|CREDENTIAL|(?:^|_)KEY)(?!.*_(?:SECRET|ARN|ID|NAME)$)/i;
/** Text that looks like a credential: an AWS key id, a Bedrock API key, a private key, a token. */
const SECRET_VALUE =
  /(?:^|[^A-Z0-9])A(?:KIA|SIA)[A-Z2-7]{16}|ABSK[A-Za-z0-9+/=]{60}|-----BEGIN|\beyJ[\w-]{10,}\.|\bgh[pousr]_\w{30}|\{\{resolve:(?:secretsmanager|ssm)/;

type Variables = Readonly<Record<string, unknown>>;

const variablesOf = (fields: Readonly<Record<string, unknown>>): Variables => {
  const environment = isFields(fields['Environment']) ? fields['Environment']['Variables'] : undefined;
  return isFields(environment) ? environment : {};
};

const secretProblems = ({ id, raw }: Seen): readonly string[] =>
  Object.entries(variablesOf(raw))
    .filter(
      ([name, value]) =>
        typeof value === 'string' && value !== '' && (SECRET_NAME.test(name) || SECRET_VALUE.test(value)),
    )
    .map(([name]) => `${id}: ${name} holds a secret`);

/** Variables that name a resource of the template, and which. */
const WIRED: Readonly<Record<string, string>> = {
  BULWARK_TABLE: 'QuotaTable',
  BULWARK_DIGEST_SECRET: 'DigestKey',
  BULWARK_AUDIT_LOG_GROUP: 'AuditLogGroup',
  BULWARK_MAC_SECRET: 'MacKey',
  BULWARK_GUARDRAIL_ID: 'Guardrail',
  BULWARK_GUARDRAIL_VERSION: 'GuardrailVersion',
  BULWARK_MODEL_ID: 'ModelProfile',
};

const wiringProblems = (view: View, { id, raw }: Seen): readonly string[] =>
  Object.entries(variablesOf(raw)).flatMap(([name, value]) => {
    const wanted = WIRED[name];
    return wanted === undefined || !(wanted in view.template.Resources) || targetsOf(value)[0] === wanted
      ? []
      : [`${id}: ${name} does not name ${wanted}`];
  });

/** What every function of the service is told. */
const EVERY: readonly string[] = [
  'POWERTOOLS_SERVICE_NAME',
  'POWERTOOLS_METRICS_NAMESPACE',
  'POWERTOOLS_LOG_LEVEL',
  'NODE_OPTIONS',
  'BULWARK_TABLE',
  'BULWARK_BUDGETS',
  'BULWARK_ACCOUNT_QUOTAS',
  'BULWARK_TENANT_CLAIM',
  'BULWARK_BODY_LIMIT_BYTES',
  'BULWARK_CORS_ORIGIN',
  'BULWARK_DIGEST_SECRET',
  'BULWARK_AUDIT_LOG_GROUP',
  'BULWARK_AUDIT_CONTENT',
  'BULWARK_AUDIT_CONTENT_LOG_GROUP',
  'BULWARK_AUDIT_SAMPLE_RATE',
  'BULWARK_TRACING',
];

/** What those are told that call the model. */
const CALLERS: readonly string[] = [
  'BULWARK_MODEL_ID',
  'BULWARK_PRICED_AS',
  'BULWARK_GUARDRAIL_ID',
  'BULWARK_GUARDRAIL_VERSION',
  'BULWARK_SYSTEM_PROMPT',
  'BULWARK_PRICES',
  'BULWARK_MAC_SECRET',
  'BULWARK_SYSTEM_PROMPT_SECRET',
];

/** Forms of values that a misspelt one would not have. */
const FORMS: Readonly<Record<string, RegExp>> = {
  POWERTOOLS_SERVICE_NAME: /^[\w-]+$/,
  POWERTOOLS_METRICS_NAMESPACE: /^[\w/-]+$/,
  // DEBUG would log what a request holds wherever a library does.
  POWERTOOLS_LOG_LEVEL: /^(?:INFO|WARN|ERROR|CRITICAL)$/,
  BULWARK_AUDIT_CONTENT: /^(?:none|digest|redacted)$/,
  BULWARK_AUDIT_SAMPLE_RATE: /^(?:0(?:\.\d+)?|1)$/,
  BULWARK_TRACING: /^(?:on|off)$/,
  BULWARK_BODY_LIMIT_BYTES: /^\d{4,7}$/,
};

const isCaller = ({ raw }: Seen): boolean => CALLERS.some((name) => name in variablesOf(raw));

const formProblems = ({ id, properties }: Seen): readonly string[] =>
  Object.entries(FORMS)
    .filter(([name, form]) => !form.test(String(variablesOf(properties)[name] ?? '')))
    .map(([name]) => `${id}: ${name} is ${JSON.stringify(variablesOf(properties)[name])}`);

const missingProblems = (seen: Seen): readonly string[] =>
  [...EVERY, ...(isCaller(seen) ? CALLERS : [])]
    .filter((name) => !(name in variablesOf(seen.raw)))
    .map((name) => `${seen.id}: ${name} is missing`);

/** Variables that one function has otherwise than the others: it counts, screens or tells otherwise. */
const differing = (functions: readonly Seen[]): readonly string[] =>
  [...EVERY, ...CALLERS].flatMap((name) => {
    const values = functions
      .filter(({ raw }) => name in variablesOf(raw))
      .map(({ id, raw }) => [id, JSON.stringify(variablesOf(raw)[name])] as const);
    const [most = ''] = values.map(([, value]) => value).toSorted((a, b) => count(values, b) - count(values, a));
    return values
      .filter(([, value]) => value !== most)
      .map(([id]) => `${id}: ${name} is another than in other functions`);
  });

const count = (values: readonly (readonly [string, string])[], value: string): number =>
  values.filter(([, own]) => own === value).length;

/** One body limit for the web ACL, the validator and the functions. */
const limitProblems = (view: View, functions: readonly Seen[]): readonly string[] => {
  const sizes = new Set(
    [
      ...JSON.stringify(view.of('AWS::WAFv2::WebACL').map(({ properties }) => properties['Rules'])).matchAll(
        /"SizeConstraintStatement":.*?"Size":(\d+)/g,
      ),
    ].map(([, size]) => size),
  );
  return functions
    .filter(
      ({ properties }) => sizes.size > 0 && !sizes.has(String(variablesOf(properties)['BULWARK_BODY_LIMIT_BYTES'])),
    )
    .map(({ id }) => `${id}: has another limit of bodies than the web ACL`);
};

/** The rule about variables. */
export const ENVIRONMENT_RULE: Rule = {
  name: 'environments',
  why: 'a misspelt variable switches a control off, and nothing says so',
  types: ['AWS::Lambda::Function'],
  check: (view) => {
    const all = view.of('AWS::Lambda::Function');
    const own = all.filter(({ id }) => !isAuthorizer(view, id));
    return [
      ...all.flatMap(secretProblems),
      ...own.flatMap((seen) => [...wiringProblems(view, seen), ...formProblems(seen), ...missingProblems(seen)]),
      ...differing(own),
      ...limitProblems(view, own),
      // Without them it would call a model of the environment's own choosing, or none.
      ...(own.some(isCaller) ? [] : own.map(({ id }) => `${id}: none of the functions calls a model`)),
    ];
  },
};
