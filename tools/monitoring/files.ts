/** The files of `infra/` that come from the catalogue and the list of alarms. */

import { ALARMS, type AlarmDefinition, type AlarmId, capacityOf, RATES } from '../../core/alarms/index.ts';
import { GATEWAY_METRICS } from '../../core/catalogue.ts';
import { isOwn } from './alarm-metrics.ts';
import { alarmLogicalId, alarmResource, WAF_CONDITION } from './alarm-resource.ts';
import { dashboardResource } from './dashboard.ts';
import { metricFilter } from './gateway-filters.ts';
import { variable } from './placeholders.ts';
import { MAIL_CONDITIONS, TOPIC_RESOURCES } from './topic.ts';
import { yamlFile } from './yaml-file.ts';

const LIST = 'core/alarms/';

/** Alarms that read something only this service has: its gateway, its functions, its table, its web ACL. */
const isPlatform = (alarm: AlarmDefinition): boolean =>
  alarm.kind !== 'composite' &&
  Object.values(alarm.readings).every(({ metric }) => !isOwn(metric) || metric.startsWith('Gateway'));

const alarms = (platform: boolean): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    (Object.entries(ALARMS) as [AlarmId, AlarmDefinition][])
      .filter(([, alarm]) => isPlatform(alarm) === platform)
      .map(([id, alarm]) => [alarmLogicalId(id), alarmResource(id, alarm)]),
  );

const alarmsFile = (): string =>
  yamlFile(
    `Alarms on metrics of the kit's own (core/catalogue.ts), and the topic that all of them tell.
Expects: functions whose POWERTOOLS_SERVICE_NAME is the name of the service, else custom.metricsService must say it; the
same of POWERTOOLS_METRICS_NAMESPACE and custom.metricsNamespace. Optional: param alarmEmail (where alarms are mailed to),
param monthlyBudgetUsd (100), custom.capacity (a row of capacity.yml; that of 5 requests a second), custom.dataKey (a KMS
key that CloudWatch, Budgets and Cost Explorer may use: keys.yml).`,
    LIST,
    { Conditions: MAIL_CONDITIONS, Resources: { ...TOPIC_RESOURCES, ...alarms(false) } },
  );

const platformFile = (): string =>
  yamlFile(
    `Alarms on what AWS counts: gateway, functions, table, web ACL.
Expects: alarms.yml, gateway-metrics.yml, a REST API, QuotaTable, and functions named chat, chatStream, agent and usage.
Optional: custom.capacity; param waf: 'true' where there is a web ACL, whose metric is called <service>-<stage>.`,
    LIST,
    {
      Conditions: { [WAF_CONDITION]: { 'Fn::Equals': [variable("param:waf, 'false'"), 'true'] } },
      Resources: alarms(true),
    },
  );

const gatewayFile = (): string =>
  yamlFile(
    `Metrics of what the gateway refuses, from its access log: none of it reaches a function.
Expects: ApiGatewayLogGroup (access-log.yml), whose lines are JSON with the fields service and errorType.`,
    'core/catalogue/gateway-metrics.ts',
    {
      Resources: Object.fromEntries(
        Object.entries(GATEWAY_METRICS).map(([name, metric]) => [`${name}Filter`, metricFilter(name, metric)]),
      ),
    },
  );

const dashboardFile = (): string =>
  yamlFile(
    'The dashboard. Expects: what alarms.yml and platform-alarms.yml expect, and both of them.',
    'tools/monitoring/dashboard.ts and core/alarms/',
    { Resources: { Dashboard: dashboardResource() } },
  );

const capacityFile = (): string =>
  yamlFile(
    `What a rate needs, by the requests a second of the busiest hour: custom.capacity is one of the rows.
writeUnits, readUnits: the table's cap. rateLimit, burstLimit: the usage plan. tokensPerDay: of 24 hours. The others: of
five minutes, from where on an alarm rings (tokensFloor: from where on a band looks).`,
    'core/alarms/capacity.ts',
    Object.fromEntries(RATES.map((rate) => [String(rate), capacityOf(rate)])),
  );

/** Text by path. */
export const generatedFiles = (): Readonly<Record<string, string>> => ({
  'infra/alarms.yml': alarmsFile(),
  'infra/platform-alarms.yml': platformFile(),
  'infra/gateway-metrics.yml': gatewayFile(),
  'infra/dashboard.yml': dashboardFile(),
  'infra/capacity.yml': capacityFile(),
});
