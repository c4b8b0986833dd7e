/** What the tokens of a model cost: the shape of a price, what a missing field means, and how a price list is checked. */

import { flag, integer, type OptionCheck } from '../../options.ts';

/** USD for a million tokens, by what becomes of them. */
export interface TokenPrices {
  readonly input: number;
  readonly output: number;
  /** Read from a prompt cache. @default `input` */
  readonly cacheRead?: number;
  /** Written to a prompt cache, to be kept for five minutes. @default 1.25 times `input`, the dearest that is published */
  readonly cacheWrite?: number;
  /** Written to be kept for an hour. @default twice `input`, the dearest that is published, but never below `cacheWrite` */
  readonly cacheWrite1h?: number;
}

/**
 * Service tiers of Bedrock, `default` the one that a call gets that names none.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/service-tiers-inference.html
 */
export const SERVICE_TIERS = ['default', 'flex', 'priority', 'reserved'] as const;

/** A service tier of Bedrock. */
export type ServiceTier = (typeof SERVICE_TIERS)[number];

/** Price of a model. Fields that are missing count as the dearest that is sensible. */
export interface ModelPrice extends TokenPrices {
  /** Factors on every price in a tier other than `default`. @default `priority` 2, the others 1 */
  readonly tiers?: Readonly<Partial<Record<Exclude<ServiceTier, 'default'>, number>>>;
  /** Prices of a call that reads more than `above` tokens, caches included: of all its tokens. @default none */
  readonly longContext?: TokenPrices & { readonly above: number };
  /** The model writes to its cache also where no cache point asks for it. @default false */
  readonly automaticCaching?: boolean;
  /**
   * Tokens that one token of output counts as against the account's quota, from 1. @default 15, the dearest that is
   * published (https://docs.aws.amazon.com/bedrock/latest/userguide/quotas-token-burndown.html)
   */
  readonly outputBurnDown?: number;
}

/** Prices by model id, inference profile id or ARN. */
export type PriceList = Readonly<Record<string, ModelPrice>>;

/** What {@link ModelPrice.outputBurnDown} is where a price does not say it. */
export const DEAREST_BURN_DOWN = 15;

/** The dearest premium that was found, that of OpenAI's models; Amazon's and the open ones have 1.75. */
const TIER_FACTORS: Readonly<Record<ServiceTier, number>> = { default: 1, flex: 1, priority: 2, reserved: 1 };

/** Whether Bedrock has such a tier. */
export const isServiceTier = (tier: unknown): tier is ServiceTier => SERVICE_TIERS.includes(tier as ServiceTier);

/** Factor on the prices of a call in `tier`. A tier that nobody knows counts as the dearest. */
export const tierFactor = ({ tiers }: ModelPrice, tier: string = 'default'): number => {
  const factors = { ...TIER_FACTORS, ...tiers };
  return isServiceTier(tier) ? factors[tier] : Math.max(...Object.values(factors));
};

/** Prices with every field. */
export const ratesOf = (prices: TokenPrices): Required<TokenPrices> => {
  const { input, output, cacheRead = input, cacheWrite = 1.25 * input } = prices;
  return { input, output, cacheRead, cacheWrite, cacheWrite1h: prices.cacheWrite1h ?? Math.max(2 * input, cacheWrite) };
};

/** Above every price that was ever asked, and low enough for amounts of money to stay exact. */
const MOST_USD = 1_000_000;

const numberFrom =
  (minimum: number, most: number): OptionCheck =>
  (value) =>
    typeof value === 'number' && value >= minimum && value <= most ? undefined : `a number from ${minimum} to ${most}`;

const usd = numberFrom(0, MOST_USD);
const TOKEN_PRICES = { input: usd, output: usd, cacheRead: usd, cacheWrite: usd, cacheWrite1h: usd };
const REQUIRED: ReadonlySet<string> = new Set(['input', 'output', 'above']);

/** The checks of an object's fields, or the check of a value. */
type Fields = { readonly [field: string]: OptionCheck | Fields };

const TIER_FIELDS: Fields = { flex: usd, priority: usd, reserved: usd };
const PRICE_FIELDS: Fields = {
  ...TOKEN_PRICES,
  tiers: TIER_FIELDS,
  longContext: { ...TOKEN_PRICES, above: integer(1) },
  automaticCaching: flag,
  outputBurnDown: numberFrom(1, 1000),
};

/** What is wrong with `value`, as the end of a sentence about a list "whose …". Never the value itself. */
const problemOf = (value: unknown, path: string, fields: OptionCheck | Fields): string | undefined => {
  if (typeof fields === 'function') {
    const expected = fields(value);
    return expected === undefined ? undefined : `${path} is ${expected}`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${path} is an object`;
  for (const name of Object.keys(value))
    if (!Object.hasOwn(fields, name)) return `${path} has no field ${JSON.stringify(name)}`;
  for (const [name, check] of Object.entries(fields)) {
    const field = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    if (field === undefined && !REQUIRED.has(name)) continue;
    const problem = problemOf(field, `${path}.${name}`, check);
    if (problem !== undefined) return problem;
  }
  return undefined;
};

/** Checks a {@link PriceList}. Names the model and the field that is wrong. */
export const priceList: OptionCheck = (value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'an object of prices by model id';
  for (const [id, price] of Object.entries(value)) {
    const problem = problemOf(price, `[${JSON.stringify(id)}]`, PRICE_FIELDS);
    if (problem !== undefined) return `a price list whose ${problem}`;
  }
  return undefined;
};
