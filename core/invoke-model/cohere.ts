/**
 * Cohere's Command R body. Source: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-cohere-command-r-plus.html
 */

import type { ConverseMessage } from '../converse/types.ts';
import { textOf } from '../converse/types.ts';
import { asList, asOneOf, asText, bodyRefused, identifiersOf, knownFields } from './fields.ts';
import { type ParameterNames, readParameters, writeParameters } from './parameters.ts';
import { familyReason, type StopReasons, stopReasonIn } from './stop-reasons.ts';
import { type TextChunk, textChunks, wholeText } from './text-chunks.ts';
import type { BodyCall, BodyFormat, Fields } from './types.ts';

/** Cohere's words by Converse's. */
export const COHERE_STOP_REASONS: StopReasons = {
  COMPLETE: 'end_turn',
  MAX_TOKENS: 'max_tokens',
  STOP_SEQUENCE: 'stop_sequence',
  TOOL_CALL: 'tool_use',
  ERROR_TOXIC: 'content_filtered',
};

const PARAMETERS: ParameterNames = {
  maxTokens: ['max_tokens'],
  temperature: 'temperature',
  topP: 'p',
  stopSequences: 'stop_sequences',
  numbers: ['k', 'seed', 'frequency_penalty', 'presence_penalty'],
  words: { prompt_truncation: ['OFF', 'AUTO_PRESERVE_ORDER'] },
  own: ['message', 'chat_history', 'preamble'],
};

const ROLES: Readonly<Record<string, string>> = { USER: 'user', CHATBOT: 'assistant', SYSTEM: 'system' };

const readTurn = (turn: unknown): ConverseMessage => {
  const { role, message } = knownFields(turn, 'role', 'message');
  const name = asOneOf(asText(role), ...Object.keys(ROLES));
  return { role: ROLES[name], content: [{ text: asText(message) }] };
};

const textOfTurn = ({ content }: ConverseMessage): string => {
  const [block, ...more] = content ?? [];
  const text = textOf(block);
  if (text === undefined || more.length > 0) throw bodyRefused('body-block');
  return text;
};

const writeTurns = ({ messages = [], system = [], toolConfig }: BodyCall): Fields => {
  const last = messages.at(-1);
  if (last?.role !== 'user' || toolConfig !== undefined) throw bodyRefused('body-block');
  const history = messages.slice(0, -1).map((turn) => ({
    role: Object.keys(ROLES).find((name) => ROLES[name] === turn.role),
    message: textOfTurn(turn),
  }));
  return {
    ...(system.length > 0 && { preamble: system.map((block) => textOfTurn({ content: [block] })).join('\n\n') }),
    ...(history.length > 0 && { chat_history: history }),
    message: textOfTurn(last),
  };
};

/** Events that say nothing that is passed on. */
const SILENT: readonly unknown[] = [
  'stream-start',
  'citation-generation',
  'search-queries-generation',
  'search-results',
];

/** Beside the text a reply repeats the conversation, and has citations and searches: none of it is passed on. */
const readChunk = (chunk: Fields): TextChunk | undefined => {
  const { event_type: type, text } = chunk;
  if (type === 'text-generation') return typeof text === 'string' ? { text, reason: undefined } : undefined;
  if (type === 'stream-end') return { text: undefined, reason: chunk['finish_reason'] ?? 'ERROR' };
  const isKnown = SILENT.includes(type);
  return isKnown ? { text: undefined, reason: undefined } : undefined;
};

/** Command R and R+. */
export const cohere: BodyFormat = {
  name: 'cohere-message',
  read(body) {
    const { message, chat_history: history = [], preamble } = body;
    return {
      ...readParameters(body, PARAMETERS),
      ...(preamble !== undefined && { system: [{ text: asText(preamble) }] }),
      messages: [...asList(history).map(readTurn), { role: 'user', content: [{ text: asText(message) }] }],
    };
  },
  write: (body, call) => ({
    ...call.additionalModelRequestFields,
    ...writeParameters(body, PARAMETERS, call),
    ...writeTurns(call),
  }),
  readReply: (body) =>
    typeof body['text'] !== 'string'
      ? undefined
      : {
          content: [{ text: body['text'] }],
          stopReason: stopReasonIn(body['finish_reason'], COHERE_STOP_REASONS),
          usage: undefined,
        },
  writeReply: (body, reply) => ({
    ...identifiersOf(body, 'response_id', 'generation_id'),
    text: wholeText(reply),
    finish_reason: familyReason(reply.stopReason, COHERE_STOP_REASONS),
  }),
  stream: () =>
    textChunks({
      reasons: COHERE_STOP_REASONS,
      read: readChunk,
      write: (text, reason) =>
        reason === null
          ? { is_finished: false, event_type: 'text-generation', text }
          : { is_finished: true, event_type: 'stream-end', finish_reason: reason },
    }),
};
