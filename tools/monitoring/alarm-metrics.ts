/** How a metric of the catalogue is named in a template: namespace and dimensions. */

import type { Reading } from '../../core/alarms/index.ts';
import { GATEWAY_METRICS, METRICS, PLATFORM_METRICS } from '../../core/catalogue.ts';
import { API_NAME, NAMESPACE, SERVICE, STACK, STAGE } from './placeholders.ts';

/** A metric as CloudFormation has it. */
export interface TemplateMetric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: unknown }[];
}

/** The service's functions, whose own metrics are read one by one. */
export const FUNCTIONS: readonly string[] = ['chat', 'chatStream', 'agent', 'usage'];

/** Logical id of a function, as the framework makes it. */
const logicalId = (name: string): string => `${name.charAt(0).toUpperCase()}${name.slice(1)}LambdaFunction`;

const VALUES: Readonly<Record<string, unknown>> = {
  ApiName: API_NAME,
  Stage: STAGE,
  TableName: { Ref: 'QuotaTable' },
  WebACL: STACK,
  Rule: 'ALL',
  Region: { Ref: 'AWS::Region' },
};

/** Whether the kit's functions, or its filters on the access log, make the metric. */
export const isOwn = (metric: string): boolean => metric in METRICS || metric in GATEWAY_METRICS;

/** Whether there is one of the metric for each function. */
export const isPerFunction = (metric: string): boolean => metric.startsWith('AWS/Lambda ');

/**
 * The metric in the template.
 *
 * @param functionName The function, for a metric of which each function has its own.
 * @throws Error when the catalogue has no such metric.
 */
export const templateMetric = (metric: string, functionName?: string): TemplateMetric => {
  if (isOwn(metric))
    return { Namespace: NAMESPACE, MetricName: metric, Dimensions: [{ Name: 'service', Value: SERVICE }] };
  const known = PLATFORM_METRICS.find(({ namespace, name }) => `${namespace} ${name}` === metric);
  if (known === undefined) throw new Error(`The catalogue has no metric ${metric}.`);
  return {
    Namespace: known.namespace,
    MetricName: known.name,
    Dimensions: known.dimensions.map((name) => ({
      Name: name,
      Value: name === 'FunctionName' ? { Ref: logicalId(functionName ?? '') } : VALUES[name],
    })),
  };
};

/** A reading by its id, one for each function where each has its own. */
export const spread = (
  id: string,
  { metric, stat }: Reading,
): readonly (readonly [string, string, TemplateMetric])[] =>
  isPerFunction(metric)
    ? FUNCTIONS.map((name) => [`${id}_${name}`, stat, templateMetric(metric, name)])
    : [[id, stat, templateMetric(metric)]];
