/** Results of tools that a call sends to the model. */

import { type ContentBlock, type ConverseInput, member, textOf } from '../converse/types.ts';
import { DEFAULT_TOOL_RULES, type ToolPolicy, toolRulesOf } from './policy.ts';

const sizeOfItem = (item: ContentBlock): number => {
  const text = textOf(item);
  return text === undefined ? (JSON.stringify(item['json']) ?? '').length : text.length;
};

/** UTF-16 units of a result: its texts, and its JSON as it is sent. */
const sizeOf = (result: ContentBlock): number => {
  const content = result['content'];
  return Array.isArray(content) ? content.reduce<number>((sum, item) => sum + sizeOfItem(item), 0) : 0;
};

/**
 * Whether every result of a tool is as short as its tool's rules want it. What no call in the conversation asked for is
 * held against the default; where two calls have the same id, the stricter rules count.
 */
export const resultsFit = ({ messages = [] }: ConverseInput, policy: ToolPolicy): boolean => {
  const limits = new Map<unknown, number>();
  const blocks = messages.flatMap(({ content = [] }) => content);
  for (const block of blocks) {
    const call = member(block, 'toolUse');
    if (call === undefined) continue;
    const { maxResultUnits } = toolRulesOf(policy, String(call['name'])) ?? DEFAULT_TOOL_RULES;
    limits.set(call['toolUseId'], Math.min(maxResultUnits, limits.get(call['toolUseId']) ?? maxResultUnits));
  }
  return blocks.every((block) => {
    const result = member(block, 'toolResult');
    if (result === undefined) return true;
    return sizeOf(result) <= (limits.get(result['toolUseId']) ?? DEFAULT_TOOL_RULES.maxResultUnits);
  });
};
