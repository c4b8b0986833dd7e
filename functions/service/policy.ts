/** The policy that the chat functions share, and what they ask the model with. */

import { tokenBound } from '../../core/quota/index.ts';
import { definePolicy } from '../../middleware/index.ts';
import { ChatRequest } from './chat-request.ts';
import {
  budgets,
  callers,
  digestKey,
  macKey,
  modelId,
  OVERRIDABLE,
  prices,
  systemPrompt,
  tableName,
} from './settings.ts';

/** Model or inference profile that answers. */
export const model: string = modelId();

/** The service's own instructions, as Converse takes them. */
export const system: { text: string }[] = [{ text: systemPrompt() }];

/** Who may ask, what, and for how much. */
export const policy = definePolicy({
  caller: callers(),
  body: { schema: ChatRequest },
  confirmAboveTokens: 20_000,
  quota: {
    table: tableName(),
    budgets: budgets(),
    overridable: OVERRIDABLE,
    overheadTokens: tokenBound({ system }),
  },
  model: { models: [model], maxTokens: 4096, prices: prices(), countTokensAbove: 20_000 },
  // Which level of data was sent is recorded; where each may go is for whoever deploys to say (docs/data-flow.md).
  classification: {},
  keys: { digest: digestKey(), mac: macKey() },
});
