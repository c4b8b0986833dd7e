/** Anthropic's usage and stop reasons. Source: https://platform.claude.com/docs/en/api/messages */

import { cacheCounts, countIn, countsOf } from './counts.ts';
import { inner, isFields } from './fields.ts';
import type { StopReasons } from './stop-reasons.ts';
import type { Fields, TokenCounts } from './types.ts';

/** Anthropic's words by Converse's. */
export const STOP_REASONS: StopReasons = {
  end_turn: 'end_turn',
  max_tokens: 'max_tokens',
  stop_sequence: 'stop_sequence',
  tool_use: 'tool_use',
  refusal: 'content_filtered',
  model_context_window_exceeded: 'model_context_window_exceeded',
};

const TTLS = ['5m', '1h'] as const;

/** What a cache was written with, by how long it is kept. */
const detailsOf = (usage: Fields): Pick<TokenCounts, 'cacheDetails'> => {
  if (!isFields(usage['cache_creation'])) return {};
  const written = inner(usage, 'cache_creation');
  const cacheDetails = TTLS.flatMap((ttl) => {
    const inputTokens = countIn(written[`ephemeral_${ttl}_input_tokens`]) ?? 0;
    return inputTokens > 0 ? [{ ttl, inputTokens }] : [];
  });
  return cacheDetails.length > 0 ? { cacheDetails } : {};
};

/** The counts that `usage` says. */
export const anthropicCounts = (usage: unknown): TokenCounts | undefined => {
  if (!isFields(usage)) return undefined;
  return countsOf(usage['input_tokens'], usage['output_tokens'], {
    ...cacheCounts(usage['cache_read_input_tokens'], usage['cache_creation_input_tokens']),
    ...detailsOf(usage),
  });
};

/** {@link anthropicCounts} the other way. */
export const anthropicUsage = (usage: TokenCounts): Fields => ({
  input_tokens: usage.inputTokens,
  ...(usage.cacheWriteInputTokens !== undefined && { cache_creation_input_tokens: usage.cacheWriteInputTokens }),
  ...(usage.cacheReadInputTokens !== undefined && { cache_read_input_tokens: usage.cacheReadInputTokens }),
  ...(usage.cacheDetails !== undefined && {
    cache_creation: Object.fromEntries(
      usage.cacheDetails.map(({ ttl, inputTokens }) => [`ephemeral_${ttl}_input_tokens`, inputTokens]),
    ),
  }),
  output_tokens: usage.outputTokens,
});
