/** How the heap grows with the requests that were served. */

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** The heap after a collection. */
export interface HeapSample {
  /** Requests served before. */
  readonly requests: number;
  /** Bytes in use. */
  readonly bytes: number;
}

/** Collections before a sample: what the first one leaves to finalizers, the second takes. */
const COLLECTIONS = 2;

/** Takes samples. */
export const createHeapSampler = (): ((requests: number) => HeapSample) => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  return (requests) => {
    for (let collection = 0; collection < COLLECTIONS; collection++) collect();
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
