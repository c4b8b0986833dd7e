/** What the server received, what became of it, and what it would have billed. */

import type { RequestControls } from './controls.ts';
import type { Operation } from './routes.ts';

/** How long a prefix stays in the prompt cache after its last use. */
export type CacheTtl = '5m' | '1h';

/** Tokens written to the cache for one time to live. */
export interface CacheDetail {
  readonly ttl: CacheTtl;
  readonly inputTokens: number;
}

/** Tokens as Bedrock counts them; `inputTokens` are those beside the cache. */
export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Sum of all others. */
  readonly totalTokens: number;
  readonly cacheReadInputTokens: number;
  readonly cacheWriteInputTokens: number;
  /** The written ones by time to live, the longer first; absent when none were written. */
  readonly cacheDetails?: readonly CacheDetail[];
}

/** What was written, told as `cacheDetails`. Source: API Reference, "TokenUsage". */
export const cacheDetailsOf = (written: Readonly<Record<CacheTtl, number>>): Pick<Usage, 'cacheDetails'> => {
  const cacheDetails = (['1h', '5m'] as const)
    .map((ttl) => ({ ttl, inputTokens: written[ttl] }))
    .filter(({ inputTokens }) => inputTokens > 0);
  return cacheDetails.length > 0 ? { cacheDetails } : {};
};

/** Tokens of a usage that were written for a time to live. */
export const writtenFor = (ttl: CacheTtl, { cacheDetails = [] }: Partial<Usage>): number =>
  cacheDetails.find((detail) => detail.ttl === ttl)?.inputTokens ?? 0;

/** Usage of these parts, the total added up. */
export const usageOf = ({
  inputTokens = 0,
  outputTokens = 0,
  cacheReadInputTokens = 0,
  cacheWriteInputTokens = 0,
  cacheDetails,
}: Partial<Usage>): Usage => ({
  inputTokens,
  outputTokens,
  totalTokens: inputTokens + outputTokens + cacheReadInputTokens + cacheWriteInputTokens,
  cacheReadInputTokens,
  cacheWriteInputTokens,
  ...(cacheDetails !== undefined && { cacheDetails }),
});

const added = (one: Usage, other: Partial<Usage>): Usage =>
  usageOf({
    inputTokens: one.inputTokens + (other.inputTokens ?? 0),
    outputTokens: one.outputTokens + (other.outputTokens ?? 0),
    cacheReadInputTokens: one.cacheReadInputTokens + (other.cacheReadInputTokens ?? 0),
    cacheWriteInputTokens: one.cacheWriteInputTokens + (other.cacheWriteInputTokens ?? 0),
    ...cacheDetailsOf({
      '1h': writtenFor('1h', one) + writtenFor('1h', other),
      '5m': writtenFor('5m', one) + writtenFor('5m', other),
    }),
  });

/** A request and what became of it; the last three fields change while it is served. */
export interface ReceivedRequest {
  /** The id that it was answered under. */
  readonly requestId: string;
  readonly operation: Operation;
  readonly modelId: string;
  /** The parsed body; undefined when it is no JSON. */
  readonly body: unknown;
  /** What was asked of the service around the model. */
  readonly controls: RequestControls;
  readonly httpVersion: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Status of the answer; undefined while there is none. */
  readonly status: number | undefined;
  /** The client went away before the end. */
  readonly aborted: boolean;
  /** What was really read and written. */
  readonly billed: Usage;
}

/** A request, from the server's side. */
export type LogEntry = { -readonly [Key in keyof ReceivedRequest]: ReceivedRequest[Key] };

/** The last requests. */
export interface RequestLog {
  readonly requests: readonly ReceivedRequest[];
  /** Adds a request whose body had so many bytes. */
  add(request: Omit<ReceivedRequest, 'status' | 'aborted' | 'billed'>, bytes: number): LogEntry;
  bill(entry: LogEntry, usage: Partial<Usage>): void;
  billedTokens(): number;
}

const MAX_REQUESTS = 1000;
const MAX_BYTES = 64 * 1024 * 1024;

/** An empty log. The oldest requests leave it when there are too many, or their bodies are too large together. */
export const createRequestLog = (): RequestLog => {
  const requests: LogEntry[] = [];
  const sizes: number[] = [];
  let bytesKept = 0;
  let billedInAll = 0;
  return {
    requests,
    add: (request, bytes) => {
      const entry: LogEntry = { ...request, status: undefined, aborted: false, billed: usageOf({}) };
      requests.push(entry);
      sizes.push(bytes);
      bytesKept += bytes;
      while (requests.length > MAX_REQUESTS || (bytesKept > MAX_BYTES && requests.length > 1)) {
        requests.shift();
        bytesKept -= sizes.shift() ?? 0;
      }
      return entry;
    },
    bill: (entry, usage) => {
      entry.billed = added(entry.billed, usage);
      billedInAll += usageOf(usage).totalTokens;
    },
    billedTokens: () => billedInAll,
  };
};
