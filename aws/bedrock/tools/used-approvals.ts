/** Approvals that were used, where no ledger keeps them: those of this process. */

import type { ApprovalUse } from '../../../core/tools/approval.ts';
import type { InvocationScope } from '../../invocation-scope.ts';

/** Most approvals that are remembered. When so many stand, none is taken any more until one has expired. */
const MOST_REMEMBERED = 10_000;

/** When each id expires. */
const used = new Map<string, number>();

/** Either all of them or none. */
const useUpHere = (uses: readonly ApprovalUse[], now: number): number => {
  if (used.size + uses.length > MOST_REMEMBERED) for (const [known, end] of used) if (end <= now) used.delete(known);
  const free = MOST_REMEMBERED - used.size;
  const refused = uses.findIndex((use, index) => used.has(use.id) || index >= free);
  if (refused < 0) for (const { id, expiresAt } of uses) used.set(id, expiresAt);
  return refused;
};

/**
 * Uses approvals up, for ever: in the ledger of the invocation, one after the other up to the first that is used, or, where
 * it has none, in this process alone, all or none.
 *
 * @returns The place of the first that was used before; -1 where none was.
 * @throws What the ledger throws: what cannot be written down is not used.
 */
export const useUpAll = async (scope: InvocationScope, uses: readonly ApprovalUse[]): Promise<number> => {
  if (scope.useUp === undefined) return useUpHere(uses, Date.now());
  for (const [index, use] of uses.entries()) if (!(await scope.useUp(use))) return index;
  return -1;
};
