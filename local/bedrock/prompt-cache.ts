/** Prompt caching: what stands before a cache point is read from the cache when the same prefix came before. */

import { createHash } from 'node:crypto';
import type { ModelRequest } from './model/request.ts';
import { promptParts } from './model/tokens.ts';
import { type CacheTtl, cacheDetailsOf, type Usage } from './request-log.ts';

/** How a prompt is billed: read from the cache, written to it, or neither. */
export type InputUsage = Omit<Usage, 'outputTokens' | 'totalTokens'>;

/** A prefix that was written to the cache. */
export interface CachedPrefix {
  /** SHA-256 of the model and all that stands before the cache point, in hexadecimal. */
  readonly digest: string;
  readonly modelId: string;
  readonly ttl: CacheTtl;
  readonly tokens: number;
  /** Requests that read the prefix, and no longer one. */
  readonly reads: number;
  /** Requests that wrote it: more than one when it had expired. */
  readonly writes: number;
}

/** What a cache did, for tests to look at. */
export interface CacheView {
  /** Requests with cache points that read something. */
  hits(): number;
  /** Requests with cache points that read nothing. */
  misses(): number;
  /** The last thousand prefixes, the one that was used last at the end; expired ones among them. */
  prefixes(): readonly CachedPrefix[];
}

/** A cache for one server. */
export interface PromptCache extends CacheView {
  /** Reads and writes what a request reads and writes. */
  use(modelId: string, request: ModelRequest): InputUsage;
}

/** What a cache works with. */
export interface PromptCacheOptions {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Tokens that a prefix must have to be cached at all. */
  readonly minimumTokens: number;
}

/** A cache point of a request. */
interface CachePoint {
  readonly digest: string;
  readonly ttl: CacheTtl;
  /** Tokens of all that stands before it. */
  readonly tokens: number;
}

const TTL_MS: Readonly<Record<CacheTtl, number>> = { '5m': 300_000, '1h': 3_600_000 };
const MAX_PREFIXES = 1000;

/** Cache points in their order, and the tokens of the whole prompt. */
const pointsOf = (modelId: string, request: ModelRequest): { points: readonly CachePoint[]; total: number } => {
  const hash = createHash('sha256').update(modelId);
  const points: CachePoint[] = [];
  let total = 0;
  for (const { content, tokens, cachePoint } of promptParts(request)) {
    if (cachePoint === undefined) hash.update(JSON.stringify(content));
    else
      points.push({ digest: hash.copy().digest('hex'), ttl: cachePoint['ttl'] === '1h' ? '1h' : '5m', tokens: total });
    total += tokens;
  }
  return { points, total };
};

/** An empty cache; a prefix stays for its time to live after it was last used. */
export const createPromptCache = ({ now, minimumTokens }: PromptCacheOptions): PromptCache => {
  const known = new Map<string, CachedPrefix & { readonly usedAt: number }>();
  let hits = 0;
  let misses = 0;

  const isAlive = ({ digest }: CachePoint): boolean => {
    const prefix = known.get(digest);
    return prefix !== undefined && now() - prefix.usedAt < TTL_MS[prefix.ttl];
  };
  const remember = (modelId: string, { digest, ttl, tokens }: CachePoint, use: 'read' | 'write' | 'pass'): void => {
    const before = known.get(digest);
    known.delete(digest);
    known.set(digest, {
      digest,
      modelId,
      ttl: use === 'write' ? ttl : (before?.ttl ?? ttl),
      tokens,
      reads: (before?.reads ?? 0) + (use === 'read' ? 1 : 0),
      writes: (before?.writes ?? 0) + (use === 'write' ? 1 : 0),
      usedAt: now(),
    });
    const [oldest] = known.keys();
    if (known.size > MAX_PREFIXES && oldest !== undefined) known.delete(oldest);
  };

  return {
    hits: () => hits,
    misses: () => misses,
    prefixes: () => [...known.values()].map(({ usedAt: _, ...prefix }) => prefix),
    use: (modelId, request) => {
      const { points: all, total } = pointsOf(modelId, request);
      const points = all.filter(({ tokens }) => tokens >= minimumTokens);
      const readAt = points.findLastIndex(isAlive);
      const read = points[readAt]?.tokens ?? 0;
      const written = { '1h': 0, '5m': 0 };
      for (const [index, point] of points.entries()) {
        const use = index < readAt ? 'pass' : index === readAt ? 'read' : 'write';
        if (use === 'write') written[point.ttl] += point.tokens - (points[index - 1]?.tokens ?? 0);
        remember(modelId, point, use);
      }
      if (points.length > 0 && readAt < 0) misses += 1;
      if (readAt >= 0) hits += 1;
      const cacheable = points.at(-1)?.tokens ?? 0;
      return {
        inputTokens: total - cacheable,
        cacheReadInputTokens: read,
        cacheWriteInputTokens: cacheable - read,
        ...cacheDetailsOf(written),
      };
    },
  };
};
