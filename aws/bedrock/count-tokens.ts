/**
 * The number of tokens of a request, as Bedrock itself counts them: exact where the bytes are a coarse bound, free of
 * charge, and one more round trip.
 * Source: https://docs.aws.amazon.com/bedrock/latest/userguide/count-tokens.html
 */

import { createHash } from 'node:crypto';
import type {
  BedrockRuntimeClient,
  ConverseTokensRequest,
  CountTokensCommandInput,
} from '@aws-sdk/client-bedrock-runtime';
import { remember } from '../../core/bounded-map.ts';
import type { ConverseInput } from '../../core/converse/types.ts';
import { within } from '../within.ts';
import { foundationModelId } from './model-id.ts';
import { snapshotOf } from './snapshot.ts';

/** Longest wait for a count, in milliseconds. */
const PATIENCE_MS = 1000;

/** Counts that are remembered: an agent's loop sends the same turns again. */
const MOST_COUNTS = 500;

/** Models that are remembered not to count. */
const MOST_MODELS = 256;

/** How long a model is not asked again that cannot count, or may not be asked, in milliseconds. */
const REFUSED_MS = 600_000;

/** How long nobody waits again for a model whose count failed otherwise, in milliseconds. */
const FAILED_MS = 10_000;

/**
 * What is added to a count, tokens: AWS says that a call is charged for as many as were counted; a part in 64 and 64 more
 * leave room for what a model's template adds.
 */
const withMargin = (tokens: number): number => tokens + Math.ceil(tokens / 64) + 64;

/** Counts the tokens of requests. */
export interface TokenCounter {
  /** Whether a guarded client sees a request of the counter's own. */
  sends(input: unknown): boolean;
  /** Tokens that `input` is read as, margin included; `undefined` where no count can be had. Never throws. */
  count(input: ConverseInput, signal?: AbortSignal): Promise<number | undefined>;
}

/** What a counter works with. */
export interface TokenCounterOptions {
  readonly client: Pick<BedrockRuntimeClient, 'send'>;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
  /** Longest wait for a count, in milliseconds. @default 1000 */
  readonly patienceMs?: number;
}

/** `The provided model doesn't support counting tokens.`: of the model, whatever was to be counted. */
const NOT_THIS_MODEL = /^The provided model\b/;

/** How long a model is not asked after `error`: what a caller sent must not keep it from counting for others. */
const pauseAfter = ({ name, message }: Error): number => {
  if (name === 'ValidationException') return NOT_THIS_MODEL.test(message) ? REFUSED_MS : 0;
  return name === 'AccessDeniedException' || name === 'ResourceNotFoundException' ? REFUSED_MS : FAILED_MS;
};

/** A counter that asks through `client`. */
export const createTokenCounter = (options: TokenCounterOptions): TokenCounter => {
  const { client, now = Date.now, patienceMs = PATIENCE_MS } = options;
  const own = new WeakSet<object>();
  const counts = new Map<string, number>();
  const askAgainAt = new Map<string, number>();

  const ask = async (input: CountTokensCommandInput, signal: AbortSignal | undefined): Promise<number | undefined> => {
    // Loaded when it is first needed: whoever imports a middleware alone does without the SDK.
    const { CountTokensCommand } = await import('./count-tokens-command.ts');
    const aborter = new AbortController();
    const abortSignal = signal === undefined ? aborter.signal : AbortSignal.any([aborter.signal, signal]);
    // What the call itself will be sent as stays with the kit: middlewares see a copy.
    const command = new CountTokensCommand(snapshotOf(input));
    own.add(command.input);
    try {
      const answer = client.send(command, { abortSignal });
      return (await within(answer, patienceMs, () => new Error('CountTokens takes too long'))).inputTokens;
    } catch (error) {
      remember(askAgainAt, input.modelId ?? '', now() + pauseAfter(error as Error), MOST_MODELS);
      return undefined;
    } finally {
      own.delete(command.input);
      aborter.abort();
    }
  };

  const countOf = async (input: ConverseInput, signal: AbortSignal | undefined): Promise<number | undefined> => {
    const modelId = foundationModelId(input.modelId ?? '');
    if (now() < (askAgainAt.get(modelId) ?? 0)) return undefined;
    const { system, messages, toolConfig } = input;
    const converse = { system, messages, toolConfig } as ConverseTokensRequest;
    const key = createHash('sha256')
      .update(JSON.stringify([modelId, converse]))
      .digest('base64');
    const tokens = counts.get(key) ?? (await ask({ modelId, input: { converse } }, signal));
    if (tokens === undefined || !Number.isSafeInteger(tokens) || tokens <= 0) return undefined;
    remember(counts, key, tokens, MOST_COUNTS);
    return withMargin(tokens);
  };

  return {
    sends: (input) => typeof input === 'object' && input !== null && own.has(input),
    count: (input, signal) => countOf(input, signal).catch(() => undefined),
  };
};
