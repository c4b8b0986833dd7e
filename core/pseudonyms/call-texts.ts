/** Which texts of a call are the model's to read and no instruction of the handler's: those that private values stand in. */

import { type ContentBlock, type ConverseInput, type ConverseMessage, member, textOf } from '../converse/types.ts';

/** What is made of the texts and of the JSON of a call. */
export interface CallMapping {
  text(text: string): string;
  json(value: unknown): unknown;
}

/** A block with its member `name` mapped, the block itself where that is none. */
const withMember = (block: ContentBlock, name: string, map: (inner: ContentBlock) => ContentBlock): ContentBlock => {
  const inner = member(block, name);
  if (inner === undefined) return block;
  const mapped = map(inner);
  return mapped === inner ? block : { ...block, [name]: mapped };
};

const withTexts = (block: ContentBlock, names: readonly string[], { text }: CallMapping): ContentBlock => {
  let mapped = block;
  for (const name of names) {
    const value = block[name];
    const replaced = typeof value === 'string' ? text(value) : value;
    if (replaced !== value) mapped = { ...mapped, [name]: replaced };
  }
  return mapped;
};

const withJson = (block: ContentBlock, name: string, { json }: CallMapping): ContentBlock => {
  const value = block[name];
  const replaced = value === undefined ? value : json(value);
  return replaced === value ? block : { ...block, [name]: replaced };
};

const withEach = (block: ContentBlock, name: string, map: (item: ContentBlock) => ContentBlock): ContentBlock => {
  const items = block[name];
  if (!Array.isArray(items)) return block;
  const mapped = items.map((item: unknown) =>
    typeof item === 'object' && item !== null ? map(item as ContentBlock) : item,
  );
  return mapped.some((item, index) => item !== items[index]) ? { ...block, [name]: mapped } : block;
};

/** Text of a document, and what is said of it. Its name is left, since Bedrock admits few characters in it, as are bytes. */
const mapDocument = (document: ContentBlock, mapping: CallMapping): ContentBlock =>
  withMember(withTexts(document, ['context'], mapping), 'source', (source) =>
    withEach(withTexts(source, ['text'], mapping), 'content', (part) => withTexts(part, ['text'], mapping)),
  );

const mapResultItem = (item: ContentBlock, mapping: CallMapping): ContentBlock =>
  withMember(withJson(withTexts(item, ['text'], mapping), 'json', mapping), 'document', (document) =>
    mapDocument(document, mapping),
  );

/** Reasoning is signed, and the model that wrote it saw stand-ins alone. Names and ids are what calls are matched by. */
const mapBlock = (block: ContentBlock, mapping: CallMapping): ContentBlock => {
  if (textOf(block) !== undefined) return withTexts(block, ['text'], mapping);
  let mapped = withMember(block, 'guardContent', (guarded) =>
    withMember(guarded, 'text', (inner) => withTexts(inner, ['text'], mapping)),
  );
  mapped = withMember(mapped, 'document', (document) => mapDocument(document, mapping));
  mapped = withMember(mapped, 'toolUse', (call) => withJson(call, 'input', mapping));
  return withMember(mapped, 'toolResult', (result) =>
    withEach(result, 'content', (item) => mapResultItem(item, mapping)),
  );
};

const mapMessage = (message: ConverseMessage, mapping: CallMapping): ConverseMessage => {
  const { content } = message;
  const mapped = content?.map((block) => mapBlock(block, mapping));
  return mapped?.some((block, index) => block !== content?.[index]) ? { ...message, content: mapped } : message;
};

/**
 * A call with the texts of its turns mapped, those of tools and documents and the arguments of tool calls among them. The
 * system prompt is the handler's own. The call itself is not changed, and is returned where nothing is.
 */
export const mapCallTexts = <Input extends ConverseInput>(input: Input, mapping: CallMapping): Input => {
  const { messages } = input;
  const mapped = messages?.map((message) => mapMessage(message, mapping));
  return mapped?.some((message, index) => message !== messages?.[index]) ? { ...input, messages: mapped } : input;
};

/** Every text of a call, the system prompt's too, told to `see`. */
export const seeCallTexts = (input: ConverseInput, see: (text: string) => void): void => {
  const text = (seen: string): string => {
    see(seen);
    return seen;
  };
  mapCallTexts(input, {
    text,
    json(value) {
      see(JSON.stringify(value) ?? '');
      return value;
    },
  });
  for (const block of input.system ?? []) text(textOf(block) ?? '');
};
