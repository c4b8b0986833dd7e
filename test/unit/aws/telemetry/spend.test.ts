/** What of money is counted, and for which model. */

import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { expect, test } from 'vitest';
import type { Policy } from '../../../../core/policy.ts';
import type { Budget } from '../../../../core/quota/index.ts';
import { guardHandler } from '../../../../middleware/index.ts';
import { type Answering, converseReply, fakeBedrock } from '../../../support/bedrock.ts';
import { type EmittedPoint, linesWritten, parseEmf } from '../../../support/emf.ts';
import { chatBody, lambdaContext, restEvent } from '../../../support/events.ts';
import { answered, asking, type Handler, inputOf } from '../../../support/model-handlers.ts';

const PRICES = { dear: { input: 1000, output: 2000 }, cheap: { input: 100, output: 200 } };
const REPLY_USD = { dear: (10 * 1000 + 5 * 2000) / 1e6, cheap: (10 * 100 + 5 * 200) / 1e6 };
const MODELS = ['dear', 'cheap', 'unpriced'];
const usd: Budget = { name: 'usd', per: 'user', unit: 'usd', window: 'day', limit: 1_000_000_000 };
const fine: Answering = () => converseReply([{ text: 'Fine.' }]);

const spentBy = async (handler: Handler, answer: Answering = fine, policy: Policy = {}) => {
  const { model, ...others } = policy;
  const settings = { service: 'spend', model: { models: MODELS, prices: PRICES, ...model }, ...others };
  const services = { bedrock: fakeBedrock(answer).client };
  const lines = await linesWritten(async () => {
    const guarded = guardHandler(handler as never, settings, services) as (...all: readonly unknown[]) => unknown;
    await guarded(restEvent({ body: chatBody('Hi'), claims: { sub: 'ada' } }), lambdaContext());
  });
  const points: readonly EmittedPoint[] = parseEmf(lines);
  const of = (name: string) =>
    Object.fromEntries(
      points.filter((point) => point.name === name).map(({ at, value }) => [at['model'] ?? 'service', value]),
    );
  return { usd: of('SpendUsd'), unpriced: of('UnpricedCalls') };
};

test.each<[string, Policy]>([
  ['without a budget', {}],
  ['with a budget of tokens', { quota: { budgets: [{ ...usd, unit: 'tokens' }] } }],
  ['with a budget of money', { quota: { budgets: [usd] } }],
  ['in monitor mode', { mode: 'monitor' }],
])('what a call costs is counted %s', async (_, policy) => {
  const { usd: spent, unpriced } = await spentBy(asking('dear'), fine, policy);
  expect(spent['service']).toBeCloseTo(REPLY_USD.dear, 9);
  expect(spent['dear']).toBeCloseTo(REPLY_USD.dear, 9);
  expect(unpriced).toEqual({});
});

test('a call of a model without a price is counted as that', async () => {
  expect(await spentBy(asking('unpriced'))).toEqual({ usd: {}, unpriced: { service: 1, unpriced: 1 } });
});

test('so is one whose latency has a price of its own, which nobody knows', async () => {
  const fast: Handler = async (event, { bedrock }) =>
    answered(
      (
        await bedrock.send(
          new ConverseCommand({ ...inputOf(event, 'dear'), performanceConfig: { latency: 'optimized' } }),
        )
      ).output,
    );
  expect(await spentBy(fast, fine, { model: { performance: ['optimized'] } })).toEqual({
    usd: {},
    unpriced: { service: 1, dear: 1 },
  });
});

test('a call that Bedrock refuses costs nothing', async () => {
  const refused: Answering = () => ({ status: 400, errorType: 'ValidationException', body: {} });
  expect((await spentBy(asking('dear'), refused)).usd).toEqual({});
});

test('a call whose outcome nobody knows costs its bound', async () => {
  const broken: Answering = () => ({ status: 500, errorType: 'InternalServerException', body: {} });
  const { usd: spent } = await spentBy(asking('dear'), broken, { model: { retry: { maxAttempts: 1 } } });
  expect(spent['service']).toBeGreaterThan(100 * 2000 * 1e-6 - 1e-9);
});

test('of two models each has what it cost', async () => {
  const throttled: Answering = ({ path }) =>
    path.includes('dear') ? { status: 429, errorType: 'ThrottlingException', body: {} } : fine({} as never);
  const both: Handler = async (event, context) => {
    await asking('dear')(event, context);
    return asking('cheap')(event, context);
  };
  const { usd: spent } = await spentBy(both);
  expect(spent['dear']).toBeCloseTo(REPLY_USD.dear, 9);
  expect(spent['cheap']).toBeCloseTo(REPLY_USD.cheap, 9);
  expect(spent['service']).toBeCloseTo(REPLY_USD.dear + REPLY_USD.cheap, 9);
  const fallback = await spentBy(asking('dear'), throttled, {
    model: { fallbacks: { dear: ['cheap'] }, retry: { maxAttempts: 1 } },
  });
  expect(Object.keys(fallback.usd).toSorted()).toEqual(['cheap', 'service']);
});
