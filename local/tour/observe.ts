/** Running one row of the tour on one side, and what came of it. */

import type { Stack } from '../stack/index.ts';
import type { TourCase } from './cases.ts';
import { type Answer, ask, FUNCTION_OF, type Side } from './client.ts';

/** What a client saw and what it cost. */
export interface Observation {
  readonly answers: readonly Answer[];
  /** Tokens that Bedrock billed. */
  readonly billed: number;
  /** Tokens that the budgets were charged; undefined on the unguarded side, which has none. */
  readonly charged: number | undefined;
  /** Sums of the metrics that the function emitted. */
  readonly metrics: ReadonlyMap<string, number>;
}

let users = 0;

/** The user that a case asks as: its own, unless it names one. Two cases never spend from one budget by accident. */
const userOf = (row: TourCase): string | undefined => {
  if (row.as === null) return undefined;
  if (row.as !== undefined) return row.as;
  if (typeof row.event?.claims['sub'] === 'string') return row.event.claims['sub'];
  users += 1;
  return `tourist-${users}`;
};

/** Sends a row to one side. */
export const observe = async (stack: Stack, side: Side, row: TourCase): Promise<Observation> => {
  const user = userOf(row);
  if (row.before !== undefined) await ask(stack, side, row.before, user);
  const bedrock = stack.bedrock.local;
  const billedBefore = bedrock?.billedTokens() ?? 0;
  const mark = stack.output.mark();
  if (row.fault !== undefined) bedrock?.faults.add(row.fault);
  try {
    const answers = await ask(stack, side, row, user);
    const metrics = stack.output.metricsSince(mark, FUNCTION_OF[side]);
    return {
      answers,
      billed: (bedrock?.billedTokens() ?? 0) - billedBefore,
      charged: side !== 'unguarded' ? (metrics.get('TotalTokens') ?? 0) : undefined,
      metrics,
    };
  } finally {
    bedrock?.faults.clear();
  }
};
