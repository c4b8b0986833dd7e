/** Monitor mode waits for nobody: what takes too long is reported as a failure, and the request goes on. */

import type { InvocationScope } from './invocation-scope.ts';
import { within } from './within.ts';

/** Longest wait for one control in monitor mode, in milliseconds. */
export const MONITOR_PATIENCE_MS = 1000;

/** Invocations that have waited in vain. */
const impatient = new WeakSet<InvocationScope>();

/**
 * In monitor mode, the result of `work` if it comes within {@link MONITOR_PATIENCE_MS}; after the first that did not, the
 * invocation does not wait again. In enforce mode, the result of `work`, however long it takes.
 *
 * @throws Error when it takes too long; what `work` throws.
 */
export const patiently = async <T>(scope: InvocationScope, work: T | Promise<T>): Promise<T> => {
  if (!scope.monitor || !(work instanceof Promise)) return work;
  return within(work, impatient.has(scope) ? 0 : MONITOR_PATIENCE_MS, () => {
    impatient.add(scope);
    return new Error('a control takes too long');
  });
};
