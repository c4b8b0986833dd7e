/** Anthropic's streamed messages. Source: https://platform.claude.com/docs/en/build-with-claude/streaming */

import { type ContentBlock, member, textOf } from '../converse/types.ts';
import { anthropicCounts, anthropicUsage, STOP_REASONS } from './anthropic-usage.ts';
import { countIn } from './counts.ts';
import { identifiersOf, inner, isFields, textIn, unreadableChunk } from './fields.ts';
import { familyReason, stopReasonIn } from './stop-reasons.ts';
import type { ChunkFormat, Fields, ReplyEvent, TokenCounts } from './types.ts';

const deltaIn = (delta: Fields): ContentBlock => {
  const { type, text, partial_json: json, thinking, signature } = delta;
  if (type === 'text_delta' && typeof text === 'string') return { text };
  if (type === 'input_json_delta' && typeof json === 'string') return { toolUse: { input: json } };
  if (type === 'thinking_delta' && typeof thinking === 'string') return { reasoningContent: { text: thinking } };
  if (type === 'signature_delta' && typeof signature === 'string') return { reasoningContent: { signature } };
  throw unreadableChunk();
};

/** What a block begins with: Converse announces calls of tools alone. */
const startIn = (contentBlockIndex: number, block: Fields): readonly ReplyEvent[] => {
  const { type, id, name } = block;
  const piece = (delta: ContentBlock): ReplyEvent => ({ contentBlockDelta: { contentBlockIndex, delta } });
  if (type === 'tool_use' && typeof id === 'string' && typeof name === 'string')
    return [{ contentBlockStart: { contentBlockIndex, start: { toolUse: { toolUseId: id, name } } } }];
  if (type === 'text') return textIn(block['text']) ? [piece({ text: block['text'] })] : [];
  if (type === 'thinking')
    return textIn(block['thinking']) ? [piece({ reasoningContent: { text: block['thinking'] } })] : [];
  if (type === 'redacted_thinking' && typeof block['data'] === 'string')
    return [piece({ reasoningContent: { redactedContent: block['data'] } })];
  throw unreadableChunk();
};

/** The type of block that a first piece begins, and the piece itself. */
const writeDelta = (delta: ContentBlock): readonly [start: Fields, delta: Fields | undefined] => {
  const text = textOf(delta);
  if (text !== undefined)
    return [
      { type: 'text', text: '' },
      { type: 'text_delta', text },
    ];
  const input = member(delta, 'toolUse')?.['input'];
  if (input !== undefined) return [{}, { type: 'input_json_delta', partial_json: input }];
  const { text: thinking, signature, redactedContent } = inner(delta, 'reasoningContent');
  if (redactedContent !== undefined) return [{ type: 'redacted_thinking', data: redactedContent }, undefined];
  const start = { type: 'thinking', thinking: '', signature: '' };
  if (signature !== undefined) return [start, { type: 'signature_delta', signature }];
  return [start, { type: 'thinking_delta', thinking }];
};

/** The chunks of one reply. */
export const anthropicChunks = (stopSequences: readonly string[] = []): ChunkFormat => {
  let head: Fields = {};
  let used: Fields = {};
  let stopReason: string | undefined;
  let stopSequence: string | undefined;
  let openIndex: number | undefined;

  const note = (usage: unknown): void => {
    if (isFields(usage)) used = { ...used, ...usage };
  };

  const start = (index: number, block: Fields): Fields => {
    openIndex = index;
    return { type: 'content_block_start', index, content_block: block };
  };

  return {
    read(chunk) {
      const index = countIn(chunk['index']) ?? 0;
      switch (chunk['type']) {
        case 'message_start':
          head = inner(chunk, 'message');
          note(head['usage']);
          return [{ messageStart: { role: 'assistant' } }];
        case 'content_block_start':
          return startIn(index, inner(chunk, 'content_block'));
        case 'content_block_delta': {
          const delta = inner(chunk, 'delta');
          // What a text cites stands beside it: see the whole reply.
          if (delta['type'] === 'citations_delta') return [];
          return [{ contentBlockDelta: { contentBlockIndex: index, delta: deltaIn(delta) } }];
        }
        case 'content_block_stop':
          return [{ contentBlockStop: { contentBlockIndex: index } }];
        case 'message_delta':
          note(chunk['usage']);
          stopSequence = stopSequences.find((sequence) => sequence === inner(chunk, 'delta')['stop_sequence']);
          stopReason = stopReasonIn(inner(chunk, 'delta')['stop_reason'], STOP_REASONS);
          return [];
        case 'message_stop':
          if (stopReason === undefined) throw unreadableChunk();
          return [{ messageStop: { stopReason } }];
        case 'ping':
          return [];
        default:
          throw unreadableChunk();
      }
    },
    usage: (): TokenCounts | undefined => anthropicCounts(used),
    write({ messageStart, contentBlockStart, contentBlockDelta, contentBlockStop }) {
      if (messageStart !== undefined) {
        const counts = anthropicCounts(head['usage']);
        return [
          {
            type: 'message_start',
            message: {
              ...identifiersOf(head, 'id', 'model'),
              type: 'message',
              role: 'assistant',
              content: [],
              stop_reason: null,
              stop_sequence: null,
              ...(counts !== undefined && { usage: anthropicUsage(counts) }),
            },
          },
        ];
      }
      if (contentBlockStart !== undefined) {
        const { toolUseId: id, name } = inner(contentBlockStart.start, 'toolUse');
        return [start(contentBlockStart.contentBlockIndex, { type: 'tool_use', id, name, input: {} })];
      }
      if (contentBlockDelta !== undefined) {
        const { contentBlockIndex: index } = contentBlockDelta;
        const [block, delta] = writeDelta(contentBlockDelta.delta);
        return [
          ...(openIndex === index ? [] : [start(index, block)]),
          ...(delta === undefined ? [] : [{ type: 'content_block_delta', index, delta }]),
        ];
      }
      if (contentBlockStop === undefined) return [];
      const { contentBlockIndex: index } = contentBlockStop;
      // A block of which nothing was left has not begun.
      if (openIndex !== index) return [start(index, { type: 'text', text: '' }), { type: 'content_block_stop', index }];
      openIndex = undefined;
      return [{ type: 'content_block_stop', index }];
    },
    end: (reason, usage) => [
      {
        type: 'message_delta',
        delta: { stop_reason: familyReason(reason, STOP_REASONS), stop_sequence: stopSequence ?? null },
        usage: { output_tokens: usage?.outputTokens ?? 0 },
      },
      { type: 'message_stop' },
    ],
  };
};
