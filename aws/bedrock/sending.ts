/** What belongs to one call of a guarded client while the SDK sends it: the client is shared, the call is not. */

import { AsyncLocalStorage } from 'node:async_hooks';

/** One call on its way. */
export interface Sending {
  /** Aborts the request on the wire, and the stream that answers it. */
  readonly signal: AbortSignal;
  /** Holds the cost of one more attempt, or throws when it does not fit. */
  readonly payAgain: () => Promise<void>;
}

const storage = new AsyncLocalStorage<Sending>();

/** Runs the SDK's part of a call so that {@link currentSending} finds `sending` in it. */
export const runSending = <T>(sending: Sending, send: () => Promise<T>): Promise<T> => storage.run(sending, send);

/** The call that the SDK is sending, if it is a guarded one. */
export const currentSending = (): Sending | undefined => storage.getStore();
