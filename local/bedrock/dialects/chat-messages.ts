/** Chat messages in the manner of OpenAI, that Mistral, Cohere and DeepSeek have taken over. */

import type { Block, Message, ModelRequest } from '../model/request.ts';
import { listOf, member } from '../model/request.ts';
import { malformed } from './fields.ts';

const readPart = (part: Block): Block => {
  switch (part['type']) {
    case 'text':
      return { text: part['text'] };
    case 'image_url':
      return { image: { source: { bytes: '' } } };
    case 'document':
      return { text: dataText(member(part, 'document')['data']) };
    default:
      return part;
  }
};

/** What a document holds, whatever its shape. */
export const dataText = (data: unknown): string => (typeof data === 'string' ? data : JSON.stringify(data ?? ''));

const readContent = (content: unknown): readonly Block[] => {
  if (typeof content === 'string') return content === '' ? [] : [{ text: content }];
  return Array.isArray(content) ? content.map(readPart) : [];
};

const parsed = (text: unknown): unknown => {
  try {
    return JSON.parse(String(text));
  } catch {
    return text;
  }
};

const readCall = (call: Block): Block => {
  const { name, arguments: input } = member(call, 'function');
  return { toolUse: { toolUseId: call['id'], name, input: parsed(input) } };
};

/** A message with its side in Converse; `system` for those that stand apart there. */
const readMessage = (message: Block, index: number): Message => {
  const content = readContent(message['content']);
  switch (message['role']) {
    case 'system':
    case 'developer':
      return { role: 'system', content };
    case 'user':
      return { role: 'user', content };
    case 'assistant':
      return { role: 'assistant', content: [...content, ...listOf(message, 'tool_calls').map(readCall)] };
    case 'tool':
      return { role: 'user', content: [{ toolResult: { toolUseId: message['tool_call_id'], content } }] };
    default:
      throw malformed(`#/messages/${index}/role: ${String(message['role'])} is not a valid enum value`);
  }
};

/** Neighbours of one side are one turn: results of several calls come in several messages. */
const joined = (messages: readonly Message[]): readonly Message[] => {
  const turns: Message[] = [];
  for (const { role, content } of messages) {
    const last = turns.at(-1);
    if (last?.role === role) turns[turns.length - 1] = { role, content: [...last.content, ...content] };
    else turns.push({ role, content });
  }
  return turns;
};

const readTool = (tool: Block): Block => {
  const { name, description, parameters } = member(tool, 'function');
  return { toolSpec: { name, ...(description !== undefined && { description }), inputSchema: { json: parameters } } };
};

/** `required` and `any` want some call, an object one tool; all else leaves it to the model. */
const readToolChoice = (choice: unknown): { readonly toolChoice?: Block } => {
  if (choice === 'any' || choice === 'required' || choice === 'REQUIRED') return { toolChoice: { any: {} } };
  if (typeof choice !== 'object' || choice === null) return {};
  return { toolChoice: { tool: { name: member(choice as Block, 'function')['name'] } } };
};

/** Messages and tools of a chat body in the Converse shape. @throws BedrockError for an unknown role */
export const readChat = (body: Block): Pick<ModelRequest, 'messages' | 'system' | 'toolConfig'> => {
  const messages = listOf(body, 'messages').map(readMessage);
  const system = messages.filter(({ role }) => role === 'system').flatMap(({ content }) => content);
  const tools = listOf(body, 'tools').map(readTool);
  return {
    messages: joined(messages.filter(({ role }) => role !== 'system')),
    ...(system.length > 0 && { system }),
    ...(tools.length > 0 && { toolConfig: { tools, ...readToolChoice(body['tool_choice']) } }),
  };
};
