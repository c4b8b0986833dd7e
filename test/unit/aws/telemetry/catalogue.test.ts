/** Whether the catalogue says what really comes out, and everything in it does. */

import { beforeAll, describe, expect, test } from 'vitest';
import {
  GATEWAY_METRICS,
  MAX_FILTER_PATTERN,
  METRICS,
  METRICS_NAMESPACE,
  type MetricName,
  PLATFORM_METRICS,
  streamsOf,
} from '../../../../core/catalogue.ts';
import { type EmittedPoint, metricsOf } from '../../../support/emf.ts';
import { MODELS, publishedByScenarios, SERVICE } from '../../../support/emf-scenarios.ts';

let points: readonly EmittedPoint[] = [];

beforeAll(async () => {
  points = await publishedByScenarios();
});

const asNamed = (name: string, unit: string, dimensions: readonly string[]) => ({
  namespace: METRICS_NAMESPACE,
  name,
  unit,
  dimensions: dimensions.toSorted(),
});

describe('the metrics of real requests', () => {
  test.each(Object.entries(METRICS))(
    '%s comes out, with its unit and its dimension sets',
    (name, { unit, dimensions }) => {
      const emitted = metricsOf(points.filter((point) => point.name === name));
      expect(emitted).toEqual(
        expect.arrayContaining(dimensions.map((set) => expect.objectContaining(asNamed(name, unit, set)))),
      );
      expect(emitted).toHaveLength(dimensions.length);
    },
  );

  test('are all in the catalogue', () => {
    expect([...new Set(points.map(({ name }) => name))].filter((name) => !(name in METRICS))).toEqual([]);
  });

  test('have one service, and the models of the allowlist', () => {
    expect(new Set(points.map(({ at }) => at['service']))).toEqual(new Set([SERVICE]));
    const models = points.flatMap(({ at }) => at['model'] ?? []);
    expect(models.filter((model) => !MODELS.some((known) => known === model))).toEqual([]);
  });

  test('have no more streams than the catalogue bounds', () => {
    const streams = new Set(points.map(({ name, at }) => JSON.stringify([name, at])));
    expect(streams.size).toBeLessThanOrEqual(streamsOf(METRICS, MODELS.length));
    for (const [name, definition] of Object.entries(METRICS)) {
      const own = [...streams].filter((stream) => stream.startsWith(`["${name}",`));
      expect(own.length, name).toBeLessThanOrEqual(streamsOf({ definition }, MODELS.length));
    }
  });

  test('say of each request once what it is', () => {
    const requests = points.filter(({ name }) => name === 'Requests');
    expect(new Set(requests.map(({ requestId }) => requestId)).size).toBe(requests.length);
    expect(requests.map(({ value }) => value)).toEqual(requests.map(() => 1));
  });

  test('add up: models are part of the service', () => {
    const sum = (name: MetricName, byModel: boolean) =>
      points
        .filter((point) => point.name === name && 'model' in point.at === byModel)
        .reduce((total, { value }) => total + value, 0);
    for (const name of ['TotalTokens', 'ModelCalls', 'SpendUsd'] as const)
      expect(sum(name, true), name).toBeCloseTo(sum(name, false), 9);
    expect(sum('SpendUsd', false)).toBeGreaterThan(0);
  });
});

test('a name stands for one metric', () => {
  const names = [
    ...Object.keys(METRICS),
    ...Object.keys(GATEWAY_METRICS),
    ...PLATFORM_METRICS.map(({ namespace, name }) => `${namespace}/${name}`),
  ];
  expect(names).toEqual([...new Set(names)]);
});

test.each(Object.entries(GATEWAY_METRICS))('%s has a pattern that CloudWatch Logs takes', (_, { errors, pattern }) => {
  expect(pattern.length).toBeLessThanOrEqual(MAX_FILTER_PATTERN);
  expect(pattern.match(/\(\$\.errorType = "([A-Z0-9_]+)"\)/g)).toHaveLength(errors.length);
});

test('no error of the gateway counts twice', () => {
  const errors = Object.values(GATEWAY_METRICS).flatMap((metric) => metric.errors);
  expect(errors).toEqual([...new Set(errors)]);
});
