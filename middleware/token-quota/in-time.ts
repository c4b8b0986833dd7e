/** Waiting for the ledger no longer than there is time for an answer. */

import type { InvocationScope } from '../../aws/invocation-scope.ts';

/**
 * The result of `work`, as long as the answer of the invocation can still leave afterwards.
 *
 * @param onLate Given what comes after all, later.
 * @throws Error when the time is over first; what `work` throws.
 */
export const inTime = <T>(scope: InvocationScope, work: Promise<T>, onLate: (result: T) => unknown): Promise<T> => {
  const { answerBy } = scope;
  if (answerBy === undefined) return work;
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(
      () => {
        late = true;
        reject(new Error('the ledger takes too long'));
      },
      Math.max(0, answerBy - Date.now()),
    );
    work
      .then(async (result) => {
        clearTimeout(timer);
        if (late) await onLate(result);
        else resolve(result);
      })
      .catch((error: unknown) => {
        clearTimeout(timer);
        reject(error);
      });
  });
};
