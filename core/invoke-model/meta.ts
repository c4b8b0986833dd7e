/**
 * Meta's body. Source: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-meta.html
 */

import { countIn, countsOf } from './counts.ts';
import { promptFormat } from './prompt-format.ts';
import { familyReason, type StopReasons, stopReasonIn } from './stop-reasons.ts';
import { llama3, llama4 } from './templates/headers.ts';
import { instruct } from './templates/instruct.ts';
import { type TextChunk, textChunks, wholeText } from './text-chunks.ts';
import type { BodyFormat, ChunkFormat, Fields, TokenCounts } from './types.ts';

const STOP_REASONS: StopReasons = { stop: 'end_turn', length: 'max_tokens' };

const countsIn = (body: Fields): TokenCounts | undefined =>
  countsOf(body['prompt_token_count'], body['generation_token_count']);

const write = (generation: string, reason: string | null, usage?: TokenCounts): Fields => ({
  generation,
  prompt_token_count: usage?.inputTokens ?? null,
  generation_token_count: usage?.outputTokens ?? null,
  stop_reason: reason,
});

/** The first chunk has the tokens of the prompt, the last those of the whole answer. */
const chunks = (): ChunkFormat => {
  let prompt: number | undefined;
  return textChunks({
    reasons: STOP_REASONS,
    read(chunk): TextChunk | undefined {
      const { generation, stop_reason: reason } = chunk;
      prompt = countIn(chunk['prompt_token_count']) ?? prompt;
      if (typeof generation !== 'string') return undefined;
      return { text: generation, reason, usage: countsOf(prompt, chunk['generation_token_count']) };
    },
    write,
  });
};

/** Meta's Llama models. */
export const meta: BodyFormat = promptFormat({
  name: 'meta-prompt',
  parameters: {
    maxTokens: ['max_gen_len'],
    temperature: 'temperature',
    topP: 'top_p',
    numbers: [],
    own: ['prompt'],
  },
  templates: [llama3, llama4, instruct],
  readReply: (body) =>
    typeof body['generation'] !== 'string'
      ? undefined
      : {
          content: [{ text: body['generation'] }],
          stopReason: stopReasonIn(body['stop_reason'], STOP_REASONS),
          usage: countsIn(body),
        },
  writeReply: (_, reply) => write(wholeText(reply), familyReason(reply.stopReason, STOP_REASONS), reply.usage),
  stream: chunks,
});
