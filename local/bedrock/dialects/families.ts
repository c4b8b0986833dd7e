/** Which body format a model has in InvokeModel. */

import { invalid } from '../errors.ts';
import type { Block } from '../model/request.ts';
import { anthropic } from './anthropic.ts';
import { cohereChat } from './cohere-chat.ts';
import { cohereCommandR } from './cohere-command-r.ts';
import { nova } from './converse.ts';
import { deepseekChat, deepseekPrompt } from './deepseek.ts';
import type { Dialect } from './dialect.ts';
import { llama } from './llama.ts';
import { mistralChat, mistralPrompt } from './mistral.ts';
import { openai } from './openai.ts';

/** Formats of a family: that of a body with `messages`, and that of all others. */
interface Family {
  readonly chat: Dialect;
  readonly other: Dialect;
}

const FAMILIES: Readonly<Record<string, Family>> = {
  'anthropic.': { chat: anthropic, other: anthropic },
  'amazon.nova': { chat: nova, other: nova },
  'meta.llama': { chat: llama, other: llama },
  'mistral.': { chat: mistralChat, other: mistralPrompt },
  'cohere.command': { chat: cohereChat, other: cohereCommandR },
  'deepseek.': { chat: deepseekChat, other: deepseekPrompt },
  'openai.': { chat: openai, other: openai },
};

/** Behind a profile that names no model, a body speaks for itself. */
const dialectOfBody = (body: Block): Dialect => {
  const { prompt, message, messages } = body;
  if ('anthropic_version' in body) return anthropic;
  if (message !== undefined) return cohereCommandR;
  if (typeof prompt === 'string') {
    if (prompt.includes('[INST]')) return mistralPrompt;
    return prompt.includes('<｜User｜>') ? deepseekPrompt : llama;
  }
  const isPlain =
    Array.isArray(messages) && messages.some((turn) => typeof (turn as Block | null)?.['content'] === 'string');
  return isPlain ? openai : nova;
};

/** @throws BedrockError `ValidationException` for a family that the server does not speak. */
export const invokeDialect = (modelId: string, body: Block): Dialect => {
  const family = Object.entries(FAMILIES).find(([name]) => modelId.includes(name))?.[1];
  if (family !== undefined) return 'messages' in body ? family.chat : family.other;
  if (modelId.includes('inference-profile')) return dialectOfBody(body);
  throw invalid(modelId, `The local server speaks the bodies of ${Object.keys(FAMILIES).join(', ')} only.`);
};
