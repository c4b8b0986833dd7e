/**
 * Cache points: marks in a request up to which a model is asked to keep what it read.
 * Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_CachePointBlock.html
 */

import { blockType, type ContentBlock, type ConverseInput, member } from './types.ts';

/** How long a cache is kept: five minutes, or an hour. */
export type CacheTtl = '5m' | '1h';

const FIELDS: ReadonlySet<string> = new Set(['type', 'ttl']);
const TTLS: ReadonlySet<unknown> = new Set([undefined, '5m', '1h']);

/** Whether a block is a cache point, and says nothing that the kit does not know the price of. */
export const isCachePoint = (block: unknown): boolean => {
  if (blockType(block) !== 'cachePoint') return false;
  const point = member(block, 'cachePoint');
  return (
    point?.['type'] === 'default' && TTLS.has(point['ttl']) && Object.keys(point).every((field) => FIELDS.has(field))
  );
};

/** Every block of a request where a cache point may stand. */
function* blocksOf({ system, messages, toolConfig }: ConverseInput): Generator<ContentBlock> {
  yield* system ?? [];
  yield* toolConfig?.tools ?? [];
  for (const { content } of messages ?? []) yield* content ?? [];
}

/** The longest time that a request asks a cache to be kept for; `undefined` when it asks for none. */
export const cacheTtlOf = (input: ConverseInput): CacheTtl | undefined => {
  let longest: CacheTtl | undefined;
  for (const block of blocksOf(input)) {
    const point = member(block, 'cachePoint');
    if (point === undefined) continue;
    const ttl = point['ttl'] ?? '5m';
    if (ttl !== '5m') return '1h';
    longest = '5m';
  }
  return longest;
};
