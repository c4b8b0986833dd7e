/** A budget for a probe. */

import { type Allowance, createAllowance } from '../../../../../aws/bedrock/allowance.ts';
import type { InvocationScope } from '../../../../../aws/invocation-scope.ts';
import { createMemoryQuotaLedger, type QuotaLedger } from '../../../../../core/quota/index.ts';
import { scope } from './probe.ts';

/** So many tokens, or so much money, and what the ledger does otherwise. */
export interface Money {
  readonly tokens?: number;
  readonly usdMicros?: number;
  readonly over?: (ledger: QuotaLedger) => Partial<QuotaLedger>;
}

/** A scope with a budget of tokens, or of money. */
export const withBudget = async ({
  tokens,
  usdMicros,
  over = () => ({}),
}: Money): Promise<InvocationScope & { allowance: Allowance }> => {
  const unit = tokens === undefined ? 'usd' : 'tokens';
  const limit = tokens ?? usdMicros ?? 0;
  const ledger = createMemoryQuotaLedger({ budgets: [{ name: 'day', per: 'user', unit, window: 'day', limit }] });
  const reservation = await ledger.reserve([{ kind: 'user', id: 'u' }], {}, { id: 'r', ttlMs: 60_000 });
  if (!reservation.granted) throw new Error('not granted');
  const allowance = createAllowance({ ledger: { ...ledger, ...over(ledger) }, reservation, priced: unit === 'usd' });
  return Object.assign(scope(), { allowance });
};
