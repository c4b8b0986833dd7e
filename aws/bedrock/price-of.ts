/** The price of the model that a call names. */

import { BulwarkError } from '../../core/errors.ts';
import type { ModelPolicy } from '../../core/policy.ts';
import type { ModelPrice, PriceList } from '../../core/quota/index.ts';
import { modelKeys } from './model-id.ts';
import { PRICE_LIST } from './price-list.ts';

const find = (prices: PriceList, names: readonly string[]): ModelPrice | undefined => {
  const key = names.find((name) => Object.hasOwn(prices, name));
  return key === undefined ? undefined : prices[key];
};

/** `eu-central-1`: the partition whose prices are listed. `us-gov-west-1`, `eusc-de-east-1`, `cn-north-1` are of others. */
const COMMERCIAL_REGION = /^(?:af|ap|ca|eu|il|me|mx|sa|us)-(?:central|(?:north|south)?(?:east|west)|north|south)-\d$/;

/** A call, as far as its price goes. */
export interface PricedCall {
  readonly modelId: string;
  /** What application inference profiles are copies of: their prices are those of what they copy. */
  readonly profiles?: ModelPolicy['profiles'];
  /** Where it is sent: what is listed holds in the commercial Regions. */
  readonly region: string;
  /** Whether a budget counts what only a price tells: money, or tokens of the account's quota. */
  readonly needed: boolean;
}

/**
 * The price that a call is accounted with: that of `prices`, else that of the kit's own list; in each the most exact name
 * counts. A price of `prices` that says nothing of the burn-down leaves it as it is listed.
 *
 * @throws BulwarkError `model_unpriced` where a price is needed and there is none.
 */
export const priceOf = (
  prices: PriceList | undefined,
  { modelId, profiles, region, needed }: PricedCall,
): ModelPrice | undefined => {
  const names = modelKeys(modelId, profiles);
  const listed = COMMERCIAL_REGION.test(region) ? find(PRICE_LIST, names) : undefined;
  const given = prices && find(prices, names);
  if (given === undefined) {
    if (needed && listed === undefined) throw new BulwarkError('model_unpriced');
    return listed;
  }
  const burnDown = given.outputBurnDown ?? listed?.outputBurnDown;
  return burnDown === undefined ? given : { ...given, outputBurnDown: burnDown };
};
