/** How the heap grows with the requests that were served. */

import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The heap after a collection. */
export interface HeapSample {
  /** Requests served before. */
  readonly requests: number;
  /** Bytes in use. */
  readonly bytes: number;
}

/** Collections for a sample, a turn of the event loop between them: what one leaves to finalizers, the next takes. */
const COLLECTIONS = 4;

/** Takes samples. */
export const createHeapSampler = (): ((requests: number) => Promise<HeapSample>) => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  return async (requests) => {
    for (let collection = 0; collection < COLLECTIONS; collection++) {
      await turn();
      collect();
    }
    return { requests, bytes: process.memoryUsage().heapUsed };
  };
};

/** Bytes that each request adds: the slope of the line that fits the samples best, by least squares. */
export const slopeOf = (samples: readonly HeapSample[]): number => {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanRequests = mean(samples.map(({ requests }) => requests));
  const meanBytes = mean(samples.map(({ bytes }) => bytes));
  const covariance = mean(samples.map(({ requests, bytes }) => (requests - meanRequests) * (bytes - meanBytes)));
  return covariance / mean(samples.map(({ requests }) => (requests - meanRequests) ** 2));
};
