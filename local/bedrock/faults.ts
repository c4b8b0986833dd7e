/** Faults on demand: what the next matching requests meet in place of an answer, or on their way to it. */

import type { ReceivedRequest } from './request-log.ts';
import type { Operation } from './routes.ts';

/**
 * Ways in which an answer can be cut. In a stream over HTTP/2 the SDK takes `destroy`, `reset-cancel`, `socket` and
 * `end` for its end, without an error. Over HTTP/1.1 all but `end` and `half-frame` are the end of the socket.
 */
export const CUTS = [
  'destroy',
  'reset-internal-error',
  'reset-cancel',
  'reset-enhance-your-calm',
  'reset-refused',
  'socket',
  'goaway',
  'end',
  'half-frame',
] as const;

/** A way to cut an answer. */
export type Cut = (typeof CUTS)[number];

/** Where in a stream a fault strikes. */
interface WithinStream {
  /** Frames that are written before. @default 3 */
  readonly after?: number;
}

/** When to come again, as a service under load says it. The SDK reads either header; without both it is not told. */
interface RetryHint {
  /** Header `retry-after`, in seconds. */
  readonly retryAfterSeconds?: number;
  /** Header `x-amz-retry-after`, in milliseconds. */
  readonly retryAfterMs?: number;
}

/**
 * What goes wrong, and what is billed of it: the tokens that the model really read and wrote until then. Once a model is
 * at work its input is billed whole. A fault after more events than a stream has does not strike, and its use is spent.
 */
export type FaultKind =
  /** An error in place of the answer, with the status of its type or another one. Nothing is billed. */
  | ({ readonly kind: 'error'; readonly type: string; readonly status?: number } & RetryHint)
  /** The answer comes `ms` later. Billed as ever, and not at all when the client leaves in that time. */
  | { readonly kind: 'delay'; readonly ms: number }
  /**
   * No answer ever, and nothing is billed. With `after`, the model is at work: a stream stops without an end, and what
   * was written is billed; a whole answer is made, billed and never sent.
   */
  | ({ readonly kind: 'hang' } & WithinStream)
  /** The end of the connection in place of the answer. Nothing is billed. */
  | { readonly kind: 'connection-reset' }
  /** JSON that does not parse; of a stream, one event's, that event billed too. A whole answer is billed whole. */
  | ({ readonly kind: 'malformed-json' } & WithinStream)
  /** An error after some events of a stream, modelled or not. What was written is billed. Whole answers do not meet it. */
  | ({ readonly kind: 'mid-stream-exception'; readonly type: string } & WithinStream)
  /**
   * The answer ends before its end. A whole answer is billed whole, of a stream what was written: `half-frame` bills
   * the event whose half was written.
   */
  | ({ readonly kind: 'cut'; readonly cut: Cut } & WithinStream)
  /** `ms` pass before every frame of a stream. */
  | { readonly kind: 'slow-stream'; readonly ms: number };

/** A fault and the requests that it meets. */
export type Fault = FaultKind & {
  /** @default any */
  readonly operation?: Operation;
  /** @default any */
  readonly modelId?: string;
  /**
   * Asked once for every request that comes so far in the plan. The request is the live one: whoever keeps it reads
   * later what became of it, also when the log has forgotten it.
   *
   * @default any
   */
  readonly when?: (request: ReceivedRequest) => boolean;
  /** How likely a request that would meet it does, 0 to 1, by the server's `random`. @default 1 */
  readonly probability?: number;
  /** How many requests meet it, `Infinity` for all. @default 1 */
  readonly times?: number;
};

/** The faults that wait for their requests. A request meets the first that strikes it, in the order of `add`. */
export interface FaultPlan {
  /** @throws TypeError for a probability that is none. */
  add(fault: Fault): void;
  clear(): void;
}

/** A plan, from the server's side. */
export interface FaultSource extends FaultPlan {
  /** The first fault that meets a request, one use of it spent. */
  take(request: ReceivedRequest): Fault | undefined;
}

const meets = ({ operation, modelId, when }: Fault, request: ReceivedRequest): boolean =>
  (operation ?? request.operation) === request.operation &&
  (modelId ?? request.modelId) === request.modelId &&
  (when?.(request) ?? true);

/** An empty plan. `random` gives numbers from 0 to below 1. */
export const createFaultPlan = (random: () => number = Math.random): FaultSource => {
  let waiting: { readonly fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      const { probability = 1, times = 1 } = fault;
      if (!(probability >= 0 && probability <= 1)) throw new TypeError('fault: probability must be from 0 to 1');
      waiting.push({ fault, left: times });
    },
    clear: () => {
      waiting = [];
    },
    take: (request) => {
      const match = waiting.find(({ fault }) => meets(fault, request) && random() < (fault.probability ?? 1));
      if (match === undefined) return undefined;
      match.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      return match.fault;
    },
  };
};
