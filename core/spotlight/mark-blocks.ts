/** Which texts of a call are marked: those that neither the caller nor the handler wrote. */

import { type ContentBlock, type ConverseInput, type ConverseMessage, member, textOf } from '../converse/types.ts';
import { mapJson } from './json-text.ts';
import type { MarkingStyle } from './style.ts';

const markText = (block: ContentBlock, style: MarkingStyle): ContentBlock => {
  const text = textOf(block);
  return text === undefined || text === '' ? block : { ...block, text: style.text(text) };
};

/** Text of a document. Its name is not marked, since Bedrock admits few characters in it, nor are bytes. */
const markDocument = (document: ContentBlock, style: MarkingStyle): ContentBlock => {
  const source = member(document, 'source');
  if (source === undefined) return document;
  const { content } = source;
  const marked = markText(source, style);
  return {
    ...document,
    source: Array.isArray(content) ? { ...marked, content: content.map((part) => markText(part, style)) } : marked,
  };
};

const markResultItem = (item: ContentBlock, style: MarkingStyle): ContentBlock => {
  if (item['json'] !== undefined) return { ...item, json: mapJson(item['json'], style) };
  const document = member(item, 'document');
  return document === undefined ? markText(item, style) : { ...item, document: markDocument(document, style) };
};

const markBlock = (block: ContentBlock, style: MarkingStyle): ContentBlock => {
  const document = member(block, 'document');
  if (document !== undefined) return { ...block, document: markDocument(document, style) };
  const toolResult = member(block, 'toolResult');
  const content = toolResult?.['content'];
  if (!Array.isArray(content)) return block;
  return { ...block, toolResult: { ...toolResult, content: content.map((item) => markResultItem(item, style)) } };
};

const markMessage = (message: ConverseMessage, style: MarkingStyle): ConverseMessage =>
  message.role === 'assistant' || message.content === undefined
    ? message
    : { ...message, content: message.content.map((block) => markBlock(block, style)) };

/** A call with its tool results and documents marked. What the user and the assistant said stays as it is. */
export const markBlocks = <Input extends ConverseInput>(input: Input, style: MarkingStyle): Input =>
  input.messages === undefined
    ? input
    : { ...input, messages: input.messages.map((message) => markMessage(message, style)) };
