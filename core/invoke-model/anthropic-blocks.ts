/**
 * Anthropic's content blocks and Converse's. Source: https://platform.claude.com/docs/en/api/messages, Bedrock User Guide,
 * "Anthropic Claude Messages API".
 */

import { type ContentBlock, member, textOf } from '../converse/types.ts';
import { base64Of, bytesIn } from './base64.ts';
import { asFields, asList, asOneOf, asText, bodyRefused, isFields, knownFields, present } from './fields.ts';
import type { Fields } from './types.ts';

/** `cache_control` stands on a block; a cache point stands behind it. */
const cachePointOf = (control: unknown): readonly ContentBlock[] => {
  if (control === undefined || control === null) return [];
  const { type, ttl } = knownFields(control, 'type', 'ttl');
  asOneOf(type, 'ephemeral');
  return [{ cachePoint: { type: 'default', ...(ttl !== undefined && { ttl: asOneOf(ttl, '5m', '1h') }) } }];
};

const MEDIA = 'image/';

const readImage = (source: unknown): ContentBlock => {
  const { type, media_type: media, data } = knownFields(source, 'type', 'media_type', 'data');
  asOneOf(type, 'base64');
  const format = asText(media);
  if (!format.startsWith(MEDIA)) throw bodyRefused('body-field');
  return { image: { format: format.slice(MEDIA.length), source: { bytes: bytesIn(data) } } };
};

const readDocument = (block: Fields): ContentBlock => {
  const { source, title, context } = knownFields(block, 'type', 'source', 'title', 'context', 'cache_control');
  const { type, media_type: media, data } = knownFields(source, 'type', 'media_type', 'data');
  const isPdf = asOneOf(type, 'text', 'base64') === 'base64';
  asOneOf(media, isPdf ? 'application/pdf' : 'text/plain');
  const content = isPdf ? { bytes: bytesIn(data) } : { text: asText(data) };
  const about = present({
    name: title === undefined ? undefined : asText(title),
    context: context === undefined ? undefined : asText(context),
  });
  return { document: { format: isPdf ? 'pdf' : 'txt', ...about, source: content } };
};

const readResult = (block: Fields): ContentBlock => {
  const {
    content,
    is_error: isError,
    tool_use_id: id,
  } = knownFields(block, 'type', 'tool_use_id', 'content', 'is_error', 'cache_control');
  const items = typeof content === 'string' ? [{ text: content }] : asList(content ?? []).map(readResultItem);
  const status = isError === undefined ? {} : { status: asOneOf(isError, true, false) ? 'error' : 'success' };
  return { toolResult: { toolUseId: asText(id), content: items, ...status } };
};

const readResultItem = (item: unknown): ContentBlock => {
  const block = asFields(item);
  if (asOneOf(block['type'], 'text', 'image') === 'image')
    return readImage(knownFields(block, 'type', 'source')['source']);
  return { text: asText(knownFields(block, 'type', 'text')['text']) };
};

const readBlock = (value: unknown): ContentBlock => {
  const block = asFields(value);
  switch (block['type']) {
    case 'text':
      return { text: asText(knownFields(block, 'type', 'text', 'cache_control')['text']) };
    case 'tool_use': {
      const { id, name, input } = knownFields(block, 'type', 'id', 'name', 'input', 'cache_control');
      return { toolUse: { toolUseId: asText(id), name: asText(name), input: asFields(input) } };
    }
    case 'tool_result':
      return readResult(block);
    case 'image':
      return readImage(knownFields(block, 'type', 'source', 'cache_control')['source']);
    case 'document':
      return readDocument(block);
    case 'thinking': {
      const { thinking, signature } = knownFields(block, 'type', 'thinking', 'signature');
      return { reasoningContent: { reasoningText: { text: asText(thinking), signature: asText(signature) } } };
    }
    case 'redacted_thinking':
      return { reasoningContent: { redactedContent: asText(knownFields(block, 'type', 'data')['data']) } };
    default:
      throw bodyRefused('body-block');
  }
};

/** Content of a turn or of the system prompt: text, or blocks. @throws BulwarkError `content_not_allowed` */
export const readBlocks = (content: unknown): readonly ContentBlock[] =>
  typeof content === 'string'
    ? [{ text: content }]
    : asList(content).flatMap((block) => [readBlock(block), ...cachePointOf((block as Fields)['cache_control'])]);

/** The definition of a tool, and the cache point behind it. The same error. */
export const readTool = (tool: unknown): readonly ContentBlock[] => {
  if (!isFields(tool) || (tool['type'] ?? 'custom') !== 'custom') throw bodyRefused('tool-block');
  const {
    name,
    description,
    input_schema: schema,
    strict,
    cache_control: control,
  } = knownFields(tool, 'type', 'name', 'description', 'input_schema', 'strict', 'cache_control');
  const spec = present({
    name: asText(name),
    description: description === undefined ? undefined : asText(description),
    inputSchema: { json: asFields(schema) },
    strict: strict === undefined ? undefined : asOneOf(strict, true, false),
  });
  return [{ toolSpec: spec }, ...cachePointOf(control)];
};

const writeDocument = ({ format, name, context, source }: ContentBlock): Fields => {
  const { text, bytes } = asFields(source);
  const isPdf = asOneOf(format, 'pdf', 'txt') === 'pdf';
  return {
    type: 'document',
    source: {
      type: isPdf ? 'base64' : 'text',
      media_type: isPdf ? 'application/pdf' : 'text/plain',
      data: isPdf ? base64Of(bytes) : asText(text),
    },
    ...present({ title: name, context }),
  };
};

const writeImage = ({ format, source }: ContentBlock): Fields => ({
  type: 'image',
  source: { type: 'base64', media_type: `${MEDIA}${asText(format)}`, data: base64Of(asFields(source)['bytes']) },
});

/** An item of a tool's result: JSON in one stands as text here. */
const writeResultItem = (item: ContentBlock): Fields => {
  const image = member(item, 'image');
  if (image !== undefined) return writeImage(image);
  return { type: 'text', text: textOf(item) ?? JSON.stringify(item['json']) };
};

/** One block of a turn, or of a reply. @throws BulwarkError `content_not_allowed` for one that Anthropic has no word for. */
export const writeBlock = (block: ContentBlock): Fields => {
  const text = textOf(block);
  if (text !== undefined) return { type: 'text', text };
  const { toolUse, toolResult, image, document, reasoningContent } = block as Readonly<Record<string, ContentBlock>>;
  if (toolUse !== undefined)
    return { type: 'tool_use', id: toolUse['toolUseId'], name: toolUse['name'], input: toolUse['input'] };
  if (toolResult !== undefined)
    return {
      type: 'tool_result',
      tool_use_id: toolResult['toolUseId'],
      content: (asList(toolResult['content']) as ContentBlock[]).map(writeResultItem),
      ...(toolResult['status'] !== undefined && { is_error: toolResult['status'] === 'error' }),
    };
  if (image !== undefined) return writeImage(image);
  if (document !== undefined) return writeDocument(document);
  const thought = member(reasoningContent, 'reasoningText');
  if (thought !== undefined)
    return { type: 'thinking', thinking: thought['text'], ...present({ signature: thought['signature'] }) };
  if (reasoningContent?.['redactedContent'] !== undefined)
    return { type: 'redacted_thinking', data: reasoningContent['redactedContent'] };
  throw bodyRefused('body-block');
};

const writeTool = (block: ContentBlock): Fields => {
  const spec = member(block, 'toolSpec');
  if (spec === undefined) throw bodyRefused('tool-block');
  const { name, description, inputSchema, strict } = spec;
  return { name, ...present({ description }), input_schema: asFields(inputSchema)['json'], ...present({ strict }) };
};

/** Blocks with their cache points on them. */
const withCachePoints = (
  blocks: readonly ContentBlock[],
  write: (block: ContentBlock) => Fields,
): readonly Fields[] => {
  const written: Fields[] = [];
  for (const block of blocks) {
    const point = member(block, 'cachePoint');
    if (point === undefined) written.push(write(block));
    else {
      const before = written.pop();
      if (before === undefined || before['cache_control'] !== undefined) throw bodyRefused('cache-point');
      written.push({ ...before, cache_control: { type: 'ephemeral', ...present({ ttl: point['ttl'] }) } });
    }
  }
  return written;
};

/** {@link readBlocks} the other way. */
export const writeBlocks = (blocks: readonly ContentBlock[]): readonly Fields[] => withCachePoints(blocks, writeBlock);

/** {@link readTool} of all tools the other way. */
export const writeTools = (tools: readonly ContentBlock[]): readonly Fields[] => withCachePoints(tools, writeTool);
