/** Which format a body has: by the model that it is for, and by what stands in it. */

import { anthropic } from './anthropic.ts';
import { deepseekChat, mistralChat, openai } from './chat.ts';
import { cohere } from './cohere.ts';
import { cohereChat } from './cohere-chat.ts';
import { deepseekPrompt, mistralPrompt } from './completions.ts';
import { meta } from './meta.ts';
import { nova } from './nova.ts';
import type { BodyFormat, Fields } from './types.ts';

/** `eu.anthropic.claude-3-haiku-20240307-v1:0`: a geography, a provider and a name. */
const MODEL_ID = /^(?:(?:global|us|us-gov|eu|apac|jp|au|ca|in)\.)?([a-z0-9-]+)\.(.*)$/;

/** Bodies of a family that hold turns, and those that hold one text. */
interface Family {
  readonly turns?: BodyFormat;
  readonly text?: readonly [field: string, format: BodyFormat];
}

const FAMILIES: Readonly<Record<string, Family>> = {
  anthropic: { turns: anthropic },
  amazon: { turns: nova },
  meta: { text: ['prompt', meta] },
  mistral: { turns: mistralChat, text: ['prompt', mistralPrompt] },
  cohere: { turns: cohereChat, text: ['message', cohere] },
  deepseek: { turns: deepseekChat, text: ['prompt', deepseekPrompt] },
  openai: { turns: openai },
};

const formatIn = ({ turns, text }: Family, body: Fields): BodyFormat | undefined => {
  if (Object.hasOwn(body, 'messages')) return turns;
  return text !== undefined && Object.hasOwn(body, text[0]) ? text[1] : undefined;
};

/**
 * The format of a body whose model has no name that tells: each is told by a field that no other has. Prompts are told
 * by where they begin.
 */
const formatByBody = (body: Fields): BodyFormat | undefined => {
  const has = (name: string): boolean => Object.hasOwn(body, name);
  const { prompt } = body;
  if (has('anthropic_version')) return anthropic;
  if (has('messages')) {
    if (has('schemaVersion') || has('inferenceConfig')) return nova;
    // What is left of OpenAI's, Mistral's and DeepSeek's bodies is the same for all three.
    return has('max_completion_tokens') ? openai : mistralChat;
  }
  if (has('message')) return cohere;
  if (typeof prompt !== 'string') return undefined;
  if (has('max_gen_len') || prompt.startsWith('<|begin_of_text|>')) return meta;
  if (prompt.startsWith('<｜')) return deepseekPrompt;
  return prompt.startsWith('<s>') || prompt.startsWith('[INST]') ? mistralPrompt : undefined;
};

/** Names of ARNs that say which model is meant. */
const NAMED_BY_ARN = /:(?:foundation-model|inference-profile)\/([^/]+)$/;

/** The provider and name of a model; `undefined` for an ARN that names none (of an application's profile, an import, …). */
const nameIn = (modelId: string): readonly [provider: string, name: string] | undefined => {
  const id = modelId.startsWith('arn:') ? NAMED_BY_ARN.exec(modelId)?.[1] : modelId;
  if (id === undefined) return undefined;
  const [, provider = '', name = ''] = MODEL_ID.exec(id) ?? [];
  return [provider, name];
};

/**
 * The format of a body, or `undefined` where no family that is known has it. One body never has two: what a format does
 * not know of it is refused when it is read.
 */
export const formatOf = (modelId: string, body: Fields): BodyFormat | undefined => {
  const named = nameIn(modelId);
  if (named === undefined) return formatByBody(body);
  const [provider, name] = named;
  if (provider === 'amazon' && !name.startsWith('nova')) return undefined;
  const family = Object.hasOwn(FAMILIES, provider) ? FAMILIES[provider] : undefined;
  return family === undefined ? undefined : formatIn(family, body);
};
