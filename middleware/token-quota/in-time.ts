/** Waiting for the ledger no longer than there is time for an answer. */

import type { InvocationScope } from '../../aws/invocation-scope.ts';
import { MONITOR_PATIENCE_MS } from '../../aws/patience.ts';
import { within } from '../../aws/within.ts';

/** How long the ledger may take from now on, in milliseconds. */
const patienceOf = ({ answerBy, monitor }: InvocationScope): number => {
  const untilAnswer = answerBy === undefined ? Number.POSITIVE_INFINITY : Math.max(0, answerBy - Date.now());
  return monitor ? Math.min(untilAnswer, MONITOR_PATIENCE_MS) : untilAnswer;
};

/**
 * The result of `work`, as long as the answer of the invocation can still leave afterwards; in monitor mode, as long as
 * the handler can be made to wait.
 *
 * @param onLate Given what comes after all, later.
 * @throws Error when the time is over first; what `work` throws.
 */
export const inTime = <T>(scope: InvocationScope, work: Promise<T>, onLate: (result: T) => unknown): Promise<T> => {
  const patienceMs = patienceOf(scope);
  if (patienceMs === Number.POSITIVE_INFINITY) return work;
  let late = false;
  work.then((result) => (late ? onLate(result) : undefined)).catch(() => {});
  return within(work, patienceMs, () => {
    late = true;
    return new Error('the ledger takes too long');
  });
};
