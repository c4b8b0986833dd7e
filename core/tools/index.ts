/** Tool calls of the model: only what the policy names and the handler offered. */

import { blockType, type ContentBlock, type ConverseInput, member } from '../converse/types.ts';
import { admitsTool, type ToolPolicy } from './policy.ts';

export type { ToolApproval } from './approval.ts';
export {
  DEFAULT_TOOL_RULES,
  hasToolRules,
  type SettledToolRules,
  type ToolEffect,
  type ToolPolicy,
  type ToolRules,
  toolRulesOf,
} from './policy.ts';

const nameOf = (tool: ContentBlock | undefined): string | undefined =>
  typeof tool?.['name'] === 'string' ? tool['name'] : undefined;

/** Names of the tools that a call offers to the model. */
export const offeredTools = (input: ConverseInput): readonly string[] =>
  (input.toolConfig?.tools ?? [])
    .filter((tool) => blockType(tool) !== 'cachePoint')
    .map((tool) => nameOf(member(tool, 'toolSpec')) ?? '');

/** Whether a call offers only tools of the allowlist. `undefined` admits whatever the handler offers. */
export const offersOnly = (input: ConverseInput, allowed: ToolPolicy | undefined): boolean =>
  offeredTools(input).every((name) => admitsTool(allowed, name));

/** Whether every tool call in a reply is one of the tools that were offered: models invent names. */
export const callsOnly = (content: readonly object[], offered: readonly string[]): boolean =>
  content.every((block) => {
    const call = member(block, 'toolUse');
    return call === undefined || offered.includes(nameOf(call) ?? '');
  });
