/** The middlewares that a policy calls for, in their order. */

import { randomBytes } from 'node:crypto';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { MiddlewareObj } from '@middy/core';
import httpCors from '@middy/http-cors';
import httpHeaderNormalizer from '@middy/http-header-normalizer';
import httpSecurityHeaders from '@middy/http-security-headers';
import { admissionPriceOf } from '../aws/bedrock/admission-price.ts';
import type { ClientRules } from '../aws/bedrock/client-rules.ts';
import { createBedrockClient } from '../aws/bedrock/index.ts';
import { createDynamoDbQuotaLedger, createQuotaClient } from '../aws/dynamodb/index.ts';
import { keyedDigestOf, macOf } from '../aws/mac.ts';
import { sha256 } from '../aws/sha256.ts';
import type { Telemetry } from '../aws/telemetry/index.ts';
import type { Tracing } from '../aws/tracing/index.ts';
import { createContentPolicy } from '../core/content/index.ts';
import { createExfiltrationFilter } from '../core/exfiltration/index.ts';
import type { DeepOptions } from '../core/injection/deep-options.ts';
import { createInjectionScreen, type DeepTier, type InjectionScreen } from '../core/injection/index.ts';
import type { Mac } from '../core/mac.ts';
import { macKeysOf, type PolicyKeys, versionedKey } from '../core/policy/keys.ts';
import type { Policy } from '../core/policy.ts';
import { pseudonymizerOf } from '../core/pseudonyms/index.ts';
import { createMemoryQuotaLedger, type QuotaLedger } from '../core/quota/index.ts';
import { isPerModel } from '../core/quota/principals.ts';
import { WARNING_HEADER } from '../core/quota/rate-limit-fields.ts';
import { type DeepRedactionRules, deepRedactionOf } from '../core/redaction/deep-redaction.ts';
import { createRedactor, type Redactor } from '../core/redaction/index.ts';
import { auditOptionsOf } from './audit-log/from-policy.ts';
import { auditLog } from './audit-log/index.ts';
import { bedrockClient } from './bedrock-client/index.ts';
import { bodyLimit } from './body-limit/index.ts';
import { caller } from './caller/index.ts';
import { errorResponse } from './error-response/index.ts';
import { harmless, httpOnly, monitored, recorded, timed } from './hooks.ts';
import { injectionScreen } from './injection-screen/index.ts';
import { inputValidation } from './input-validation/index.ts';
import { jsonBody } from './json-body/index.ts';
import { largeRequestConfirmation } from './large-request-confirmation/index.ts';
import { outputRedaction } from './output-redaction/index.ts';
import { pseudonymize } from './pseudonymize/index.ts';
import { streamHeartbeat } from './stream-heartbeat/index.ts';
import { tokenQuota } from './token-quota/index.ts';

/** What the chain works with; everything has a default for Lambda. */
export interface GuardServices {
  readonly bedrock?: BedrockRuntimeClient;
  readonly dynamodb?: DynamoDBClient;
  /** For the log groups of the policy's `audit`; it should make one attempt a command. */
  readonly logs?: CloudWatchLogsClient;
  /** In place of the ledger that the policy's table or budgets call for. */
  readonly ledger?: QuotaLedger;
  readonly telemetry?: Telemetry;
  /** Traces in X-Ray, from `createTracing()`. @default none */
  readonly tracing?: Tracing;
  /** In place of the policy's `injection.deep`. */
  readonly deep?: DeepTier;
}

/** What seals, while keys rotate. */
const macsOf = (keys: PolicyKeys): readonly [Mac, ...Mac[]] => {
  const [first, ...older] = macKeysOf(keys);
  return [macOf(first), ...older.map(macOf)];
};

const ledgerFor = (policy: Policy, services: GuardServices): QuotaLedger => {
  if (services.ledger !== undefined) return services.ledger;
  const { budgets = [], table, tables = {}, overridable = ['tenant'] } = policy.quota ?? {};
  if (table === undefined || policy.keys === undefined) return createMemoryQuotaLedger({ budgets });
  const client = services.dynamodb ?? createQuotaClient();
  return createDynamoDbQuotaLedger({ client, table, tables, overridable, budgets, digestKey: policy.keys.digest });
};

/** Whether there is anything to reserve: something that a budget or a ledger counts, or a confirmation to be used up. */
const needsQuota = ({ quota, confirmAboveTokens }: Policy, { ledger }: GuardServices): boolean =>
  (quota?.budgets ?? []).length > 0 || ledger !== undefined || confirmAboveTokens !== undefined;

/** A middleware, where the policy calls for one. Each asks for no more of a request than Middy's own types say. */
type Link = object | false | undefined;

/** Headers of the kit that scripts of other origins may read. */
const EXPOSED_HEADERS = ['ratelimit', 'ratelimit-policy', 'retry-after', WARNING_HEADER];

/** What makes an answer safe to send: absent in monitor mode, which changes nothing. */
const answerLinks = (policy: Policy): readonly Link[] => [
  httpOnly(httpSecurityHeaders()),
  policy.corsOrigins &&
    httpOnly(httpCors({ origins: [...policy.corsOrigins], exposeHeaders: EXPOSED_HEADERS.join(', ') })),
  errorResponse(),
  policy.stream && streamHeartbeat({ everyMs: policy.stream.heartbeatMs ?? 15_000 }),
];

/** Middlewares by the name of their control, in their order. */
type Controls = Readonly<Record<string, Link>>;

/** What may refuse a request before the handler runs. */
const admissionControls = (policy: Policy, services: GuardServices): Controls => {
  const { keys, model, quota, body: { schema, parsed: _, ...limits } = {} } = policy;
  const mac = keys === undefined ? macOf(randomBytes(32)) : macsOf(keys);
  const estimate = {
    ...(model?.maxTokens === undefined ? {} : { maxTokens: model.maxTokens }),
    ...(quota?.overheadTokens === undefined ? {} : { overheadTokens: quota.overheadTokens }),
  };
  const countsMoney = quota?.budgets.some((budget) => budget.unit === 'usd' && !isPerModel(budget)) === true;
  const usdMicrosOf = countsMoney ? admissionPriceOf(model ?? {}, process.env['AWS_REGION'] ?? '') : undefined;
  return {
    'body-limit': bodyLimit(limits),
    'json-body': jsonBody({ required: schema !== undefined }),
    caller: caller({ ...policy.caller, mac }),
    'input-validation': schema && inputValidation({ schema }),
    'large-request-confirmation':
      policy.confirmAboveTokens === undefined
        ? undefined
        : largeRequestConfirmation({ thresholdTokens: policy.confirmAboveTokens, mac, ...estimate }),
    'token-quota':
      needsQuota(policy, services) &&
      tokenQuota({
        ledger: ledgerFor(policy, services),
        budgets: quota?.budgets ?? [],
        ...(model?.countTokensAbove !== undefined && { countTokensAbove: model.countTokensAbove }),
        ...(usdMicrosOf && { usdMicrosOf }),
        ...estimate,
      }),
  };
};

/** One screen for both edges, and the deep tier behind it. */
const screeningOf = (
  { injection = {} }: Policy,
  services: GuardServices,
): (DeepOptions & { readonly screen: InjectionScreen }) | undefined => {
  if (injection === false) return undefined;
  const { deep: policyDeep, onDeepFailure, refusalFloorMs, ...options } = injection;
  const deep = services.deep ?? policyDeep;
  return {
    screen: createInjectionScreen({ digest: sha256, ...options }),
    ...(deep && { deep }),
    ...(onDeepFailure && { onDeepFailure }),
    ...(refusalFloorMs !== undefined && { refusalFloorMs }),
  };
};

/** What finds private values in what comes from the model, and in what goes to it. */
interface Redactors {
  readonly redactor?: Redactor;
  readonly pseudonymizer?: Redactor | undefined;
  /** Behind the redactor. */
  readonly deepRedaction?: DeepRedactionRules | undefined;
}

const redactorsOf = ({ redaction = {}, keys }: Policy): Redactors => {
  if (redaction === false) return {};
  const { pseudonymize: _, deep, onDeepFailure, windowUnits, windowMs, windowsInFlight, ...options } = redaction;
  // What a hash stands for stays the same as long as the key does.
  const digest = keys && keyedDigestOf(versionedKey(keys.digest).key, 'redaction');
  const redactor = createRedactor({ ...(digest && { digest }), ...options });
  return {
    redactor,
    pseudonymizer: pseudonymizerOf(redaction, redactor),
    deepRedaction: deepRedactionOf('policy.redaction', { deep, onDeepFailure, windowUnits, windowMs, windowsInFlight }),
  };
};

/** What is taken out of replies besides private values. */
const contentOf = ({ output = {} }: Policy): Pick<ClientRules, 'content' | 'exfiltration'> => ({
  content: output.content !== false && createContentPolicy(output.content),
  exfiltration: output.exfiltration !== false && createExfiltrationFilter(output.exfiltration),
});

/** Middlewares whose refusals are in the record; in monitor mode they go no further than that. */
const linked = (controls: Controls, link: (control: string, middleware: object) => MiddlewareObj): readonly Link[] =>
  Object.entries(controls).map(([control, middleware]) => middleware && link(control, timed(control, middleware)));

/** The chain of a policy, outermost first: errors and ends run through it from the inside out. */
export const chainOf = (policy: Policy, services: GuardServices, telemetry: Telemetry): readonly MiddlewareObj[] => {
  const { keys, model } = policy;
  const macs = keys && macsOf(keys);
  const monitor = policy.mode === 'monitor';
  const screening = screeningOf(policy, services);
  const { redactor, pseudonymizer, deepRedaction } = redactorsOf(policy);
  const [refusing, passing] = monitor ? [monitored, harmless] : [recorded, recorded];
  const admission: Controls = {
    ...admissionControls(policy, services),
    'injection-screen': screening && injectionScreen(screening),
  };
  const passage: Controls = {
    pseudonymize: pseudonymizer && pseudonymize(),
    'bedrock-client': bedrockClient({
      ...model,
      ...(macs && { markerMac: macs[0], approvalMac: macs }),
      ...(screening ?? { screen: false }),
      classification: policy.classification ?? false,
      redactor: redactor ?? false,
      ...(pseudonymizer && { pseudonymize: pseudonymizer }),
      ...(deepRedaction && { deepRedaction }),
      ...contentOf(policy),
      ...(model || services.bedrock ? { client: services.bedrock ?? createBedrockClient() } : {}),
    }),
    'output-redaction': redactor && outputRedaction({ redactor }),
  };
  const controls = Object.entries({ ...admission, ...passage }).flatMap(([name, link]) => (link ? [name] : []));
  const audit = auditLog({ telemetry, controls, ...auditOptionsOf(policy, services.logs) });
  const chain: readonly Link[] = [
    ...(monitor ? [] : answerLinks(policy)),
    ...linked({ 'header-normalizer': httpHeaderNormalizer(), 'audit-log': audit }, passing),
    ...linked(admission, refusing),
    ...linked(passage, passing),
  ];
  return chain.filter(Boolean) as readonly MiddlewareObj[];
};
