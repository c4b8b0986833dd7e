/** Lines into a log group of their own, in bounded time and memory, whatever CloudWatch Logs does. */

import { randomUUID } from 'node:crypto';
import type { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { callable, checkOptions, integer, object, text } from '../../core/options.ts';
import { type Breaker, createBreaker } from '../../core/retry/breaker.ts';
import { runOutsideScope } from '../invocation-scope.ts';
import { within } from '../within.ts';
import type { LogStreamWriter } from './logs-client.ts';

/** Options of {@link createLogGroupSink}. */
export interface LogGroupSinkOptions {
  /** Name of a log group that is there. */
  readonly logGroup: string;
  /** @default one of its own, loaded when the sink is made; it should make one attempt a command */
  readonly client?: CloudWatchLogsClient | undefined;
  /** Longest that one line is waited for, in milliseconds. @default 1000 */
  readonly timeoutMs?: number;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
}

/** A log group that lines are written to. */
export interface LogGroupSink {
  /** Whether the group takes lines, as far as is known; asks it where it is not. @param until Milliseconds since the epoch. */
  ready(until?: number): Promise<boolean>;
  /**
   * Writes a line.
   *
   * @param until When it is given up, milliseconds since the epoch, if that comes before its own time is over.
   * @returns Whether it is there. Where it is `false`, the line may still come to be there: nobody can tell.
   */
  write(line: string, until?: number): Promise<boolean>;
}

/** Quotas of PutLogEvents. Source: CloudWatch Logs API reference: bytes of a batch, and what each event counts beside its own. */
const MAX_BATCH_BYTES = 1_048_576;
const EVENT_OVERHEAD = 26;
/** Lines that go together; lines that wait, and their bytes. */
const MAX_BATCH = 100;
const MAX_WAITING = 1000;
const MAX_WAITING_BYTES = 8 * MAX_BATCH_BYTES;

const TIMEOUT_MS = 1000;
const ATTEMPTS = 2;
/** Part of the time that is left which an attempt may take, when there is another one. */
const FIRST_SHARE = 0.6;

/** After so many failures in a row the group is left alone for a while: requests must not wait for it, each for itself. */
const BREAKER = { failures: 3, spanMs: 0, openMs: 5000, maxOpenMs: 60_000 };

interface Waiting {
  readonly message: string;
  readonly timestamp: number;
  readonly bytes: number;
  readonly until: number;
  readonly done: (isThere: boolean) => void;
}

const CHECKS = { logGroup: text(), client: object, timeoutMs: integer(1), now: callable };

/** Takes a batch off the front of what waits. */
const takeBatch = (waiting: Waiting[]): Waiting[] => {
  let bytes = 0;
  let count = 0;
  for (const entry of waiting) {
    bytes += entry.bytes;
    if (count === MAX_BATCH || bytes > MAX_BATCH_BYTES) break;
    count += 1;
  }
  return waiting.splice(0, count).sort((one, other) => one.timestamp - other.timestamp);
};

/** @throws Error where none of the lines was taken: the group takes none, whatever its status says. */
const putting = async (
  writer: LogStreamWriter,
  events: Parameters<LogStreamWriter['put']>[0],
  signal: AbortSignal,
): Promise<ReadonlySet<number>> => {
  const rejected = await writer.put(events, signal);
  if (rejected.size === events.length) throw new Error('no line was taken');
  return rejected;
};

/** The stream of this process: its name says when it began, and not whose it is. */
const streamName = (at: number): string =>
  `${new Date(at).toISOString().slice(0, 10).replaceAll('-', '/')}/${randomUUID()}`;

/**
 * A sink. Its stream is made with the first line; lines of requests that overlap go together. A failed attempt is repeated
 * once, where there is time.
 *
 * @throws TypeError for an unknown or invalid option.
 */
export const createLogGroupSink = (options: LogGroupSinkOptions): LogGroupSink => {
  checkOptions('createLogGroupSink', options, CHECKS);
  const { logGroup, timeoutMs = TIMEOUT_MS, now = Date.now } = options;
  const breaker: Breaker = createBreaker({ ...BREAKER, now });
  const waiting: Waiting[] = [];
  let writing = false;
  let created = false;
  let isHealthy = false;
  let waitingBytes = 0;

  // Loaded while the function starts, and by nobody who has no sink.
  const loading = import('./logs-client.ts').then(({ createLogsClient, createLogStreamWriter, isMissing }) => ({
    isMissing,
    writer: createLogStreamWriter(options.client ?? createLogsClient(), logGroup, streamName(now())),
  }));
  loading.catch(() => {});

  /**
   * Runs `work` until it succeeds, twice at most, each time with a part of what time is left. Without `work` it makes the
   * stream only, which does not prove that the group takes lines: what the breaker knows of that, it keeps.
   */
  const attempted = async <T>(
    until: number,
    work?: (writer: LogStreamWriter, signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> => {
    const leave = breaker.enter();
    if (!leave.granted) return undefined;
    const { writer, isMissing } = await loading;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const left = until - now();
      if (left <= 0) break;
      const ms = Math.ceil(attempt < ATTEMPTS ? left * FIRST_SHARE : left);
      const signal = AbortSignal.timeout(ms);
      // Not every client hears a signal at once: one that does not must not keep the lines of others waiting.
      const inTime = <R>(call: () => Promise<R>): Promise<R> =>
        within(runOutsideScope(call), ms, () => new Error('too late'));
      try {
        if (!created) await inTime(() => writer.create(signal));
        created = true;
        const result = work && (await inTime(() => work(writer, signal)));
        if (work === undefined) leave.left();
        else leave.succeeded();
        isHealthy = true;
        return result;
      } catch (error) {
        if (isMissing(error)) created = false;
      }
    }
    leave.failed();
    isHealthy = false;
    return undefined;
  };

  const put = async (batch: readonly Waiting[]): Promise<void> => {
    const events = batch.map(({ message, timestamp }) => ({ message, timestamp }));
    const until = Math.max(...batch.map((entry) => entry.until));
    const rejected = await attempted(until, (writer, signal) => putting(writer, events, signal)).catch(() => undefined);
    for (const [index, { done }] of batch.entries()) done(rejected?.has(index) === false);
  };

  const writeAll = async (): Promise<void> => {
    if (writing) return;
    writing = true;
    while (waiting.length > 0) {
      const batch = takeBatch(waiting);
      for (const { bytes } of batch) waitingBytes -= bytes;
      await put(batch);
    }
    writing = false;
  };

  const deadline = (until = Number.POSITIVE_INFINITY): number => Math.min(until, now() + timeoutMs);

  return {
    async ready(until) {
      if (isHealthy) return true;
      created = false;
      const end = deadline(until);
      return within(attempted(end), end - now(), () => new Error('too late')).then(
        () => isHealthy,
        () => false,
      );
    },
    async write(line, until) {
      const bytes = Buffer.byteLength(line) + EVENT_OVERHEAD;
      if (bytes > MAX_BATCH_BYTES || waiting.length >= MAX_WAITING) return false;
      if (waitingBytes + bytes > MAX_WAITING_BYTES) return false;
      waitingBytes += bytes;
      const end = deadline(until);
      const written = new Promise<boolean>((done) => {
        waiting.push({ message: line, timestamp: now(), bytes, until: end, done });
      });
      void writeAll();
      return within(written, end - now(), () => new Error('too late')).catch(() => false);
    },
  };
};
