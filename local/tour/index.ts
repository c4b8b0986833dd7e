/** The tour: `events/` through the gateway, each to the guarded service, in one piece and streamed, and to its twin. */

import type { Stack } from '../stack/index.ts';
import { attackCases, benignCases, sourceCases, type TourCase } from './cases.ts';
import { judge } from './judge.ts';
import { observe } from './observe.ts';
import { attackTable, benignTable, problemList, type TourRow } from './table.ts';

/** What the tour found. */
export interface TourResult {
  readonly attacks: readonly TourRow[];
  readonly benign: readonly TourRow[];
  /** Rows that went otherwise than they should. */
  readonly failures: number;
}

const runRow = async (stack: Stack, row: TourCase): Promise<TourRow> => {
  const unguarded = await observe(stack, 'unguarded', row);
  const guarded = await observe(stack, 'guarded', row);
  const streamed = await observe(stack, 'streamed', row);
  const sides = { guarded, streamed, unguarded };
  return { row, ...sides, problems: judge(row, sides) };
};

const runRows = async (stack: Stack, cases: readonly TourCase[]): Promise<readonly TourRow[]> => {
  const rows: TourRow[] = [];
  for (const row of cases) rows.push(await runRow(stack, row));
  return rows;
};

/** What is about to be run, for a progress line. */
export const tourSize = (): string =>
  `${attackCases().length} attacks and ${sourceCases().length + benignCases().length} benign requests`;

/** Runs the whole tour, one request at a time but where a row floods. */
export const runTour = async (stack: Stack): Promise<TourResult> => {
  const attacks = await runRows(stack, attackCases());
  const benign = await runRows(stack, [...sourceCases(), ...benignCases()]);
  return { attacks, benign, failures: [...attacks, ...benign].filter(({ problems }) => problems.length > 0).length };
};

/** The result as a person reads it, on a terminal of so many characters. */
export const tourReport = ({ attacks, benign, failures }: TourResult, terminal = Number.POSITIVE_INFINITY): string => {
  const rows = [...attacks, ...benign];
  return [
    'Attacks. Tokens: what Bedrock billed, unguarded → guarded. Charged: what the budgets counted (a call whose outcome is',
    'unknown is charged at its bound). {email}, {card} … stand for private values that the client saw in clear.',
    attackTable(attacks, terminal),
    '',
    'Benign requests, look-alikes of the attacks among them:',
    benignTable(benign),
    ...(failures > 0 ? ['', 'Not as expected:', problemList(rows)] : []),
    '',
    `${attacks.length} attacks, ${benign.length} benign requests, each in one piece and streamed, ${failures} not as expected`,
  ].join('\n');
};
