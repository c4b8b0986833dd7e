/** The price of the model that a call names. */

import { BulwarkError } from '../../core/errors.ts';
import type { ModelPrice, PriceList } from '../../core/quota/index.ts';
import { modelKeys } from './model-id.ts';
import { PRICE_LIST } from './price-list.ts';

const find = (prices: PriceList, modelId: string): ModelPrice | undefined => {
  const key = modelKeys(modelId).find((name) => Object.hasOwn(prices, name));
  return key === undefined ? undefined : prices[key];
};

/**
 * The price that a call is accounted with: that of `prices`, else that of the kit's own list; in each the most exact name
 * counts. A price of `prices` that says nothing of the burn-down leaves it as it is listed.
 *
 * @param needed Whether a budget counts what only a price tells: money, or tokens of the account's quota.
 * @throws BulwarkError `model_unpriced` where a price is needed and there is none.
 */
export const priceOf = (prices: PriceList | undefined, modelId: string, needed: boolean): ModelPrice | undefined => {
  const listed = find(PRICE_LIST, modelId);
  const given = prices && find(prices, modelId);
  if (given === undefined) {
    if (needed && listed === undefined) throw new BulwarkError('model_unpriced');
    return listed;
  }
  const burnDown = given.outputBurnDown ?? listed?.outputBurnDown;
  return burnDown === undefined ? given : { ...given, outputBurnDown: burnDown };
};
