/** Which blocks a reply may have: those that are cleaned. What a model or the API may add one day is none of them. */

import { blockType, type ContentBlock } from './types.ts';

const REPLY_BLOCKS: ReadonlySet<string> = new Set(['text', 'toolUse', 'reasoningContent']);

const isKnown = (block: unknown): boolean => REPLY_BLOCKS.has(blockType(block) ?? '');

/** Whether all blocks of a whole reply are cleaned. */
export const areReplyBlocks = (content: readonly object[]): boolean => content.every(isKnown);

/** Whether what begins a block in a stream, or adds to one, is cleaned. A text begins with nothing. */
export const isReplyPart = (part: object | undefined): boolean =>
  part === undefined || Object.values(part as ContentBlock).every((value) => value === undefined) || isKnown(part);
