/** Replies of chat bodies, whole and in chunks. Source: https://platform.openai.com/docs/api-reference/chat/object */

import { type ContentBlock, member, textOf } from '../converse/types.ts';
import { readToolCall, writeToolCall } from './chat-messages.ts';
import { chatCounts, chatUsage, countIn } from './counts.ts';
import { identifiersOf, inner, isFields, textIn, unreadableChunk } from './fields.ts';
import { familyReason, type StopReasons, stopReasonIn } from './stop-reasons.ts';
import type { BodyReply, ChunkFormat, Fields, ReplyEvent, TokenCounts } from './types.ts';

/** The words of OpenAI, and of those who follow. */
export const CHAT_STOP_REASONS: StopReasons = {
  stop: 'end_turn',
  length: 'max_tokens',
  tool_calls: 'tool_use',
  content_filter: 'content_filtered',
  model_length: 'model_context_window_exceeded',
};

/** Ids and times at the head of a reply and of each chunk. */
const HEAD = ['id', 'object', 'created', 'model'] as const;

/** The one answer of a reply; `undefined` where there are several. */
const onlyChoice = (body: Fields): Fields | undefined => {
  const choices = body['choices'];
  const [choice] = Array.isArray(choices) && choices.length === 1 ? choices : [];
  return isFields(choice) && (choice['index'] ?? 0) === 0 ? choice : undefined;
};

/** Under which name a reply says why it ended: Mistral's models have one of their own. */
const reasonName = (choice: Fields | undefined): 'stop_reason' | 'finish_reason' =>
  choice !== undefined && Object.hasOwn(choice, 'stop_reason') ? 'stop_reason' : 'finish_reason';

const reasonIn = (choice: Fields): unknown => choice['finish_reason'] ?? choice['stop_reason'];

/**
 * What a message says: text, or parts, of which only text is known. It is one text, as it is read: a value that is spread
 * over parts is found in the whole.
 */
const saidIn = (content: unknown): string => {
  if (typeof content === 'string') return content;
  const parts = Array.isArray(content) ? content.filter(isFields) : [];
  return parts.map(({ type, text }) => (type === 'text' ? (textIn(text) ?? '') : '')).join('');
};

/** A whole reply; `undefined` where it cannot be read. Reasoning beside the text is left out: it is not signed. */
export const readChatReply = (body: Fields): BodyReply | undefined => {
  const choice = onlyChoice(body);
  if (choice === undefined) return undefined;
  const { content, tool_calls: calls } = inner(choice, 'message');
  const uses = (Array.isArray(calls) ? calls : []).map(readToolCall);
  if (uses.includes(undefined)) return undefined;
  const text = saidIn(content);
  return {
    content: [...(text === '' ? [] : [{ text }]), ...(uses as ContentBlock[])],
    stopReason: stopReasonIn(reasonIn(choice), CHAT_STOP_REASONS),
    usage: chatCounts(body['usage']),
  };
};

/** {@link readChatReply} the other way. */
export const writeChatReply = (body: Fields, { content, stopReason, usage }: BodyReply): Fields => {
  const texts = content.map(textOf).filter((text) => text !== undefined);
  const uses = content.map((block) => member(block, 'toolUse')).filter((use) => use !== undefined);
  const message = {
    role: 'assistant',
    content: texts.length === 0 ? null : texts.join(''),
    ...(uses.length > 0 && { tool_calls: uses.map(writeToolCall) }),
  };
  const reason = familyReason(stopReason, CHAT_STOP_REASONS);
  return {
    ...identifiersOf(body, ...HEAD),
    choices: [{ index: 0, message, [reasonName(onlyChoice(body))]: reason }],
    ...(usage !== undefined && isFields(body['usage']) && { usage: chatUsage(usage) }),
  };
};

/** Text is the first block, each call of a tool one more. */
const TEXT_BLOCK = 0;

const startOf = (call: Fields): ContentBlock | undefined => {
  const { id } = call;
  const { name } = inner(call, 'function');
  return typeof id === 'string' && typeof name === 'string' ? { toolUse: { toolUseId: id, name } } : undefined;
};

/** The chunks of one reply. */
export const chatChunks = (): ChunkFormat => {
  let head: Fields = {};
  let used: TokenCounts | undefined;
  let said: 'delta' | 'message' = 'delta';
  let reason: 'stop_reason' | 'finish_reason' = 'finish_reason';
  let begun = false;
  let ended = false;
  const open = new Set<number>();
  const written: number[] = [];

  const piecesOf = (call: unknown, position: number): readonly ReplyEvent[] => {
    if (!isFields(call)) throw unreadableChunk();
    const contentBlockIndex = (countIn(call['index']) ?? position) + 1;
    const start = open.has(contentBlockIndex) ? undefined : startOf(call);
    if (start === undefined && !open.has(contentBlockIndex)) throw unreadableChunk();
    open.add(contentBlockIndex);
    const input = textIn(inner(call, 'function')['arguments']) ?? '';
    return [
      ...(start === undefined ? [] : [{ contentBlockStart: { contentBlockIndex, start } }]),
      ...(input === '' ? [] : [{ contentBlockDelta: { contentBlockIndex, delta: { toolUse: { input } } } }]),
    ];
  };

  const stops = (): readonly ReplyEvent[] =>
    [...open].sort((a, b) => a - b).map((contentBlockIndex) => ({ contentBlockStop: { contentBlockIndex } }));

  const chunkOf = (delta: Fields, finish: string | null = null): Fields => ({
    ...head,
    choices: [{ index: 0, [said]: delta, [reason]: finish }],
  });

  const callOf = (index: number, call: Fields): Fields =>
    chunkOf({ tool_calls: [{ index: written.indexOf(index), ...call }] });

  return {
    read(chunk) {
      used = chatCounts(chunk['usage']) ?? used;
      head = { ...head, ...identifiersOf(chunk, ...HEAD) };
      const { choices = isFields(chunk['usage']) ? [] : undefined } = chunk;
      // What was used may come in a chunk of its own.
      if (Array.isArray(choices) && choices.length === 0) return [];
      const choice = onlyChoice(chunk);
      if (choice === undefined || ended) throw unreadableChunk();
      said = choice['message'] === undefined ? 'delta' : 'message';
      reason = reasonName(choice);
      const { content, tool_calls: calls } = inner(choice, said);
      const text = saidIn(content);
      if (text !== '') open.add(TEXT_BLOCK);
      const events: ReplyEvent[] = [
        ...(begun ? [] : [{ messageStart: { role: 'assistant' } }]),
        ...(text === '' ? [] : [{ contentBlockDelta: { contentBlockIndex: TEXT_BLOCK, delta: { text } } }]),
        ...(Array.isArray(calls) ? calls : []).flatMap(piecesOf),
      ];
      begun = true;
      const finish = reasonIn(choice);
      if (finish === undefined || finish === null) return events;
      const stopReason = stopReasonIn(finish, CHAT_STOP_REASONS);
      if (stopReason === undefined) throw unreadableChunk();
      ended = true;
      return [...events, ...stops(), { messageStop: { stopReason } }];
    },
    usage: () => used,
    write({ messageStart, contentBlockStart, contentBlockDelta }) {
      if (messageStart !== undefined) return [chunkOf({ role: 'assistant', content: '' })];
      if (contentBlockStart !== undefined) {
        const { contentBlockIndex: index, start } = contentBlockStart;
        const { toolUseId: id, name } = inner(start, 'toolUse');
        written.push(index);
        return [callOf(index, { id, type: 'function', function: { name, arguments: '' } })];
      }
      if (contentBlockDelta === undefined) return [];
      const { contentBlockIndex: index, delta } = contentBlockDelta;
      const input = member(delta, 'toolUse')?.['input'];
      if (input !== undefined) return [callOf(index, { function: { arguments: input } })];
      return [chunkOf({ content: textOf(delta) ?? '' })];
    },
    end: (stopReason, usage) => [
      {
        ...chunkOf({}, familyReason(stopReason, CHAT_STOP_REASONS)),
        ...(usage !== undefined && used !== undefined && { usage: chatUsage(usage) }),
      },
    ],
  };
};
