/** Service processes, and what they emit as data points: the metrics of their log lines, of the access log and of AWS. */

import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { emfPoints } from '../cloudwatch/emf.ts';
import { createFilter, type MetricFilter } from '../cloudwatch/metric-filter.ts';
import { createMetricStore, type Dimensions, type MetricStore } from '../cloudwatch/metric-store.ts';
import { endOf, type PlatformCount, type Segment, type ServiceMessage } from './segment.ts';

/** What the pool needs to know of the deployment. */
export interface EmittingDeployment {
  /** Environment of the function. */
  readonly env: Readonly<Record<string, string>>;
  readonly filters: readonly MetricFilter[];
  /** Dimensions of AWS's own metrics, by namespace. */
  readonly dimensionsOf: (namespace: string) => Dimensions;
}

/** What came of a segment. */
export interface Lived {
  readonly store: MetricStore;
  readonly requests: number;
}

/** Processes that live through segments, one at a time each. */
export interface ServicePool {
  /** @param onDay Told when a simulated day of it begins. */
  live(segment: Segment, onDay?: () => void): Promise<Lived>;
  close(): void;
}

interface Running {
  readonly child: ChildProcess;
  job: Job | undefined;
}

interface Job {
  readonly segment: Segment;
  readonly store: MetricStore;
  readonly onDay: () => void;
  readonly resolve: (lived: Lived) => void;
  readonly reject: (error: Error) => void;
  requests: number | undefined;
  printed: boolean;
}

const ENTRY = new URL('process.ts', import.meta.url);

/** A pool of `size` processes, started when they are needed. */
export const createServicePool = (deployment: EmittingDeployment, size: number): ServicePool => {
  const filters = deployment.filters.map(createFilter);
  const waiting: Job[] = [];
  const all: Running[] = [];

  const addGateway = (store: MetricStore, lines: readonly string[], counts: readonly PlatformCount[]): void => {
    for (const line of lines) {
      const event = JSON.parse(line) as Readonly<Record<string, unknown>>;
      for (const filter of filters) for (const point of filter(event, Number(event['time']))) store.add(point);
    }
    for (const { metric, at, value } of counts) {
      const [namespace = '', name = ''] = metric.split(' ');
      store.add({ namespace, name, dimensions: deployment.dimensionsOf(namespace), at, value });
    }
  };

  const proceed = (running: Running): void => {
    const { job } = running;
    if (job?.printed && job.requests !== undefined) {
      running.job = undefined;
      job.resolve({ store: job.store, requests: job.requests });
    }
    if (running.job !== undefined) return;
    running.job = waiting.shift();
    if (running.job !== undefined) running.child.send(running.job.segment);
  };

  const heard = (running: Running, message: ServiceMessage): void => {
    const { job } = running;
    if (message.kind === 'failed') {
      running.job = undefined;
      job?.reject(new Error(`drill: a segment failed: ${message.message}`));
    } else if (message.kind === 'day') job?.onDay();
    else if (job !== undefined && message.kind === 'gateway') addGateway(job.store, message.lines, message.counts);
    else if (job !== undefined && message.kind === 'done') job.requests = message.requests;
    proceed(running);
  };

  const printed = (running: Running, line: string): void => {
    const { job } = running;
    if (job === undefined) return;
    for (const point of emfPoints(line)) job.store.add(point);
    if (line !== endOf(job.segment.id)) return;
    job.printed = true;
    proceed(running);
  };

  const start = (): void => {
    const child = fork(ENTRY, { env: deployment.env, stdio: ['ignore', 'pipe', 'inherit', 'ipc'], execArgv: [] });
    const running: Running = { child, job: undefined };
    all.push(running);
    child.on('message', (message: ServiceMessage) => heard(running, message));
    child.on('exit', (code) => {
      for (const job of [running.job, ...waiting.splice(0)])
        job?.reject(new Error(`drill: a service process ended with ${code}`));
    });
    if (child.stdout !== null) createInterface({ input: child.stdout }).on('line', (line) => printed(running, line));
  };

  return {
    live: (segment, onDay = () => {}) =>
      new Promise((resolve, reject) => {
        const store = createMetricStore();
        waiting.push({ segment, store, onDay, resolve, reject, requests: undefined, printed: false });
        if (all.length < size) start();
        else for (const running of all) if (running.job === undefined) proceed(running);
      }),
    close() {
      for (const { child } of all) {
        child.removeAllListeners('exit');
        child.kill();
      }
    },
  };
};
