/** The way of a request: who hands what to whom, and what is done to it before. */

import type { Policy } from '../../core/policy.ts';
import { code, codes, table } from './markdown.ts';

const CALLERS = {
  user: 'somebody who is signed in',
  'user-or-key': 'somebody who is signed in, or has an API key',
  none: 'anybody',
} as const;

const bodyRow = ({ caller, body }: Policy): readonly string[] => [
  `caller (${CALLERS[caller?.require ?? 'none']}) → function`,
  'the request: body, headers, token or key',
  `at most ${body?.maxBytes ?? 100_000} bytes of JSON${body?.schema === undefined ? '' : ', of the schema of the policy'}`,
];

const tableRow = ({ quota }: Policy): readonly (readonly string[])[] =>
  quota?.table === undefined
    ? []
    : [
        [
          `function → DynamoDB, table ${code(quota.table)}`,
          'what was spent, by whom; no content',
          'who it was stands there as a keyed digest',
        ],
      ];

const screenRows = ({ injection }: Policy): readonly (readonly string[])[] => {
  if (injection === false) return [];
  const rows = [
    ['function, within itself', 'prompt, history, results of tools', 'screened for attacks; nothing leaves'],
  ];
  if (injection?.deep !== undefined)
    rows.push(['function → deep tier', 'texts that the screen flags', 'as they are: they are judged elsewhere']);
  return rows;
};

const pseudonymsIn = ({ redaction }: Policy): boolean =>
  redaction !== undefined &&
  redaction !== false &&
  redaction.pseudonymize !== undefined &&
  redaction.pseudonymize !== false;

const classified = ({ classification }: Policy): string => {
  if (!classification) return 'not classified';
  const { allow = 'restricted' } = classification;
  return allow === 'restricted'
    ? 'classified: the level is recorded'
    : 'classified: passes, is masked, or is refused (below)';
};

const onTheWay = (policy: Policy): string => {
  const done = [
    classified(policy),
    pseudonymsIn(policy) ? 'private values replaced by stand-ins' : '',
    policy.model?.spotlight ? 'text of others marked' : '',
  ];
  return done.filter((part) => part !== '').join('; ');
};

const modelRow = (policy: Policy): readonly string[] => [
  `function → Bedrock: ${policy.model?.models === undefined ? 'any model' : codes(policy.model.models)}`,
  'system prompt, turns, definitions, arguments and results of tools, metadata of the call',
  onTheWay(policy),
];

const redacted = ({ redaction }: Policy): string => {
  if (redaction === false) return 'not redacted';
  const { entities = 'default', detectors = [] } = redaction ?? {};
  const which = typeof entities === 'string' ? `${entities} entities` : codes(entities);
  return `redacted: ${which}${detectors.length > 0 ? `, and ${detectors.length} detectors of the policy` : ''}`;
};

const replyRow = (policy: Policy): readonly string[] => [
  'Bedrock → function → caller',
  'the reply, whole or in pieces',
  [redacted(policy), policy.model?.protectSystemPrompt === false ? '' : 'withheld where it repeats the system prompt']
    .filter((part) => part !== '')
    .join('; '),
];

const OBSERVED = [
  [
    'function → CloudWatch Logs',
    'one audit record a request: decisions, rules, scores, levels, counts, digests',
    'no prompt, no reply, no header, no name',
  ],
  ['function → CloudWatch metrics', 'counts, by service and by model of the allowlist', 'numbers only'],
];

/** The way of a request, in the order in which it goes. */
export const wayOf = (policy: Policy): string =>
  table(
    ['from → to', 'what goes', 'what is done to it'],
    [bodyRow(policy), ...tableRow(policy), ...screenRows(policy), modelRow(policy), replyRow(policy), ...OBSERVED],
  );
