/** Mistral AI. Source: Bedrock User Guide, "Mistral AI text completion" and "Mistral AI chat completion". */

import { toolUseTokens } from '../model/generate.ts';
import type { Block } from '../model/request.ts';
import { chatCall, finishReason, toolUsesOf } from './chat-completion.ts';
import { readChat } from './chat-messages.ts';
import { completion, completionEvents } from './completion-choices.ts';
import { chunkEvent, type Dialect, invocationMetrics, textOfReply } from './dialect.ts';
import { checkFields, type Fields, FRACTION, MESSAGES, PROMPT } from './fields.ts';
import { inferenceOf } from './inference.ts';
import { piecesOf } from './pieces.ts';
import { type PromptTemplate, readPrompt } from './prompt-template.ts';

const COMMON: Fields = {
  max_tokens: { type: 'Integer', minimum: 1, maximum: 8192 },
  temperature: FRACTION,
  top_p: FRACTION,
};
const PROMPT_FIELDS: Fields = {
  prompt: PROMPT,
  ...COMMON,
  stop: { type: 'JSONArray' },
  top_k: { type: 'Integer', minimum: 0, maximum: 200 },
};
const CHAT_FIELDS: Fields = {
  messages: MESSAGES,
  tools: { type: 'JSONArray' },
  tool_choice: { type: 'Any' },
  ...COMMON,
};

const DEFAULT_LENGTH = { prompt: 512, chat: 8192 } as const;

const TEMPLATE: PromptTemplate = {
  marks: { '[INST]': 'user', '[/INST]': 'assistant' },
  noise: ['<s>', '</s>'],
  first: 'user',
};

/** `[INST]` prompts. */
export const mistralPrompt: Dialect = {
  read: (body) => {
    checkFields(body, PROMPT_FIELDS);
    const { prompt, max_tokens: maxTokens = DEFAULT_LENGTH.prompt, stop } = body;
    return { ...readPrompt(String(prompt), TEMPLATE), inferenceConfig: inferenceOf(maxTokens, stop) };
  },
  reply: (reply) => completion('outputs', reply),
  events: (reply) => completionEvents('outputs', reply),
};

const choice = (message: Block, stop: string | null): object => ({
  choices: [{ index: 0, message: { role: 'assistant', ...message }, stop_reason: stop }],
});

/** Chats of Mistral Large. */
export const mistralChat: Dialect = {
  read: (body) => {
    checkFields(body, CHAT_FIELDS);
    const { max_tokens: maxTokens = DEFAULT_LENGTH.chat } = body;
    return { ...readChat(body), inferenceConfig: inferenceOf(maxTokens) };
  },
  reply: (reply) => {
    const calls = toolUsesOf(reply).map(chatCall);
    const message = { content: textOfReply(reply), ...(calls.length > 0 && { tool_calls: calls }) };
    return choice(message, finishReason(reply));
  },
  *events(reply) {
    for (const { text, tokens } of piecesOf(textOfReply(reply)))
      yield chunkEvent(choice({ content: text }, null), tokens);
    for (const call of toolUsesOf(reply))
      yield chunkEvent(choice({ content: '', tool_calls: [chatCall(call)] }, null), toolUseTokens(call));
    yield chunkEvent({ ...choice({ content: '' }, finishReason(reply)), ...invocationMetrics(reply) });
  },
};
