/**
 * Prices of Bedrock's text models, on demand, in USD for a million tokens, each the dearest that was found over the
 * commercial Regions: what is recorded must not be less than what Bedrock bills. `docs/prices.md` says more.
 *
 * Sources: AWS's price list and pricing page, Bedrock's agreement offers (`ListFoundationModelAgreementOffers`), AWS's
 * model cards, all as public repositories keep them.
 */

import type { PriceList } from '../../core/quota/index.ts';
import { AMAZON } from './prices/amazon.ts';
import { ANTHROPIC } from './prices/anthropic.ts';
import { OPEN_WEIGHTS } from './prices/open-weights.ts';
import { OPENAI } from './prices/openai.ts';
import { OTHERS } from './prices/others.ts';

/** The day of the newest source. ISO 8601. */
export const PRICES_AS_OF = '2026-10-07';

/** Where prices and burn-down rates are published. */
export const PRICE_SOURCES: readonly string[] = [
  'https://aws.amazon.com/bedrock/pricing/',
  'https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonBedrock/current/index.json',
  'https://docs.aws.amazon.com/bedrock/latest/APIReference/API_ListFoundationModelAgreementOffers.html',
  'https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-token-burndown.html',
];

/** Prices by foundation model id. */
export const PRICE_LIST: PriceList = { ...AMAZON, ...ANTHROPIC, ...OPENAI, ...OPEN_WEIGHTS, ...OTHERS };
