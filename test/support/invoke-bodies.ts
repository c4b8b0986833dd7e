/** A body of each family of InvokeModel, what the model of it says, and the chunks in which it says so. */

import type { Fields } from '../../core/invoke-model/index.ts';

/** One family's bodies. */
export interface BodyFamily {
  readonly name: string;
  readonly modelId: string;
  /** Where a body has its token limit. */
  readonly limit: readonly [string, ...string[]];
  readonly body: (question: string, system?: string) => Fields;
  readonly reply: (text: string) => Fields;
  /** The last one has the metrics. */
  readonly chunks: (pieces: readonly string[]) => readonly Fields[];
  /** The text of a reply, or of a chunk. */
  readonly textIn: (value: never) => string | undefined;
}

/** What the last chunk says was used. */
export const METRICS: Fields = {
  'amazon-bedrock-invocationMetrics': {
    inputTokenCount: 11,
    outputTokenCount: 7,
    invocationLatency: 5,
    firstByteLatency: 2,
  },
};

const withMetrics = (chunks: readonly Fields[]): readonly Fields[] =>
  chunks.map((chunk, index) => (index === chunks.length - 1 ? { ...chunk, ...METRICS } : chunk));

const chatBody = (limit: string) => (content: string, system?: string) => ({
  messages: [...(system === undefined ? [] : [{ role: 'system', content: system }]), { role: 'user', content }],
  [limit]: 50,
});

const chatReply = (content: string) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
});

const chatChunks = (pieces: readonly string[]) =>
  withMetrics([
    ...pieces.map((content) => ({
      id: 'chatcmpl-1',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'm',
      choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }],
    })),
    { id: 'chatcmpl-1', choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  ]);

type ChatValue = { readonly choices?: readonly [{ readonly message?: never; readonly delta?: never }] };

const chatText = ({ choices }: ChatValue): string | undefined =>
  ((choices?.[0]?.message ?? choices?.[0]?.delta) as { content?: string } | undefined)?.content;

/** Every format. */
export const FAMILIES: readonly BodyFamily[] = [
  {
    name: 'anthropic',
    modelId: 'anthropic.claude-3-haiku-20240307-v1:0',
    limit: ['max_tokens'],
    body: (question, system) => ({
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 50,
      ...(system !== undefined && { system }),
      messages: [{ role: 'user', content: question }],
    }),
    reply: (text) => ({
      id: 'msg_bdrk_1',
      type: 'message',
      role: 'assistant',
      model: 'claude',
      content: [{ type: 'text', text }],
      stop_reason: 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 11, output_tokens: 7 },
    }),
    chunks: (pieces) =>
      withMetrics([
        {
          type: 'message_start',
          message: { id: 'msg_1', role: 'assistant', usage: { input_tokens: 11, output_tokens: 1 } },
        },
        { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
        ...pieces.map((text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
        { type: 'content_block_stop', index: 0 },
        { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 7 } },
        { type: 'message_stop' },
      ]),
    textIn: (value: { content?: readonly { text: string }[]; delta?: { text?: string } }) =>
      value.content?.[0]?.text ?? value.delta?.text,
  },
  {
    name: 'nova',
    modelId: 'eu.amazon.nova-lite-v1:0',
    limit: ['inferenceConfig', 'maxTokens'],
    body: (text, system) => ({
      schemaVersion: 'messages-v1',
      inferenceConfig: { maxTokens: 50 },
      ...(system !== undefined && { system: [{ text: system }] }),
      messages: [{ role: 'user', content: [{ text }] }],
    }),
    reply: (text) => ({
      output: { message: { role: 'assistant', content: [{ text }] } },
      stopReason: 'end_turn',
      usage: { inputTokens: 11, outputTokens: 7, totalTokens: 18 },
    }),
    chunks: (pieces) =>
      withMetrics([
        { messageStart: { role: 'assistant' } },
        ...pieces.map((text) => ({ contentBlockDelta: { delta: { text }, contentBlockIndex: 0 } })),
        { contentBlockStop: { contentBlockIndex: 0 } },
        { messageStop: { stopReason: 'end_turn' } },
        { metadata: { usage: { inputTokens: 11, outputTokens: 7 }, metrics: {} } },
      ]),
    textIn: (value: {
      output?: { message: { content: readonly { text: string }[] } };
      contentBlockDelta?: { delta: { text?: string } };
    }) => value.output?.message.content[0]?.text ?? value.contentBlockDelta?.delta.text,
  },
  {
    name: 'meta',
    modelId: 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.meta.llama3-1-8b-instruct-v1:0',
    limit: ['max_gen_len'],
    body: (question, system) => ({
      prompt: `<|begin_of_text|>${
        system === undefined ? '' : `<|start_header_id|>system<|end_header_id|>\n\n${system}<|eot_id|>`
      }<|start_header_id|>user<|end_header_id|>\n\n${question}<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n`,
      max_gen_len: 50,
    }),
    reply: (generation) => ({
      generation,
      prompt_token_count: 11,
      generation_token_count: 7,
      stop_reason: 'stop',
    }),
    chunks: (pieces) =>
      withMetrics([
        ...pieces.map((generation, index) => ({
          generation,
          prompt_token_count: index === 0 ? 11 : null,
          generation_token_count: index + 1,
          stop_reason: null,
        })),
        { generation: '', prompt_token_count: null, generation_token_count: 7, stop_reason: 'stop' },
      ]),
    textIn: (value: { generation?: string }) => value.generation,
  },
  {
    name: 'mistral prompt',
    modelId: 'mistral.mistral-7b-instruct-v0:2',
    limit: ['max_tokens'],
    body: (question, system) => ({
      prompt: `<s>[INST] ${system === undefined ? '' : `<<SYS>>\n${system}\n<</SYS>>\n\n`}${question} [/INST]`,
      max_tokens: 50,
    }),
    reply: (text) => ({ outputs: [{ text, stop_reason: 'stop' }] }),
    chunks: (pieces) =>
      withMetrics([
        ...pieces.map((text) => ({ outputs: [{ text, stop_reason: null }] })),
        { outputs: [{ text: '', stop_reason: 'stop' }] },
      ]),
    textIn: (value: { outputs?: readonly { text: string }[] }) => value.outputs?.[0]?.text,
  },
  {
    name: 'mistral chat',
    modelId: 'mistral.mistral-large-2407-v1:0',
    limit: ['max_tokens'],
    body: chatBody('max_tokens'),
    reply: chatReply,
    chunks: chatChunks,
    textIn: chatText as never,
  },
  {
    name: 'cohere message',
    modelId: 'cohere.command-r-plus-v1:0',
    limit: ['max_tokens'],
    body: (message, preamble) => ({ message, ...(preamble !== undefined && { preamble }), max_tokens: 50 }),
    reply: (text) => ({
      response_id: 'r-1',
      generation_id: 'g-1',
      text,
      finish_reason: 'COMPLETE',
      chat_history: [{ role: 'CHATBOT', message: text }],
    }),
    chunks: (pieces) =>
      withMetrics([
        { is_finished: false, event_type: 'stream-start', generation_id: 'g-1' },
        ...pieces.map((text) => ({ is_finished: false, event_type: 'text-generation', text })),
        { is_finished: true, event_type: 'stream-end', finish_reason: 'COMPLETE', response: { text: pieces.join('') } },
      ]),
    textIn: (value: { text?: string }) => value.text,
  },
  {
    name: 'cohere chat',
    modelId: 'cohere.command-a-v1:0',
    limit: ['max_tokens'],
    body: chatBody('max_tokens'),
    reply: (text) => ({
      id: 'c-1',
      finish_reason: 'COMPLETE',
      message: { role: 'assistant', content: [{ type: 'text', text }] },
      usage: { billed_units: { input_tokens: 3, output_tokens: 7 }, tokens: { input_tokens: 11, output_tokens: 7 } },
    }),
    chunks: (pieces) =>
      withMetrics([
        { type: 'message-start', id: 'c-1', delta: { message: { role: 'assistant', content: [] } } },
        { type: 'content-start', index: 0, delta: { message: { content: { type: 'text', text: '' } } } },
        ...pieces.map((text) => ({ type: 'content-delta', index: 0, delta: { message: { content: { text } } } })),
        { type: 'content-end', index: 0 },
        { type: 'message-end', delta: { finish_reason: 'COMPLETE' } },
      ]),
    textIn: (value: {
      message?: { content: readonly { text: string }[] };
      delta?: { message?: { content?: { text?: string } } };
    }) => value.message?.content[0]?.text ?? value.delta?.message?.content?.text,
  },
  {
    name: 'deepseek prompt',
    modelId: 'us.deepseek.r1-v1:0',
    limit: ['max_tokens'],
    body: (question, system = '') => ({
      prompt: `<｜begin▁of▁sentence｜>${system}<｜User｜>${question}<｜Assistant｜><think>\n`,
      max_tokens: 50,
    }),
    reply: (text) => ({ choices: [{ text, stop_reason: 'stop' }] }),
    chunks: (pieces) =>
      withMetrics([
        ...pieces.map((text) => ({ choices: [{ text, stop_reason: null }] })),
        { choices: [{ text: '', stop_reason: 'stop' }] },
      ]),
    textIn: (value: { choices?: readonly { text: string }[] }) => value.choices?.[0]?.text,
  },
  {
    name: 'deepseek chat',
    modelId: 'deepseek.v3-v1:0',
    limit: ['max_tokens'],
    body: chatBody('max_tokens'),
    reply: chatReply,
    chunks: chatChunks,
    textIn: chatText as never,
  },
  {
    name: 'openai',
    modelId: 'openai.gpt-oss-20b-1:0',
    limit: ['max_completion_tokens'],
    body: chatBody('max_completion_tokens'),
    reply: chatReply,
    chunks: chatChunks,
    textIn: chatText as never,
  },
];

/** The limit in a body of a family. */
export const limitIn = ({ limit }: BodyFamily, body: Fields): unknown =>
  limit.reduce<unknown>((value, name) => (value as Fields | undefined)?.[name], body);

/** `body` with its limit set to something else. */
export const withLimit = ({ limit: [first, second] }: BodyFamily, body: Fields, value: unknown): Fields =>
  second === undefined
    ? { ...body, [first]: value }
    : { ...body, [first]: { ...(body[first] as Fields), [second]: value } };

/** The frames' contents of these chunks. */
export const chunkContents = (chunks: readonly Fields[]): readonly { readonly bytes: string }[] =>
  chunks.map((chunk) => ({ bytes: Buffer.from(JSON.stringify(chunk)).toString('base64') }));
