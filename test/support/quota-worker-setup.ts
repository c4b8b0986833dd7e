/** What workers of the quota ledger and those who watch them agree on. */

import type { Budget, Principal } from '../../core/quota/types.ts';

export const WORKER_DIGEST_KEY = 'a digest key for workers';

/** Real clocks of one machine. */
export const WORKER_SKEW_MS = 100;

/** Longer than a request takes on a busy machine, short enough to wait for. */
export const LEASE_MS = 2500;

/** The first is used up soon. They never start again, so that no window ends in the middle of a test. */
export const WORKER_BUDGETS: readonly Budget[] = [
  { name: 'spent', per: 'user', unit: 'tokens', window: 'session', limit: 2000 },
  { name: 'held', per: 'tenant', unit: 'tokens', window: 'session', limit: 2800, onExpiry: 'release' },
  { name: 'shared', per: 'account', unit: 'tokens', window: 'session', limit: 3000, shards: 4 },
];

/** Whom all workers spend for. */
export const principalsOf = (suffix: string): readonly Principal[] => [
  { kind: 'user', id: `workers of ${suffix}` },
  { kind: 'tenant', id: `workers of ${suffix}` },
  { kind: 'account', id: `workers of ${suffix}` },
];
