/** What a call holds on a budget and what it is charged, from the client's door to the wire and back. */

import {
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  type TokenUsage,
} from '@aws-sdk/client-bedrock-runtime';
import { expect, test } from 'vitest';
import { type ClientRules, guardClient } from '../../../../aws/bedrock/index.ts';
import { createScope, runInScope } from '../../../../aws/invocation-scope.ts';
import { type Cost, tokenBound } from '../../../../core/quota/index.ts';
import {
  type Answering,
  converseReply,
  fakeBedrock,
  type StreamedEvent,
  streamedReply,
  textEvents,
} from '../../../support/bedrock.ts';

const MODEL = 'eu.anthropic.claude-sonnet-4-6'; // 3.3 and 16.5, cache 0.33, 4.125 and 6.6
const messages = [{ role: 'user' as const, content: [{ text: 'What is a pear?' }] }];
const point = (ttl: '5m' | '1h') => ({ cachePoint: { type: 'default' as const, ttl } });
const usage: TokenUsage = {
  inputTokens: 10,
  outputTokens: 4,
  totalTokens: 34,
  cacheReadInputTokens: 10,
  cacheWriteInputTokens: 10,
  cacheDetails: [{ ttl: '1h', inputTokens: 10 }],
};
const charged = { tokens: 34, usdMicros: 169, quotaTokens: 10 + 10 + 4 * 5 };

const setUp = (rules: ClientRules, answer: Answering) => {
  const { client, requests } = fakeBedrock(answer);
  guardClient(client, { maxTokens: 100, ...rules });
  const held: Cost[] = [];
  const settled: Cost[] = [];
  const draw = async (bound: Cost) => {
    held.push(bound);
    return { settle: (cost: Cost) => settled.push(cost) };
  };
  const scope = createScope({ requestId: 'r' });
  scope.allowance = { priced: true, draw } as never;
  const inScope = <T>(work: () => Promise<T>) => runInScope(scope, work);
  const converse = (more: Partial<ConverseCommandInput> = {}) =>
    inScope(() => client.send(new ConverseCommand({ modelId: MODEL, messages, ...more })));
  return { client, requests, held, settled, inScope, converse };
};

test('a call with cache points is held at the price of its dearest write, and charged by what Bedrock names', async () => {
  const { converse, held, settled } = setUp({ promptCaching: true }, () =>
    converseReply([{ text: 'Fruit' }], { usage }),
  );
  const system = [{ text: 'Be brief.' }, point('1h')];
  await converse({ system });
  const tokens = tokenBound({ system, messages });
  const usdMicros = Math.ceil(Number((tokens * 6.6 + 100 * 16.5).toFixed(6)));
  expect(held).toEqual([{ tokens: tokens + 100, usdMicros, quotaTokens: tokens + 100 }]);
  expect(settled).toEqual([charged]);
});

test('a tier is sent, held and charged; the one in the reply counts', async () => {
  const prices = { [MODEL]: { input: 1, output: 1, tiers: { priority: 3, flex: 0.5 } } };
  const plain = { inputTokens: 10, outputTokens: 5, totalTokens: 15 };
  const { converse, held, settled, requests } = setUp({ prices, serviceTiers: ['priority'] }, () =>
    converseReply([{ text: 'Fruit' }], { usage: plain, serviceTier: { type: 'default' } }),
  );
  await converse({ serviceTier: { type: 'priority' } });
  expect(requests[0]?.body).toMatchObject({ serviceTier: { type: 'priority' } });
  expect(held[0]?.usdMicros).toBe(3 * (held[0]?.tokens ?? 0));
  expect(settled[0]?.usdMicros).toBe(15);
  await expect(converse({ serviceTier: { type: 'flex' } })).rejects.toMatchObject({ code: 'content_not_allowed' });
});

test('a stream is charged by the usage and the tier of its last event', async () => {
  const events = textEvents(['Fruit'], usage).map(
    ([type, content]): StreamedEvent =>
      type === 'metadata' ? [type, { ...content, serviceTier: { type: 'priority' } }] : [type, content],
  );
  const { client, inScope, settled } = setUp({ serviceTiers: ['priority'] }, () => streamedReply(events));
  await inScope(async () => {
    const command = new ConverseStreamCommand({ modelId: MODEL, messages, serviceTier: { type: 'priority' } });
    for await (const _ of (await client.send(command)).stream ?? []);
  });
  expect(settled).toEqual([{ ...charged, usdMicros: 337 }]);
});

test.each([
  ['less than nothing', { ...usage, inputTokens: -1_000_000 }],
  ['more than any model reads', { ...usage, outputTokens: 1e12 }],
  ['a cache below nothing', { ...usage, cacheWriteInputTokens: -5 }],
])('a usage of %s is charged as held', async (_, reported) => {
  const { converse, settled } = setUp({}, () => converseReply([{ text: 'Fruit' }], { usage: reported }));
  await converse();
  expect(settled).toEqual([]);
});

test.each(['__proto__', 'constructor', 'acme.unheard-of-v1:0'])(
  'nobody calls %s on a budget in USD',
  async (modelId) => {
    const { converse, requests } = setUp({}, () => converseReply([{ text: 'Fruit' }]));
    await expect(converse({ modelId })).rejects.toMatchObject({ code: 'model_unpriced' });
    expect(requests).toHaveLength(0);
  },
);
