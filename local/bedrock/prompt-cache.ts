/** Prompt caching: what stands before a cache point is read from the cache when the same prefix came before. */

import { createHash } from 'node:crypto';
import type { ModelRequest } from './model/request.ts';
import { promptParts } from './model/tokens.ts';
import type { Usage } from './request-log.ts';

/** How a prompt is billed: read from the cache, written to it, or neither. */
export type InputUsage = Omit<Usage, 'outputTokens' | 'totalTokens'>;

/** A cache for one server. */
export type PromptCache = (modelId: string, request: ModelRequest) => InputUsage;

const TTL_MS = 300_000;
const MAX_PREFIXES = 1000;

/** An empty cache; a prefix stays for five minutes after it was last used. `now` is in milliseconds. */
export const createPromptCache = (now: () => number): PromptCache => {
  const usedAt = new Map<string, number>();
  const isKnown = (key: string): boolean => now() - (usedAt.get(key) ?? Number.NEGATIVE_INFINITY) < TTL_MS;
  const remember = (key: string): void => {
    usedAt.delete(key);
    usedAt.set(key, now());
    const [oldest] = usedAt.keys();
    if (usedAt.size > MAX_PREFIXES && oldest !== undefined) usedAt.delete(oldest);
  };
  return (modelId, request) => {
    const digest = createHash('sha256').update(modelId);
    let total = 0;
    let read = 0;
    let cacheable = 0;
    const keys: string[] = [];
    for (const { content, tokens, cachePoint } of promptParts(request)) {
      if (cachePoint) {
        const key = digest.copy().digest('hex');
        if (isKnown(key)) read = total;
        cacheable = total;
        keys.push(key);
      } else digest.update(JSON.stringify(content));
      total += tokens;
    }
    for (const key of keys) remember(key);
    return {
      inputTokens: total - cacheable,
      cacheReadInputTokens: read,
      cacheWriteInputTokens: cacheable - read,
    };
  };
};
