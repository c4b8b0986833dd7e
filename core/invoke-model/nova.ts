/**
 * Amazon Nova's messages body: Converse's own shapes, but for the limit's name.
 * Source: https://docs.aws.amazon.com/nova/latest/userguide/complete-request-schema.html
 */

import type { ContentBlock } from '../converse/types.ts';
import { base64Of, bytesIn, mapSources } from './base64.ts';
import { cacheCounts, countIn, countsOf } from './counts.ts';
import {
  asFields,
  asList,
  asOneOf,
  asText,
  bodyRefused,
  inner,
  isFields,
  knownFields,
  unreadableChunk,
} from './fields.ts';
import { checkSystem, checkTools, checkTurn, replyBlock, replyPiece } from './nova-blocks.ts';
import { namesOf, type ParameterNames, readConfig, readExtras, writeParameters } from './parameters.ts';
import { type StopReasons, stopReasonIn } from './stop-reasons.ts';
import type { BodyFormat, ChunkFormat, Fields, ReplyEvent, TokenCounts } from './types.ts';

const CONFIG: ParameterNames = {
  maxTokens: ['maxTokens', 'max_new_tokens'],
  temperature: 'temperature',
  topP: 'topP',
  stopSequences: 'stopSequences',
  numbers: ['topK', 'top_k'],
  own: [],
};

const KNOWN: readonly string[] = ['schemaVersion', 'messages', 'system', 'inferenceConfig', 'toolConfig'];

const STOP_REASONS: StopReasons = {
  end_turn: 'end_turn',
  max_tokens: 'max_tokens',
  stop_sequence: 'stop_sequence',
  tool_use: 'tool_use',
  content_filtered: 'content_filtered',
  guardrail_intervened: 'guardrail_intervened',
};

const countsIn = (usage: unknown): TokenCounts | undefined => {
  if (!isFields(usage)) return undefined;
  const { cacheReadInputTokens, cacheReadInputTokenCount, cacheWriteInputTokens, cacheWriteInputTokenCount } = usage;
  return countsOf(
    usage['inputTokens'],
    usage['outputTokens'],
    cacheCounts(cacheReadInputTokens ?? cacheReadInputTokenCount, cacheWriteInputTokens ?? cacheWriteInputTokenCount),
  );
};

const usageFields = ({ cacheDetails: _, ...usage }: TokenCounts): Fields => usage;

/** The event of a chunk that holds a block, or the beginning or end of one. */
const blockEvent = ({ contentBlockStart, contentBlockDelta, contentBlockStop }: Fields): ReplyEvent | undefined => {
  const event = contentBlockStart ?? contentBlockDelta ?? contentBlockStop;
  if (!isFields(event)) return undefined;
  const contentBlockIndex = countIn(event['contentBlockIndex']) ?? 0;
  if (contentBlockStart !== undefined) {
    const { toolUseId, name } = inner(inner(event, 'start'), 'toolUse');
    if (typeof toolUseId !== 'string' || typeof name !== 'string') return {};
    return { contentBlockStart: { contentBlockIndex, start: { toolUse: { toolUseId, name } } } };
  }
  if (contentBlockDelta === undefined) return { contentBlockStop: { contentBlockIndex } };
  const delta = replyPiece(inner(event, 'delta'));
  if (delta === undefined) throw unreadableChunk();
  return { contentBlockDelta: { contentBlockIndex, delta } };
};

/** The chunks of one reply: Converse's events. */
const novaChunks = (): ChunkFormat => {
  let used: TokenCounts | undefined;
  return {
    read(chunk) {
      if (isFields(chunk['metadata'])) {
        used = countsIn(chunk['metadata']['usage']) ?? used;
        return [];
      }
      if (chunk['messageStart'] !== undefined) return [{ messageStart: { role: 'assistant' } }];
      const event = blockEvent(chunk);
      if (event !== undefined) return [event];
      const stopReason = stopReasonIn(inner(chunk, 'messageStop')['stopReason'], STOP_REASONS);
      if (stopReason === undefined) throw unreadableChunk();
      return [{ messageStop: { stopReason } }];
    },
    usage: () => used,
    write: (event) => (Object.keys(event).length > 0 ? [event as Fields] : []),
    end: (stopReason, usage) => [
      { messageStop: { stopReason } },
      { metadata: { ...(usage !== undefined && { usage: usageFields(usage) }), metrics: {} } },
    ],
  };
};

/** Amazon Nova's `messages-v1`. */
export const nova: BodyFormat = {
  name: 'nova-messages',
  read(body) {
    const { schemaVersion, messages, system, inferenceConfig = {}, toolConfig } = body;
    if (schemaVersion !== undefined) asOneOf(schemaVersion, 'messages-v1');
    const config = asFields(inferenceConfig);
    if (readExtras(config, namesOf(CONFIG)).additionalModelRequestFields !== undefined) throw bodyRefused('body-field');
    return {
      ...readExtras(body, KNOWN),
      ...readConfig(config, CONFIG),
      ...(system !== undefined && { system: asList(system).map(checkSystem) }),
      ...(toolConfig !== undefined && { toolConfig: checkTools(toolConfig) }),
      messages: asList(messages).map((message) => {
        const { role, content } = knownFields(message, 'role', 'content');
        return { role: asText(role), content: mapSources(asList(content).map(checkTurn), bytesIn) };
      }),
    };
  },
  write(body, call) {
    const { system = [], messages = [], toolConfig } = call;
    return {
      ...call.additionalModelRequestFields,
      schemaVersion: 'messages-v1',
      inferenceConfig: writeParameters(asFields(body['inferenceConfig'] ?? {}), CONFIG, call),
      ...(system.length > 0 && { system }),
      messages: messages.map(({ role, content = [] }) => ({ role, content: mapSources(content, base64Of) })),
      ...(toolConfig !== undefined && { toolConfig }),
    };
  },
  readReply(body) {
    const content = inner(inner(body, 'output'), 'message')['content'];
    const blocks = Array.isArray(content)
      ? content.map((block) => (isFields(block) ? replyBlock(block) : undefined))
      : [];
    if (!Array.isArray(content) || blocks.includes(undefined)) return undefined;
    return {
      content: blocks as ContentBlock[],
      stopReason: stopReasonIn(body['stopReason'], STOP_REASONS),
      usage: countsIn(body['usage']),
    };
  },
  writeReply: (_, { content, stopReason, usage }) => ({
    output: { message: { role: 'assistant', content } },
    stopReason,
    ...(usage !== undefined && { usage: usageFields(usage) }),
  }),
  stream: novaChunks,
};
