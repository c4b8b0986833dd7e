/** What the dashboard shows, row by row: metrics of the catalogue by name. */

import type { GatewayMetricName, MetricName } from '../../core/catalogue.ts';

/** A line of a graph. */
export interface Line {
  readonly metric: MetricName | GatewayMetricName | `AWS/${string} ${string}`;
  /** `Sum` where it says none. */
  readonly stat?: string;
}

/** A graph. */
export interface Graph {
  readonly title: string;
  readonly lines: readonly Line[];
  /** Areas on top of each other, for shares of a whole. */
  readonly stacked?: boolean;
}

/** A row of graphs under a heading. */
export interface Row {
  readonly heading: string;
  readonly graphs: readonly Graph[];
}

const sums = (...metrics: readonly Line['metric'][]): readonly Line[] => metrics.map((metric) => ({ metric }));

const percentiles = (metric: Line['metric']): readonly Line[] =>
  ['p50', 'p90', 'p99'].map((stat) => ({ metric, stat }));

/** The rows. */
export const ROWS: readonly Row[] = [
  {
    heading: 'Traffic',
    graphs: [
      { title: 'Requests and refusals', lines: sums('Requests', 'RequestsDenied', 'InternalErrors') },
      {
        title: 'At the gateway',
        lines: sums('AWS/ApiGateway Count', 'AWS/ApiGateway 4XXError', 'AWS/ApiGateway 5XXError'),
      },
      {
        title: 'Functions',
        lines: sums('AWS/Lambda Errors', 'AWS/Lambda Throttles'),
      },
    ],
  },
  {
    heading: 'Verdicts',
    graphs: [
      {
        title: 'Prompts',
        lines: sums('PromptsBlocked', 'PromptsFlagged', 'PromptsHeldBack', 'CallersSuspended', 'Strikes'),
      },
      {
        title: 'Replies',
        lines: sums('OutputsBlocked', 'CanariesLeaked', 'OutputsTruncated', 'ContentRemoved', 'LinksRemoved'),
      },
      {
        title: 'Redacted values by class',
        stacked: true,
        lines: sums('SecretsRedacted', 'FinancialRedacted', 'IdentityRedacted', 'ContactRedacted', 'OtherRedacted'),
      },
    ],
  },
  {
    heading: 'Controls',
    graphs: [
      {
        title: 'Controls that could not decide',
        lines: sums('ControlFailures', 'ControlsFailedOpen', 'AuditFailures', 'QuotaSettleFailed'),
      },
      { title: 'Tools and loops', lines: sums('ToolsDenied', 'ToolApprovalsRequired', 'LoopLimitsReached') },
      {
        title: 'Data by level',
        stacked: true,
        lines: sums('DataPublic', 'DataInternal', 'DataConfidential', 'DataRestricted'),
      },
    ],
  },
  {
    heading: 'Spend',
    graphs: [
      { title: 'USD', lines: sums('SpendUsd', 'UnpricedCalls') },
      { title: 'Tokens', stacked: true, lines: sums('InputTokens', 'OutputTokens') },
      { title: 'Tokens charged', lines: sums('TotalTokens') },
    ],
  },
  {
    heading: 'Quotas',
    graphs: [
      {
        title: 'Budgets that refuse or fill',
        lines: sums('QuotaDenied', 'BudgetsAt80', 'BudgetsAt90', 'BudgetsAt100'),
      },
      {
        title: 'Budgets of everybody, in per cent',
        lines: [
          { metric: 'AccountQuotaUse', stat: 'Maximum' },
          { metric: 'SpendPace', stat: 'Average' },
        ],
      },
      { title: 'Confirmations', lines: sums('ConfirmationsRequired') },
    ],
  },
  {
    heading: 'Latency',
    graphs: [
      { title: 'From event to reply', lines: percentiles('TotalLatency') },
      {
        title: 'Model, and first byte of streams',
        lines: [...percentiles('ModelLatency'), ...percentiles('FirstByteLatency')],
      },
      { title: 'The guard itself', lines: percentiles('GuardLatency') },
    ],
  },
  {
    heading: 'Bedrock',
    graphs: [
      { title: 'Calls', lines: sums('ModelCalls', 'Retries', 'ModelFallbacks') },
      { title: 'Failures', lines: sums('UpstreamErrors', 'UpstreamThrottles', 'BreakerRefusals') },
      {
        title: 'Deep tiers',
        lines: sums('DeepScreens', 'DeepScreenFailures', 'DeepRedactionChecks', 'DeepRedactionFailures'),
      },
    ],
  },
  {
    heading: 'At the door',
    graphs: [
      { title: 'Who is not let in', lines: sums('AuthFailures', 'GatewayAuthRefusals', 'GatewayKeyRefusals') },
      {
        title: 'What is not let in',
        lines: sums('GatewayThrottles', 'GatewayBodyRefusals', 'GatewayWafRefusals', 'GatewayServerErrors'),
      },
      { title: 'Web ACL', lines: sums('AWS/WAFV2 BlockedRequests') },
    ],
  },
  {
    heading: 'Table',
    graphs: [
      {
        title: 'Units used',
        lines: sums('AWS/DynamoDB ConsumedWriteCapacityUnits', 'AWS/DynamoDB ConsumedReadCapacityUnits'),
      },
      { title: 'Writes throttled', lines: sums('AWS/DynamoDB WriteThrottleEvents') },
    ],
  },
];
