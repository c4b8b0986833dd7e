/** Switches of a deployment that cost something, each priced by itself: what it adds to a stage that has none of them. */

import type { Deployment } from '../package-service.ts';

/** Parameters of a deployment. */
export type Parameters = NonNullable<Deployment['params']>;

/** A switch. */
export interface CostSwitch {
  readonly name: string;
  readonly what: string;
  readonly on: Parameters;
}

/** Names of the example's network; endpoints are in as many Availability Zones as there are subnets. */
const NETWORK = {
  vpcId: 'vpc-0example',
  subnetIds: 'subnet-0example1,subnet-0example2',
  routeTableIds: 'rtb-0example',
  dynamoDbPrefixListId: 'pl-0example',
} as const;

/** All of them off. */
export const OFF: Parameters = {
  guardrail: 'false',
  kms: 'false',
  logMasking: 'false',
  tracing: 'false',
  waf: 'false',
  vpc: 'false',
};

/** The switches. */
export const SWITCHES: readonly CostSwitch[] = [
  { name: 'guardrail', what: "Bedrock's guardrail on every call", on: { guardrail: 'true' } },
  { name: 'kms', what: 'a KMS key of your own', on: { kms: 'true' } },
  { name: 'waf', what: 'a web ACL before the REST API', on: { waf: 'true' } },
  { name: 'tracing', what: 'X-Ray', on: { tracing: 'true' } },
  { name: 'logMasking', what: 'masking of logs by CloudWatch', on: { logMasking: 'true' } },
  {
    name: 'auditContent=redacted',
    what: 'redacted prompts and replies in a log group of their own (their bytes besides)',
    on: { auditContent: 'redacted' },
  },
  { name: 'vpc', what: 'a network of its own, in two Availability Zones', on: { vpc: 'true', ...NETWORK } },
];
