/** A stand-in for a tokenizer: deterministic, and below the UTF-8 bytes of its text. */

import type { AnswerBlock, Prompt } from './answer.ts';

const PER_REQUEST = 3;
const PER_TURN = 4;
const TOOL_PREAMBLE = 346;

/** Tokens of a text. */
export const tokensOf = (text: string): number => Math.ceil(text.length / 4);

/** Tokens of a prompt. */
export const promptTokens = ({ system, turns, tools }: Prompt): number =>
  PER_REQUEST +
  tokensOf(system) +
  turns.reduce(
    (sum, { blocks }) => sum + PER_TURN + blocks.reduce((inner, block) => inner + tokensOf(blockText(block)), 0),
    0,
  ) +
  (tools.length > 0 ? TOOL_PREAMBLE : 0);

const blockText = (block: Readonly<Record<string, unknown>>): string =>
  typeof block['text'] === 'string' ? block['text'] : JSON.stringify(block);

/** An answer cut to so many tokens. */
export interface CutAnswer {
  readonly blocks: readonly AnswerBlock[];
  readonly tokens: number;
  readonly stopReason: 'end_turn' | 'max_tokens' | 'tool_use' | 'stop_sequence';
}

/** Cuts an answer at a stop sequence and at `maxTokens`. */
export const cutAnswer = (
  blocks: readonly AnswerBlock[],
  maxTokens: number,
  stopSequences: readonly string[],
): CutAnswer => {
  const [first] = blocks;
  if (first === undefined) return { blocks, tokens: 0, stopReason: 'end_turn' };
  if ('toolUse' in first)
    return { blocks, tokens: Math.max(1, tokensOf(JSON.stringify(first.toolUse.input))), stopReason: 'tool_use' };
  const stop = stopSequences
    .map((sequence) => first.text.indexOf(sequence))
    .filter((at) => at >= 0)
    .sort((a, b) => a - b)[0];
  const ended = stop === undefined ? first.text : first.text.slice(0, stop);
  const text = ended.slice(0, maxTokens * 4);
  const stopReason = text.length < ended.length ? 'max_tokens' : stop === undefined ? 'end_turn' : 'stop_sequence';
  return { blocks: [{ text }], tokens: Math.max(1, tokensOf(text)), stopReason };
};
