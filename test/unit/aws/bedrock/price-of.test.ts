import { describe, expect, test } from 'vitest';
import { foundationModelId } from '../../../../aws/bedrock/model-id.ts';
import { PRICE_LIST, PRICE_SOURCES, PRICES_AS_OF } from '../../../../aws/bedrock/price-list.ts';
import { priceOf } from '../../../../aws/bedrock/price-of.ts';
import { type PriceList, priceList, ratesOf } from '../../../../core/quota/cost/prices.ts';

const NOVA = 'amazon.nova-lite-v1:0';
const nova = PRICE_LIST[NOVA];

describe('the price list', () => {
  test('is valid, dated, and says where it comes from', () => {
    expect(priceList(PRICE_LIST)).toBeUndefined();
    expect(PRICES_AS_OF).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(Date.parse(PRICES_AS_OF)).toBeLessThanOrEqual(Date.now());
    for (const source of PRICE_SOURCES) expect(URL.canParse(source)).toBe(true);
  });

  test.each(Object.entries(PRICE_LIST))('%s is named as calls name it, and priced as prices are', (id, price) => {
    expect(id).toMatch(/^[a-z0-9]+\.[a-z0-9.:-]+$/);
    expect(foundationModelId(id)).toBe(id);
    const { input, output, cacheRead, cacheWrite, cacheWrite1h } = ratesOf(price);
    expect(input).toBeGreaterThan(0);
    expect(output).toBeGreaterThanOrEqual(input);
    expect(cacheRead).toBeLessThanOrEqual(input);
    expect(cacheWrite).toBeGreaterThanOrEqual(input);
    expect(cacheWrite1h).toBeGreaterThanOrEqual(cacheWrite);
    if (price.longContext === undefined) return;
    const long = ratesOf(price.longContext);
    expect(Math.min(long.input - input, long.output - output, long.cacheRead - cacheRead)).toBeGreaterThan(0);
  });
});

test.each([
  // AWS price list: USE1-NovaPro-input-tokens and its output, APS2 gpt-oss-20b, London's MiniMax M2.5, Bedrock's offers.
  ['amazon.nova-pro-v1:0', 0.8, 3.2],
  ['openai.gpt-oss-20b-1:0', 0.0721, 0.309],
  ['minimax.minimax-m2.5', 0.47, 1.86],
  ['anthropic.claude-opus-5', 5.5, 27.5],
  ['anthropic.claude-haiku-5-5', 0.11, 0.55],
])('%s is not listed below a price that AWS publishes', (id, input, output) => {
  expect(PRICE_LIST[id]?.input).toBeGreaterThanOrEqual(input);
  expect(PRICE_LIST[id]?.output).toBeGreaterThanOrEqual(output);
});

const priceFor = (prices: PriceList | undefined, modelId: string, needed: boolean, region = 'eu-central-1') =>
  priceOf(prices, { modelId, region, needed });

describe('priceOf', () => {
  test.each([
    NOVA,
    `eu.${NOVA}`,
    `global.${NOVA}`,
    `arn:aws:bedrock:eu-central-1::foundation-model/${NOVA}`,
    `arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.${NOVA}`,
  ])('finds the price of %s', (modelId) => {
    expect(priceFor(undefined, modelId, true)).toBe(nova);
  });

  test.each([
    ['nobody knows', 'acme.unheard-of-v1:0'],
    ['is a member of every object', '__proto__'],
    ['is another', 'constructor'],
    ['is a member behind a geography', 'eu.toString'],
    ['is a member behind an ARN', 'arn:aws:bedrock:eu-central-1::foundation-model/hasOwnProperty'],
    ['is written in capitals', NOVA.toUpperCase()],
    ['has two geographies', `eu.us.${NOVA}`],
    ['has more behind it', `${NOVA}:300k`],
    ['is of GovCloud, which is dearer', `us-gov.${NOVA}`],
    ['is of another partition', `arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/${NOVA}`],
    [
      'is an application inference profile',
      'arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/a1',
    ],
    ['is provisioned', `arn:aws:bedrock:eu-central-1:123456789012:provisioned-model/${NOVA}`],
    ['is empty', ''],
  ])('refuses a model that %s, where a price is needed', (_, modelId) => {
    expect(() => priceFor({}, modelId, true)).toThrow(expect.objectContaining({ code: 'model_unpriced' }));
    expect(priceFor({}, modelId, false)).toBeUndefined();
  });

  test('puts the prices given before its own, the exact name before the model behind it', () => {
    const model = { input: 1, output: 1, outputBurnDown: 2 };
    const profile = { input: 2, output: 2, outputBurnDown: 3 };
    const prices = { [NOVA]: model, [`eu.${NOVA}`]: profile };
    expect(priceFor(prices, `eu.${NOVA}`, true)).toEqual(profile);
    expect(priceFor(prices, `arn:aws:bedrock:eu-west-1:1:inference-profile/eu.${NOVA}`, true)).toEqual(profile);
    expect(priceFor(prices, `us.${NOVA}`, true)).toEqual(model);
    expect(priceFor(prices, NOVA, true)).toEqual(model);
    expect(priceFor(prices, 'amazon.nova-pro-v1:0', true)).toBe(PRICE_LIST['amazon.nova-pro-v1:0']);
  });

  test.each([
    'us-gov-west-1',
    'cn-north-1',
    'us-iso-east-1',
    'us-isob-east-1',
    'eu-isoe-west-1',
    'eusc-de-east-1',
    'us-isof-south-1',
    'local',
    '',
  ])('takes no price of the list in the Region "%s"', (region) => {
    expect(() => priceFor({}, NOVA, true, region)).toThrow(expect.objectContaining({ code: 'model_unpriced' }));
    const price = { input: 9, output: 9 };
    expect(priceFor({ [NOVA]: price }, NOVA, true, region)).toBe(price);
  });

  test.each([
    'us-east-1',
    'ap-southeast-5',
    'mx-central-1',
    'il-central-1',
    'me-south-1',
    'ap-northeast-3',
    'af-south-1',
  ])('takes the price of the list in %s', (region) => {
    expect(priceFor({}, NOVA, true, region)).toBe(nova);
  });

  test('prices an application inference profile by its ARN', () => {
    const arn = 'arn:aws:bedrock:eu-central-1:123456789012:application-inference-profile/a1';
    const price = { input: 1, output: 2 };
    expect(priceFor({ [arn]: price }, arn, true)).toBe(price);
  });

  test('keeps the burn-down of the list where a given price does not say it', () => {
    expect(priceFor({ [NOVA]: { input: 9, output: 9 } }, NOVA, true)).toEqual({
      input: 9,
      output: 9,
      outputBurnDown: 1,
    });
    const dearer = { input: 9, output: 9, outputBurnDown: 4 };
    expect(priceFor({ [NOVA]: dearer }, NOVA, true)).toEqual(dearer);
  });
});
