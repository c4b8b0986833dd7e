/** What the service takes from its environment, as `serverless.yml` sets it. */

import { checkOptions } from '../../core/options.ts';
import {
  type AccountQuota,
  accountBudgets,
  type Budget,
  type PriceList,
  type PrincipalKind,
  priceList,
} from '../../core/quota/index.ts';
import defaultBudgets from './budgets.json' with { type: 'json' };

const setting = (name: string, fallback?: string): string => {
  const value = process.env[name] ?? fallback;
  if (value === undefined || value === '') throw new Error(`environment: ${name} is missing`);
  return value;
};

/** Budgets of a caller as JSON in `BULWARK_BUDGETS`, else those of `budgets.json`. */
export const callerBudgets = (): readonly Budget[] => {
  const given = process.env['BULWARK_BUDGETS'];
  return (given === undefined || given === '' ? defaultBudgets : JSON.parse(given)) as readonly Budget[];
};

/** {@link callerBudgets}, and those that keep the account below its quotas at Bedrock: JSON in `BULWARK_ACCOUNT_QUOTAS`. */
export const budgets = (): readonly Budget[] => [
  ...callerBudgets(),
  ...accountBudgets(JSON.parse(process.env['BULWARK_ACCOUNT_QUOTAS'] || '[]') as readonly AccountQuota[]),
];

/** Whom an operator may give limits of their own. Not addresses: whoever floods has many, and each would cost a read. */
export const OVERRIDABLE = ['user', 'apiKey', 'tenant'] as const satisfies readonly PrincipalKind[];

/** What the parser says of JSON quotes it: that is left out. */
const readPrices = (json: string): PriceList => {
  try {
    return JSON.parse(json);
  } catch {
    throw new Error('environment: BULWARK_PRICES is not JSON');
  }
};

/**
 * Prices as JSON in `BULWARK_PRICES`, by model id, over those that the kit brings (`docs/prices.md`).
 *
 * @throws Error where it is not JSON; TypeError naming the model and the field that is wrong.
 */
export const prices = (): PriceList => {
  const given = readPrices(process.env['BULWARK_PRICES'] || '{}');
  checkOptions('environment', { BULWARK_PRICES: given }, { BULWARK_PRICES: priceList });
  return given;
};

/** Name of the quota table. */
export const tableName = (): string => setting('BULWARK_TABLE');

/** Model or inference profile that answers. */
export const modelId = (): string => setting('BULWARK_MODEL_ID');

/** The system prompt of the service. */
export const systemPrompt = (): string => setting('BULWARK_SYSTEM_PROMPT', 'You are a helpful assistant.');

/** Key that digests principals. */
export const digestKey = (): string => setting('BULWARK_DIGEST_KEY');

/** Key that seals sessions and confirmations. */
export const macKey = (): string => setting('BULWARK_MAC_KEY');
