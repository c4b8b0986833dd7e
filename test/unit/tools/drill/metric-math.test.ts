/** The examples of the CloudWatch user guide, "Using math expressions with CloudWatch metrics". */

import { describe, expect, test } from 'vitest';
import { parseExpression } from '../../../../tools/drill/cloudwatch/math-syntax.ts';
import { evaluate, type Points, type Value } from '../../../../tools/drill/cloudwatch/metric-math.ts';

const none = undefined;

const evaluated = (text: string, series: Readonly<Record<string, Points>>): Value =>
  evaluate(parseExpression(text), {
    value: (name) => series[name] ?? [],
    metrics: Object.keys(series),
    periodSeconds: 300,
  });

describe('comparison and logical operators', () => {
  const series = { metric1: [30, 20, 0, 0], metric2: [20, none, 20, none] };

  test.each<[string, Points]>([
    ['(metric1 < metric2)', [0, 0, 1, 0]],
    ['(metric1 >= 30)', [1, 0, 0, 0]],
    ['(metric1 > 15 AND metric2 > 15)', [1, 0, 0, 0]],
    ['(metric1 > 15 && metric2 > 15)', [1, 0, 0, 0]],
  ])('%s', (text, expected) => {
    expect(evaluated(text, series)).toEqual(expected);
  });
});

describe('IF', () => {
  const series = { metric1: [1, 1, 0, 0, none], metric2: [30, none, 0, 0, 30], metric3: [0, 0, 20, none, 20] };

  test.each<[string, Points]>([
    ['IF(metric1, metric2, metric3)', [30, 0, 20, none, none]],
    ['IF(metric1, 5, metric3)', [5, 5, 20, none, none]],
    ['IF(metric1, metric2, 5)', [30, 0, 5, 5, none]],
    ['IF(metric2 < 10, metric2)', [none, none, 0, 0, none]],
  ])('%s', (text, expected) => {
    expect(evaluated(text, series)).toEqual(expected);
  });

  test('a scalar condition takes one of two series', () => {
    expect(evaluated('IF(1, metric2, metric3)', series)).toEqual(series.metric2);
    expect(evaluated('IF(0, metric2)', series)).toEqual([]);
  });
});

describe('arithmetic', () => {
  const series = { m1: [1, 2, none, none], m2: [10, none, 30, none] };

  test.each<[string, Value]>([
    ['m1 + m2', [11, 2, 30, none]],
    ['100 * m1 / m2', [10, none, 0, none]],
    ['-m1', [-1, -2, none, none]],
    ['2 + 3 * 4 ^ 2', 50],
    ['SUM([m1, m2])', [11, 2, 30, none]],
    ['MAX([m1, m2])', [10, 2, 30, none]],
    ['SUM(METRICS())', [11, 2, 30, none]],
    ['SUM(METRICS("m2"))', [10, none, 30, none]],
    ['SUM(m1)', 3],
    ['MAX(m2)', 30],
    ['FILL(m1, 0)', [1, 2, 0, 0]],
    ['FILL(m1, m2)', [1, 2, 30, none]],
    ['SUM(FILL(METRICS(), 1))', [11, 3, 31, 2]],
    ['m1 / PERIOD(m1)', [1 / 300, 2 / 300, none, none]],
    ['IF(FILL(m2, 0) > 5, 100 * FILL(m1, 0) / m2, 0)', [10, 0, 0, 0]],
  ])('%s', (text, expected) => {
    expect(evaluated(text, series)).toEqual(expected);
  });

  test('a point that would be divided by zero is dropped', () => {
    expect(evaluated('m1 / (m2 - 10)', { m1: [1, 1], m2: [10, 11] })).toEqual([none, 1]);
  });
});

test.each(['m1 +', 'm1 m2', 'IF(m1', '[m1', ')', 'm1 ? 2 : 3', `m1${' + m1'.repeat(600)}`])(
  '%.20s is no expression',
  (text) => {
    expect(() => parseExpression(text)).toThrow(SyntaxError);
  },
);

test.each(['RUNNING_SUM(m1)', '"errors"'])('%s is not evaluated, and says so', (text) => {
  expect(() => evaluated(text, { m1: [1] })).toThrow(RangeError);
});
