/** One-time tokens that are used up while a request runs, in the ledger that keeps those of its admission. */

import type { InvocationScope } from '../../aws/invocation-scope.ts';
import { type Lease, type Principal, type QuotaLedger, refusalOf } from '../../core/quota/index.ts';
import { inTime } from './in-time.ts';

/** Whose tokens, and where they are kept. */
export interface OneTimeTokensOptions {
  readonly scope: InvocationScope;
  readonly ledger: QuotaLedger;
  readonly principals: readonly Principal[];
  /** The lease of a reservation that begins now, with an id that none had before. */
  readonly lease: () => Lease;
}

/**
 * Uses a token up with a reservation of nothing, which the ledger writes on the condition that the token is new.
 *
 * @returns A function that says whether the token was unused. It throws what the ledger throws, and the refusal of a
 * caller that has been suspended meanwhile.
 */
export const oneTimeTokens =
  ({ scope, ledger, principals, lease }: OneTimeTokensOptions): NonNullable<InvocationScope['useUp']> =>
  async (token) => {
    const reserving = ledger.reserve(principals, {}, { ...lease(), consume: token });
    const outcome = await inTime(scope, reserving, (late) => late.granted && ledger.settle(late, {}));
    if (!outcome.granted) {
      if (outcome.reason === 'consumed') return false;
      throw refusalOf(outcome);
    }
    // The token is used, whatever becomes of the rest: it holds nothing.
    await inTime(scope, ledger.settle(outcome, {}), () => {}).catch(() => scope.record.count('QuotaSettleFailed'));
    return true;
  };
