/** Whether a row of the tour ended as it should. */

import type { Expectation, TourCase } from './cases.ts';
import type { Answer, Side } from './client.ts';
import type { Observation } from './observe.ts';

/** How many answers of each status. */
export const statusesOf = (answers: readonly Answer[]): Readonly<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

const sameCounts = (a: Readonly<Record<string, number>>, b: Readonly<Record<string, number>>): boolean =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/** What of `expected` did not happen on one side, in words. */
export const unmet = (expected: Expectation, seen: Observation): readonly string[] => {
  const statuses = statusesOf(seen.answers);
  const answer = seen.answers.find(({ status }) => status === expected.status);
  if (answer === undefined) return [`status ${Object.keys(statuses).join('/')}, not ${expected.status}`];
  const problems: string[] = [];
  if (expected.statuses !== undefined && !sameCounts(expected.statuses, statuses))
    problems.push(`statuses ${JSON.stringify(statuses)}, not ${JSON.stringify(expected.statuses)}`);
  if (expected.code !== undefined && answer.json['code'] !== expected.code)
    problems.push(`code ${String(answer.json['code'])}, not ${expected.code}`);
  if (expected.header !== undefined && !answer.headers.has(expected.header))
    problems.push(`no ${expected.header} header`);
  for (const part of expected.contains ?? [])
    if (!answer.body.includes(part)) problems.push('an expected part is missing');
  for (const part of expected.lacks ?? []) if (answer.body.includes(part)) problems.push('a forbidden part is there');
  if (seen.billed > (expected.mostTokens ?? Number.POSITIVE_INFINITY)) problems.push(`${seen.billed} tokens billed`);
  if (seen.billed < (expected.leastTokens ?? 0)) problems.push(`only ${seen.billed} tokens billed`);
  return problems;
};

/** What both sides must agree on for a benign request. */
const messageOf = (seen: Observation): string =>
  JSON.stringify(seen.answers.map(({ status, json }) => [status, json['message']]));

/** What went otherwise than it should on a guarded side, in words. */
const judgeGuarded = (row: TourCase, guarded: Observation, unguarded: Observation): readonly string[] => {
  if (row.guarded !== undefined)
    return [
      ...unmet(row.guarded, guarded),
      ...(guarded.charged !== undefined && guarded.charged < guarded.billed ? ['charged less than billed'] : []),
    ];
  if (guarded.answers.some(({ status }) => status !== 200))
    return [`status ${Object.keys(statusesOf(guarded.answers)).join('/')}`];
  return messageOf(guarded) === messageOf(unguarded) ? [] : ['the answers differ'];
};

/** A row on all sides. */
export type Sides = Readonly<Record<Side, Observation>>;

/** What went otherwise than it should in a row, in words; empty when it went well. */
export const judge = (row: TourCase, { guarded, streamed, unguarded }: Sides): readonly string[] => [
  ...judgeGuarded(row, guarded, unguarded).map((problem) => `guarded: ${problem}`),
  ...judgeGuarded(row, streamed, unguarded).map((problem) => `streamed: ${problem}`),
  ...(row.unguarded === undefined ? [] : unmet(row.unguarded, unguarded)).map((problem) => `unguarded: ${problem}`),
];
