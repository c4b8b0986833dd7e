/** How many tokens a request may be read as at most. */

import { type MediaPolicy, opaqueBoundsOf, withoutMedia } from '../../converse/media.ts';
import type { ConverseInput } from '../../converse/types.ts';

/** Length of `text` in UTF-8 bytes, without encoding it. Lone surrogates count three bytes, as encoders replace them. */
export const utf8Length = (text: string): number => {
  let bytes = text.length;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (unit >= 0xd800 && unit <= 0xdbff && isLow(text.charCodeAt(index + 1))) {
      bytes += 2;
      index += 1;
    } else bytes += 2;
  }
  return bytes;
};

const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/**
 * More combining marks in a row than any writing has: normalising sorts each run, in the square of its length. Source:
 * UAX #15, "Stream-Safe Text Format".
 */
const LONG_RUN_OF_MARKS = /\p{M}{31}/u; // a letter with 31 accents

/** How many times longer normalisation makes a text at most, in UTF-8. Source: Unicode FAQ, "Normalization". */
const MOST_NFC_EXPANSION = 3;

/**
 * The most tokens that a text is read as: a byte each, of the text or of its composed form (NFC), whichever is longer.
 * Byte-level tokenizers write no more tokens than they read bytes, but some compose the text first, and a few characters
 * become longer by that (U+1D160 three times).
 */
const textTokens = (text: string): number => {
  const bytes = utf8Length(text);
  if (bytes === text.length) return bytes;
  if (LONG_RUN_OF_MARKS.test(text)) return bytes * MOST_NFC_EXPANSION;
  return Math.max(bytes, utf8Length(text.normalize('NFC')));
};

/** White space that a template puts at a mark of JSON: a line break and its indentation, or a blank after a colon. */
const WHITE_SPACE_TOKENS: Readonly<Record<string, number>> = { ',': 3, '{': 3, '[': 3, '}': 3, ']': 3, ':': 1 };

/** A string of JSON, or a mark between values: `"a \"b\""`, `{`. */
const STRING_OR_MARK = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/**
 * The most tokens that JSON is read as: the text itself, and white space at each of its marks, since templates write it
 * anew, with blanks or indented. A run of white space counts as three tokens. Not covered: a template that escapes
 * characters which need no escape.
 */
const jsonTokens = (value: unknown): number => {
  const json = JSON.stringify(value) ?? '';
  let tokens = textTokens(json);
  for (const [found] of json.matchAll(STRING_OR_MARK)) tokens += WHITE_SPACE_TOKENS[found] ?? 0;
  return tokens;
};

/** Tokens that a model's template adds to a request, a turn and a content block: generous, none is documented. */
const REQUEST_TOKENS = 16;
const TURN_TOKENS = 16;
const BLOCK_TOKENS = 16;

/**
 * Tokens that the offer of tools adds before their definitions: Anthropic documents 313 to 530 for its models
 * (docs.anthropic.com, "Tool use", pricing), with a margin for others.
 */
const TOOL_PREAMBLE_TOKENS = 1000;

/** Of everything that a block carries: its strings and names, and the marks of its JSON. */
const blockTokens = (block: unknown): number => {
  const text = (block as { text?: unknown } | null)?.text;
  return typeof text === 'string' ? textTokens(text) : jsonTokens(block);
};

const boundOfBlocks = (blocks: readonly unknown[] | undefined): number => {
  let tokens = 0;
  for (const block of blocks ?? []) tokens += blockTokens(block) + BLOCK_TOKENS;
  return tokens;
};

/**
 * Upper bound of the tokens that Bedrock reads for a Converse request of text and tools. Blocks without a bound by
 * their bytes (images, documents) count what the policy says of their kind; the Bedrock edge refuses those of which it says
 * nothing.
 */
export const tokenBound = (input: ConverseInput, media: MediaPolicy = {}): number => {
  const { system, messages = [], toolConfig } = withoutMedia(input);
  let tokens = REQUEST_TOKENS + boundOfBlocks(system);
  for (const { maxTokens } of opaqueBoundsOf(input, media)) tokens += maxTokens;
  for (const message of messages) tokens += TURN_TOKENS + boundOfBlocks(message.content);
  if (toolConfig === undefined) return tokens;
  const toolTokens = BLOCK_TOKENS * (toolConfig.tools?.length ?? 0) + jsonTokens(toolConfig);
  return tokens + TOOL_PREAMBLE_TOKENS + toolTokens;
};
