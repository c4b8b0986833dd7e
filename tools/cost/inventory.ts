/** What of a packaged template costs money, counted. */

import { resolverOf } from '../template/resolve.ts';
import type { Fields, Template } from '../template/template.ts';

/** Counts of a stage. */
export interface Inventory {
  /** Alarms by kind, and the metrics that they are charged for. */
  readonly alarms: {
    readonly single: number;
    readonly math: number;
    readonly band: number;
    readonly composite: number;
  };
  readonly alarmMetrics: number;
  readonly dashboards: number;
  readonly webAcls: number;
  readonly webAclRules: number;
  readonly keys: number;
  readonly secrets: number;
  /** Interface endpoints, each times the subnets that it is in: one an Availability Zone. */
  readonly endpointZones: number;
  readonly guardrails: readonly GuardrailFilters[];
  readonly tracedFunctions: number;
  /** Megabytes of memory of the largest function. */
  readonly memory: number;
  /** Functions whose logs CloudWatch scans for values to mask. */
  readonly maskedFunctions: number;
  readonly accessLog: boolean;
}

/** What a guardrail looks at, and is charged for by the text unit. */
export interface GuardrailFilters {
  readonly content: boolean;
  /** Private data in prompts and in replies. */
  readonly privateInput: boolean;
  readonly privateOutput: boolean;
}

/** The band itself is charged as two metrics more: its upper and its lower bound. */
const BAND_METRICS = 2;

const list = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value : []);

const alarmKind = (alarm: Fields): 'single' | 'math' | 'band' => {
  if (alarm['ThresholdMetricId'] !== undefined) return 'band';
  return alarm['Metrics'] === undefined ? 'single' : 'math';
};

const chargedMetrics = (alarm: Fields): number => {
  const read = list(alarm['Metrics']).filter(({ MetricStat }) => MetricStat !== undefined).length;
  return Math.max(1, read) + (alarmKind(alarm) === 'band' ? BAND_METRICS : 0);
};

const filtersOf = (guardrail: Fields): GuardrailFilters => {
  const personal = list((guardrail['SensitiveInformationPolicyConfig'] as Fields | undefined)?.['PiiEntitiesConfig']);
  return {
    content: guardrail['ContentPolicyConfig'] !== undefined,
    privateInput: personal.some(({ InputEnabled }) => InputEnabled !== false),
    privateOutput: personal.some(({ OutputEnabled }) => OutputEnabled !== false),
  };
};

/** Counts what there is once the template's conditions are decided. */
export const inventoryOf = (template: Template): Inventory => {
  const { resolve, holds } = resolverOf(template);
  const isThere = (condition: string | undefined): boolean => condition === undefined || holds(condition);
  const of = (type: string): readonly Fields[] =>
    Object.values(template.Resources)
      .filter(({ Type, Condition }) => Type === type && isThere(Condition))
      .map(({ Properties = {} }) => resolve(Properties) as Fields);
  const alarms = of('AWS::CloudWatch::Alarm');
  const kinds = alarms.map(alarmKind);
  const count = (kind: string): number => kinds.filter((each) => each === kind).length;
  const functions = of('AWS::Lambda::Function');
  const endpoints = of('AWS::EC2::VPCEndpoint').filter(({ VpcEndpointType }) => VpcEndpointType === 'Interface');
  const webAcls = of('AWS::WAFv2::WebACL');
  return {
    alarms: {
      single: count('single'),
      math: count('math'),
      band: count('band'),
      composite: of('AWS::CloudWatch::CompositeAlarm').length,
    },
    alarmMetrics: alarms.reduce((sum, alarm) => sum + chargedMetrics(alarm), 0),
    dashboards: of('AWS::CloudWatch::Dashboard').length,
    webAcls: webAcls.length,
    webAclRules: webAcls.reduce((sum, { Rules }) => sum + list(Rules).length, 0),
    keys: of('AWS::KMS::Key').length,
    secrets: of('AWS::SecretsManager::Secret').length,
    endpointZones: endpoints.reduce((sum, { SubnetIds }) => sum + list(SubnetIds).length, 0),
    guardrails: of('AWS::Bedrock::Guardrail').map(filtersOf),
    tracedFunctions: functions.filter(
      ({ TracingConfig }) => (TracingConfig as Fields | undefined)?.['Mode'] === 'Active',
    ).length,
    memory: Math.max(0, ...functions.map(({ MemorySize }) => Number(MemorySize ?? 128))),
    maskedFunctions: of('AWS::Logs::LogGroup').filter(
      ({ LogGroupName, DataProtectionPolicy }) =>
        String(LogGroupName).startsWith('/aws/lambda/') && DataProtectionPolicy !== undefined,
    ).length,
    accessLog: template.Resources['ApiGatewayLogGroup'] !== undefined,
  };
};
