/** From log lines to statistics. */

import { describe, expect, test } from 'vitest';
import { emfPoints } from '../../../../tools/drill/cloudwatch/emf.ts';
import { createFilter } from '../../../../tools/drill/cloudwatch/metric-filter.ts';
import { createMetricStore, type MetricPoint } from '../../../../tools/drill/cloudwatch/metric-store.ts';
import { parseFilterPattern } from '../../../../tools/monitoring/filter-pattern.ts';

const MINUTE = 60_000;

describe('embedded metrics', () => {
  const document = {
    _aws: {
      Timestamp: 5 * MINUTE,
      CloudWatchMetrics: [
        { Namespace: 'Bulwark', Dimensions: [['service'], ['service', 'model']], Metrics: [{ Name: 'Requests' }] },
      ],
    },
    service: 'chat',
    model: 'nova',
    Requests: [1, 2],
  };

  test('every value counts for every set of dimensions', () => {
    const points = emfPoints(JSON.stringify(document));
    expect(points.map(({ dimensions, value, at }) => [dimensions, value, at])).toEqual([
      [{ service: 'chat' }, 1, 5 * MINUTE],
      [{ service: 'chat' }, 2, 5 * MINUTE],
      [{ service: 'chat', model: 'nova' }, 1, 5 * MINUTE],
      [{ service: 'chat', model: 'nova' }, 2, 5 * MINUTE],
    ]);
  });

  test('a line without metrics has no points', () => {
    expect(emfPoints('{"message":"audit"}')).toEqual([]);
    expect(emfPoints('no JSON at all')).toEqual([]);
  });
});

describe('metric filters', () => {
  const pattern = '{ ($.service = "*") && ($.errorType = "UNAUTHORIZED" || $.errorType = "EXPIRED_*") }';

  test.each([
    [{ service: 'chat', errorType: 'UNAUTHORIZED' }, true],
    [{ service: 'chat', errorType: 'EXPIRED_TOKEN' }, true],
    [{ service: 'chat', errorType: 'THROTTLED' }, false],
    [{ service: 'chat', errorType: 'NOT_EXPIRED_TOKEN' }, false],
    [{ errorType: 'UNAUTHORIZED' }, false],
    [{ service: 'chat' }, false],
  ])('%j', (event, matches) => {
    expect(parseFilterPattern(pattern)(event)).toBe(matches);
  });

  test('takes the dimension from the event', () => {
    const filter = createFilter({
      FilterPattern: pattern,
      MetricTransformations: [
        {
          MetricNamespace: 'Bulwark',
          MetricName: 'GatewayAuthRefusals',
          MetricValue: '1',
          Dimensions: [{ Key: 'service', Value: '$.service' }],
        },
      ],
    });
    expect(filter({ service: 'chat', errorType: 'UNAUTHORIZED' }, MINUTE)).toEqual([
      { namespace: 'Bulwark', name: 'GatewayAuthRefusals', dimensions: { service: 'chat' }, at: MINUTE, value: 1 },
    ]);
    expect(filter({ service: 'chat', errorType: '-' }, MINUTE)).toEqual([]);
  });
});

describe('the store', () => {
  const metric = { namespace: 'Bulwark', name: 'Requests', dimensions: { service: 'chat' } };
  const point = (minute: number, value: number): MetricPoint => ({ ...metric, at: minute * MINUTE, value });
  const filled = () => {
    const store = createMetricStore();
    for (const one of [point(1, 3), point(1, 5), point(2, 1), point(200, 7)]) store.add(one);
    return store;
  };

  test('has the statistics of a window, and none of an empty one', () => {
    const store = filled();
    const over = (from: number, to: number) =>
      (['Sum', 'SampleCount', 'Average', 'Maximum', 'Minimum'] as const).map((statistic) =>
        store.statistic(metric, statistic, from * MINUTE, to * MINUTE),
      );
    expect(over(1, 3)).toEqual([9, 3, 3, 5, 1]);
    expect(over(3, 8)).toEqual([undefined, undefined, undefined, undefined, undefined]);
  });

  test('sums long windows alike', () => {
    const store = filled();
    expect(store.statistic(metric, 'Sum', 0, 300 * MINUTE)).toBe(16);
    expect(store.statistic(metric, 'Sum', 2 * MINUTE, 200 * MINUTE)).toBe(1);
    expect(store.statistic(metric, 'SampleCount', -500 * MINUTE, 5000 * MINUTE)).toBe(4);
    expect(store.statistic(metric, 'Sum', 300 * MINUTE, 400 * MINUTE)).toBeUndefined();
    expect(() => store.statistic(metric, 'Maximum', 0, 300 * MINUTE)).toThrow(RangeError);
  });

  test('takes other dimensions for another metric', () => {
    const store = filled();
    expect(store.statistic({ ...metric, dimensions: {} }, 'Sum', 0, 9 * MINUTE)).toBeUndefined();
    expect(store.statistic({ ...metric, namespace: 'Other' }, 'Sum', 0, 9 * MINUTE)).toBeUndefined();
  });

  test('a copy of a stretch has nothing else, and what is added to it stays there', () => {
    const store = filled();
    const copy = store.between(2 * MINUTE, 100 * MINUTE);
    copy.add(point(2, 10));
    expect(copy.statistic(metric, 'Sum', 0, 300 * MINUTE)).toBe(11);
    expect(store.statistic(metric, 'Sum', 2 * MINUTE, 3 * MINUTE)).toBe(1);
  });
});
