/** DeepSeek: R1's prompt, and the chat of later models. Source: Bedrock User Guide, "DeepSeek models". */

import { chatCompletion, chatCompletionEvents } from './chat-completion.ts';
import { readChat } from './chat-messages.ts';
import { completion, completionEvents } from './completion-choices.ts';
import type { Dialect } from './dialect.ts';
import { checkFields, type Fields, FRACTION, MESSAGES, PROMPT } from './fields.ts';
import { inferenceOf } from './inference.ts';
import { type PromptTemplate, readPrompt } from './prompt-template.ts';

const COMMON: Fields = {
  max_tokens: { type: 'Integer', minimum: 1, maximum: 32_768 },
  temperature: FRACTION,
  top_p: FRACTION,
  stop: { type: 'JSONArray' },
};
const PROMPT_FIELDS: Fields = { prompt: PROMPT, ...COMMON };
const CHAT_FIELDS: Fields = {
  messages: MESSAGES,
  tools: { type: 'JSONArray' },
  tool_choice: { type: 'Any' },
  ...COMMON,
};

/** The system prompt stands bare between the beginning and the first user. */
const TEMPLATE: PromptTemplate = {
  marks: { '<｜User｜>': 'user', '<｜Assistant｜>': 'assistant' },
  noise: ['<｜begin▁of▁sentence｜>', '<｜end▁of▁sentence｜>', '<think>', '</think>'],
  first: 'system',
};

/** DeepSeek-R1. */
export const deepseekPrompt: Dialect = {
  read: (body) => {
    checkFields(body, PROMPT_FIELDS);
    const { prompt, max_tokens: maxTokens, stop } = body;
    return { ...readPrompt(String(prompt), TEMPLATE), inferenceConfig: inferenceOf(maxTokens, stop) };
  },
  reply: (reply) => completion('choices', reply),
  events: (reply) => completionEvents('choices', reply),
};

/** DeepSeek-V3 and later. */
export const deepseekChat: Dialect = {
  read: (body) => {
    checkFields(body, CHAT_FIELDS);
    return { ...readChat(body), inferenceConfig: inferenceOf(body['max_tokens'], body['stop']) };
  },
  reply: chatCompletion,
  events: chatCompletionEvents,
};
