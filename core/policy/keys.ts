/** The section `keys`. */

import type { OptionCheck } from '../options.ts';
import type { PolicySection } from './section.ts';

/** A key that names its version, so that what was made under another one can be told apart. */
export interface VersionedKey {
  /** Stands before each digest: `v2` in `v2.…`. */
  readonly version: string;
  readonly key: string;
}

/** Secrets of the service, each at least 32 characters, each for one use. */
export interface PolicyKeys {
  /**
   * Digests principals in table and log. Long-lived: changing it forgets everybody's usage. A key by itself is version
   * `v1`.
   */
  readonly digest: string | VersionedKey;
  /**
   * Seals sessions, confirmations and approvals of tools. May rotate: of several keys the first seals, and what any of them
   * has sealed is good.
   */
  readonly mac: string | readonly string[];
}

/** Version of a key that names none. */
const FIRST_VERSION = 'v1';

/** Shortest secret that is accepted, in characters. */
export const MIN_KEY_LENGTH = 32;

/** Most keys that may seal at a time: the next one, this one, the one before, and one to spare. */
const MOST_MACS = 4;

const VERSION = /^[a-z][a-z\d]{0,15}$/; // v1

const isKey = (value: unknown): value is string => typeof value === 'string' && value.length >= MIN_KEY_LENGTH;

const isVersionedKey = (value: unknown): boolean => {
  const { version, key, ...more } = Object(value) as Readonly<Record<string, unknown>>;
  return typeof version === 'string' && VERSION.test(version) && isKey(key) && Object.keys(more).length === 0;
};

const digestKey: OptionCheck = (value) =>
  isKey(value) || (typeof value === 'object' && isVersionedKey(value))
    ? undefined
    : `a string of at least ${MIN_KEY_LENGTH} characters, or { version, key }`;

const macKeys: OptionCheck = (value) => {
  const keys: readonly unknown[] = Array.isArray(value) ? value : [value];
  return keys.length > 0 && keys.length <= MOST_MACS && keys.every(isKey)
    ? undefined
    : `a string of at least ${MIN_KEY_LENGTH} characters, or 1 to ${MOST_MACS} of them`;
};

/** A digest key with its version. */
export const versionedKey = (digest: PolicyKeys['digest']): VersionedKey =>
  typeof digest === 'string' ? { version: FIRST_VERSION, key: digest } : digest;

/** The keys that seal, the one that seals anew first. */
export const macKeysOf = ({ mac }: PolicyKeys): readonly [string, ...string[]] =>
  (typeof mac === 'string' ? [mac] : mac) as readonly [string, ...string[]];

/** How the section is checked. */
export const KEYS: PolicySection<PolicyKeys> = {
  checks: { digest: digestKey, mac: macKeys },
  check(keys) {
    if (keys.digest === undefined || keys.mac === undefined)
      throw new TypeError('policy.keys: digest and mac are needed');
    if (macKeysOf(keys).includes(versionedKey(keys.digest).key))
      throw new TypeError('policy.keys: digest and mac must differ');
  },
};
