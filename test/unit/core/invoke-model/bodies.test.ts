import { describe, expect, test } from 'vitest';
import { anthropic } from '../../../../core/invoke-model/anthropic.ts';
import { mistralChat, openai } from '../../../../core/invoke-model/chat.ts';
import { cohere } from '../../../../core/invoke-model/cohere.ts';
import { cohereChat } from '../../../../core/invoke-model/cohere-chat.ts';
import { formatOf } from '../../../../core/invoke-model/formats.ts';
import { createChunkLens } from '../../../../core/invoke-model/index.ts';
import { nova } from '../../../../core/invoke-model/nova.ts';
import type { BodyCall, BodyFormat, Fields } from '../../../../core/invoke-model/types.ts';
import { FAMILIES } from '../../../support/invoke-bodies.ts';

const VERSION = { anthropic_version: 'bedrock-2023-05-31' };
const LIMIT = { inferenceConfig: { maxTokens: 9 } };
const PNG = Buffer.from('picture').toString('base64');
const user = (content: unknown) => [{ role: 'user', content }];

const refusal = expect.objectContaining({ code: 'content_not_allowed' });
const written = (format: BodyFormat, body: Fields, more: Partial<BodyCall> = {}): Fields =>
  format.write(body, { ...format.read(body), ...LIMIT, ...more });

describe('Anthropic’s body', () => {
  const body = {
    ...VERSION,
    max_tokens: 50,
    temperature: 0.5,
    top_k: 3,
    stop_sequences: ['END'],
    system: [{ type: 'text', text: 'Be brief.', cache_control: { type: 'ephemeral', ttl: '1h' } }],
    tools: [
      {
        name: 'look_up',
        description: 'Looks up',
        input_schema: { type: 'object' },
        cache_control: { type: 'ephemeral' },
      },
    ],
    tool_choice: { type: 'tool', name: 'look_up' },
    messages: [
      { role: 'user', content: 'Hello' },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 'Hm', signature: 'sig' },
          { type: 'redacted_thinking', data: 'x' },
          { type: 'tool_use', id: 't1', name: 'look_up', input: { a: 1 } },
        ],
      },
      {
        role: 'user',
        content: [
          { type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: 'Found' }], is_error: false },
          { type: 'image', source: { type: 'base64', media_type: 'image/png', data: PNG } },
          { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: PNG }, title: 'T' },
          { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'Text' }, context: 'C' },
          { type: 'text', text: 'And?', cache_control: { type: 'ephemeral' } },
        ],
      },
    ],
  };

  test('is the Converse call that it stands for', () => {
    const bytes = new Uint8Array(Buffer.from('picture'));
    expect(anthropic.read(body)).toEqual({
      inferenceConfig: { maxTokens: 50, temperature: 0.5, stopSequences: ['END'] },
      system: [{ text: 'Be brief.' }, { cachePoint: { type: 'default', ttl: '1h' } }],
      toolConfig: {
        tools: [
          { toolSpec: { name: 'look_up', description: 'Looks up', inputSchema: { json: { type: 'object' } } } },
          { cachePoint: { type: 'default' } },
        ],
      },
      messages: [
        { role: 'user', content: [{ text: 'Hello' }] },
        {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'Hm', signature: 'sig' } } },
            { reasoningContent: { redactedContent: 'x' } },
            { toolUse: { toolUseId: 't1', name: 'look_up', input: { a: 1 } } },
          ],
        },
        {
          role: 'user',
          content: [
            { toolResult: { toolUseId: 't1', content: [{ text: 'Found' }], status: 'success' } },
            { image: { format: 'png', source: { bytes } } },
            { document: { format: 'pdf', name: 'T', source: { bytes } } },
            { document: { format: 'txt', context: 'C', source: { text: 'Text' } } },
            { text: 'And?' },
            { cachePoint: { type: 'default' } },
          ],
        },
      ],
    });
  });

  test('is written as it was, but for its limit', () => {
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'Hello' }] }, ...body.messages.slice(1)];
    expect(written(anthropic, body)).toEqual({
      ...body,
      messages,
      max_tokens: 9,
      temperature: undefined,
      stop_sequences: undefined,
    });
    expect(anthropic.write(body, anthropic.read(body))).toEqual({ ...body, messages });
  });

  test.each([
    ['another version', { anthropic_version: 'x' }],
    ['no turns', { messages: 'Hello' }],
    ['a field of a turn', { messages: [{ role: 'user', content: 'x', name: 'y' }] }],
    ['a field of a block', { messages: user([{ type: 'text', text: 'x', citations: [] }]) }],
    ['a block', { messages: user([{ type: 'search_result', content: [] }]) }],
    ['an image by its address', { messages: user([{ type: 'image', source: { type: 'url', url: 'https://x' } }]) }],
    ['a tool of the server', { tools: [{ type: 'web_search_20250305', name: 'web_search' }] }],
    ['a cache that nobody knows', { system: [{ type: 'text', text: 'x', cache_control: { type: 'forever' } }] }],
    [
      'a cache within a result',
      {
        messages: user([
          {
            type: 'tool_result',
            tool_use_id: 't',
            content: [{ type: 'text', text: 'x', cache_control: { type: 'ephemeral' } }],
          },
        ]),
      },
    ],
    ['a choice of a tool that is not offered', { tool_choice: { type: 'tool', name: 'obey me' } }],
    ['text that is none', { messages: user([{ type: 'text', text: 7 }]) }],
    ['sampling that is no number', { top_k: 'x' }],
    ['a prompt of another family', { prompt: 'x' }],
    ['a limit of another family', { max_gen_len: 9 }],
    ['documents of another family', { documents: [] }],
  ])('is refused with %s', (_, more) => {
    expect(() => anthropic.read({ ...VERSION, messages: user('x'), ...more })).toThrow(refusal);
  });

  test('names fields that it does not know, for the policy to admit', () => {
    expect(
      anthropic.read({ ...VERSION, messages: [], thinking: { type: 'enabled' } }).additionalModelRequestFields,
    ).toEqual({
      thinking: { type: 'enabled' },
    });
  });

  test('names the stop sequence of the call that ended a streamed reply, and none of the model’s', () => {
    for (const [said, passed] of [
      ['END', 'END'],
      ['a text', null],
    ]) {
      const chunks = anthropic.stream(['END']);
      chunks.read({ type: 'message_delta', delta: { stop_reason: 'stop_sequence', stop_sequence: said } });
      expect(chunks.end('stop_sequence', undefined)[0]).toMatchObject({ delta: { stop_sequence: passed } });
    }
  });

  test('has counters of caches by their times', () => {
    const usage = {
      input_tokens: 1,
      cache_creation_input_tokens: 30,
      cache_read_input_tokens: 4,
      cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
      output_tokens: 2,
    };
    expect(anthropic.readReply({ content: [], stop_reason: 'end_turn', usage })?.usage).toEqual({
      inputTokens: 1,
      outputTokens: 2,
      totalTokens: 37,
      cacheReadInputTokens: 4,
      cacheWriteInputTokens: 30,
      cacheDetails: [
        { ttl: '5m', inputTokens: 10 },
        { ttl: '1h', inputTokens: 20 },
      ],
    });
  });
});

describe('Nova’s body', () => {
  const body = {
    schemaVersion: 'messages-v1',
    inferenceConfig: { maxTokens: 9, topK: 5 },
    system: [{ text: 'Be brief.' }],
    messages: [
      { role: 'user', content: [{ text: 'Hello' }, { image: { format: 'png', source: { bytes: PNG } } }] },
      { role: 'assistant', content: [{ toolUse: { toolUseId: 't', name: 'look_up', input: {} } }] },
      { role: 'user', content: [{ toolResult: { toolUseId: 't', content: [{ json: { a: 1 } }], status: 'success' } }] },
    ],
    toolConfig: {
      tools: [{ toolSpec: { name: 'look_up', inputSchema: { json: {} } } }],
      toolChoice: { tool: { name: 'look_up' } },
    },
  };

  test('is written as it was, and has bytes where it is read', () => {
    expect(nova.write(body, nova.read(body))).toEqual(body);
    expect(nova.read(body).messages?.[0]?.content?.[1]).toEqual({
      image: { format: 'png', source: { bytes: new Uint8Array(Buffer.from('picture')) } },
    });
  });

  test('has its limit clamped under either name', () => {
    const both = { messages: [], inferenceConfig: { maxTokens: 50, max_new_tokens: 7 } };
    expect(nova.read(both).inferenceConfig).toEqual({ maxTokens: 7 });
    expect(written(nova, both)['inferenceConfig']).toEqual({ maxTokens: 9, max_new_tokens: 9 });
  });

  test.each([
    ['a field of a block', { messages: user([{ text: 'x', note: 'y' }]) }],
    ['a field of a result', { messages: user([{ toolResult: { toolUseId: 't', content: [], note: 'y' } }]) }],
    [
      'a reference to S3',
      { messages: user([{ image: { format: 'png', source: { s3Location: { uri: 's3://x' } } } }]) },
    ],
    ['bytes that are none', { messages: user([{ image: { format: 'png', source: { bytes: '%%' } } }]) }],
    ['content that is text', { messages: user('x') }],
    ['a tool of the system', { toolConfig: { tools: [{ systemTool: { name: 'nova_grounding' } }] } }],
    ['a field of its parameters', { inferenceConfig: { reasoningConfig: {} } }],
    ['another schema', { schemaVersion: 'messages-v2' }],
  ])('is refused with %s', (_, more) => {
    expect(() => nova.read({ messages: [], ...more })).toThrow(refusal);
  });
});

describe('a body of chat completions', () => {
  const call = { id: 'c1', type: 'function', function: { name: 'look_up', arguments: '{"a":1}' } };
  const body = {
    model: 'openai.gpt-oss-20b-1:0',
    stream: true,
    n: 1,
    max_completion_tokens: 9,
    reasoning_effort: 'low',
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'developer', content: [{ type: 'text', text: 'Be kind.' }] },
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', content: 'Found' },
    ],
    tools: [{ type: 'function', function: { name: 'look_up', parameters: { type: 'object' } } }],
    tool_choice: 'auto',
  };

  test('is the Converse call that it stands for', () => {
    expect(openai.read(body)).toMatchObject({
      system: [{ text: 'Be brief.' }, { text: 'Be kind.' }],
      messages: [
        { role: 'user', content: [{ text: 'Hello' }] },
        { role: 'assistant', content: [{ toolUse: { toolUseId: 'c1', name: 'look_up', input: { a: 1 } } }] },
        { role: 'user', content: [{ toolResult: { toolUseId: 'c1', content: [{ text: 'Found' }] } }] },
      ],
    });
  });

  test('keeps the roles of its instructions behind those of the kit, and is no choice of model or stream', () => {
    const system = [{ text: 'KIT' }, ...(openai.read(body).system ?? [])];
    const { messages, ...rest } = written(openai, body, { system });
    expect(messages).toEqual([
      { role: 'system', content: 'KIT' },
      { role: 'system', content: 'Be brief.' },
      { role: 'developer', content: 'Be kind.' },
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: '', tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', content: 'Found' },
    ]);
    expect(rest).toEqual({
      max_completion_tokens: 9,
      reasoning_effort: 'low',
      tools: body.tools,
      tool_choice: 'auto',
    });
  });

  test('has both of its limits clamped', () => {
    const both = { messages: user('x'), max_tokens: 5, max_completion_tokens: 50 };
    expect(openai.read(both).inferenceConfig).toEqual({ maxTokens: 5 });
    expect(written(openai, both)).toMatchObject({ max_tokens: 9, max_completion_tokens: 9 });
  });

  test('has later instructions as turns in a role that no call may have', () => {
    const later = { messages: [...user('x'), { role: 'developer', content: 'Obey' }] };
    expect(openai.read(later).messages?.[1]?.role).toBe('system');
  });

  test.each([
    ['a name of a speaker', { messages: [{ role: 'user', content: 'x', name: 'Obey me' }] }],
    ['an image', { messages: user([{ type: 'image_url', image_url: { url: 'https://x' } }]) }],
    [
      'arguments that are no JSON',
      { messages: [{ role: 'assistant', tool_calls: [{ ...call, function: { name: 'x', arguments: 'x' } }] }] },
    ],
    ['reasoning in a turn', { messages: [{ role: 'assistant', content: 'x', reasoning_content: 'y' }] }],
    ['a prefix', { messages: [{ role: 'assistant', content: 'x', prefix: true }] }],
    ['more than one answer', { n: 2 }],
    ['likelihoods', { top_logprobs: 3 }],
    ['a schema of answers', { response_format: { type: 'json_schema', json_schema: {} } }],
    ['a choice of a tool that is not offered', { tool_choice: { type: 'function', function: { name: 'obey' } } }],
    ['a tool of the server', { tools: [{ type: 'web_search' }] }],
    ['an effort that is text', { reasoning_effort: 'Obey me' }],
    ['functions of before', { functions: [] }],
  ])('is refused with %s', (_, more) => {
    for (const format of 'reasoning_effort' in more ? [openai] : [openai, mistralChat])
      expect(() => format.read({ messages: user('x'), ...more })).toThrow();
  });

  test.each([
    ['two answers', { choices: [{ message: { content: 'a' } }, { message: { content: 'b' } }] }],
    [
      'arguments of a tool that are no JSON',
      { choices: [{ message: { tool_calls: [{ id: 'c', function: { name: 'x', arguments: '{' } }] } }] },
    ],
    ['nothing', {}],
  ])('has no reply that can be read where it has %s', (_, reply) => {
    expect(openai.readReply(reply as Fields)).toBeUndefined();
  });

  test('leaves out of a reply what is not cleaned', () => {
    const message = { content: 'Hello', reasoning_content: 'thought', reasoning: 'thought', refusal: 'no' };
    const reply = { choices: [{ index: 0, message, logprobs: { content: ['x'] }, finish_reason: 'stop' }] };
    const read = openai.readReply(reply);
    expect(read && openai.writeReply(reply, read)).toEqual({
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
    });
  });

  test('says in one text what it says in parts: a value may be spread over them', () => {
    const content = ['ada@exam', 'ple.com'].map((text) => ({ type: 'text', text }));
    const reply = { choices: [{ message: { content }, finish_reason: 'stop' }] };
    expect(openai.readReply(reply)?.content).toEqual([{ text: 'ada@example.com' }]);
  });

  test('may say in a chunk of its own what a streamed reply used', () => {
    const lens = createChunkLens(openai);
    const chunks = [
      { choices: [{ index: 0, delta: { content: 'Hi' } }] },
      { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
      { choices: [], usage: { prompt_tokens: 5, completion_tokens: 2, prompt_tokens_details: { cached_tokens: 4 } } },
    ];
    const events = [...chunks.flatMap((chunk) => lens.read(chunk)), ...lens.readEnd()];
    const usage = { inputTokens: 1, outputTokens: 2, totalTokens: 7, cacheReadInputTokens: 4 };
    expect(events.at(-1)).toEqual({ metadata: { usage } });
    expect(events.flatMap((event) => lens.write(event)).at(-1)).toMatchObject({
      choices: [{ finish_reason: 'stop' }],
      usage: { prompt_tokens: 5, completion_tokens: 2 },
    });
  });

  test('has calls of tools in chunks, one beside the other', () => {
    const chunks = openai.stream();
    const delta = (...calls: object[]) => chunks.read({ choices: [{ index: 0, delta: { tool_calls: calls } }] });
    const start = (index: number) => ({ index, id: `c${index}`, function: { name: 'look_up', arguments: '' } });
    const events = [
      ...delta(start(0), start(1)),
      ...delta({ index: 1, function: { arguments: '{}' } }),
      ...delta({ index: 0, function: { arguments: '{}' } }),
      ...chunks.read({ choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] }),
    ];
    expect(events.filter((event) => event.contentBlockStart).length).toBe(2);
    expect(events.at(-1)).toEqual({ messageStop: { stopReason: 'tool_use' } });
    expect(() =>
      openai.stream().read({ choices: [{ delta: { tool_calls: [{ index: 0, function: {} }] } }] }),
    ).toThrow();
    expect(() => chunks.read({ choices: [{ index: 0, delta: { content: 'more' } }] })).toThrow();
    expect(() => openai.stream().read({ choices: [{ index: 1, delta: { content: 'other' } }] })).toThrow();
  });
});

describe('Cohere’s body', () => {
  const body = {
    message: 'And?',
    preamble: 'Be brief.',
    chat_history: [
      { role: 'USER', message: 'Hello' },
      { role: 'CHATBOT', message: 'Hi' },
    ],
    max_tokens: 9,
    p: 0.5,
    k: 3,
  };

  test('is written as it was', () => {
    expect(cohere.write(body, cohere.read(body))).toEqual(body);
  });

  test.each([
    ['documents', { documents: [{ text: 'x' }] }],
    ['tools', { tools: [] }],
    ['its own template', { raw_prompting: true }],
    ['a role that nobody knows', { chat_history: [{ role: 'TOOL', message: 'x' }] }],
    ['likelihoods', { return_likelihoods: 'ALL' }],
  ])('is refused with %s', (_, more) => {
    expect(() => cohere.read({ ...body, ...more })).toThrow(refusal);
  });
});

describe('the format of a body', () => {
  test.each(FAMILIES)('$name is told by its model', ({ modelId, body }) => {
    expect(formatOf(modelId, body('x'))).toBeDefined();
    expect(formatOf('stability.sd3-large-v1:0', body('x'))).toBeUndefined();
  });

  test('is that of the model, whatever the body pretends to be', () => {
    const both = { ...VERSION, messages: user('x'), prompt: 'x', max_gen_len: 9 };
    expect(formatOf('meta.llama3-8b', both)).toBeUndefined();
    expect(formatOf('anthropic.claude', both)?.name).toBe('anthropic-messages');
    expect(() => formatOf('anthropic.claude', both)?.read(both)).toThrow(refusal);
    expect(formatOf('amazon.titan-text-express-v1', { messages: [] })).toBeUndefined();
    expect(formatOf('anthropic', both)).toBeUndefined();
    expect(formatOf('', both)).toBeUndefined();
    expect(formatOf('__proto__.x', both)).toBeUndefined();
  });

  test('behind a profile that tells nothing is one alone', () => {
    const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/anthropic.x';
    const named = (body: Fields) => formatOf(arn, body)?.name;
    expect(named({ ...VERSION, messages: [], schemaVersion: 'messages-v1' })).toBe('anthropic-messages');
    expect(named({ messages: [], max_completion_tokens: 9 })).toBe('openai-chat');
    expect(named({ messages: [] })).toBe('mistral-chat');
    expect(named({ prompt: 'Hello', max_tokens: 9 })).toBeUndefined();
    expect(named({ prompt: ['x'] })).toBeUndefined();
    expect(named({ inputText: 'x' })).toBeUndefined();
  });
});

describe('a reply of Cohere’s chat', () => {
  const pieces = ['ada@exam', 'ple.com'];

  test('says in one text what it says in parts: a value may be spread over them', () => {
    const content = [{ type: 'thinking', thinking: 'x' }, ...pieces.map((text) => ({ type: 'text', text }))];
    const reply = { finish_reason: 'COMPLETE', message: { role: 'assistant', content } };
    expect(cohereChat.readReply(reply)?.content).toEqual([{ text: 'ada@example.com' }]);
  });

  test('streams as one text what it streams in parts', () => {
    const part = (text: string, index: number): readonly Fields[] => [
      { type: 'content-start', index, delta: { message: { content: { type: 'text', text: '' } } } },
      { type: 'content-delta', index, delta: { message: { content: { text } } } },
      { type: 'content-end', index },
    ];
    const chunks = cohereChat.stream();
    const call = { id: 'c', type: 'function', function: { name: 'look_up', arguments: '' } };
    const events = [
      ...pieces.flatMap(part),
      { type: 'tool-call-start', index: 0, delta: { message: { tool_calls: call } } },
      { type: 'tool-call-end', index: 0 },
      { type: 'message-end', delta: { finish_reason: 'COMPLETE' } },
    ].flatMap((chunk) => chunks.read(chunk));
    expect(events).toEqual([
      ...pieces.map((text) => ({ contentBlockDelta: { contentBlockIndex: 0, delta: { text } } })),
      { contentBlockStart: { contentBlockIndex: 1, start: { toolUse: { toolUseId: 'c', name: 'look_up' } } } },
      { contentBlockStop: { contentBlockIndex: 1 } },
      { contentBlockStop: { contentBlockIndex: 0 } },
      { messageStop: { stopReason: 'end_turn' } },
    ]);
    expect(events.flatMap((event) => chunks.write(event)).map(({ type, index }) => [type, index])).toEqual([
      ['content-start', 0],
      ['content-delta', 0],
      ['content-delta', 0],
      ['tool-call-start', 0],
      ['tool-call-end', 0],
      ['content-end', 0],
    ]);
  });
});
