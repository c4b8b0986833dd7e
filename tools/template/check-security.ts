/** Roles that do one thing, alarms that watch something. */

import { METRIC_DIMENSIONS, METRICS, METRICS_NAMESPACE } from '../../core/catalogue.ts';
import { resourcesOf, type Template } from './template.ts';

/** A statement of a policy. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Statements of a role's own policies. */
export const statementsOf = (role: Readonly<Record<string, unknown>>): readonly Statement[] =>
  ((role['Policies'] ?? []) as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(
    ({ PolicyDocument }) => PolicyDocument.Statement,
  );

/** Roles that allow too much. */
export const checkRoles = (template: Template): readonly string[] =>
  resourcesOf(template, 'AWS::IAM::Role').flatMap(([id, role]) =>
    statementsOf(role)
      .filter(({ Effect }) => Effect === 'Allow')
      .flatMap(({ Sid = '', Action, Resource }) => [
        ...[Action]
          .flat()
          .filter((action) => action.includes('*'))
          .map((action) => `${id}/${Sid}: allows ${action}`),
        ...([Resource].flat().includes('*') ? [`${id}/${Sid}: allows it on every resource`] : []),
      ]),
  );

/** Roles that two functions share. */
export const checkSharing = (template: Template): readonly string[] => {
  const roles = resourcesOf(template, 'AWS::Lambda::Function').map(
    ([id, { Role }]) => [id, JSON.stringify(Role)] as const,
  );
  return roles
    .filter(([id, role]) => roles.some(([other, same]) => other !== id && same === role))
    .map(([id]) => `${id}: shares its role`);
};

/** Dimension `service` of metrics where the environment names none. */
const DEFAULT_SERVICE = 'bulwark';

interface Watched {
  readonly Namespace?: string;
  readonly MetricName?: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
}

const watchedBy = (alarm: Readonly<Record<string, unknown>>): readonly Watched[] => {
  const metrics = (alarm['Metrics'] ?? []) as { MetricStat?: { Metric: Watched } }[];
  return alarm['MetricName'] === undefined
    ? metrics.flatMap(({ MetricStat }) => MetricStat?.Metric ?? [])
    : [alarm as Watched];
};

/** What the functions' metrics carry: their namespaces and services. */
const emitted = (template: Template, variable: string, fallback: string): ReadonlySet<string | undefined> =>
  new Set(
    resourcesOf(template, 'AWS::Lambda::Function').map(([, { Environment }]) => {
      const { Variables = {} } = (Environment ?? {}) as { Variables?: Readonly<Record<string, string>> };
      return Variables[variable] ?? fallback;
    }),
  );

/** Alarms on metrics that no function of the template emits, and alarms that tell nobody. */
export const checkAlarms = (template: Template): readonly string[] => {
  const namespaces = emitted(template, 'POWERTOOLS_METRICS_NAMESPACE', METRICS_NAMESPACE);
  const services = emitted(template, 'POWERTOOLS_SERVICE_NAME', DEFAULT_SERVICE);
  return resourcesOf(template, 'AWS::CloudWatch::Alarm').flatMap(([id, alarm]) => {
    const problems = watchedBy(alarm).flatMap(({ Namespace, MetricName = '', Dimensions = [] }) => [
      ...(namespaces.has(Namespace) ? [] : [`${id}: namespace ${Namespace}`]),
      ...(MetricName in METRICS ? [] : [`${id}: nothing emits ${MetricName}`]),
      ...(Dimensions.length === 1 && Dimensions[0]?.Name === METRIC_DIMENSIONS[0] && services.has(Dimensions[0].Value)
        ? []
        : [`${id}: dimensions that nothing emits`]),
    ]);
    const silent = ((alarm['AlarmActions'] ?? []) as unknown[]).length === 0 ? [`${id}: tells nobody`] : [];
    return [...(watchedBy(alarm).length === 0 ? [`${id}: watches nothing`] : problems), ...silent];
  });
};

/** The table as it must be: encrypted, recoverable, capped, and kept when the stack goes. */
export const checkTables = (template: Template): readonly string[] =>
  resourcesOf(template, 'AWS::DynamoDB::Table').flatMap(([id, table]) =>
    [
      'SSESpecification',
      'PointInTimeRecoverySpecification',
      'OnDemandThroughput',
      'TimeToLiveSpecification',
      'DeletionProtectionEnabled',
    ]
      .filter((name) => table[name] === undefined)
      .map((name) => `${id}: ${name} is missing`),
  );
