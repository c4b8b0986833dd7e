/** Bodies of chat completions: OpenAI's on Bedrock, and those of Mistral and DeepSeek. */

import { checkToolChoice, readMessages, readTools, writeMessages, writeTools } from './chat-messages.ts';
import { chatChunks, readChatReply, writeChatReply } from './chat-reply.ts';
import { asOneOf, knownFields } from './fields.ts';
import { type ParameterNames, readParameters, writeParameters } from './parameters.ts';
import type { BodyFormat, Fields } from './types.ts';

/** What of a body is the same in all of these families. */
const OWN = ['messages', 'tools', 'tool_choice', 'parallel_tool_calls', 'response_format', 'model'] as const;

const CHOICES = ['auto', 'none', 'any', 'required', 'NONE', 'REQUIRED'] as const;

/** Fields that are kept as they are, and are nothing but words of the format. */
const checkKept = ({ parallel_tool_calls: parallel, response_format: format }: Fields): void => {
  if (parallel !== undefined) asOneOf(parallel, true, false);
  if (format !== undefined) asOneOf(knownFields(format, 'type')['type'], 'text', 'json_object');
};

const KEPT = ['tool_choice', 'parallel_tool_calls', 'response_format'] as const;

/** How a family's replies are read and written. */
type ReplyFormat = Pick<BodyFormat, 'readReply' | 'writeReply' | 'stream'>;

const CHOICES_REPLY: ReplyFormat = { readReply: readChatReply, writeReply: writeChatReply, stream: chatChunks };

/** A format of chat completions. The model is named by the call: in the body it is left out. */
export const chatFormat = (
  name: string,
  names: Omit<ParameterNames, 'own' | 'temperature'>,
  reply: ReplyFormat = CHOICES_REPLY,
): BodyFormat => {
  const parameters: ParameterNames = { ...names, temperature: 'temperature', own: OWN };
  return {
    name,
    read(body) {
      const tools = body['tools'] === undefined ? undefined : readTools(body['tools']);
      checkToolChoice(body['tool_choice'], tools ?? [], CHOICES);
      checkKept(body);
      return {
        ...readParameters(body, parameters),
        ...readMessages(body['messages']),
        ...(tools !== undefined && { toolConfig: { tools } }),
      };
    },
    write(body, call) {
      const { messages = [], system = [], toolConfig } = call;
      return {
        ...call.additionalModelRequestFields,
        ...writeParameters(body, parameters, call),
        messages: writeMessages(body['messages'], { system, messages }),
        ...(toolConfig?.tools !== undefined && { tools: writeTools(toolConfig.tools) }),
        ...Object.fromEntries(KEPT.filter((kept) => body[kept] !== undefined).map((kept) => [kept, body[kept]])),
      };
    },
    ...reply,
  };
};

/** Source: Bedrock User Guide, "OpenAI models", https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-openai.html */
export const openai: BodyFormat = chatFormat('openai-chat', {
  maxTokens: ['max_completion_tokens', 'max_tokens'],
  topP: 'top_p',
  stopSequences: 'stop',
  numbers: ['frequency_penalty', 'presence_penalty', 'seed'],
  words: { reasoning_effort: ['low', 'medium', 'high'] },
});

/** Source: Bedrock User Guide, "Mistral AI chat completion". */
export const mistralChat: BodyFormat = chatFormat('mistral-chat', {
  maxTokens: ['max_tokens'],
  topP: 'top_p',
  stopSequences: 'stop',
  numbers: ['top_k', 'random_seed', 'frequency_penalty', 'presence_penalty'],
});

/** Source: Bedrock User Guide, "DeepSeek models". */
export const deepseekChat: BodyFormat = chatFormat('deepseek-chat', {
  maxTokens: ['max_tokens'],
  topP: 'top_p',
  stopSequences: 'stop',
  numbers: ['top_k', 'frequency_penalty', 'presence_penalty', 'seed'],
});
