/** How many tokens a request may be read as at most. */

import type { ConverseInput } from '../converse/types.ts';

/**
 * Length of `text` in UTF-8 bytes, without encoding it. Lone surrogates count three bytes, as encoders replace them.
 * No tokenizer writes more tokens than bytes: bytes are the only bound that was never beaten in measurements.
 */
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

/** Tokens that a model's template adds to a request, a turn and a content block: generous, none is documented. */
const REQUEST_TOKENS = 16;
const TURN_TOKENS = 16;
const BLOCK_TOKENS = 16;

/**
 * Tokens that the offer of tools adds before their definitions: Anthropic documents 313 to 530 for its models
 * (docs.anthropic.com, "Tool use", pricing), with a margin for others.
 */
const TOOL_PREAMBLE_TOKENS = 1000;

/** Bytes of everything that a block carries: its strings and names, and the marks of its JSON. */
const blockBytes = (block: unknown): number => {
  const text = (block as { text?: unknown } | null)?.text;
  return typeof text === 'string' ? utf8Length(text) : utf8Length(JSON.stringify(block) ?? '');
};

const boundOfBlocks = (blocks: readonly unknown[] | undefined): number => {
  let tokens = 0;
  for (const block of blocks ?? []) tokens += blockBytes(block) + BLOCK_TOKENS;
  return tokens;
};

/**
 * Upper bound of the tokens that Bedrock reads for a Converse request of text and tools. Blocks without a bound by
 * their bytes (images, documents by reference) must not be in it: the Bedrock edge refuses them.
 */
export const tokenBound = (input: ConverseInput): number => {
  let tokens = REQUEST_TOKENS + boundOfBlocks(input.system);
  for (const message of input.messages ?? []) tokens += TURN_TOKENS + boundOfBlocks(message.content);
  const { toolConfig } = input;
  if (toolConfig === undefined) return tokens;
  const toolTokens = BLOCK_TOKENS * (toolConfig.tools?.length ?? 0) + utf8Length(JSON.stringify(toolConfig));
  return tokens + TOOL_PREAMBLE_TOKENS + toolTokens;
};
