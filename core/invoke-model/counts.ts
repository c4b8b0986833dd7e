/** What replies say they used, in each family's words. */

import { inner, isFields } from './fields.ts';
import type { Fields, TokenCounts } from './types.ts';

/** Where the last chunk of a stream says what was used. Source: Bedrock User Guide, "Invoke a model with streaming". */
export const METRICS = 'amazon-bedrock-invocationMetrics';

/** `value` where it counts something. */
export const countIn = (value: unknown): number | undefined =>
  Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined;

/** Counts of which input and output must be known: input without what caches had or got. */
export const countsOf = (
  input: unknown,
  output: unknown,
  cache: Pick<TokenCounts, 'cacheReadInputTokens' | 'cacheWriteInputTokens' | 'cacheDetails'> = {},
): TokenCounts | undefined => {
  const [inputTokens, outputTokens] = [countIn(input), countIn(output)];
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  const cached = (cache.cacheReadInputTokens ?? 0) + (cache.cacheWriteInputTokens ?? 0);
  return { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens + cached, ...cache };
};

/** Whether one input holds what caches had or got, or says it apart, it is as many tokens in all. */
const wholeInput = ({ inputTokens, cacheReadInputTokens = 0, cacheWriteInputTokens = 0 }: TokenCounts): number =>
  inputTokens + cacheReadInputTokens + cacheWriteInputTokens;

/**
 * The greater of each where a reply is counted in two places: whoever writes one of them may say less. Input that only the
 * second holds counts as read in full.
 */
export const greaterCounts = (
  first: TokenCounts | undefined,
  second: TokenCounts | undefined,
): TokenCounts | undefined => {
  if (first === undefined || second === undefined) return first ?? second;
  const greater = (name: 'outputTokens' | 'cacheReadInputTokens' | 'cacheWriteInputTokens'): number =>
    Math.max(first[name] ?? 0, second[name] ?? 0);
  const [read, written] = [greater('cacheReadInputTokens'), greater('cacheWriteInputTokens')];
  const whole = Math.max(wholeInput(first), wholeInput(second));
  const { cacheDetails } = first;
  return countsOf(Math.max(first.inputTokens, whole - read - written), greater('outputTokens'), {
    ...(read > 0 && { cacheReadInputTokens: read }),
    ...(written > 0 && { cacheWriteInputTokens: written }),
    ...(cacheDetails !== undefined && { cacheDetails }),
  });
};

/** The counters of a cache that are given. */
export const cacheCounts = (read: unknown, written: unknown): Partial<TokenCounts> => {
  const [cacheRead, cacheWrite] = [countIn(read), countIn(written)];
  return {
    ...(cacheRead !== undefined && { cacheReadInputTokens: cacheRead }),
    ...(cacheWrite !== undefined && { cacheWriteInputTokens: cacheWrite }),
  };
};

/** What the metrics of a chunk say; `undefined` where it has none that count. */
export const metricsIn = (chunk: Fields): TokenCounts | undefined => {
  if (!isFields(chunk[METRICS])) return undefined;
  const metrics = inner(chunk, METRICS);
  return countsOf(
    metrics['inputTokenCount'],
    metrics['outputTokenCount'],
    cacheCounts(metrics['cacheReadInputTokenCount'], metrics['cacheWriteInputTokenCount']),
  );
};

/** The metrics that say so much, with the times of `chunk`, the one that had them. */
export const metricsOf = (usage: TokenCounts, chunk: Fields): Fields => {
  const times = Object.entries(inner(chunk, METRICS)).filter(
    ([name, value]) => (name === 'invocationLatency' || name === 'firstByteLatency') && Number.isFinite(value),
  );
  return {
    inputTokenCount: usage.inputTokens,
    outputTokenCount: usage.outputTokens,
    ...Object.fromEntries(times),
    ...(usage.cacheReadInputTokens !== undefined && { cacheReadInputTokenCount: usage.cacheReadInputTokens }),
    ...(usage.cacheWriteInputTokens !== undefined && { cacheWriteInputTokenCount: usage.cacheWriteInputTokens }),
  };
};

/** `usage` of OpenAI's replies: the prompt's tokens with those that a cache had. */
export const chatCounts = (usage: unknown): TokenCounts | undefined => {
  if (!isFields(usage)) return undefined;
  const cached = countIn(inner(usage, 'prompt_tokens_details')['cached_tokens']) ?? 0;
  const prompt = countIn(usage['prompt_tokens']);
  if (prompt === undefined) return undefined;
  const read = Math.min(cached, prompt);
  return countsOf(prompt - read, usage['completion_tokens'], read === 0 ? {} : { cacheReadInputTokens: read });
};

/** {@link chatCounts} the other way. */
export const chatUsage = ({ inputTokens, outputTokens, cacheReadInputTokens = 0 }: TokenCounts): Fields => ({
  prompt_tokens: inputTokens + cacheReadInputTokens,
  completion_tokens: outputTokens,
  total_tokens: inputTokens + cacheReadInputTokens + outputTokens,
  ...(cacheReadInputTokens > 0 && { prompt_tokens_details: { cached_tokens: cacheReadInputTokens } }),
});
