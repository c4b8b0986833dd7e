/** What of a reply the handler gets beside its content: nothing that tells of others, and nothing that was not cleaned. */

import type {
  ConverseCommandOutput,
  ConverseStreamMetadataEvent,
  ConverseStreamOutput,
  TokenUsage,
} from '@aws-sdk/client-bedrock-runtime';
import type { ClientRules } from './client-rules.ts';

/**
 * Usage without cache counters: whether a prefix was in a cache tells who asked the same before. What was read from it,
 * or written to it, is input all the same.
 */
const withoutCache = (usage: TokenUsage): TokenUsage => {
  const { inputTokens, outputTokens, totalTokens, cacheReadInputTokens = 0, cacheWriteInputTokens = 0 } = usage;
  if (inputTokens === undefined) return { inputTokens, outputTokens, totalTokens };
  return { inputTokens: inputTokens + cacheReadInputTokens + cacheWriteInputTokens, outputTokens, totalTokens };
};

const shownUsage = ({ showCacheUsage = false }: ClientRules, usage: TokenUsage | undefined): TokenUsage | undefined =>
  usage === undefined || showCacheUsage ? usage : withoutCache(usage);

/** A whole reply. A trace of a guardrail quotes what it has taken out; fields of the model's own are not cleaned. */
export const shownOutput = (rules: ClientRules, output: ConverseCommandOutput): ConverseCommandOutput => {
  const { trace: _, additionalModelResponseFields: __, usage, ...shown } = output;
  return { ...shown, usage: shownUsage(rules, usage) };
};

const shownMetadata = (rules: ClientRules, metadata: ConverseStreamMetadataEvent): ConverseStreamMetadataEvent => {
  const { trace: _, usage, ...shown } = metadata;
  return { ...shown, usage: shownUsage(rules, usage) };
};

/** An event of a reply. */
export const shownEvent = (rules: ClientRules, event: ConverseStreamOutput): ConverseStreamOutput => {
  const { metadata, messageStop } = event;
  if (metadata !== undefined) return { metadata: shownMetadata(rules, metadata) };
  return messageStop === undefined ? event : { messageStop: { stopReason: messageStop.stopReason } };
};
