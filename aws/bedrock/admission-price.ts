/** What a request may cost in money, before it is known which model its handler will call. */

import type { ModelPolicy } from '../../core/policy.ts';
import { mostUsdMicros, type TokenCounts } from '../../core/quota/index.ts';
import { priceOf } from './price-of.ts';

/** USD micro-units of one call at most, with the dearest of the models that a policy allows. */
export type AdmissionPrice = (usage: TokenCounts) => number;

/**
 * The price of one call under `policy`, or `undefined` where a policy names no models, or one without a price: then the
 * call itself is priced, or refused.
 */
export const admissionPriceOf = (policy: ModelPolicy, region: string): AdmissionPrice | undefined => {
  const { models = [], prices, profiles, serviceTiers = [], promptCaching = false } = policy;
  const listed = models.map((model) => priceOf(prices, { modelId: model, profiles, region, needed: false }));
  const known = listed.filter((price) => price !== undefined);
  if (known.length === 0 || known.length < models.length) return undefined;
  const asked = [undefined, ...serviceTiers].map(
    (tier) => ({ tier, cacheTtl: promptCaching ? '1h' : undefined }) as const,
  );
  return (usage) =>
    Math.max(...known.flatMap((price) => asked.map((askedFor) => mostUsdMicros(usage, price, askedFor))));
};
