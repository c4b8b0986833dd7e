/** What a tool returned, as the model reads it. */

import type { ToolResultContentBlock } from '@aws-sdk/client-bedrock-runtime';
import { blockType, member, textOf } from '../../../core/converse/types.ts';
import { type BoundedText, boundedJson, firstUnits } from './bounded-json.ts';

/** Members of a block of a tool result. Source: ToolResultContentBlock of the Converse API. */
const BLOCK_TYPES: ReadonlySet<string> = new Set(['text', 'json', 'image', 'document', 'video', 'searchResult']);

/** Most blocks of one result; a longer list is JSON like any other. */
const MAX_BLOCKS = 100;

/** In place of a result without a word: Bedrock takes no blank text. */
const NOTHING = 'The tool returned nothing.';

const isBlock = (value: unknown): value is ToolResultContentBlock & Readonly<Record<string, unknown>> => {
  const type = blockType(value);
  if (type === undefined || !BLOCK_TYPES.has(type)) return false;
  return type === 'text' ? textOf(value) !== undefined : type === 'json' || member(value, type) !== undefined;
};

const isBlocks = (value: unknown): value is readonly (ToolResultContentBlock & Readonly<Record<string, unknown>>)[] =>
  Array.isArray(value) && value.length > 0 && value.length <= MAX_BLOCKS && [...value].every(isBlock); // holes, too

const textBlock = ({ text, whole }: BoundedText, most: number): ToolResultContentBlock => {
  const note = `[The result is cut here: it has more than ${most} characters.]`;
  if (whole) return { text: /\S/.test(text) ? text : NOTHING };
  return { text: text === '' ? note : `${text}\n${note}` };
};

/** JSON of what is no block. Models take an object as such, and nothing else: a list and the rest are its text. */
const jsonBlock = (json: BoundedText, most: number): ToolResultContentBlock =>
  json.whole && json.text.startsWith('{') ? { json: JSON.parse(json.text) } : textBlock(json, most);

/**
 * The content of a tool result: of a text, of blocks as the Converse API has them, or of any other value as JSON. Text and
 * JSON have at most `most` UTF-16 units together; what is beyond is left out, and the model is told so. Other blocks pass as
 * they are.
 *
 * @throws What a getter or `toJSON` of the value throws.
 */
export const toolResultContent = (value: unknown, most: number): ToolResultContentBlock[] => {
  if (typeof value === 'string') return [textBlock(firstUnits(value, most), most)];
  if (!isBlocks(value)) return [jsonBlock(boundedJson(value, most), most)];
  const content: ToolResultContentBlock[] = [];
  let left = most;
  for (const block of value) {
    const { text, json } = block;
    if (text === undefined && json === undefined) {
      content.push(block);
      continue;
    }
    const bounded = text === undefined ? boundedJson(json, left) : firstUnits(text, left);
    content.push(text === undefined ? jsonBlock(bounded, most) : textBlock(bounded, most));
    if (!bounded.whole) break;
    left -= bounded.text.length;
  }
  return content;
};
