/** What is kept, where, and for how long. */

import type { Policy } from '../../core/policy.ts';
import { code, table } from './markdown.ts';

type Row = readonly [where: string, what: string, how: string];

const quotaRow = ({ quota, confirmAboveTokens }: Policy): readonly Row[] => {
  if (quota === undefined || quota.budgets.length === 0) return [];
  const counted = quota.budgets.map(({ name, unit, window }) => `${code(name)} (${unit} per ${window})`).join(', ');
  const once = confirmAboveTokens === undefined ? '' : '; ids of confirmations that were used';
  if (quota.table === undefined)
    return [['memory of the process', `counters of ${counted}`, 'as long as the process lives']];
  return [
    [
      `DynamoDB, table ${code(quota.table)}`,
      `by keyed digest of user, key, address or tenant: counters of ${counted}; reservations in flight${once}`,
      'until the last window is over and 100 days more; then DynamoDB deletes it (TTL)',
    ],
  ];
};

const cacheRow = ({ model }: Policy): readonly Row[] =>
  model?.promptCaching === true
    ? [
        [
          'Bedrock, prompt cache',
          'the prefix of a prompt up to a cache point',
          '5 minutes, or an hour where the call says so',
        ],
      ]
    : [];

const auditRows = ({ audit = {} }: Policy): readonly Row[] => {
  const { logGroup, content = 'none', contentLogGroup = '', sampleRate } = audit;
  const ofContent = content === 'digest' ? 'keyed digests and lengths of texts, both directions' : 'no content';
  const records: Row = [
    logGroup === undefined ? 'CloudWatch Logs' : `CloudWatch Logs, group ${code(logGroup)}`,
    `audit records: decisions, rules, levels, counts, digests; ${ofContent}`,
    "as the log group's retention says; `logRetentionInDays` of the kit's own `serverless.yml`: 90 days",
  ];
  if (content !== 'redacted') return [records];
  const share = sampleRate === undefined ? 'a share' : `${Number((sampleRate * 100).toFixed(4))} %`;
  return [
    records,
    [
      `CloudWatch Logs, group ${code(contentLogGroup)}`,
      `what callers sent and what left, private values replaced, of ${share} of requests`,
      "as the log group's retention says",
    ],
  ];
};

/** What is kept. */
export const storedUnder = (policy: Policy): string =>
  table(
    ['where', 'what', 'for how long'],
    [
      ['memory of the function', 'the request and the reply; what was found in them', 'until the invocation ends'],
      ...quotaRow(policy),
      ...auditRows(policy),
      ['CloudWatch metrics', 'counts by service and model', '15 months, as CloudWatch keeps every metric'],
      ...cacheRow(policy),
      [
        'the client',
        'a sealed session token, where the handler hands it on: an id, no content',
        'as long as it keeps it',
      ],
      [
        'Bedrock',
        'nothing on behalf of the kit',
        'whether Bedrock logs invocations is a setting of the account (off unless it is switched on): the kit neither sees nor changes it',
      ],
    ],
  );
