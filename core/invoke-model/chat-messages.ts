/**
 * Turns and tools of chat bodies, as OpenAI began them and others follow.
 * Sources: https://platform.openai.com/docs/api-reference/chat/create, Bedrock User Guide, "OpenAI models", "Mistral AI chat
 * completion", https://docs.cohere.com/reference/chat
 */

import { type ContentBlock, type ConverseMessage, member, textOf } from '../converse/types.ts';
import { asFields, asList, asOneOf, asText, bodyRefused, isFields, jsonOf, knownFields, present } from './fields.ts';
import type { Fields } from './types.ts';

/** Roles whose turns are the handler's instructions, where they come first. */
const SYSTEM_ROLES: readonly unknown[] = ['system', 'developer'];

const readTexts = (content: unknown): readonly ContentBlock[] => {
  if (typeof content === 'string') return [{ text: content }];
  return asList(content).map((part) => {
    if (!isFields(part) || part['type'] !== 'text') throw bodyRefused('body-block');
    return { text: asText(knownFields(part, 'type', 'text')['text']) };
  });
};

/** The arguments of a call of a tool, which are JSON in text. */
const argumentsOf = (text: unknown): Fields | undefined => {
  const value = typeof text === 'string' ? jsonOf(text === '' ? '{}' : text) : text;
  return isFields(value) ? value : undefined;
};

/** A call of a tool; `undefined` where it cannot be read. */
export const readToolCall = (call: unknown): ContentBlock | undefined => {
  if (!isFields(call)) return undefined;
  const { id, function: called } = call;
  const { name, arguments: json } = isFields(called) ? called : ({} as Fields);
  const input = argumentsOf(json);
  if (typeof id !== 'string' || typeof name !== 'string' || input === undefined) return undefined;
  return { toolUse: { toolUseId: id, name, input } };
};

const readOwnCall = (call: unknown): ContentBlock => {
  const { type = 'function', function: called } = knownFields(call, 'id', 'type', 'function');
  asOneOf(type, 'function');
  knownFields(called, 'name', 'arguments');
  const block = readToolCall(call);
  if (block === undefined) throw bodyRefused('body-field');
  return block;
};

const readAssistant = (message: unknown): readonly ContentBlock[] => {
  const { content, tool_calls: calls = [] } = knownFields(message, 'role', 'content', 'tool_calls');
  const uses = asList(calls ?? []).map(readOwnCall);
  // Beside calls no text stands as an empty one, or as none.
  if (uses.length > 0 && (content === '' || content === undefined || content === null)) return uses;
  return [...readTexts(content), ...uses];
};

const readMessage = (message: unknown): ConverseMessage => {
  const { role } = asFields(message);
  if (role === 'assistant') return { role, content: readAssistant(message) };
  if (role === 'tool') {
    const { tool_call_id: id, content } = knownFields(message, 'role', 'tool_call_id', 'content');
    return { role: 'user', content: [{ toolResult: { toolUseId: asText(id), content: readTexts(content) } }] };
  }
  const content = readTexts(knownFields(message, 'role', 'content')['content']);
  return { role: SYSTEM_ROLES.includes(role) ? 'system' : asText(role), content };
};

/** How many turns of instructions come first. */
const leadingOf = (messages: readonly unknown[]): number => {
  const first = messages.findIndex((message) => !isFields(message) || !SYSTEM_ROLES.includes(message['role']));
  return first === -1 ? messages.length : first;
};

/**
 * The turns of a body: instructions that come first are its system prompt, later ones stay turns, in the role `system`.
 *
 * @throws BulwarkError `content_not_allowed`
 */
export const readMessages = (value: unknown): Required<Pick<ConverseMessageList, 'messages'>> & ConverseMessageList => {
  const messages = asList(value);
  const leading = leadingOf(messages);
  const system = messages.slice(0, leading).flatMap((message) => readMessage(message).content ?? []);
  return { ...(leading > 0 && { system }), messages: messages.slice(leading).map(readMessage) };
};

/** A system prompt and turns. */
export interface ConverseMessageList {
  readonly system?: readonly ContentBlock[];
  readonly messages: readonly ConverseMessage[];
}

const writeTexts = (blocks: readonly ContentBlock[]): unknown => {
  const texts = blocks.map((block) => {
    const text = textOf(block) ?? (block['json'] === undefined ? undefined : JSON.stringify(block['json']));
    if (text === undefined) throw bodyRefused('body-block');
    return text;
  });
  return texts.length === 1 ? texts[0] : texts.map((text) => ({ type: 'text', text }));
};

/** A call of a tool as chat bodies and replies have it. */
export const writeToolCall = (use: ContentBlock): Fields => ({
  id: use['toolUseId'],
  type: 'function',
  function: { name: use['name'], arguments: JSON.stringify(use['input']) },
});

const writeResult = (block: ContentBlock): Fields => {
  const result = member(block, 'toolResult');
  if (result === undefined) throw bodyRefused('body-block');
  return {
    role: 'tool',
    tool_call_id: result['toolUseId'],
    content: writeTexts(asList(result['content']) as ContentBlock[]),
  };
};

const writeMessage = ({ role, content = [] }: ConverseMessage): readonly Fields[] => {
  if (content.some((block) => block['toolResult'] !== undefined)) return content.map(writeResult);
  const uses = content.map((block) => member(block, 'toolUse')).filter((use) => use !== undefined);
  const texts = content.filter((block) => member(block, 'toolUse') === undefined);
  const said = uses.length > 0 && texts.length === 0 ? '' : writeTexts(texts);
  return [{ role, content: said, ...(uses.length > 0 && { tool_calls: uses.map(writeToolCall) }) }];
};

/** {@link readMessages} the other way: what was put before the instructions of `original` is a turn before its own. */
export const writeMessages = (original: unknown, { system = [], messages }: ConverseMessageList): readonly Fields[] => {
  const own = asList(original);
  const turns = own.slice(0, leadingOf(own)).map((message) => ({
    role: asFields(message)['role'],
    length: readMessage(message).content?.length ?? 0,
  }));
  let from = system.length - turns.reduce((blocks, { length }) => blocks + length, 0);
  if (from < 0) throw bodyRefused('body-block');
  const added = from > 0 ? [{ role: turns[0]?.role ?? 'system', content: writeTexts(system.slice(0, from)) }] : [];
  const instructions = turns.map(({ role, length }) => {
    const content = writeTexts(system.slice(from, from + length));
    from += length;
    return { role, content };
  });
  return [...added, ...instructions, ...messages.flatMap(writeMessage)];
};

/** The tools that a body offers. @throws BulwarkError `content_not_allowed` */
export const readTools = (tools: unknown): readonly ContentBlock[] =>
  asList(tools).map((tool) => {
    const { type, function: offered } = asFields(tool);
    if (type !== 'function') throw bodyRefused('tool-block');
    knownFields(tool, 'type', 'function');
    const { name, description, parameters, strict } = knownFields(
      offered,
      'name',
      'description',
      'parameters',
      'strict',
    );
    return {
      toolSpec: present({
        name: asText(name),
        description: description === undefined ? undefined : asText(description),
        inputSchema: { json: asFields(parameters ?? {}) },
        strict: strict === undefined ? undefined : asOneOf(strict, true, false),
      }),
    };
  });

/** {@link readTools} the other way. */
export const writeTools = (tools: readonly ContentBlock[]): readonly Fields[] =>
  tools.map((block) => {
    const { name, description, inputSchema, strict } = asFields(block['toolSpec']);
    const parameters = asFields(inputSchema)['json'];
    return { type: 'function', function: { name, ...present({ description }), parameters, ...present({ strict }) } };
  });

/** Which tool is to be called: a word, or one of those offered. The same error. */
export const checkToolChoice = (choice: unknown, tools: readonly ContentBlock[], words: readonly string[]): void => {
  if (choice === undefined || words.includes(choice as string)) return;
  const { type, function: called } = knownFields(choice, 'type', 'function');
  asOneOf(type, 'function');
  const { name } = knownFields(called, 'name');
  if (!tools.some((tool) => asFields(tool['toolSpec'])['name'] === name)) throw bodyRefused('tool-choice');
};
