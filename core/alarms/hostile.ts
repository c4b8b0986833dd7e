/** Alarms on what attackers do: probing, stuffing credentials, drawing out what must not leave. */

import { type AlarmDefinition, DAY, FIVE_MINUTES, type HostileAlarmId } from './definition.ts';

/** Whoever probes is refused until the strikes are used up, and from then on suspended: both are the same attack. */
const HOSTILE = 'SUM([FILL(blocked, 0), FILL(suspended, 0)])';

const HOSTILE_READINGS = {
  blocked: { metric: 'PromptsBlocked', stat: 'Sum' },
  suspended: { metric: 'CallersSuspended', stat: 'Sum' },
} as const;

const SHARE_READINGS = { ...HOSTILE_READINGS, requests: { metric: 'Requests', stat: 'Sum' } } as const;

/** Per cent of requests, where there are enough refusals for a share to say something. */
const shareOf = (atLeast: number): string => `IF(${HOSTILE} >= ${atLeast}, 100 * ${HOSTILE} / FILL(requests, 1), 0)`;

/** See {@link ALARMS}. */
export const HOSTILE_ALARMS: Readonly<Record<HostileAlarmId, AlarmDefinition>> = {
  BlockedShareAnomaly: {
    kind: 'band',
    severity: 'mail',
    meaning: 'Far more of the prompts than usual at this hour are attacks.',
    readings: SHARE_READINGS,
    expression: `IF(${shareOf(5)} > 2, ${shareOf(5)}, 2)`,
    deviations: 4,
    period: FIVE_MINUTES,
    datapoints: 2,
    evaluations: 3,
    twins: ['BlockedShareCeiling', 'BlockedDrip'],
  },
  BlockedShareCeiling: {
    kind: 'threshold',
    severity: 'page',
    meaning: 'More than five per cent of the requests of five minutes are refused as attacks.',
    readings: SHARE_READINGS,
    expression: shareOf(10),
    comparison: 'GreaterThanThreshold',
    threshold: 5,
    period: FIVE_MINUTES,
    datapoints: 1,
    evaluations: 1,
  },
  BlockedDrip: {
    kind: 'threshold',
    severity: 'mail',
    meaning: 'More than one per cent of the requests of a day are refused as attacks.',
    readings: SHARE_READINGS,
    expression: shareOf(50),
    comparison: 'GreaterThanThreshold',
    threshold: 1,
    period: DAY,
    datapoints: 1,
    evaluations: 1,
  },
  PromptsBlocked: {
    kind: 'threshold',
    severity: 'page',
    meaning: 'Somebody probes the injection screen.',
    readings: HOSTILE_READINGS,
    expression: HOSTILE,
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 'blockedCeiling',
    period: FIVE_MINUTES,
    datapoints: 1,
    evaluations: 1,
  },
  AuthFailures: {
    kind: 'threshold',
    severity: 'page',
    meaning: 'Somebody tries tokens, API keys or sessions.',
    readings: {
      callers: { metric: 'AuthFailures', stat: 'Sum' },
      tokens: { metric: 'GatewayAuthRefusals', stat: 'Sum' },
      keys: { metric: 'GatewayKeyRefusals', stat: 'Sum' },
    },
    expression: 'SUM([FILL(callers, 0), FILL(tokens, 0), FILL(keys, 0)])',
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 'authCeiling',
    period: FIVE_MINUTES,
    datapoints: 1,
    evaluations: 1,
  },
  SecretsRedacted: {
    kind: 'threshold',
    severity: 'page',
    meaning: 'Replies hold credentials, and many of them: somebody draws them out.',
    readings: { secrets: { metric: 'SecretsRedacted', stat: 'Sum' } },
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 'secretsCeiling',
    period: FIVE_MINUTES,
    datapoints: 1,
    evaluations: 1,
  },
  RedactionSurge: {
    kind: 'threshold',
    severity: 'mail',
    meaning: 'Replies hold far more private values than usual: somebody draws them out.',
    readings: {
      financial: { metric: 'FinancialRedacted', stat: 'Sum' },
      identity: { metric: 'IdentityRedacted', stat: 'Sum' },
      contact: { metric: 'ContactRedacted', stat: 'Sum' },
    },
    expression: 'SUM([FILL(financial, 0), FILL(identity, 0), FILL(contact, 0)])',
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 'privateCeiling',
    period: FIVE_MINUTES,
    datapoints: 1,
    evaluations: 1,
  },
  LeaksBlocked: {
    kind: 'threshold',
    severity: 'page',
    meaning: 'A reply was withheld: it held the canary or the system prompt, or nobody could read it.',
    readings: {
      canaries: { metric: 'CanariesLeaked', stat: 'Sum' },
      replies: { metric: 'OutputsBlocked', stat: 'Sum' },
    },
    expression: 'SUM([FILL(canaries, 0), FILL(replies, 0)])',
    comparison: 'GreaterThanOrEqualToThreshold',
    threshold: 1,
    period: FIVE_MINUTES,
    datapoints: 1,
    evaluations: 1,
  },
};
