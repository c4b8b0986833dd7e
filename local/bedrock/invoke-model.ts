/** InvokeModel bodies by model family, read into the Converse shape and written back. */

import { BedrockError } from './errors.ts';
import type { AnswerBlock } from './model/answer.ts';
import type { CutAnswer } from './model/tokens.ts';
import type { ConverseBody } from './validation.ts';

type Fields = Readonly<Record<string, unknown>>;

const blocksOf = (content: unknown): readonly Fields[] =>
  typeof content === 'string' ? [{ text: content }] : Array.isArray(content) ? (content as Fields[]) : [];

/** A body of Anthropic's or Amazon Nova's shape, as a Converse request. */
export const readInvokeBody = (body: Fields, modelId: string): ConverseBody => {
  if (!Array.isArray(body['messages']))
    throw new BedrockError('ValidationException', 'Malformed input request, please reformat your input and try again.');
  const system = blocksOf(body['system']);
  const messages = (body['messages'] as Fields[]).map(({ role, content }) => ({
    role: String(role),
    content: blocksOf(content),
  }));
  const nova = body['inferenceConfig'] as { maxTokens?: number } | undefined;
  const maxTokens = modelId.includes('nova') ? nova?.maxTokens : (body['max_tokens'] as number | undefined);
  return { system, messages, ...(maxTokens === undefined ? {} : { inferenceConfig: { maxTokens } }) };
};

const textOf = (blocks: readonly AnswerBlock[]): string =>
  blocks.map((block) => ('text' in block ? block.text : '')).join('');

/** A reply in the family's shape. */
export const writeInvokeReply = (
  modelId: string,
  { blocks, tokens, stopReason }: CutAnswer,
  inputTokens: number,
): object =>
  modelId.includes('nova')
    ? {
        output: { message: { role: 'assistant', content: [{ text: textOf(blocks) }] } },
        stopReason,
        usage: { inputTokens, outputTokens: tokens, totalTokens: inputTokens + tokens },
      }
    : {
        id: 'msg_local',
        type: 'message',
        role: 'assistant',
        model: modelId,
        content: [{ type: 'text', text: textOf(blocks) }],
        stop_reason: stopReason,
        usage: { input_tokens: inputTokens, output_tokens: tokens },
      };

/** Events of a streamed reply, Anthropic's, with Bedrock's own metrics in the last. */
export const writeInvokeEvents = (
  { blocks, tokens, stopReason }: CutAnswer,
  inputTokens: number,
  pieces: readonly string[],
): readonly object[] => [
  { type: 'message_start', message: { role: 'assistant', usage: { input_tokens: inputTokens } } },
  { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
  ...(blocks.length === 0
    ? []
    : pieces.map((text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } }))),
  { type: 'content_block_stop', index: 0 },
  { type: 'message_delta', delta: { stop_reason: stopReason }, usage: { output_tokens: tokens } },
  {
    type: 'message_stop',
    'amazon-bedrock-invocationMetrics': { inputTokenCount: inputTokens, outputTokenCount: tokens },
  },
];
