/** A comparison of records and calls, for people and for programs. */

import { type Column, tableLines } from '../table.ts';
import type { DriftGroup, ReadInvocations, Reconciliation } from './reconciliation.ts';

/** Version of the JSON's fields. */
const VERSION = 1;

const NUMBERS = new Intl.NumberFormat('en', { useGrouping: true });
const number = (value: number): string => NUMBERS.format(value);
const signed = (value: number): string => `${value > 0 ? '+' : ''}${number(value)}`;
const usd = (value: number): string => value.toFixed(6);
const percent = (share: number): string => `${(100 * share).toFixed(3)}%`;

const numeric = (title: string): Column => ({ title, kind: 'number' });
const textual = (title: string): Column => ({ title, kind: 'text' });

const GROUPS: readonly Column[] = [
  textual('requests that were'),
  numeric('requests'),
  numeric('tokens'),
  numeric('USD'),
];
const CALLERS: readonly Column[] = [textual('caller'), numeric('calls'), numeric('tokens'), numeric('USD')];
const WORST: readonly Column[] = [
  textual('request'),
  numeric('calls'),
  numeric('in logs'),
  numeric('charged'),
  numeric('billed'),
  numeric('drift'),
];

const groupRow = (title: string, { requests, tokens, usd: money }: DriftGroup): readonly string[] => [
  title,
  number(requests),
  signed(tokens),
  usd(money),
];

/** Text, without a last newline. */
export const renderReconciliation = (
  made: Reconciliation,
  read: ReadInvocations,
  tolerance: number,
  width: number,
): string => {
  const { charged, billed } = made;
  const verdict = made.difference > tolerance ? 'above' : 'within';
  return [
    `Read        ${number(read.records)} audit records, ${number(read.invocations)} calls in Bedrock's logs, ${number(read.unreadable)} unreadable`,
    `Charged     ${number(charged.tokens)} tokens, USD ${usd(charged.usd)}, in ${number(made.requests)} requests (${number(made.withoutCalls)} without a call)`,
    `Billed      ${number(billed.tokens)} tokens, USD ${usd(billed.usd)} by the list of prices`,
    `Retries     ${number(made.retries)} attempts beyond the first of ${number(made.calls)} calls; ${number(made.invocations)} of them in Bedrock's logs`,
    `Difference  ${percent(made.difference)} of the tokens billed, ${verdict} the tolerance of ${percent(tolerance)}`,
    '',
    ...tableLines(
      GROUPS,
      [
        groupRow('charged exactly', made.exact),
        groupRow('charged more', made.over),
        groupRow('of them by a bound', made.atBound),
        groupRow('charged less', made.under),
        groupRow('in no log of Bedrock', made.missing),
      ],
      width,
    ),
    ...(made.unrecorded.length === 0
      ? []
      : [
          '',
          'Calls that no record knows, by who called:',
          ...tableLines(
            CALLERS,
            made.unrecorded.map(([caller, { calls, tokens, usd: money }]) => [
              caller,
              number(calls),
              number(tokens),
              usd(money),
            ]),
            width,
          ),
        ]),
    ...(made.worst.length === 0
      ? []
      : [
          '',
          'Requests with the greatest differences:',
          ...tableLines(
            WORST,
            made.worst.map((each) => [
              each.requestId,
              number(each.calls),
              number(each.invocations),
              number(each.chargedTokens),
              number(each.billedTokens),
              signed(each.chargedTokens - each.billedTokens),
            ]),
            width,
          ),
        ]),
  ].join('\n');
};

/** JSON, without a last newline. */
export const reconciliationJson = (made: Reconciliation, read: ReadInvocations, tolerance: number): string => {
  const { unrecorded, worst, ...counts } = made;
  return JSON.stringify({
    version: VERSION,
    read,
    tolerance,
    withinTolerance: made.difference <= tolerance,
    ...counts,
    unrecorded: unrecorded.map(([caller, calls]) => ({ caller, ...calls })),
    worst: worst.map(({ requestId, calls, attempts, invocations, chargedTokens, billedTokens, atBound }) => ({
      requestId,
      calls,
      attempts,
      invocations,
      chargedTokens,
      billedTokens,
      atBound,
    })),
  });
};
