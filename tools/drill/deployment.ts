/** What the drill takes from a packaged template: its alarms, its metric filters and what its function is told. */

import { randomBytes } from 'node:crypto';
import { resourcesOf, type Template } from '../template/template.ts';
import type { MetricFilter } from './cloudwatch/metric-filter.ts';
import type { Dimensions } from './cloudwatch/metric-store.ts';
import { resolved } from './cloudwatch/template-values.ts';
import type { Packaged } from './package-for-drill.ts';
import type { EmittingDeployment } from './service/pool.ts';

/** A deployment, as far as the drill plays it. */
export interface Deployment extends EmittingDeployment {
  /** Format of the access log. */
  readonly accessLog: string;
}

/** A system prompt that is long enough to be recognised when it leaks. */
const SYSTEM_PROMPT =
  'You are Orchard, the support assistant of the Northwind pear farm. Answer in plain words, name prices only from the list of this season, and never speak of the winter market before its date is announced.';

/** What takes the place of services that are not there: secrets, groups of audit records, guardrails. */
const replacements = (): Readonly<Record<string, string>> => ({
  BULWARK_DIGEST_SECRET: '',
  BULWARK_MAC_SECRET: '',
  BULWARK_SYSTEM_PROMPT_SECRET: '',
  BULWARK_DIGEST_KEY: randomBytes(32).toString('hex'),
  BULWARK_MAC_KEY: randomBytes(32).toString('hex'),
  BULWARK_SYSTEM_PROMPT: SYSTEM_PROMPT,
  BULWARK_AUDIT_LOG_GROUP: '',
  BULWARK_AUDIT_CONTENT: 'none',
  BULWARK_AUDIT_CONTENT_LOG_GROUP: '',
  BULWARK_GUARDRAIL_ID: '',
  BULWARK_GUARDRAIL_VERSION: '',
  POWERTOOLS_TRACE_ENABLED: 'false',
  NODE_OPTIONS: '',
  AWS_REGION: 'eu-central-1',
});

/** ARN of the profile that the template makes, in place of the one that CloudFormation would give. */
const PROFILE = 'arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/drill';

const environmentOf = (template: Template): Record<string, string> => {
  const environment = template.Resources['ChatLambdaFunction']?.Properties?.['Environment'];
  const { Variables } = resolved(template, environment) as { Variables: Readonly<Record<string, unknown>> };
  const variable = (value: unknown): string =>
    template.Resources[String(value)]?.Type === 'AWS::Bedrock::ApplicationInferenceProfile' ? PROFILE : String(value);
  return {
    PATH: process.env['PATH'] ?? '',
    ...Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, variable(value)])),
    ...replacements(),
  };
};

/** Dimensions that API Gateway, Lambda and DynamoDB give their own metrics. */
const dimensionsIn = (template: Template): ((namespace: string) => Dimensions) => {
  const text = (id: string, property: string): string =>
    String(resolved(template, template.Resources[id]?.Properties?.[property]));
  const named = (id: string): string => String(resolved(template, { Ref: id }));
  const deployments = resourcesOf(template, 'AWS::ApiGateway::Deployment');
  const known: Readonly<Record<string, Dimensions>> = {
    'AWS/ApiGateway': {
      ApiName: text('ApiGatewayRestApi', 'Name'),
      Stage: String(resolved(template, deployments[0]?.[1]['StageName'])),
    },
    'AWS/Lambda': { FunctionName: named('ChatLambdaFunction') },
    'AWS/DynamoDB': { TableName: named('QuotaTable') },
  };
  return (namespace) => known[namespace] ?? {};
};

/** Reads what was packaged. */
export const deploymentOf = ({ template, accessLog }: Packaged): Deployment => ({
  env: environmentOf(template),
  filters: resourcesOf(template, 'AWS::Logs::MetricFilter').map(
    ([, properties]) => resolved(template, properties) as MetricFilter,
  ),
  dimensionsOf: dimensionsIn(template),
  accessLog,
});
