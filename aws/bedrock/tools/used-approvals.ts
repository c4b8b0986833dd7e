/** Approvals that were used, where no ledger keeps them: those of this process. */

import type { ApprovalUse } from '../../../core/tools/approval.ts';
import type { InvocationScope } from '../../invocation-scope.ts';

/** Most approvals that are remembered. When so many stand, none is taken any more until one has expired. */
const MOST_REMEMBERED = 10_000;

/** When each id expires. */
const used = new Map<string, number>();

const useUpHere = ({ id, expiresAt }: ApprovalUse, now: number): boolean => {
  if (used.size >= MOST_REMEMBERED) for (const [known, end] of used) if (end <= now) used.delete(known);
  if (used.has(id) || used.size >= MOST_REMEMBERED) return false;
  used.set(id, expiresAt);
  return true;
};

/**
 * Uses an approval up, for ever: in the ledger of the invocation, or, where it has none, in this process alone.
 *
 * @returns Whether it was unused.
 * @throws What the ledger throws: what cannot be written down is not used.
 */
export const useUp = async (scope: InvocationScope, use: ApprovalUse): Promise<boolean> =>
  scope.useUp === undefined ? useUpHere(use, Date.now()) : scope.useUp(use);
