/** What a refusal at the Bedrock edge leads to. */

import { BulwarkError, isBulwarkError } from '../../core/errors.ts';
import type { InvocationScope } from '../invocation-scope.ts';
import { patiently } from '../patience.ts';
import type { UpstreamTrace } from '../telemetry/request-record.ts';

const CONTROL = 'bedrock-client';

/** The refusal that an error of a check stands for, recorded. */
const recordRefusal = (scope: InvocationScope, error: unknown): BulwarkError => {
  if (!isBulwarkError(error)) scope.record.count('ControlFailures');
  const refusal = isBulwarkError(error) ? error : new BulwarkError('control_unavailable', { reason: CONTROL });
  scope.record.refuse(refusal, CONTROL);
  return refusal;
};

/** Records why a call came to nothing: a failure of Bedrock is no refusal of the kit. */
export const recordFailure = (scope: InvocationScope, error: BulwarkError, upstream?: UpstreamTrace): void => {
  const { code, reason = code } = error;
  const known = upstream && { upstream };
  if (code.startsWith('upstream_')) scope.record.decide({ control: CONTROL, verdict: 'deny', reason, ...known });
  else scope.record.refuse(error, CONTROL, known);
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
    return undefined;
  }
};

/** The same for a check that takes its time. */
export const checkedAsync = async <T>(scope: InvocationScope, check: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await patiently(scope, check());
  } catch (error) {
    return checked(scope, () => {
      throw error;
    });
  }
};
