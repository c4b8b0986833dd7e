/** The section `keys`. */

import { text } from '../options.ts';
import type { PolicySection } from './section.ts';

/** Secrets of the service, each at least 32 characters, each for one use. */
export interface PolicyKeys {
  /** Digests principals in table and log. Long-lived: changing it forgets everybody's usage. */
  readonly digest: string;
  /** Seals sessions and confirmations. May rotate. */
  readonly mac: string;
}

/** Shortest secret that is accepted, in characters. */
const MIN_KEY_LENGTH = 32;

/** How the section is checked. */
export const KEYS: PolicySection<PolicyKeys> = {
  checks: { digest: text(MIN_KEY_LENGTH), mac: text(MIN_KEY_LENGTH) },
  check({ digest, mac }) {
    if (digest === mac) throw new TypeError('policy.keys: digest and mac must differ');
  },
};
