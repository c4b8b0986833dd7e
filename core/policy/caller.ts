/** The section `caller`. */

import { oneOf, text } from '../options.ts';
import type { PolicySection } from './section.ts';

/** Who must have called. See the middleware `caller`. */
export interface CallerPolicy {
  /** @default 'none' */
  readonly require?: 'user' | 'user-or-key' | 'none';
  /** @default 'sub' */
  readonly userClaim?: string;
  /** @default none */
  readonly tenantClaim?: string;
  /** @default none */
  readonly sessionClaim?: string;
}

/** How the section is checked. */
export const CALLER: PolicySection<CallerPolicy> = {
  checks: {
    require: oneOf('user', 'user-or-key', 'none'),
    userClaim: text(),
    tenantClaim: text(),
    sessionClaim: text(),
  },
};
