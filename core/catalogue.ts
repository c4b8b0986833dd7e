/**
 * Every metric that the kit emits: one typed list from which emission, alarms, dashboards and their documentation come.
 * An alarm on a name that is not here, or that no request emits, is a failing test.
 */

import type { DataLevel } from './classification/levels.ts';

/** The units of CloudWatch that the kit uses. */
export type MetricUnit = 'Count' | 'Milliseconds' | 'Percent';

/** One metric. */
export interface MetricDefinition {
  readonly unit: MetricUnit;
  /** What one data point says. */
  readonly meaning: string;
}

/** Where the metrics live, when `POWERTOOLS_METRICS_NAMESPACE` names no other place. */
export const METRICS_NAMESPACE = 'Bulwark';

/**
 * Dimension sets of every metric: `service` alone (alarms use this one), and `service` + `model` once a request has
 * reached a model. Cardinality is bounded by the policy's model allowlist; identifiers are never dimensions.
 */
export const METRIC_DIMENSIONS = ['service', 'model'] as const;

/** The metrics by name. */
export const METRICS = {
  Requests: { unit: 'Count', meaning: 'a request reached the chain' },
  RequestsDenied: { unit: 'Count', meaning: 'a request was refused with a code of the error table below 500 or 503' },
  InternalErrors: { unit: 'Count', meaning: 'a request ended with the code internal' },
  AuthFailures: { unit: 'Count', meaning: 'a request proved no caller, or a session that is not its own' },
  PromptsBlocked: { unit: 'Count', meaning: 'injection screening refused a prompt or data on its way to the model' },
  PromptsFlagged: { unit: 'Count', meaning: 'injection screening was suspicious, and refused nothing by itself' },
  PromptsHeldBack: {
    unit: 'Count',
    meaning: 'injection screening would have flagged or refused a text: a mode or the allow-list kept it from that',
  },
  DeepScreens: { unit: 'Count', meaning: 'a flagged text was given to the deep tier' },
  DeepScreenBlocks: { unit: 'Count', meaning: 'the deep tier called a flagged text an attack' },
  DeepScreenFailures: { unit: 'Count', meaning: 'the deep tier could not judge a flagged text, or not in time' },
  CanariesSeen: { unit: 'Count', meaning: 'a prompt or data held the canary: somebody has seen the system prompt' },
  CanariesLeaked: { unit: 'Count', meaning: 'a reply or a tool call held the canary, and was withheld' },
  ConfirmationsRequired: { unit: 'Count', meaning: 'a large request was asked to confirm' },
  QuotaDenied: { unit: 'Count', meaning: 'a budget refused a reservation' },
  BudgetsAt80: {
    unit: 'Count',
    meaning: 'a budget was filled to 80 % or more, reservations included, as a request met it, or refused the request',
  },
  BudgetsAt90: { unit: 'Count', meaning: 'the same, 90 % or more' },
  BudgetsAt100: { unit: 'Count', meaning: 'the same, 100 % or more: it refused, or a soft budget is overdrawn' },
  AccountQuotaUse: {
    unit: 'Percent',
    meaning:
      "the fullest of the budgets that count everybody, the account's own quotas at Bedrock among them, as a request met it; 100 where one refused",
  },
  QuotaSettleFailed: { unit: 'Count', meaning: 'a reservation could not be settled and stays charged in full' },
  CallersSuspended: { unit: 'Count', meaning: 'a strikes budget refused a caller' },
  ControlFailures: { unit: 'Count', meaning: 'a control could not decide, whether it failed closed or open' },
  InputTokens: { unit: 'Count', meaning: 'tokens that Bedrock read, cache included, in one request' },
  OutputTokens: { unit: 'Count', meaning: 'tokens that Bedrock wrote in one request' },
  TotalTokens: { unit: 'Count', meaning: 'tokens charged to the budgets for one request' },
  ModelCalls: { unit: 'Count', meaning: 'calls to Bedrock in one request, loops included' },
  UpstreamErrors: { unit: 'Count', meaning: 'a call to Bedrock failed or timed out' },
  UpstreamThrottles: { unit: 'Count', meaning: 'Bedrock throttled beyond the retries' },
  Retries: { unit: 'Count', meaning: 'a failed call to Bedrock was tried again' },
  BreakerRefusals: { unit: 'Count', meaning: 'a call was not made: its model keeps failing, and is left alone' },
  ModelFallbacks: { unit: 'Count', meaning: 'another model was asked in place of one that could not be had' },
  ToolsDenied: {
    unit: 'Count',
    meaning:
      'the model called, or the handler offered, a tool that the policy does not admit, or not with these arguments',
  },
  ToolApprovalsRequired: { unit: 'Count', meaning: 'a tool call waited for an approval' },
  ToolCalls: { unit: 'Count', meaning: 'runTools ran a tool that the model called' },
  ToolFailures: { unit: 'Count', meaning: 'a tool that runTools ran failed, or took too long' },
  LoopLimitsReached: {
    unit: 'Count',
    meaning: 'a loop of runTools ended at a bound: turns, time, calls, tokens or money',
  },
  DataPublic: { unit: 'Count', meaning: 'the highest level of what a request sent to models was public' },
  DataInternal: { unit: 'Count', meaning: 'the same, internal' },
  DataConfidential: { unit: 'Count', meaning: 'the same, confidential' },
  DataRestricted: { unit: 'Count', meaning: 'the same, restricted' },
  DataMasked: { unit: 'Count', meaning: 'a request sent data above what its model may have, with the values masked' },
  DataRefused: { unit: 'Count', meaning: 'a request would have sent data above what its model may have' },
  Redactions: { unit: 'Count', meaning: 'private values replaced in one reply' },
  DeepRedactionChecks: {
    unit: 'Count',
    meaning: 'a text of a reply, or a window of one, was given to the deep tier of redaction',
  },
  DeepRedactions: { unit: 'Count', meaning: 'private values in replies that the deep tier of redaction found' },
  DeepRedactionFailures: {
    unit: 'Count',
    meaning: 'the deep tier of redaction could not judge a text, or not in time',
  },
  ContentRemoved: {
    unit: 'Count',
    meaning: 'code, commands, scripts or control sequences taken out of one reply, or marked in it',
  },
  LinksRemoved: { unit: 'Count', meaning: 'images, links, tags and addresses taken out of one reply' },
  InvisibleRemoved: { unit: 'Count', meaning: 'runs of characters that show nothing, taken out of one reply' },
  OutputsBlocked: {
    unit: 'Count',
    meaning:
      'a reply was withheld: leak of the system prompt, unreadable body, what the deep tier of redaction says, or content or links that the policy blocks',
  },
  ModelLatency: { unit: 'Milliseconds', meaning: 'time in calls to Bedrock, retries included' },
  GuardLatency: { unit: 'Milliseconds', meaning: 'total time less handler and model: what the kit itself cost' },
  TotalLatency: { unit: 'Milliseconds', meaning: 'from the event to the reply' },
} as const;

/** Name of a metric of {@link METRICS}. */
export type MetricName = keyof typeof METRICS;

/** The metric that counts requests of a level. */
export const DATA_METRICS: Readonly<Record<DataLevel, MetricName>> = {
  public: 'DataPublic',
  internal: 'DataInternal',
  confidential: 'DataConfidential',
  restricted: 'DataRestricted',
};
