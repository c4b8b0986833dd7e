/** Amazon's own text models. */

import type { PriceList } from '../../../core/quota/index.ts';

/** Source: AWS Price List, `USE1-NovaPro-input-tokens-priority` and `-flex` against the standard price. */
const tiers = { flex: 0.5, priority: 1.75 };

/** At European prices, the dearest that were found; a write to the cache is free or costs what input does. */
export const AMAZON: PriceList = {
  'amazon.nova-micro-v1:0': {
    input: 0.046,
    output: 0.184,
    cacheRead: 0.0115,
    cacheWrite: 0.046,
    cacheWrite1h: 0.046,
    tiers,
    outputBurnDown: 1,
  },
  'amazon.nova-lite-v1:0': {
    input: 0.078,
    output: 0.312,
    cacheRead: 0.0195,
    cacheWrite: 0.078,
    cacheWrite1h: 0.078,
    tiers,
    outputBurnDown: 1,
  },
  'amazon.nova-pro-v1:0': {
    input: 1.05,
    output: 4.2,
    cacheRead: 0.2625,
    cacheWrite: 1.05,
    cacheWrite1h: 1.05,
    tiers,
    outputBurnDown: 1,
  },
  'amazon.nova-premier-v1:0': {
    input: 2.5,
    output: 12.5,
    cacheRead: 0.625,
    cacheWrite: 2.5,
    cacheWrite1h: 2.5,
    tiers,
    outputBurnDown: 1,
  },
  'amazon.nova-2-lite-v1:0': {
    input: 0.33,
    output: 2.75,
    cacheRead: 0.0825,
    cacheWrite: 0.33,
    cacheWrite1h: 0.33,
    tiers,
    outputBurnDown: 1,
  },
  'amazon.nova-2-pro-preview-20251202-v1:0': {
    input: 2.1875,
    output: 17.5,
    cacheRead: 0.546875,
    cacheWrite: 2.1875,
    cacheWrite1h: 2.1875,
    tiers,
    outputBurnDown: 1,
  },
};
