/** Cohere's body of turns. Sources: https://docs.cohere.com/reference/chat, https://docs.cohere.com/reference/chat-stream */

import { type ContentBlock, member, textOf } from '../converse/types.ts';
import { chatFormat } from './chat.ts';
import { readToolCall, writeToolCall } from './chat-messages.ts';
import { COHERE_STOP_REASONS } from './cohere.ts';
import { countIn, countsOf } from './counts.ts';
import { identifiersOf, inner, isFields, textIn, unreadableChunk } from './fields.ts';
import { familyReason, stopReasonIn } from './stop-reasons.ts';
import type { BodyFormat, BodyReply, ChunkFormat, Fields, ReplyEvent, TokenCounts } from './types.ts';

/** What is billed may be less than what was read: the greater counts. */
const countsIn = (usage: Fields): TokenCounts | undefined => {
  const [tokens, billed] = [inner(usage, 'tokens'), inner(usage, 'billed_units')];
  const most = (name: string): number | undefined => {
    const given = [tokens[name], billed[name]].map(countIn).filter((count) => count !== undefined);
    return given.length === 0 ? undefined : Math.max(...given);
  };
  return countsOf(most('input_tokens'), most('output_tokens'));
};

const usageOf = ({ inputTokens, outputTokens }: TokenCounts): Fields => ({
  tokens: { input_tokens: inputTokens, output_tokens: outputTokens },
});

/** What a message says, as one text: a value that is spread over parts is found in the whole. */
const saidIn = (content: unknown): string =>
  (Array.isArray(content) ? content.filter(isFields) : [])
    .map(({ type, text }) => (type === 'text' ? (textIn(text) ?? '') : ''))
    .join('');

/** Plans and citations beside the text are left out. */
const readReply = (body: Fields): BodyReply | undefined => {
  if (!isFields(body['message'])) return undefined;
  const { content, tool_calls: calls } = body['message'];
  const text = saidIn(content);
  const uses = (Array.isArray(calls) ? calls : []).map(readToolCall);
  if (uses.includes(undefined)) return undefined;
  return {
    content: [...(text === '' ? [] : [{ text }]), ...(uses as ContentBlock[])],
    stopReason: stopReasonIn(body['finish_reason'], COHERE_STOP_REASONS),
    usage: countsIn(inner(body, 'usage')),
  };
};

const writeReply = (body: Fields, { content, stopReason, usage }: BodyReply): Fields => {
  const uses = content.map((block) => member(block, 'toolUse')).filter((use) => use !== undefined);
  const texts = content.map(textOf).filter((text) => text !== undefined);
  return {
    ...identifiersOf(body, 'id'),
    finish_reason: familyReason(stopReason, COHERE_STOP_REASONS),
    message: {
      role: 'assistant',
      content: texts.map((text) => ({ type: 'text', text })),
      ...(uses.length > 0 && { tool_calls: uses.map(writeToolCall) }),
    },
    ...(usage !== undefined && { usage: usageOf(usage) }),
  };
};

/** Events that say nothing that is passed on. */
const SILENT: readonly unknown[] = [
  'content-start',
  'content-end',
  'tool-plan-delta',
  'citation-start',
  'citation-end',
];

/** All texts are the first block, as in a whole reply, each call of a tool is one more. */
const TEXT_BLOCK = 0;

const isCall = (index: number): boolean => index !== TEXT_BLOCK;

const readEvent = (type: unknown, index: number, message: Fields): readonly ReplyEvent[] => {
  const call = inner(message, 'tool_calls');
  const called = inner(call, 'function');
  const contentBlockIndex = index + 1;
  switch (type) {
    case 'content-delta': {
      const text = textIn(inner(message, 'content')['text']) ?? '';
      return text === '' ? [] : [{ contentBlockDelta: { contentBlockIndex: TEXT_BLOCK, delta: { text } } }];
    }
    case 'tool-call-start': {
      const { id } = call;
      const { name } = called;
      if (typeof id !== 'string' || typeof name !== 'string') throw unreadableChunk();
      return [{ contentBlockStart: { contentBlockIndex, start: { toolUse: { toolUseId: id, name } } } }];
    }
    case 'tool-call-delta': {
      const input = textIn(called['arguments']) ?? '';
      return [{ contentBlockDelta: { contentBlockIndex, delta: { toolUse: { input } } } }];
    }
    case 'tool-call-end':
      return [{ contentBlockStop: { contentBlockIndex } }];
    default:
      throw unreadableChunk();
  }
};

const chunks = (): ChunkFormat => {
  let head: Fields = {};
  let used: TokenCounts | undefined;
  let hasText = false;
  const begun = new Set<number>();

  const chunkOf = (type: string, index: number, message: Fields): Fields => ({
    type,
    index: isCall(index) ? index - 1 : index,
    delta: { message },
  });

  const begin = (index: number): readonly Fields[] => {
    if (begun.has(index)) return [];
    begun.add(index);
    return [chunkOf('content-start', index, { content: { type: 'text', text: '' } })];
  };

  return {
    read(chunk) {
      const { type } = chunk;
      const delta = inner(chunk, 'delta');
      if (SILENT.includes(type)) return [];
      if (type === 'message-start') {
        head = identifiersOf(chunk, 'id');
        return [{ messageStart: { role: 'assistant' } }];
      }
      if (type !== 'message-end') {
        const events = readEvent(type, countIn(chunk['index']) ?? 0, inner(delta, 'message'));
        hasText ||= type === 'content-delta' && events.length > 0;
        return events;
      }
      used = countsIn(inner(delta, 'usage')) ?? used;
      const stopReason = stopReasonIn(delta['finish_reason'], COHERE_STOP_REASONS);
      if (stopReason === undefined) throw unreadableChunk();
      const textStop = hasText ? [{ contentBlockStop: { contentBlockIndex: TEXT_BLOCK } }] : [];
      return [...textStop, { messageStop: { stopReason } }];
    },
    usage: () => used,
    write({ messageStart, contentBlockStart, contentBlockDelta, contentBlockStop }) {
      if (messageStart !== undefined)
        return [{ ...head, type: 'message-start', delta: { message: { role: 'assistant', content: [] } } }];
      if (contentBlockStart !== undefined) {
        const { contentBlockIndex: index, start } = contentBlockStart;
        const { toolUseId: id, name } = inner(start, 'toolUse');
        begun.add(index);
        const call = { id, type: 'function', function: { name, arguments: '' } };
        return [chunkOf('tool-call-start', index, { tool_calls: call })];
      }
      if (contentBlockDelta !== undefined) {
        const { contentBlockIndex: index, delta } = contentBlockDelta;
        const input = member(delta, 'toolUse')?.['input'];
        if (input !== undefined)
          return [chunkOf('tool-call-delta', index, { tool_calls: { function: { arguments: input } } })];
        return [...begin(index), chunkOf('content-delta', index, { content: { text: textOf(delta) ?? '' } })];
      }
      if (contentBlockStop === undefined) return [];
      const { contentBlockIndex: index } = contentBlockStop;
      if (!begun.has(index)) return [];
      const type = isCall(index) ? 'tool-call-end' : 'content-end';
      return [{ type, index: isCall(index) ? index - 1 : index }];
    },
    end: (stopReason, usage) => [
      {
        type: 'message-end',
        delta: {
          finish_reason: familyReason(stopReason, COHERE_STOP_REASONS),
          ...(usage !== undefined && { usage: usageOf(usage) }),
        },
      },
    ],
  };
};

/** Cohere's chat. */
export const cohereChat: BodyFormat = chatFormat(
  'cohere-chat',
  {
    maxTokens: ['max_tokens'],
    topP: 'p',
    stopSequences: 'stop_sequences',
    numbers: ['k', 'seed', 'frequency_penalty', 'presence_penalty'],
    words: { safety_mode: ['CONTEXTUAL', 'STRICT', 'OFF'] },
  },
  { readReply, writeReply, stream: chunks },
);
