/** How a denial of the ledger reads to a client. */

import { BulwarkError } from '../errors.ts';
import { denialFields, isOwn, retryAfterField } from './rate-limit-fields.ts';
import type { Denial } from './types.ts';

/** The error that a denied reservation ends a request with. */
export const refusalOf = (denial: Denial): BulwarkError => {
  switch (denial.reason) {
    case 'budget':
      return new BulwarkError('quota_exceeded', { headers: denialFields(denial), reason: denial.budget });
    case 'never_fits':
      return new BulwarkError('request_never_fits', {
        extra: isOwn(denial) ? { limit: denial.limit } : {},
        reason: denial.budget,
      });
    case 'suspended':
      return new BulwarkError('caller_suspended', { headers: retryAfterField(denial) });
    case 'consumed':
      return new BulwarkError('confirmation_invalid', { reason: 'used' });
  }
};
