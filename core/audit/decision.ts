/** What controls decide about a request, and what becomes of its calls to models: the parts of a record. */

import type { DataAction, DataLevel } from '../classification/levels.ts';
import type { ErrorCode } from '../errors.ts';
import type { DeepVerdict } from '../injection/deep-tier.ts';
import type { HeldBack } from '../injection/types.ts';

/** What a control decided. Rule ids, scores and reasons are the kit's own words; there is no content in it. */
export interface Decision {
  /** The control, by the name of its middleware, e.g. `injection-screen`. */
  readonly control: string;
  readonly verdict: 'allow' | 'flag' | 'deny' | 'redact';
  /** The error that a denial ends the request with, or would end it with in monitor mode. */
  readonly code?: ErrorCode;
  readonly rules?: readonly RuleScore[];
  /** A budget name, a channel, or a class of refusal or failure. */
  readonly reason?: string;
  /** Injection screening: what was found and let pass, and what let it. */
  readonly heldBack?: HeldBack;
  /** Injection screening: what the deep tier said of a flagged text. */
  readonly deep?: DeepVerdict;
  /** A failure of Bedrock: what is known of it. */
  readonly upstream?: UpstreamTrace;
}

/** A failure of Bedrock, as AWS's support wants to know it. */
export interface UpstreamTrace {
  /** Attempts that were made, the first included. */
  readonly attempts: number;
  /** The service's own id of the last one, where it gave one. */
  readonly requestId?: string;
}

/** A rule and how sure it is, 0..1. */
export interface RuleScore {
  readonly rule: string;
  readonly score: number;
}

/** Values of one kind that were replaced. */
export interface Redacted {
  readonly count: number;
  /** The surest of them. */
  readonly score: number;
}

/** What the data of one request was, and what became of it on its way to a model. */
export interface DataClass {
  /** The highest level of its calls. */
  readonly level: DataLevel;
  /** What was decided of it: the strictest decision. In monitor mode, what would have been done. */
  readonly action: DataAction;
}

/** What a call was charged by: what Bedrock said that it used, its upper bound, or nothing, since no model ran. */
export type ChargeBasis = 'usage' | 'bound' | 'free';

/** Tokens as Bedrock counts them: `input` are those beside the cache. */
export interface UsedTokens {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
}

/** One call to a model, attempts included. */
export interface CallRecord {
  /** The model or profile, where the policy's allowlist names it. */
  readonly model?: string;
  /** Bedrock's own ids of its attempts, oldest first, at most {@link MAX_UPSTREAM_IDS}. */
  readonly requestIds: readonly string[];
  /** Attempts that were made, the first included. */
  readonly attempts: number;
  readonly basis: ChargeBasis;
  /** Tokens that Bedrock said its last attempt used, where it said so. */
  readonly usage?: UsedTokens;
  /** Tokens charged, those of attempts that nobody knows the outcome of at their bound. */
  readonly chargedTokens: number;
  /** USD charged, where the model's price is known. */
  readonly chargedUsd?: number;
  /** Milliseconds until its end, retries included. */
  readonly ms: number;
}

/** Most ids of attempts that one call keeps. */
export const MAX_UPSTREAM_IDS = 5;

/** Most calls that one record keeps; the metric `ModelCalls` counts them all. */
export const MAX_CALLS = 50;
