/** Prompt caching at the local server: prefixes that stay the same, tenants that share none, counters that nobody sees. */

import {
  BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ClientRules, guardClient } from '../../../../aws/bedrock/index.ts';
import { createScope, type InvocationScope, runInScope } from '../../../../aws/invocation-scope.ts';
import { type LocalBedrock, startLocalBedrock } from '../../../../local/bedrock/index.ts';

const prompt = 'You are Orchard, the assistant of the pear farm. '.repeat(20);
const cachePoint = { cachePoint: { type: 'default' as const } };
const input = (question: string): ConverseCommandInput => ({
  modelId: 'amazon.nova-lite-v1:0',
  system: [{ text: prompt }, cachePoint],
  messages: [{ role: 'user', content: [{ text: question }] }],
});
const scopeOf = (tenant: string | undefined, now = Date.now()): InvocationScope => {
  const scope = createScope({ requestId: crypto.randomUUID(), now: () => now });
  scope.caller = { user: 'ada', ...(tenant !== undefined && { tenant }) };
  return scope;
};

let bedrock: LocalBedrock;
let clients: BedrockRuntimeClient[] = [];
beforeAll(async () => {
  bedrock = await startLocalBedrock();
});
afterAll(async () => {
  for (const client of clients) client.destroy();
  clients = [];
  await bedrock.close();
});

const setUp = (rules: ClientRules = {}) => {
  const client = new BedrockRuntimeClient({
    endpoint: bedrock.url,
    region: 'eu-central-1',
    credentials: { ...bedrock.credentials, sessionToken: 'x' },
  });
  clients.push(client);
  guardClient(client, { promptCaching: true, markerMac: (text) => `${text.length}-${text}`.repeat(2), ...rules });
  const before = { hits: bedrock.cache.hits(), misses: bedrock.cache.misses() };
  const ask = (tenant: string | undefined, question = 'What is a pear?') =>
    runInScope(scopeOf(tenant), () => client.send(new ConverseCommand(input(question))));
  const seen = () => [bedrock.cache.hits() - before.hits, bedrock.cache.misses() - before.misses];
  return { client, ask, seen };
};

describe('a prefix with a cache point', () => {
  test.each([
    ['without marks', {}],
    ['with a canary', { canary: true }],
    ['with delimiters', { spotlight: 'delimit' }],
    ['with a datamark and a canary', { spotlight: 'datamark', canary: true }],
  ] as [string, ClientRules][])('is written once and read ever after, %s', async (name, rules) => {
    const { ask, seen } = setUp(rules);
    for (const question of ['What is a pear?', 'What is a plum?', 'And now?']) await ask(`tenant of ${name}`, question);
    expect(seen()).toEqual([2, 1]);
  });

  test.each([
    ['without marks', {}],
    ['with a canary', { canary: true }],
  ] as [string, ClientRules][])('is of one tenant, %s', async (name, rules) => {
    const { ask, seen } = setUp(rules);
    for (const tenant of ['acme', 'other', 'acme', 'other']) await ask(`${tenant} ${name}`);
    expect(seen()).toEqual([2, 2]);
  });

  test('is charged as what was read and written, by its time', async () => {
    const { client } = setUp();
    const scope = scopeOf('charged');
    await runInScope(scope, () => client.send(new ConverseCommand(input('What is a pear?'))));
    const billed = bedrock.requests.at(-1)?.billed;
    expect(billed?.cacheWriteInputTokens).toBeGreaterThan(100);
    expect(scope.record.metrics.get('TotalTokens')).toBe(billed?.totalTokens);
  });
});

describe('cache counters', () => {
  test('are input to the handler, in one piece and in a stream', async () => {
    const { client, ask } = setUp();
    const first = await ask('counters');
    const second = await ask('counters');
    expect(second.usage).toEqual(first.usage);
    expect(second.usage).not.toHaveProperty('cacheReadInputTokens');
    expect(second.usage?.totalTokens).toBe((second.usage?.inputTokens ?? 0) + (second.usage?.outputTokens ?? 0));
    const command = new ConverseStreamCommand(input('What is a pear?'));
    const { stream } = await runInScope(scopeOf('counters'), () => client.send(command));
    let usage: unknown;
    for await (const event of stream ?? []) usage = event.metadata?.usage ?? usage;
    expect(usage).toEqual(first.usage);
  });

  test('are shown where the rules say so', async () => {
    const { ask } = setUp({ showCacheUsage: true });
    await ask('shown');
    expect((await ask('shown')).usage?.cacheReadInputTokens).toBeGreaterThan(100);
  });
});
