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

/** What goes wrong. */
export type FaultKind =
  /** An error in place of the answer, with the status of its type or another one. Nothing is billed. */
  | { readonly kind: 'error'; readonly type: string; readonly status?: number }
  /** The answer comes `ms` later. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** No answer ever; with `after`, a stream that stops without an end. */
  | ({ readonly kind: 'hang' } & WithinStream)
  /** The end of the connection in place of the answer. Nothing is billed. */
  | { readonly kind: 'connection-reset' }
  /** JSON that does not parse; of a stream, one event's. A whole answer is billed, of a stream what was written. */
  | ({ readonly kind: 'malformed-json' } & WithinStream)
  /** An error after some events of a stream, modelled or not. What was written until then is billed. */
  | ({ readonly kind: 'mid-stream-exception'; readonly type: string } & WithinStream)
  /** The answer ends before its end. A whole answer is billed, of a stream what was written. */
  | ({ readonly kind: 'cut'; readonly cut: Cut } & WithinStream)
  /** `ms` pass before every frame of a stream. */
  | { readonly kind: 'slow-stream'; readonly ms: number };

/** A fault and the requests that it meets. */
export type Fault = FaultKind & {
  /** @default any */
  readonly operation?: Operation;
  /** @default any */
  readonly modelId?: string;
  /** @default any */
  readonly when?: (request: ReceivedRequest) => boolean;
  /** How many requests meet it, `Infinity` for all. @default 1 */
  readonly times?: number;
};

/** The faults that wait for their requests. */
export interface FaultPlan {
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

/** An empty plan. */
export const createFaultPlan = (): FaultSource => {
  let waiting: { readonly fault: Fault; left: number }[] = [];
  return {
    add: (fault) => {
      waiting.push({ fault, left: fault.times ?? 1 });
    },
    clear: () => {
      waiting = [];
    },
    take: (request) => {
      const match = waiting.find(({ fault }) => meets(fault, request));
      if (match === undefined) return undefined;
      match.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      return match.fault;
    },
  };
};
