/** The texts of a call by whose words they are, for `flowsFromData`. */

import { textOfBytes } from '../converse/document-text.ts';
import { type ContentBlock, type ConverseInput, type ConverseMessage, member, textOf } from '../converse/types.ts';
import type { FlowTexts } from './data-flow.ts';
import { leavesOf } from './leaves.ts';

/** The texts of a call, and whether there is something in it that a model can read and the kit cannot. */
export interface CallFlow extends FlowTexts {
  readonly isOpaque: boolean;
}

/** Bytes and places of files in a block, however deep. */
const filesOf = (value: unknown): readonly unknown[] => {
  const files: unknown[] = [];
  const pending: unknown[] = [value];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (ArrayBuffer.isView(item)) files.push(item);
    else if (typeof item === 'object' && item !== null)
      for (const [name, field] of Object.entries(item)) {
        if (name === 's3Location') files.push(field);
        else if (field !== undefined) pending.push(field);
      }
  }
  return files;
};

const isSaid = (block: ContentBlock): boolean => textOf(block) !== undefined;

/** What a model reads of a turn that its author did not say. The arguments of earlier calls were judged when they were made. */
const carriedBy = ({ role, content = [] }: ConverseMessage): readonly ContentBlock[] =>
  content.filter((block) =>
    role === 'user' ? !isSaid(block) : !('toolUse' in block || 'reasoningContent' in block || 'cachePoint' in block),
  );

/**
 * What a definition names for the model to write: fields, and values to choose from. Its descriptions, defaults and examples
 * are not taken for words of the handler: a tool's server may have written them.
 */
const choicesIn = (tools: readonly ContentBlock[]): readonly string[] => {
  const choices: string[] = [];
  const pending: unknown[] = [...tools];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    if (typeof item !== 'object' || item === null) continue;
    for (const [name, field] of Object.entries(item)) {
      if (!Array.isArray(item)) choices.push(name);
      if (name === 'enum' || name === 'const') for (const { text } of leavesOf(field)) choices.push(text);
      else if (field !== undefined) pending.push(field);
    }
  }
  return choices;
};

/** The texts in a block or a part of one: of JSON its names, too, and of the block's own form none. */
const textsIn = (block: ContentBlock): readonly string[] => {
  const results = member(block, 'toolResult')?.['content'];
  if (Array.isArray(results)) return results.flatMap(textsIn);
  if ('json' in block) return leavesOf(block['json']).map(({ text }) => text);
  return leavesOf(block).flatMap(({ text, isName }) => (isName ? [] : [text]));
};

/**
 * The texts of a call. The words of the user are those of text blocks in the user's turns. Turns of the assistant are data,
 * as for the injection screen: whoever sends the history can have written them, and they repeat what tools have said.
 */
export const callFlowOf = (input: ConverseInput): CallFlow => {
  const { system = [], messages = [], toolConfig } = input;
  const carried = messages.flatMap(carriedBy);
  const files = filesOf(carried);
  const texts = files.map((file) => (file instanceof Uint8Array ? textOfBytes(file) : undefined));
  const said = messages.filter(({ role }) => role === 'user').flatMap(({ content = [] }) => content.filter(isSaid));
  return {
    // As one text: what tools and documents say may be split over blocks.
    data: [carried.flatMap(textsIn).join('\n'), ...texts.filter((text) => text !== undefined)].filter(
      (text) => text !== '',
    ),
    trusted: [...system, ...said]
      .map((block) => textOf(block) ?? '')
      .concat(choicesIn(toolConfig?.tools ?? []).join('\n')),
    isOpaque: texts.includes(undefined),
  };
};
