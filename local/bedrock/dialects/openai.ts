/** OpenAI's open models. Source: Bedrock User Guide, "OpenAI models"; OpenAI API Reference, "Create chat completion". */

import { chatCompletion, chatCompletionEvents } from './chat-completion.ts';
import { readChat } from './chat-messages.ts';
import type { Dialect } from './dialect.ts';
import { checkFields, type Field, type Fields, FRACTION, MESSAGES, malformed } from './fields.ts';
import { inferenceOf } from './inference.ts';

const PENALTY: Field = { type: 'Number', minimum: -2, maximum: 2 };

const FIELDS: Fields = {
  messages: MESSAGES,
  model: { type: 'String' },
  max_completion_tokens: { type: 'Integer', minimum: 1 },
  max_tokens: { type: 'Integer', minimum: 1 },
  temperature: { type: 'Number', minimum: 0, maximum: 2 },
  top_p: FRACTION,
  n: { type: 'Integer', minimum: 1, maximum: 1 },
  seed: { type: 'Integer' },
  stop: { type: 'Any' },
  stream: { type: 'Boolean' },
  stream_options: { type: 'JSONObject' },
  tools: { type: 'JSONArray' },
  tool_choice: { type: 'Any' },
  parallel_tool_calls: { type: 'Boolean' },
  response_format: { type: 'JSONObject' },
  reasoning_effort: { type: 'String' },
  frequency_penalty: PENALTY,
  presence_penalty: PENALTY,
  logit_bias: { type: 'JSONObject' },
  logprobs: { type: 'Boolean' },
  top_logprobs: { type: 'Integer', minimum: 0, maximum: 20 },
  metadata: { type: 'JSONObject' },
  service_tier: { type: 'String' },
  store: { type: 'Boolean' },
  user: { type: 'String' },
};

/** OpenAI on Bedrock. */
export const openai: Dialect = {
  read: (body, { modelId, isStream }) => {
    checkFields(body, FIELDS);
    const { model = modelId, stream = isStream, max_completion_tokens, max_tokens } = body;
    if (model !== modelId) throw malformed('#/model: the value must match the model of the request');
    if (stream !== isStream) throw malformed('#/stream: the value must match the operation');
    return { ...readChat(body), inferenceConfig: inferenceOf(max_completion_tokens ?? max_tokens, body['stop']) };
  },
  reply: chatCompletion,
  events: chatCompletionEvents,
};
