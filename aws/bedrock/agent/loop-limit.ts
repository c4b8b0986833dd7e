/** The end of a loop that went on for too long. */

import { BulwarkError } from '../../../core/errors.ts';
import type { InvocationScope } from '../../invocation-scope.ts';

/** The bounds of a loop, as the reason of an error names them. */
export type LoopBound = 'turns' | 'time' | 'calls' | 'tokens' | 'usd';

/** The error of a loop that would pass a bound, recorded. */
export const loopLimitReached = (scope: InvocationScope | undefined, bound: LoopBound): BulwarkError => {
  const error = new BulwarkError('loop_limit_reached', { reason: bound });
  scope?.record.count('LoopLimitsReached');
  scope?.record.refuse(error, 'run-tools');
  return error;
};
