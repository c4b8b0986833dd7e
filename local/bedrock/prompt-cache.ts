/** Prompt caching: what stands before a cache point is read from the cache when the same prefix came before. */

import { createHash } from 'node:crypto';
import { tokensOf } from './model/tokens.ts';
import type { ConverseBody } from './validation.ts';

/** Tokens that a request read from the cache and wrote to it. */
export interface CacheUse {
  readonly read: number;
  readonly written: number;
}

const TTL_MS = 300_000;
const MAX_PREFIXES = 1000;

/** A cache for one server. */
export const createPromptCache = (): ((modelId: string, body: ConverseBody) => CacheUse) => {
  const prefixes = new Map<string, number>();
  return (modelId, { system = [], messages = [] }) => {
    const blocks = [...system, ...messages.flatMap(({ content = [] }) => content)];
    const point = blocks.findLastIndex((block) => block['cachePoint'] !== undefined);
    if (point < 0) return { read: 0, written: 0 };
    const prefix = JSON.stringify(blocks.slice(0, point));
    const key = createHash('sha256').update(`${modelId}\n${prefix}`).digest('hex');
    const known = (prefixes.get(key) ?? 0) > Date.now();
    if (prefixes.size >= MAX_PREFIXES) prefixes.clear();
    prefixes.set(key, Date.now() + TTL_MS);
    return known ? { read: tokensOf(prefix), written: 0 } : { read: 0, written: tokensOf(prefix) };
  };
};
