/** What belongs to one attempt of a guarded client while the SDK sends it: the client is shared, the attempt is not. */

import { AsyncLocalStorage } from 'node:async_hooks';

/** A request as it was serialised: what of it must not change any more. */
export interface SealedRequest {
  readonly method: string | undefined;
  readonly hostname: string | undefined;
  readonly port: number | undefined;
  readonly path: string | undefined;
  /** As JSON. */
  readonly query: string;
  /** Headers that are parameters of Bedrock, as JSON. */
  readonly parameters: string;
  /** A copy, where it is bytes. */
  readonly body: unknown;
}

/** One attempt on its way. */
export interface Sending {
  /** Aborts the request on the wire, and the stream that answers it. */
  readonly signal: AbortSignal;
  /** What has passed the checks: nothing else is serialised. Set where the SDK takes it over. */
  input?: unknown;
  /** What the SDK's middlewares have in its place: whatever they make of it, it is not sent. */
  shown?: unknown;
  /** The same, serialised: nothing else is sent. Set where that has happened. */
  request?: SealedRequest;
  /** Whether it went out: one attempt is one request. */
  sent?: boolean;
  /** Whether Bedrock has begun an answer that is no error: then a model has run. Set where the answer arrives. */
  answered: boolean;
}

const storage = new AsyncLocalStorage<Sending>();

/** Runs the SDK's part of a call so that {@link currentSending} finds `sending` in it. */
export const runSending = <T>(sending: Sending, send: () => Promise<T>): Promise<T> => storage.run(sending, send);

/** Runs `work` outside of any attempt: see `runOutsideScope`. */
export const runOutsideSending = <T>(work: () => T): T => storage.run(undefined as never, work);

/** The attempt that the SDK is making, if it is one of a guarded call. */
export const currentSending = (): Sending | undefined => storage.getStore();
