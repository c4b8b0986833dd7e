/**
 * Time of a process of its own: `Date`, `performance.now`, timers and `Math.random` are replaced for everything that runs
 * in it, so that records, metrics, quota windows, waits and breakers follow a clock that goes as fast as work is done.
 */

import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers';
import timersPromises from 'node:timers/promises';
import type { Random } from '../../../training/random.ts';

/** Drives the time of this process. */
export interface VirtualTime {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Sets the clock, and forgets every timer. */
  restart(at: number, random: Random): void;
  /** Calls `work` when the clock comes to `at`. */
  at(at: number, work: () => void): void;
  /** Runs everything that is due until `end`, in its order, and leaves the clock there. */
  runUntil(end: number): Promise<void>;
  /** Runs on, beyond any end, until nothing is waited for, or until `end`. */
  settle(end: number): Promise<void>;
}

interface Timer {
  at: number;
  readonly order: number;
  readonly work: () => void;
  readonly everyMs: number | undefined;
}

/** A heap by time, then by the order in which timers were set. */
const createQueue = () => {
  const heap: Timer[] = [];
  const before = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b] as Timer, heap[a] as Timer];
  };
  return {
    get first() {
      return heap[0];
    },
    clear: () => heap.splice(0),
    push(timer: Timer): void {
      let at = heap.push(timer) - 1;
      for (let up = (at - 1) >> 1; at > 0 && before(heap[at] as Timer, heap[up] as Timer); up = (at - 1) >> 1) {
        swap(at, up);
        at = up;
      }
    },
    pop(): Timer | undefined {
      const [first] = heap;
      const last = heap.pop();
      if (last === undefined || heap.length === 0) return first;
      heap[0] = last;
      for (let at = 0; ; ) {
        const left = 2 * at + 1;
        if (left >= heap.length) return first;
        const right = left + 1;
        const least = right < heap.length && before(heap[right] as Timer, heap[left] as Timer) ? right : left;
        if (!before(heap[least] as Timer, heap[at] as Timer)) return first;
        swap(at, least);
        at = least;
      }
    },
  };
};

const RealDate = Date;

/** Turns of the event loop after each event: what it set going without a timer has come to rest then. */
const TURNS = 2;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * Replaces the time of this process. Sockets and threads do not follow it: what runs here must do without.
 *
 * @param start Milliseconds since the epoch.
 */
export const installVirtualTime = (start: number): VirtualTime => {
  let now = start;
  let orders = 0;
  const queue = createQueue();
  const cancelled = new WeakSet<Timer>();

  const schedule = (work: () => void, at: number, everyMs?: number): Timer => {
    orders += 1;
    const timer = { at, order: orders, work, everyMs };
    queue.push(timer);
    return timer;
  };

  /** What Node gives for a timer, as far as anybody asks for it. */
  const handleOf = (timer: Timer): object => {
    const handle: Record<string, unknown> = { timer };
    for (const name of ['ref', 'unref', 'refresh']) handle[name] = () => handle;
    handle['hasRef'] = () => false;
    return handle;
  };
  const clear = (handle?: { readonly timer?: Timer }): void => {
    if (handle?.timer !== undefined) cancelled.add(handle.timer);
  };
  const set = (work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): object =>
    handleOf(schedule(() => work(...args), now + Math.max(1, ms)));
  const setEvery = (work: (...args: unknown[]) => void, ms = 0, ...args: unknown[]): object =>
    handleOf(schedule(() => work(...args), now + Math.max(1, ms), Math.max(1, ms)));
  const wait = (ms = 0, value?: unknown, { signal }: { readonly signal?: AbortSignal } = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const timer = schedule(() => resolve(value), now + Math.max(1, ms));
      signal?.addEventListener('abort', () => {
        cancelled.add(timer);
        reject(signal.reason);
      });
    });

  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now] : args, newTarget),
    apply: () => new RealDate(now).toString(),
    get: (target, name, receiver) => (name === 'now' ? () => now : Reflect.get(target, name, receiver)),
  });
  performance.now = () => now - start;
  for (const home of [globalThis, timers] as unknown as Record<string, unknown>[])
    Object.assign(home, { setTimeout: set, clearTimeout: clear, setInterval: setEvery, clearInterval: clear });
  Object.assign(timersPromises, { setTimeout: wait });
  syncBuiltinESMExports();

  const fire = async (timer: Timer): Promise<void> => {
    if (cancelled.has(timer)) return;
    now = Math.max(now, timer.at);
    timer.work();
    for (let turns = 0; turns < TURNS; turns++) await turn();
    if (timer.everyMs !== undefined && !cancelled.has(timer))
      queue.push(Object.assign(timer, { at: now + timer.everyMs }));
  };
  const fireUntil = async (end: number): Promise<void> => {
    for (let { first } = queue; first !== undefined && first.at <= end; { first } = queue) {
      queue.pop();
      await fire(first);
    }
  };

  return {
    now: () => now,
    restart(at, random) {
      queue.clear();
      now = at;
      Math.random = random;
    },
    at: (at, work) => void schedule(work, at),
    async runUntil(end) {
      await fireUntil(end);
      now = Math.max(now, end);
    },
    settle: fireUntil,
  };
};
