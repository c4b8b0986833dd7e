/** The model's answer within the limits of its request. */

import { answer } from './answer.ts';
import type { AnswerBlock, ModelRequest, ToolUse } from './request.ts';
import { firstTokens, tokensOf } from './tokens.ts';

/** An answer as it is sent and billed. */
export interface Generation {
  readonly blocks: readonly AnswerBlock[];
  readonly outputTokens: number;
  readonly stopReason: 'end_turn' | 'max_tokens' | 'stop_sequence' | 'tool_use';
  /** What ended the text, where a stop sequence did. */
  readonly stopSequence: string | undefined;
}

/** Tokens of a tool call. */
export const toolUseTokens = ({ name, input }: ToolUse): number => tokensOf(name) + tokensOf(JSON.stringify(input));

/** The earliest stop sequence in a text. */
const firstStop = (text: string, sequences: readonly string[]): { at: number; sequence: string } | undefined =>
  sequences
    .map((sequence) => ({ at: text.indexOf(sequence), sequence }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at)[0];

/** Answers a request: ended by the first stop sequence, by `maxTokens`, by a tool call, or by itself. */
export const generate = (request: ModelRequest, modelMaximum: number): Generation => {
  const { maxTokens = modelMaximum, stopSequences = [] } = request.inferenceConfig ?? {};
  const blocks: AnswerBlock[] = [];
  let outputTokens = 0;
  const ended = (stopReason: Generation['stopReason'], stopSequence?: string): Generation => ({
    blocks,
    outputTokens,
    stopReason,
    stopSequence,
  });
  for (const block of answer(request)) {
    const left = maxTokens - outputTokens;
    if ('toolUse' in block) {
      if (toolUseTokens(block.toolUse) > left) return ended('max_tokens');
      blocks.push(block);
      outputTokens += toolUseTokens(block.toolUse);
      continue;
    }
    const stop = firstStop(block.text, stopSequences);
    const whole = stop === undefined ? block.text : block.text.slice(0, stop.at);
    const text = firstTokens(whole, left);
    if (text !== '') blocks.push({ text });
    outputTokens += tokensOf(text);
    if (text.length < whole.length) return ended('max_tokens');
    if (stop !== undefined) return ended('stop_sequence', stop.sequence);
  }
  return ended(blocks.some((block) => 'toolUse' in block) ? 'tool_use' : 'end_turn');
};
