/** Judgements under way: who asks for the same text meanwhile waits for the same answer. */

import { unlessAborted } from '../../../core/unless-aborted.ts';

/** Runs work by key, once at a time. */
export interface Flights<Value> {
  /**
   * The value of the work under this key, which is begun unless it is under way. `undefined` when `signal` ends the wait;
   * when the last who waits leaves, the work's own signal is aborted.
   *
   * @param begin Gives the work, which must not fail, or a value at once where there is nothing to wait for.
   */
  join(key: string, begin: () => Work<Value>, signal?: AbortSignal): Promise<Value | undefined>;
}

/** Work, given a signal that says when nobody wants it any more. */
export type Work<Value> = ((unwanted: AbortSignal) => Promise<Value>) | { readonly value: Value };

interface Flight<Value> {
  readonly value: Promise<Value>;
  readonly aborter: AbortController;
  waiting: number;
}

/** No work under way. */
export const createFlights = <Value>(): Flights<Value> => {
  const flights = new Map<string, Flight<Value>>();

  const land = (key: string, flight: Flight<Value>): void => {
    if (flights.get(key) === flight) flights.delete(key);
  };

  return {
    join: async (key, begin, signal) => {
      if (signal?.aborted) return undefined;
      let flight = flights.get(key);
      if (flight === undefined) {
        const work = begin();
        if (typeof work !== 'function') return work.value;
        const aborter = new AbortController();
        const begun: Flight<Value> = { value: work(aborter.signal), aborter, waiting: 0 };
        flights.set(key, begun);
        begun.value.finally(() => land(key, begun));
        flight = begun;
      }
      flight.waiting += 1;
      try {
        return await unlessAborted(flight.value, signal);
      } finally {
        flight.waiting -= 1;
        if (flight.waiting === 0) {
          land(key, flight);
          flight.aborter.abort();
        }
      }
    },
  };
};
