/** What `runTools` takes and gives. */

import type {
  BedrockRuntimeClient,
  ConverseCommandInput,
  Message,
  StopReason,
  ToolSpecification,
} from '@aws-sdk/client-bedrock-runtime';
import type { Caller } from '../../../core/caller.ts';
import type { MediaPolicy } from '../../../core/converse/media.ts';
import type { PriceList } from '../../../core/quota/index.ts';

/** What a tool learns of its call. */
export interface ToolContext {
  /** Aborts when the tool's time is over, and when the loop ends. */
  readonly signal: AbortSignal;
  /** Names this call, for whoever must not do a thing twice. */
  readonly toolUseId: string;
  /** Who the request comes from; `undefined` outside a guarded handler. What a tool may touch depends on it, never on `args`. */
  readonly caller: Caller | undefined;
}

/** A tool, and what runs when the model calls it. */
export interface RunnableTool {
  /** What the model is told of it, as the Converse API has it, but for the name. */
  readonly spec: Omit<ToolSpecification, 'name'>;
  /**
   * Runs a call. `args` are a copy of what the model wrote, as the policy's schema for the tool admits it.
   *
   * @returns A text, blocks of a tool result, or a value that is told as JSON.
   * @throws Whatever it likes: the model reads a fixed sentence. A BulwarkError ends the loop, and passes.
   */
  run(args: unknown, context: ToolContext): unknown;
}

/** Bounds of a loop. Passing one ends it with `loop_limit_reached`. */
export interface RunToolsLimits {
  /** Calls of the model. @default 8 */
  readonly turns?: number;
  /** Calls of tools. @default 32 */
  readonly calls?: number;
  /** Milliseconds. @default what is left until the invocation's deadline, less a reserve; 120,000 where there is none */
  readonly timeMs?: number;
  /** Tokens that all calls of the model read and write. @default no bound beside the budgets of the policy */
  readonly tokens?: number;
  /** USD micro-units (1 USD = 1,000,000). @default no bound beside the budgets of the policy */
  readonly usdMicros?: number;
  /** UTF-16 units of one tool result; the rest is left out. @default 20,000 */
  readonly resultUnits?: number;
  /** Milliseconds of one tool; then the model is told so, and the loop goes on. @default 10,000 */
  readonly toolTimeMs?: number;
}

/** A tool that failed, for whoever writes it to a log of their own. */
export interface ToolFailure {
  readonly name: string;
  readonly toolUseId: string;
  /** What the tool threw; `undefined` when it took too long. It may hold whatever the tool has read. */
  readonly error: unknown;
}

/** Options of `runTools`. */
export interface RunToolsOptions {
  /** A guarded client, or `context.bedrock`. */
  readonly bedrock: Pick<BedrockRuntimeClient, 'send'>;
  /** The first call, without tools. It is never changed. */
  readonly input: ConverseCommandInput;
  /** Tools by the name that the model calls them by. */
  readonly tools: Readonly<Record<string, RunnableTool>>;
  readonly limits?: RunToolsLimits;
  /** Ends the loop: it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Calls of one turn that run at once. @default 1, one after the other */
  readonly parallel?: number;
  /** Prices for `usdMicros`, over those that the kit brings. @default those of the policy */
  readonly prices?: PriceList;
  /**
   * Most tokens of images and other media, for `tokens` and `usdMicros`: media that have no such bound pass no limit.
   * @default those of the policy, or of the guarded client
   */
  readonly media?: MediaPolicy;
  /**
   * Models that the client may call in place of another, by that one: money is counted at the dearest of them.
   * @default those of the policy, or of the guarded client
   */
  readonly fallbacks?: Readonly<Record<string, readonly string[]>>;
  /** Told of a tool that failed. What it throws is not heard. @default nobody */
  readonly onToolFailure?: (failure: ToolFailure) => void;
}

/** Tokens of all calls of the model. */
export interface LoopUsage {
  /** Caches included. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
}

/** How a loop ended. */
export interface RunToolsResult {
  /** The model's last turn. */
  readonly message: Message;
  /** The whole conversation: that of the input, every turn since, the last one included. */
  readonly messages: readonly Message[];
  /** Calls of the model. */
  readonly turns: number;
  /** Calls of tools. */
  readonly calls: number;
  readonly usage: LoopUsage;
  /** Why the model stopped: one that is none of `end_turn` and `stop_sequence` means that the last turn is not whole. */
  readonly stopReason: StopReason;
}
