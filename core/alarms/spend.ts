/** Alarms on what is spent: tokens, money, quotas. */

import { type AlarmDefinition, DAY, FIVE_MINUTES, HOUR, MINUTE, type SpendAlarmId } from './definition.ts';

/** Money of five minutes in per cent of the month's budget spent evenly: 8,640 times five minutes are thirty days. */
const PACE = '100 * FILL(usd, 0) * 8640 / {budgetUsd}';

/** See {@link ALARMS}. */
export const SPEND_ALARMS: Readonly<Record<SpendAlarmId, AlarmDefinition>> = {
  TokenAnomaly: {
    kind: 'band',
    severity: 'mail',
    meaning: 'Token use is far above what is usual at this hour.',
    readings: { tokens: { metric: 'TotalTokens', stat: 'Sum' } },
    // Below a tenth of the busiest hour a band would be as narrow as a quiet night, and ring for two requests.
    expression: 'IF(FILL(tokens, 0) > {tokensFloor}, tokens, {tokensFloor})',
    // Four rang for a campaign of the marketing in the drill (docs/drill.md).
    deviations: 5,
    period: FIVE_MINUTES,
    datapoints: 2,
    evaluations: 3,
    twins: ['TokenCeiling', 'TokenDrip'],
  },
  TokenCeiling: {
    kind: 'threshold',
    severity: 'page',
    meaning: 'Five minutes used more than twice the tokens that five minutes of the busiest hour may.',
    readings: { tokens: { metric: 'TotalTokens', stat: 'Sum' } },
    comparison: 'GreaterThanThreshold',
    threshold: 'tokensCeiling',
    period: FIVE_MINUTES,
    datapoints: 1,
    evaluations: 1,
  },
  TokenDrip: {
    kind: 'threshold',
    severity: 'mail',
    meaning: 'A day used more tokens than a day may: no five minutes need to have stood out.',
    readings: { tokens: { metric: 'TotalTokens', stat: 'Sum' } },
    comparison: 'GreaterThanThreshold',
    threshold: 'tokensPerDay',
    period: DAY,
    datapoints: 1,
    evaluations: 1,
  },
  SpendAnomaly: {
    kind: 'band',
    severity: 'mail',
    meaning: 'Money is spent far faster than is usual at this hour.',
    readings: { usd: { metric: 'SpendUsd', stat: 'Sum' } },
    expression: `IF(${PACE} > 25, ${PACE}, 25)`,
    deviations: 5,
    period: FIVE_MINUTES,
    datapoints: 2,
    evaluations: 3,
    twins: ['SpendCeiling', 'SpendDrip'],
  },
  SpendCeiling: {
    kind: 'threshold',
    severity: 'page',
    meaning: "Five minutes spent eight times what the month's budget has for five minutes.",
    readings: { usd: { metric: 'SpendUsd', stat: 'Sum' } },
    expression: PACE,
    comparison: 'GreaterThanThreshold',
    threshold: 800,
    period: FIVE_MINUTES,
    datapoints: 1,
    evaluations: 1,
  },
  SpendDrip: {
    kind: 'threshold',
    severity: 'mail',
    meaning: "A day spent half more than the month's budget has for a day.",
    readings: { usd: { metric: 'SpendUsd', stat: 'Sum' } },
    expression: '100 * usd * 30 / {budgetUsd}',
    comparison: 'GreaterThanThreshold',
    threshold: 150,
    period: DAY,
    datapoints: 1,
    evaluations: 1,
  },
  SpendPace: {
    kind: 'threshold',
    severity: 'mail',
    meaning: 'A USD budget that counts everybody will be used up well before its window ends.',
    readings: { pace: { metric: 'SpendPace', stat: 'Average' } },
    comparison: 'GreaterThanThreshold',
    threshold: 150,
    // A window that has just begun has no pace yet: two whole hours have one.
    period: HOUR,
    datapoints: 2,
    evaluations: 2,
  },
  AccountQuota: {
    kind: 'threshold',
    severity: 'mail',
    meaning: "80 % of a budget of everybody or of one of the account's quotas are in use; at 100 %, callers wait.",
    readings: { use: { metric: 'AccountQuotaUse', stat: 'Maximum' } },
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 80,
    period: MINUTE,
    datapoints: 2,
    evaluations: 3,
  },
};
