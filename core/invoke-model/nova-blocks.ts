/** Blocks of Amazon Nova's bodies: Converse's, with bytes in base64. What no block is known to hold is refused. */

import { blockType, type ContentBlock } from '../converse/types.ts';
import { asFields, asList, asOneOf, asText, bodyRefused, isFields, knownFields, present } from './fields.ts';
import type { Fields } from './types.ts';

const checkCachePoint = (point: unknown): Fields => {
  const { type, ttl } = knownFields(point, 'type', 'ttl');
  asOneOf(type, 'default');
  return { type: 'default', ...(ttl !== undefined && { ttl: asOneOf(ttl, '5m', '1h') }) };
};

const checkMedia = (media: unknown): Fields => {
  const { format, name, source } = knownFields(media, 'format', 'name', 'source');
  const { bytes } = knownFields(source, 'bytes');
  return present({
    format: asText(format),
    name: name === undefined ? undefined : asText(name),
    source: { bytes: asText(bytes) },
  });
};

const checkUse = (use: unknown): Fields => {
  const { toolUseId, name, input } = knownFields(use, 'toolUseId', 'name', 'input');
  return { toolUseId: asText(toolUseId), name: asText(name), input: asFields(input) };
};

const checkResult = (result: unknown): Fields => {
  const { toolUseId, content, status } = knownFields(result, 'toolUseId', 'content', 'status');
  return {
    toolUseId: asText(toolUseId),
    content: asList(content).map((item) => checkBlock(item, ['text', 'json', 'image', 'document', 'video'])),
    ...(status !== undefined && { status: asOneOf(status, 'success', 'error') }),
  };
};

/** How each type of block is read. */
const CHECKS: Readonly<Record<string, (value: unknown) => unknown>> = {
  text: asText,
  json: asFields,
  image: checkMedia,
  document: checkMedia,
  video: checkMedia,
  toolUse: checkUse,
  toolResult: checkResult,
  cachePoint: checkCachePoint,
};

const checkBlock = (block: unknown, types: readonly string[]): ContentBlock => {
  const type = blockType(block) ?? '';
  const check = types.includes(type) ? CHECKS[type] : undefined;
  if (check === undefined) throw bodyRefused('body-block');
  return { [type]: check((block as Fields)[type]) };
};

/** A block of a turn. @throws BulwarkError `content_not_allowed` */
export const checkTurn = (block: unknown): ContentBlock =>
  checkBlock(block, ['text', 'image', 'document', 'video', 'toolUse', 'toolResult', 'cachePoint']);

/** A block of the system prompt. The same error. */
export const checkSystem = (block: unknown): ContentBlock => checkBlock(block, ['text', 'cachePoint']);

const checkTool = (tool: unknown): ContentBlock => {
  const type = blockType(tool);
  if (type === 'cachePoint') return checkBlock(tool, ['cachePoint']);
  if (type !== 'toolSpec') throw bodyRefused('tool-block');
  const { name, description, inputSchema, strict } = knownFields(
    (tool as Fields)['toolSpec'],
    'name',
    'description',
    'inputSchema',
    'strict',
  );
  const { json } = knownFields(inputSchema, 'json');
  return {
    toolSpec: present({
      name: asText(name),
      description: description === undefined ? undefined : asText(description),
      inputSchema: { json: asFields(json) },
      strict: strict === undefined ? undefined : asOneOf(strict, true, false),
    }),
  };
};

const nameOf = (tool: ContentBlock): unknown => (tool['toolSpec'] as Fields | undefined)?.['name'];

/** `{auto: {}}`, `{any: {}}` or `{tool: {name}}` of a tool that is offered. */
const checkChoice = (choice: unknown, tools: readonly ContentBlock[]): Fields => {
  const type = asOneOf(blockType(choice) ?? '', 'auto', 'any', 'tool');
  const { name } = knownFields((choice as Fields)[type], ...(type === 'tool' ? ['name'] : []));
  if (type !== 'tool') return { [type]: {} };
  if (!tools.some((tool) => nameOf(tool) === name)) throw bodyRefused('tool-choice');
  return { tool: { name } };
};

/** The tools that a body offers. The same error. */
export const checkTools = (
  config: unknown,
): { readonly tools: readonly ContentBlock[]; readonly toolChoice?: Fields } => {
  const { tools, toolChoice } = knownFields(config, 'tools', 'toolChoice');
  const offered = asList(tools).map(checkTool);
  return { tools: offered, ...(toolChoice !== undefined && { toolChoice: checkChoice(toolChoice, offered) }) };
};

/** What a model is known to say of its reasoning. */
const reasoningOf = (value: unknown): Fields | undefined => {
  if (!isFields(value)) return undefined;
  const { reasoningText, text, signature, redactedContent } = value;
  const { text: thought, signature: sealed } = isFields(reasoningText) ? reasoningText : ({} as Fields);
  return present({
    reasoningText: typeof thought === 'string' ? present({ text: thought, signature: sealed }) : undefined,
    text: typeof text === 'string' ? text : undefined,
    signature: typeof signature === 'string' ? signature : undefined,
    redactedContent: typeof redactedContent === 'string' ? redactedContent : undefined,
  });
};

/** A block of a reply, less what is not known in it; `undefined` for one that is not known. */
export const replyBlock = (block: Fields): ContentBlock | undefined => {
  const { text, toolUse, reasoningContent } = block;
  if (typeof text === 'string') return { text };
  const reasoning = reasoningOf(reasoningContent);
  if (reasoning !== undefined) return { reasoningContent: reasoning };
  if (!isFields(toolUse)) return undefined;
  const { toolUseId, name, input } = toolUse;
  const isCall = typeof toolUseId === 'string' && typeof name === 'string' && isFields(input);
  return isCall ? { toolUse: { toolUseId, name, input } } : undefined;
};

/** A piece of a block of a streamed reply: arguments of tools are JSON in pieces. */
export const replyPiece = (delta: Fields): ContentBlock | undefined => {
  const { toolUse } = delta;
  if (!isFields(toolUse)) return replyBlock(delta);
  return typeof toolUse['input'] === 'string' ? { toolUse: { input: toolUse['input'] } } : undefined;
};
