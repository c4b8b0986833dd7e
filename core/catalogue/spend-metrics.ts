/** Metrics of what is spent: budgets, tokens, money, and the calls to Bedrock that spend it. */

/** See {@link METRICS}. */
export const SPEND_METRICS = {
  QuotaDenied: { unit: 'Count', scope: 'service', meaning: 'a budget refused a reservation' },
  BudgetsAt80: {
    unit: 'Count',
    scope: 'service',
    meaning: 'a budget was filled to 80 % or more, reservations included, as a request met it, or refused the request',
  },
  BudgetsAt90: { unit: 'Count', scope: 'service', meaning: 'the same, 90 % or more' },
  BudgetsAt100: {
    unit: 'Count',
    scope: 'service',
    meaning: 'the same, 100 % or more: it refused, or a soft budget is overdrawn',
  },
  AccountQuotaUse: {
    unit: 'Percent',
    scope: 'service',
    meaning:
      "the fullest of the budgets that count everybody, the account's own quotas at Bedrock among them, as a request met it; 100 where one refused",
  },
  SpendPace: {
    unit: 'Percent',
    scope: 'service',
    meaning:
      'the fastest of the USD budgets of the account or a tenant: share used over the share of its window that is gone; above 100 it ends before its window does',
  },
  QuotaSettleFailed: {
    unit: 'Count',
    scope: 'service',
    meaning: 'a reservation could not be settled and stays charged in full',
  },
  InputTokens: {
    unit: 'Count',
    scope: 'model',
    meaning: 'tokens that Bedrock read, cache included, in one request',
  },
  OutputTokens: { unit: 'Count', scope: 'model', meaning: 'tokens that Bedrock wrote in one request' },
  TotalTokens: { unit: 'Count', scope: 'model', meaning: 'tokens charged to the budgets for one request' },
  SpendUsd: {
    unit: 'None',
    scope: 'model',
    meaning: 'USD charged for one request, where the price of the model is known',
  },
  UnpricedCalls: {
    unit: 'Count',
    scope: 'model',
    meaning: 'a call was made whose price is not known: SpendUsd leaves it out',
  },
  ModelCalls: { unit: 'Count', scope: 'model', meaning: 'calls to Bedrock in one request, loops included' },
  UpstreamErrors: { unit: 'Count', scope: 'model', meaning: 'a call to Bedrock failed or timed out' },
  UpstreamThrottles: { unit: 'Count', scope: 'model', meaning: 'Bedrock throttled beyond the retries' },
  Retries: { unit: 'Count', scope: 'model', meaning: 'a failed call to Bedrock was tried again' },
  BreakerRefusals: {
    unit: 'Count',
    scope: 'model',
    meaning: 'a call was not made: its model keeps failing, and is left alone',
  },
  ModelFallbacks: {
    unit: 'Count',
    scope: 'model',
    meaning: 'this model was asked in place of one that could not be had',
  },
  ModelLatency: { unit: 'Milliseconds', scope: 'model', meaning: 'time in calls to Bedrock, retries included' },
} as const;
