/** The policy of the agent: that of the chat, and the rules of its tools. */

import { tokenBound } from '../../core/quota/index.ts';
import { definePolicy, type Policy } from '../../middleware/index.ts';
import { AgentRequest } from './agent-request.ts';
import { TOOL_RULES, tools } from './agent-tools.ts';
import type { Chat } from './policy.ts';

/** The tools, as each call carries them: they cost tokens, too. */
const toolConfig = { tools: Object.entries(tools).map(([name, { spec }]) => ({ toolSpec: { ...spec, name } })) };

/** Who may ask, what, for how much, and what the model may do. */
export const agentPolicyOf = ({ system, policy }: Chat): Policy => {
  const { quota = { budgets: [] }, model } = policy;
  return definePolicy({
    ...policy,
    body: { ...policy.body, schema: AgentRequest },
    quota: { ...quota, overheadTokens: tokenBound({ system, toolConfig }) },
    model: { ...model, tools: TOOL_RULES },
  });
};
