/** Faults on demand: what the next matching requests meet in place of an answer, or on their way to it. */

import type { ErrorType } from './errors.ts';

/** Ways in which a stream can be cut; which of them the SDK notices is the SDK's affair. */
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

/** A way to cut a stream. */
export type Cut = (typeof CUTS)[number];

/** What goes wrong. */
export type FaultKind =
  | { readonly kind: 'error'; readonly type: ErrorType }
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'hang' }
  | { readonly kind: 'connection-reset' }
  | { readonly kind: 'malformed-json' }
  | { readonly kind: 'mid-stream-exception'; readonly type: ErrorType }
  | { readonly kind: 'cut'; readonly cut: Cut }
  | { readonly kind: 'slow-stream'; readonly ms: number };

/** A fault and the requests that it meets. */
export type Fault = FaultKind & {
  /** @default any */
  readonly operation?: string;
  /** @default any */
  readonly modelId?: string;
  /** How many requests meet it. @default 1 */
  readonly times?: number;
};

/** The faults that wait for their requests. */
export interface FaultPlan {
  add(fault: Fault): void;
  clear(): void;
  /** The fault for a request, one use of it spent. */
  take(operation: string, modelId: string): Fault | undefined;
}

/** An empty plan. */
export const createFaultPlan = (): FaultPlan => {
  let waiting: { fault: Fault; left: number }[] = [];
  return {
    add: (fault) => waiting.push({ fault, left: fault.times ?? 1 }),
    clear: () => {
      waiting = [];
    },
    take(operation, modelId) {
      const match = waiting.find(
        ({ fault }) => (fault.operation ?? operation) === operation && (fault.modelId ?? modelId) === modelId,
      );
      if (match === undefined) return undefined;
      match.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      return match.fault;
    },
  };
};
