/** Every text that a Converse call sends: what is read of it is what can be replaced in it. */

import { type ContentBlock, type ConverseInput, member } from '../converse/types.ts';
import { isJsonText, mapJsonText } from '../spotlight/json-text.ts';

/** What is made of the texts of a call. */
export interface TextVisitor {
  /**
   * A text that something may stand in place of.
   *
   * @param field Name of the JSON field that it is the value of, where it is one: `ssn`.
   * @returns What is sent in its place; itself where nothing is.
   */
  text(text: string, field: string | undefined): string;
  /** A name that must stay as it is: of a field, a tool, a document. */
  name(name: string): void;
}

type Fields = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

const put = (target: object, name: string, value: unknown): void => {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
};

/** What the strings of JSON within a text are called: like a field, but one that says nothing of them. */
const WITHIN = 'text';

/** A text. Of JSON the strings are read as what they stand for, too: `"ada\\u0040example.com"`. */
const visitText = (text: string, field: string | undefined, visitor: TextVisitor): string => {
  if (text === '') return text;
  if (!text.includes('\\') || !isJsonText(text)) return visitor.text(text, field);
  const string = (inner: string): string => (inner === '' ? inner : visitor.text(inner, WITHIN));
  return visitor.text(mapJsonText(text, { string, name: string }), field);
};

/** A number that is replaced becomes the text in its place: a placeholder is no number. */
const visitNumber = (value: number | bigint, field: string | undefined, visitor: TextVisitor): unknown => {
  const written = String(value);
  const text = visitor.text(written, field);
  return text === written ? value : text;
};

/** The JSON of one field; `isJson` tells data from the kit's own structure. */
const mapValue = (value: unknown, field: string | undefined, visitor: TextVisitor): unknown => {
  if (typeof value === 'string') return visitText(value, field, visitor);
  if (typeof value === 'number' || typeof value === 'bigint') return visitNumber(value, field, visitor);
  if (Array.isArray(value)) {
    const items = value.map((item) => mapValue(item, field, visitor));
    return items.some((item, index) => item !== value[index]) ? items : value;
  }
  if (!isPlain(value)) return value;
  const copy: Fields = {};
  let isChanged = false;
  for (const [name, inner] of Object.entries(value)) {
    visitor.name(name);
    const mapped = mapValue(inner, name, visitor);
    isChanged ||= mapped !== inner;
    put(copy, name, mapped);
  }
  return isChanged ? copy : value;
};

/** How the parts of a block are read: as text, as a name, as JSON, as a block of its own, or not at all. */
type Reading = 'text' | 'name' | 'json' | 'parts' | 'skip';

/** The fields of blocks by what they hold. What is not named is read as JSON: nothing new goes unseen. */
const READINGS: Readonly<Record<string, Reading>> = {
  text: 'text',
  context: 'text',
  description: 'text',
  name: 'name',
  toolUseId: 'name',
  input: 'json',
  json: 'json',
  toolUse: 'parts',
  toolResult: 'parts',
  toolSpec: 'parts',
  inputSchema: 'parts',
  document: 'parts',
  source: 'parts',
  content: 'parts',
  guardContent: 'parts',
  reasoningContent: 'skip',
  cachePoint: 'skip',
  status: 'skip',
  type: 'skip',
  format: 'skip',
  strict: 'skip',
};

const mapBlock = (block: unknown, visitor: TextVisitor): unknown => {
  if (Array.isArray(block)) {
    const items = block.map((item) => mapBlock(item, visitor));
    return items.some((item, index) => item !== block[index]) ? items : block;
  }
  if (!isPlain(block)) return block;
  const changed: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(block)) {
    const reading = READINGS[name] ?? 'json';
    if (reading === 'skip') continue;
    if (reading === 'name') {
      if (typeof value === 'string') visitor.name(value);
      continue;
    }
    const nested = reading === 'parts' || (reading === 'text' && typeof value === 'object');
    const mapped = nested ? mapBlock(value, visitor) : mapValue(value, undefined, visitor);
    if (mapped !== value) changed[name] = mapped;
  }
  return Object.keys(changed).length === 0 ? block : { ...block, ...changed };
};

const mapBlocks = (blocks: readonly ContentBlock[], visitor: TextVisitor): readonly ContentBlock[] =>
  mapBlock(blocks, visitor) as readonly ContentBlock[];

/** Parameters of a call that hold text beside its turns. */
const mapParameters = (input: ConverseInput & Fields, visitor: TextVisitor): object => {
  const metadata = member(input, 'requestMetadata');
  const stops = member(input.inferenceConfig, 'stopSequences');
  for (const stop of Array.isArray(stops) ? stops : []) if (typeof stop === 'string') visitor.name(stop);
  return metadata === undefined ? {} : { requestMetadata: mapValue(metadata, undefined, visitor) };
};

/**
 * A call with its texts mapped: system prompt, turns, arguments and results of tools, their definitions, metadata. What
 * changes is copied, the rest is the same. Signed reasoning is left out: it is the model's own.
 *
 * @throws RangeError for what is nested deeper than the stack goes.
 */
export const mapCallTexts = <Input extends ConverseInput>(input: Input, visitor: TextVisitor): Input => {
  const { system, messages, toolConfig } = input;
  return {
    ...input,
    ...(system && { system: mapBlocks(system, visitor) }),
    ...(messages && {
      messages: messages.map((message) =>
        message.content === undefined ? message : { ...message, content: mapBlocks(message.content, visitor) },
      ),
    }),
    ...(toolConfig?.tools && { toolConfig: { ...toolConfig, tools: mapBlocks(toolConfig.tools, visitor) } }),
    ...mapParameters(input as ConverseInput & Fields, visitor),
  };
};
