/** How a denial of the ledger reads to a client. */

import { BulwarkError } from '../errors.ts';
import type { Denial } from './types.ts';

/** `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers-10) and `Retry-After` (RFC 9110, 10.2.3). */
const headersOf = (denial: Denial): Record<string, string> => ({
  'retry-after': String(denial.retryAfterSeconds),
  'ratelimit-policy': `"${denial.budget}";q=${denial.limit};w=${denial.windowSeconds}`,
  ratelimit: `"${denial.budget}";r=${denial.remaining};t=${denial.retryAfterSeconds}`,
});

/** The error that a denied reservation ends a request with. */
export const refusalOf = (denial: Denial): BulwarkError => {
  switch (denial.reason) {
    case 'budget':
      return new BulwarkError('quota_exceeded', { headers: headersOf(denial), reason: denial.budget });
    case 'never_fits':
      return new BulwarkError('request_never_fits', { extra: { limit: denial.limit }, reason: denial.budget });
    case 'suspended':
      return new BulwarkError('caller_suspended', { headers: { 'retry-after': String(denial.retryAfterSeconds) } });
    case 'consumed':
      return new BulwarkError('confirmation_invalid', { reason: 'used' });
  }
};
