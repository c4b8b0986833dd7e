/** Streamed replies of InvokeModel with a chunk that nobody can read, and so nobody can clean. */

import { eventFrame } from '../../../../../local/bedrock/event-stream.ts';
import { type BodyFamily, chunkContents, FAMILIES, METRICS } from '../../../../support/invoke-bodies.ts';
import { client, invoke, invokeStream, type Probe, refusal } from './probe.ts';

type Fields = Readonly<Record<string, unknown>>;

const familyOf = (name: string): BodyFamily => {
  const family = FAMILIES.find((each) => each.name === name);
  if (family === undefined) throw new Error(`no family ${name}`);
  return family;
};

const email = ['ada', 'example.com'].join('@');

/** A chunk of it in place of the one at `at` of a reply. */
const unread = (
  what: string,
  name: string,
  at: number,
  chunk: Fields | string,
  [code, reason]: readonly [code: string, reason: string] = ['output_truncated', 'chunk'],
): Probe => ({
  name: `${what} (${name})`,
  attempt: (guard) => {
    const { modelId, body, chunks } = familyOf(name);
    const contents: { readonly bytes: string }[] = [...chunkContents(chunks(['A pear', ' is a fruit.']))];
    const text = typeof chunk === 'string' ? chunk : JSON.stringify(chunk);
    contents.splice(at, 1, { bytes: Buffer.from(text).toString('base64') });
    const { bedrock } = client(guard, {}, () => ({ frames: contents.map((content) => eventFrame('chunk', content)) }));
    return refusal(() => invokeStream(bedrock, modelId, body('What is a pear?')), code, reason);
  },
});

const choice = (more: Fields): Fields => ({
  choices: [{ index: 0, delta: { role: 'assistant' }, finish_reason: null, ...more }],
});

/** A whole reply that cannot be read. */
const whole = (what: string, name: string, reply: Fields): Probe => ({
  name: `${what} (${name})`,
  attempt: (guard) => {
    const { modelId, body } = familyOf(name);
    const { bedrock } = client(guard, {}, () => ({ body: reply }));
    return refusal(() => invoke(bedrock, modelId, body('What is a pear?')), 'output_truncated');
  },
});

/** By family. */
export const CHUNKS: readonly Probe[] = [
  unread('a chunk that is no JSON', 'anthropic', 2, `{"text": "${email}`),
  unread('a piece of a kind that nobody knows', 'anthropic', 2, {
    type: 'content_block_delta',
    index: 0,
    delta: { type: 'secret_delta', secret: email },
  }),
  unread('a block of a kind that nobody knows', 'anthropic', 1, {
    type: 'content_block_start',
    index: 0,
    content_block: { type: 'server_tool_use', id: 'x', name: email },
  }),
  unread('a stop without its reason', 'anthropic', 5, { type: 'message_delta', delta: {} }),
  unread('a chunk of a kind that nobody knows', 'anthropic', 2, { type: 'secret', text: email }),
  unread('a piece of a kind that nobody knows', 'nova', 1, {
    contentBlockDelta: { contentBlockIndex: 0, delta: { secret: email } },
  }),
  unread('a chunk of a kind that nobody knows', 'nova', 1, { secret: email }),
  unread('a chunk without its text', 'meta', 0, { secret: email }),
  unread('text behind the end', 'meta', 0, { generation: 'x', stop_reason: 'stop' }),
  unread('an end that nobody knows', 'meta', 2, { generation: '', stop_reason: 'secret', ...METRICS }),
  unread('counts that are none', 'mistral prompt', 2, {
    outputs: [{ text: '', stop_reason: 'stop' }],
    'amazon-bedrock-invocationMetrics': {},
  }),
  unread('several answers in one chunk', 'openai', 0, {
    choices: [{ index: 0 }, { index: 1, delta: { content: email } }],
  }),
  unread('an answer behind its end', 'openai', 0, choice({ finish_reason: 'stop' })),
  unread('a call that is none', 'openai', 0, choice({ delta: { tool_calls: [null] } })),
  unread(
    'arguments of a call that has not begun',
    'openai',
    0,
    choice({ delta: { tool_calls: [{ index: 0, function: { arguments: '{}' } }] } }),
  ),
  unread('an end that nobody knows', 'openai', 2, { ...choice({ finish_reason: 'secret' }), ...METRICS }),
  unread('a call without its name', 'cohere chat', 2, {
    type: 'tool-call-start',
    index: 0,
    delta: { message: { tool_calls: { id: 't' } } },
  }),
  unread('a chunk of a kind that nobody knows', 'cohere chat', 2, { type: 'secret', text: email }),
  unread('an end that nobody knows', 'cohere chat', 5, {
    type: 'message-end',
    delta: { finish_reason: 'secret' },
    ...METRICS,
  }),
  whole('a block of a reply that nobody knows', 'anthropic', {
    content: [{ type: 'secret', text: email }],
    stop_reason: 'end_turn',
    usage: { input_tokens: 1, output_tokens: 1 },
  }),
  whole('several answers', 'openai', { choices: [{ index: 0 }, { index: 1, message: { content: email } }] }),
];
