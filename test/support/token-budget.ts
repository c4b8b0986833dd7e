/** A budget of tokens for one user, as calls draw on it. */

import { type Allowance, createAllowance } from '../../aws/bedrock/allowance.ts';
import { createMemoryQuotaLedger } from '../../core/quota/index.ts';

/** What calls draw on, and what they have spent. */
export interface TokenBudget {
  readonly allowance: Allowance;
  /** Settles it. @returns Tokens. */
  spent(): Promise<number | undefined>;
}

/** A budget of `limit` tokens. */
export const tokenBudget = async (limit: number): Promise<TokenBudget> => {
  const budgets = [{ name: 'day', per: 'user', unit: 'tokens', window: 'day', limit } as const];
  const ledger = createMemoryQuotaLedger({ budgets });
  const principal = { kind: 'user', id: 'u' } as const;
  const reservation = await ledger.reserve([principal], { tokens: 1 }, { id: 'r', ttlMs: 60_000 });
  if (!reservation.granted) throw new Error('not granted');
  const allowance = createAllowance({ ledger, reservation, priced: false });
  return {
    allowance,
    spent: async () => {
      await allowance.settle({});
      return (await ledger.usage(principal))[0]?.used;
    },
  };
};
