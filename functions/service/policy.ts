/** The policy that the chat functions share, and what they ask the model with. */

import { tokenBound } from '../../core/quota/index.ts';
import { checkSystemPrompt } from '../../core/system-prompt/index.ts';
import { definePolicy, type Policy } from '../../middleware/index.ts';
import type { Secrets } from '../../middleware/with-secrets.ts';
import { ChatRequest } from './chat-request.ts';
import {
  audit,
  bodyLimit,
  budgets,
  callers,
  cors,
  guardrail,
  literalSecrets,
  modelId,
  modelProfiles,
  OVERRIDABLE,
  prices,
  secretIds,
  systemPromptOf,
  systemPromptSecrets,
  tableName,
} from './settings.ts';

/** Model or inference profile that answers. */
export const model: string = modelId();

const table = tableName();
const quota = { budgets: budgets(), overridable: OVERRIDABLE };
const promptMode = systemPromptSecrets();
const checkedBy = guardrail();

/** What is known before there are secrets, checked when the function starts. */
const common = definePolicy({
  caller: callers(),
  ...cors(),
  body: { schema: ChatRequest, ...bodyLimit() },
  confirmAboveTokens: 20_000,
  quota,
  model: {
    models: [model],
    profiles: modelProfiles(),
    ...(checkedBy && { guardrail: checkedBy }),
    maxTokens: 4096,
    prices: prices(),
    countTokensAbove: 20_000,
    systemPromptSecrets: promptMode,
  },
  // Which level of data was sent is recorded; where each may go is for whoever deploys to say (docs/data-flow.md).
  classification: {},
  audit: audit(),
});

/** What a chat is made of. */
export interface Chat {
  /** The service's own instructions, as Converse takes them. */
  readonly system: { text: string }[];
  /** Who may ask, what, and for how much. */
  readonly policy: Policy;
}

/** @throws TypeError for keys that are none, and for a system prompt that holds a secret. */
export const chatOf = (secrets: Secrets): Chat => {
  const text = systemPromptOf(secrets);
  if (promptMode === 'refuse') checkSystemPrompt(text);
  const system = [{ text }];
  const { digest, mac } = secrets;
  const policy = definePolicy({
    ...common,
    quota: { ...quota, table, overheadTokens: tokenBound({ system }) },
    keys: { digest, mac },
  });
  return { system, policy };
};

/** The policy as far as it is known when the function starts, for `bulwark data-flow`. */
export const policy: Policy = secretIds() === undefined ? chatOf(literalSecrets()).policy : common;
