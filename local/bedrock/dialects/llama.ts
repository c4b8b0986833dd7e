/** Meta Llama's prompt. Source: Bedrock User Guide, "Meta Llama models". */

import { textEnd } from './completion-choices.ts';
import { chunkEvent, type Dialect, invocationMetrics, textOfReply, tokensRead } from './dialect.ts';
import { checkFields, type Fields, FRACTION, PROMPT } from './fields.ts';
import { inferenceOf } from './inference.ts';
import { piecesOf } from './pieces.ts';
import { type PromptTemplate, readPrompt } from './prompt-template.ts';

const FIELDS: Fields = {
  prompt: PROMPT,
  images: { type: 'JSONArray' },
  temperature: FRACTION,
  top_p: FRACTION,
  max_gen_len: { type: 'Integer', minimum: 1, maximum: 2048 },
};

const DEFAULT_LENGTH = 512;

/** Llama 3 and, with other marks, Llama 4. Source: Meta's prompt formats. */
const TEMPLATE: PromptTemplate = {
  marks: {
    '<|start_header_id|>system<|end_header_id|>': 'system',
    '<|start_header_id|>user<|end_header_id|>': 'user',
    '<|start_header_id|>assistant<|end_header_id|>': 'assistant',
    '<|start_header_id|>ipython<|end_header_id|>': 'data',
    '<|header_start|>system<|header_end|>': 'system',
    '<|header_start|>user<|header_end|>': 'user',
    '<|header_start|>assistant<|header_end|>': 'assistant',
    '<|header_start|>ipython<|header_end|>': 'data',
  },
  noise: ['<|begin_of_text|>', '<|eot_id|>', '<|eom_id|>', '<|eot|>', '<|eom|>'],
  first: 'user',
};

/** Meta Llama. */
export const llama: Dialect = {
  read: (body) => {
    checkFields(body, FIELDS);
    const { prompt, max_gen_len: maxTokens = DEFAULT_LENGTH } = body;
    return { ...readPrompt(String(prompt), TEMPLATE), inferenceConfig: inferenceOf(maxTokens) };
  },
  reply: (reply) => ({
    generation: textOfReply(reply),
    prompt_token_count: tokensRead(reply),
    generation_token_count: reply.usage.outputTokens,
    stop_reason: textEnd(reply),
  }),
  *events(reply) {
    let made = 0;
    for (const { text, tokens } of piecesOf(textOfReply(reply))) {
      const prompt_token_count = made === 0 ? tokensRead(reply) : null;
      made += tokens;
      yield chunkEvent(
        { generation: text, prompt_token_count, generation_token_count: made, stop_reason: null },
        tokens,
      );
    }
    yield chunkEvent({
      generation: '',
      prompt_token_count: null,
      generation_token_count: reply.usage.outputTokens,
      stop_reason: textEnd(reply),
      ...invocationMetrics(reply),
    });
  },
};
