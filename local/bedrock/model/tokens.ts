/**
 * A stand-in for a tokenizer: four UTF-16 units are a token. Whatever it counts is at most the UTF-8 bytes of the texts
 * and {@link FRAMING} around them, the bound that a guard without a tokenizer may rely on.
 */

import { type Block, listOf, type Message, type ModelRequest, member, textOf } from './request.ts';

/** Tokens at most beside the UTF-8 bytes of all texts: a request, each message and each block, and tools at all. */
export const FRAMING = { request: 16, message: 16, block: 16, tools: 1000 } as const;

const UNITS_PER_TOKEN = 4;
const PER_REQUEST = 3;
const PER_MESSAGE = 4;
const TOOLS_PREAMBLE = 346;
/** An image, sound or film; no bytes bound it. */
const PER_MEDIUM = 1600;
const MEDIA: readonly string[] = ['image', 'video', 'audio'];

/** Tokens of a text. */
export const tokensOf = (text: string): number => Math.ceil(text.length / UNITS_PER_TOKEN);

/** The part of `text` that so many tokens hold; a surrogate pair is not split. */
export const firstTokens = (text: string, tokens: number): string => {
  const part = text.slice(0, tokens * UNITS_PER_TOKEN);
  return part.length < text.length && /[\ud800-\udbff]$/.test(part) ? part.slice(0, -1) : part;
};

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** Tokens of a content block. */
export const blockTokens = (block: Block): number => {
  if (block['cachePoint'] !== undefined) return 0;
  if (MEDIA.some((name) => block[name] !== undefined)) return PER_MEDIUM;
  if (block['toolResult'] !== undefined) return sum(listOf(member(block, 'toolResult'), 'content').map(blockTokens));
  if (block['toolUse'] !== undefined) {
    const { name, input } = member(block, 'toolUse');
    return tokensOf(String(name)) + tokensOf(JSON.stringify(input ?? {}));
  }
  return tokensOf(textOf(block) || JSON.stringify(block));
};

/** A stretch of the prompt: what a prompt cache compares and counts. */
export interface PromptPart {
  readonly content: unknown;
  readonly tokens: number;
  /** Set where this is a cache point: what stands before may be cached. */
  readonly cachePoint: Block | undefined;
}

const part = (block: Block): PromptPart => ({
  content: block,
  tokens: blockTokens(block),
  cachePoint: block['cachePoint'] as Block | undefined,
});

const toolPart = (tool: Block): PromptPart =>
  tool['cachePoint'] === undefined
    ? { content: tool, tokens: tokensOf(JSON.stringify(tool)), cachePoint: undefined }
    : part(tool);

const messageParts = ({ role, content }: Message): readonly PromptPart[] => [
  { content: role, tokens: PER_MESSAGE, cachePoint: undefined },
  ...content.map(part),
];

/** A prompt in the order in which it is cached: tools, system, messages. */
export const promptParts = ({ toolConfig, system = [], messages }: ModelRequest): readonly PromptPart[] => {
  const tools = toolConfig?.tools ?? [];
  return [
    { content: 'request', tokens: PER_REQUEST + (tools.length > 0 ? TOOLS_PREAMBLE : 0), cachePoint: undefined },
    ...tools.map(toolPart),
    ...system.map(part),
    ...messages.flatMap(messageParts),
  ];
};

/** Tokens of a whole prompt. */
export const promptTokens = (request: ModelRequest): number => sum(promptParts(request).map(({ tokens }) => tokens));
