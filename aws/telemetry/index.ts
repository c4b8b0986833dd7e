/** Powertools Logger and Metrics, used so that overlapping requests in one process share nothing but the instances. */

import { Console } from 'node:console';
import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { METRICS, METRICS_NAMESPACE, type MetricName } from '../../core/catalogue.ts';
import { callable, checkOptions, share, text } from '../../core/options.ts';
import type { RequestRecord } from './request-record.ts';

export { createRequestRecord, type Decision, type RequestRecord } from './request-record.ts';

/** Options of {@link createTelemetry}. */
export interface TelemetryOptions {
  /** Dimension `service` of every metric and `service` of every log line. @default POWERTOOLS_SERVICE_NAME or 'bulwark' */
  readonly service?: string;
  /** CloudWatch namespace. @default POWERTOOLS_METRICS_NAMESPACE or 'Bulwark' */
  readonly namespace?: string;
  /**
   * Share of requests, 0 to 1, for which a line at level DEBUG says how long each middleware took. Each request is drawn by
   * itself: nothing changes for the others of the process. @default POWERTOOLS_LOGGER_SAMPLE_RATE or 0
   */
  readonly sampleRate?: number;
  /** From 0 (inclusive) to 1 (exclusive). @default Math.random */
  readonly random?: () => number;
}

/** Fields of a log line: primitives and structures of the kit's own making, never content. */
export type LogFields = Readonly<Record<string, unknown>>;

/** Where the kit's metrics and log lines go. */
export interface Telemetry {
  readonly service: string;
  /**
   * Publishes the metrics of one finished request: an EMF document for the service, and one for each model that it called.
   */
  publish(record: RequestRecord, requestId: string): void;
  /** Writes a line of the audit log as it is, whatever the level of the log. */
  audit(line: string): void;
  /** Draws whether the request that begins is one of the sample. @default none is */
  sampled?(): boolean;
  /** Writes one line at level DEBUG, for a request of the sample. */
  debug?(message: string, fields: LogFields): void;
  /** Writes one line at level INFO. */
  info(message: string, fields: LogFields): void;
  /** Writes one line at level WARN. */
  warn(message: string, fields: LogFields): void;
}

/** Writes what may fail: a request is answered, whatever becomes of the record of it. */
export const quietly = (write: () => unknown): void => {
  const unwritten = (): void => {};
  try {
    Promise.resolve(write()).catch(unwritten);
  } catch {
    unwritten();
  }
};

const CHECKS = { service: text(), namespace: text(), sampleRate: share, random: callable };

/** The share that the environment asks for; a number that is none asks for nothing. */
const shareOf = (setting: string | undefined): number => {
  const rate = setting === undefined || setting.trim() === '' ? 0 : Number(setting);
  return share(rate) === undefined ? rate : 0;
};

/**
 * Telemetry of a service. Nothing is ever appended to the shared logger or left in the shared metrics: fields travel
 * with their line, and a request's metrics are added and flushed in one synchronous step.
 *
 * @throws TypeError for an unknown or invalid option.
 */
export const createTelemetry = (options: TelemetryOptions = {}): Telemetry => {
  checkOptions('createTelemetry', options, CHECKS);
  const service = options.service ?? process.env['POWERTOOLS_SERVICE_NAME'] ?? 'bulwark';
  const namespace = options.namespace ?? process.env['POWERTOOLS_METRICS_NAMESPACE'] ?? METRICS_NAMESPACE;
  const { sampleRate = shareOf(process.env['POWERTOOLS_LOGGER_SAMPLE_RATE']), random = Math.random } = options;
  const metrics = new Metrics({ namespace, serviceName: service });
  const logger = new Logger({ serviceName: service });
  // One of its own: a logger whose level is changed is changed for every request under way.
  const sample = sampleRate > 0 ? new Logger({ serviceName: service, logLevel: 'DEBUG' }) : undefined;
  // As Powertools does: Lambda's own console would wrap the line, and one that is closed must not end the process.
  const lines = new Console({ stdout: process.stdout, stderr: process.stderr });

  /** Adds and flushes in one synchronous step: no other request comes between, and what fails leaves nothing behind. */
  const publishOne = (values: ReadonlyMap<MetricName, number>, requestId: string, model?: string): void => {
    try {
      if (model !== undefined) metrics.addDimension('model', model);
      metrics.addMetadata('requestId', requestId);
      for (const [name, value] of values)
        if (Number.isFinite(value)) metrics.addMetric(name, METRICS[name].unit, value);
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    } finally {
      metrics.clearMetrics();
      metrics.clearDimensions();
      metrics.clearMetadata();
    }
  };

  return {
    service,
    publish(record, requestId) {
      publishOne(record.metrics, requestId);
      for (const [model, values] of record.byModel) publishOne(values, requestId, model);
    },
    audit: (line) => lines.log(line),
    sampled: () => sample !== undefined && random() < sampleRate,
    debug: (message, fields) => sample?.debug(message, { ...fields }),
    info: (message, fields) => logger.info(message, { ...fields }),
    warn: (message, fields) => logger.warn(message, { ...fields }),
  };
};
