/** Until when an invocation may do what, from what Lambda and the front door allow. */

import type { Context } from 'aws-lambda';
import { within } from '../aws/within.ts';
import { BulwarkError } from '../core/errors.ts';
import type { EventSource } from './http-event.ts';

/** Times of an invocation, milliseconds since the epoch. Without a limit, `undefined`. */
export interface InvocationTimes {
  /** When the answer must be ready: calls to Bedrock are aborted then, so that there is time to settle and redact. */
  readonly deadline: number | undefined;
  /** When the answer must have left. */
  readonly answerBy: number | undefined;
}

/** Time kept back at the end of an invocation to settle, redact and answer, in milliseconds. */
const SETTLE_RESERVE_MS = 1500;

/** Time kept back of that to write the answer, in milliseconds. */
const ANSWER_RESERVE_MS = 300;

/** Longest that a front door waits for a buffered answer, in milliseconds. Source: API Gateway quotas. */
const FRONT_DOOR_MS: Readonly<Partial<Record<EventSource, number>>> = { 'rest-v1': 29_000, 'http-v2': 30_000 };

/** The times of an invocation that begins now. Of a short one, a quarter is kept back at most. */
export const timesOf = (source: EventSource, context: Context, streamed: boolean): InvocationTimes => {
  const frontDoor = streamed ? Number.POSITIVE_INFINITY : (FRONT_DOOR_MS[source] ?? Number.POSITIVE_INFINITY);
  const remaining = Math.min(context.getRemainingTimeInMillis?.() ?? Number.POSITIVE_INFINITY, frontDoor);
  if (!Number.isFinite(remaining)) return { deadline: undefined, answerBy: undefined };
  const end = Date.now() + remaining;
  const reserve = Math.min(SETTLE_RESERVE_MS, remaining / 4);
  return { deadline: end - reserve, answerBy: end - reserve * (ANSWER_RESERVE_MS / SETTLE_RESERVE_MS) };
};

/**
 * What a handler answers, as long as there is time left to settle and to say so: between the deadline, at which its calls
 * to Bedrock are aborted, and the time at which the answer must leave.
 *
 * @throws BulwarkError `upstream_timeout` when the time is over first; what `work` throws.
 */
export const untilAnswer = async <T>(
  { deadline, answerBy }: Pick<InvocationTimes, 'deadline' | 'answerBy'>,
  work: T | Promise<T>,
): Promise<T> => {
  if (deadline === undefined || answerBy === undefined) return work;
  const left = (deadline + answerBy) / 2 - Date.now();
  return within(Promise.resolve(work), left, () => new BulwarkError('upstream_timeout', { reason: 'handler' }));
};
