/**
 * The contract of redaction's deep tier: a slower judge that knows names, addresses and topics, which no pattern finds. It
 * reads what the redactor has been over, so that no secret goes to it.
 */

import { checkOptions, integer, type OptionCheck, object, oneOf } from '../options.ts';
import { unlessAborted } from '../unless-aborted.ts';
import type { Finding } from './types.ts';
import { MAX_WINDOW, MIN_WINDOW } from './windows.ts';

/** What is private in a text; `blocked`: it must not be passed on; `unknown`: it could not be judged in time, or at all. */
export type DeepRedactionVerdict = readonly Finding[] | 'blocked' | 'unknown';

/** Judges texts. Keeps its own time limit and budget; never throws. */
export interface DeepRedaction {
  judge(text: string, options?: { readonly signal?: AbortSignal | undefined }): Promise<DeepRedactionVerdict>;
}

/** What becomes of a text that the deep tier could not judge. */
export type DeepRedactionFailureMode = 'pass' | 'block';

/** Options of a policy's redaction that are about its deep tier. See `docs/deep-tier.md`. */
export interface DeepRedactionOptions {
  /** Asked about the texts of every reply, after the redactor and before any of it is passed on. @default none */
  readonly deep?: DeepRedaction;
  /** What becomes of a text that could not be judged: it goes on as it is, or the reply is withheld. @default 'block' */
  readonly onDeepFailure?: DeepRedactionFailureMode;
  /** Text of a streamed reply that is judged at once, in UTF-16 units, 400 to 24,000. @default 600 */
  readonly windowUnits?: number;
  /** Longest wait for a window to be full, in milliseconds. @default 1000 */
  readonly windowMs?: number;
  /** Windows that are judged at once; beyond that the reply waits. @default 3 */
  readonly windowsInFlight?: number;
}

/** The options with their defaults. */
export type DeepRedactionRules = Required<DeepRedactionOptions>;

const deepRedaction: OptionCheck = (value) =>
  object(value) === undefined && typeof (value as DeepRedaction).judge === 'function'
    ? undefined
    : 'a deep tier of redaction';

const windowSize: OptionCheck = (value) =>
  Number.isSafeInteger(value) && (value as number) >= MIN_WINDOW && (value as number) <= MAX_WINDOW
    ? undefined
    : `an integer from ${MIN_WINDOW} to ${MAX_WINDOW}`;

/** How the options of {@link DeepRedactionOptions} are checked. */
export const DEEP_REDACTION_CHECKS: Readonly<Record<keyof DeepRedactionOptions, OptionCheck>> = {
  deep: deepRedaction,
  onDeepFailure: oneOf('pass', 'block'),
  windowUnits: windowSize,
  windowMs: integer(1),
  windowsInFlight: integer(1),
};

/** Options as they are given: one that is undefined is absent. */
type Given = { readonly [Name in keyof DeepRedactionOptions]?: DeepRedactionOptions[Name] | undefined };

/**
 * The rules that options come to; `undefined` without a deep tier.
 *
 * @throws TypeError for an unknown or invalid option.
 */
export const deepRedactionOf = (owner: string, options: Given): DeepRedactionRules | undefined => {
  checkOptions(owner, options, DEEP_REDACTION_CHECKS);
  const { deep, onDeepFailure = 'block', windowUnits = 600, windowMs = 1000, windowsInFlight = 3 } = options;
  return deep && { deep, onDeepFailure, windowUnits, windowMs, windowsInFlight };
};

const ENTITY = /^[A-Z][A-Z0-9_]{0,63}$/; // PERSON

const isFinding = (value: Finding, length: number): boolean =>
  ENTITY.test(value?.entity) &&
  Number.isSafeInteger(value.start) &&
  Number.isSafeInteger(value.end) &&
  value.start >= 0 &&
  value.start < value.end &&
  value.end <= length;

/** What a deep tier says of a text. Never throws, and does not wait beyond the signal. What is no verdict is `unknown`. */
export const askDeepRedaction = async (
  deep: DeepRedaction,
  text: string,
  signal: AbortSignal | undefined,
): Promise<DeepRedactionVerdict> => {
  if (signal?.aborted) return 'unknown';
  try {
    const verdict = await unlessAborted(deep.judge(text, { signal }), signal);
    if (verdict === 'blocked') return verdict;
    return Array.isArray(verdict) && verdict.every((finding) => isFinding(finding, text.length)) ? verdict : 'unknown';
  } catch {
    return 'unknown';
  }
};
