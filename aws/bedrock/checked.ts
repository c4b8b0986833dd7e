/** What a refusal at the Bedrock edge leads to. */

import { BulwarkError, isBulwarkError } from '../../core/errors.ts';
import type { InvocationScope } from '../invocation-scope.ts';

const CONTROL = 'bedrock-client';

/** Records why a call is refused, and gives the error that the handler gets. Rejected prompts are recorded by the screen. */
export const recordRefusal = (scope: InvocationScope, error: unknown): BulwarkError => {
  if (!isBulwarkError(error)) {
    scope.record.count('ControlFailures');
    return new BulwarkError('control_unavailable', { reason: CONTROL });
  }
  if (error.code !== 'prompt_rejected')
    scope.record.decide({ control: CONTROL, verdict: 'deny', reason: error.reason ?? error.code });
  return error;
};

/**
 * Runs a check, and records its refusal. In monitor mode the refusal goes no further, and the result is `undefined`.
 *
 * @throws BulwarkError only.
 */
export const checked = <T>(scope: InvocationScope, check: () => T): T | undefined => {
  try {
    return check();
  } catch (error) {
    const refusal = recordRefusal(scope, error);
    if (!scope.monitor) throw refusal;
    scope.record.refuse(refusal.code);
    return undefined;
  }
};

/** The same for a check that takes its time. */
export const checkedAsync = async <T>(scope: InvocationScope, check: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await check();
  } catch (error) {
    return checked(scope, () => {
      throw error;
    });
  }
};
