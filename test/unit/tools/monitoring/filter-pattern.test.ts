import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { GATEWAY_METRICS, type GatewayMetricName, MAX_FILTER_PATTERN } from '../../../../core/catalogue.ts';
import { parseFilterPattern } from '../../../../tools/monitoring/filter-pattern.ts';
import { filterPattern } from '../../../../tools/monitoring/gateway-filters.ts';
import { readTemplateYaml } from '../../../support/template-yaml.ts';

const matches = (pattern: string, event: unknown): boolean => parseFilterPattern(pattern)(event);

describe('a filter pattern', () => {
  test.each([
    ['{ $.a = "x" }', { a: 'x' }, true],
    ['{ $.a = "x" }', { a: 'X' }, false],
    ['{ $.a = "x" }', { a: 'xy' }, false],
    ['{ $.a = "x" }', {}, false],
    ['{ $.a = "*" }', { a: 'anything' }, true],
    ['{ $.a = "*" }', {}, false],
    ['{ $.a = 123.123.* }', { a: '123.123.4.5' }, true],
    ['{ $.a = "a*b*c" }', { a: 'a-b-b-c' }, true],
    ['{ $.a = "a*b*c" }', { a: 'a-c-b' }, false],
    ['{ $.a = "aa*aa" }', { a: 'aaa' }, false],
    ['{ $.a != "x" }', { a: 'y' }, true],
    ['{ $.a != "x" }', {}, false],
    ['{ $.a.b[1] = 5 }', { a: { b: [4, 5] } }, true],
    ['{ $.a >= 500 }', { a: 503 }, true],
    ['{ $.a >= 500 }', { a: '503' }, false],
    ['{ $.a < 1e2 }', { a: 99 }, true],
    ['{ $.a IS NULL }', { a: null }, true],
    ['{ $.a NOT EXISTS }', {}, true],
    ['{ $.a IS TRUE }', { a: true }, true],
    ['{ $.a = "1" || $.b = "1" && $.c = "1" }', { a: '1' }, true],
    ['{ ($.a = "1" || $.b = "1") && $.c = "1" }', { a: '1' }, false],
    ['{ $.__proto__ NOT EXISTS }', { a: 1 }, true],
  ])('%s of %j is %s', (pattern, event, expected) => {
    expect(matches(pattern, event)).toBe(expected);
  });

  test.each([
    '',
    'ERROR',
    '{ }',
    '{ $.a = $.b }',
    '{ $.a }',
    '{ $.a = }',
    '{ ($.a = "x" }',
    '{ $.a ~ "x" }',
    '{ $.a = "x" $.b = "y" }',
  ])('refuses %j', (pattern) => {
    expect(() => parseFilterPattern(pattern)).toThrow(SyntaxError);
  });
});

describe('the filters on the access log', () => {
  /** Lines as the gateway writes them, from the format that it is given. */
  const { format } = readTemplateYaml(
    readFileSync(path.resolve(import.meta.dirname, '../../../../infra/access-log.yml'), 'utf8'),
  ) as unknown as { format: string };
  const line = (errorType: string): string =>
    format
      .replace('$context.error.responseType', errorType)
      .replaceAll(/\$\{[^}]*\}/g, 'shop-dev')
      .replaceAll(/\$context\.[\w.]+/g, '-');
  const counted = (errorType: string): string[] =>
    Object.entries(GATEWAY_METRICS)
      .filter(([, metric]) => parseFilterPattern(filterPattern(metric))(JSON.parse(line(errorType))))
      .map(([name]) => name);

  test('read a line of the log as JSON with its service', () => {
    expect(JSON.parse(line('-'))).toMatchObject({ service: 'shop-dev', errorType: '-' });
  });

  test('count no request that the gateway let through', () => {
    expect(counted('-')).toEqual([]);
  });

  test.each<[string, GatewayMetricName]>([
    ['UNAUTHORIZED', 'GatewayAuthRefusals'],
    ['ACCESS_DENIED', 'GatewayAuthRefusals'],
    ['EXPIRED_TOKEN', 'GatewayAuthRefusals'],
    ['MISSING_AUTHENTICATION_TOKEN', 'GatewayAuthRefusals'],
    ['INVALID_SIGNATURE', 'GatewayAuthRefusals'],
    ['INVALID_API_KEY', 'GatewayKeyRefusals'],
    ['THROTTLED', 'GatewayThrottles'],
    ['QUOTA_EXCEEDED', 'GatewayThrottles'],
    ['WAF_FILTERED', 'GatewayWafRefusals'],
    ['REQUEST_TOO_LARGE', 'GatewayBodyRefusals'],
    ['BAD_REQUEST_BODY', 'GatewayBodyRefusals'],
    ['INTEGRATION_FAILURE', 'GatewayServerErrors'],
    ['INTEGRATION_TIMEOUT', 'GatewayServerErrors'],
    ['AUTHORIZER_FAILURE', 'GatewayServerErrors'],
  ])('count %s once, as %s', (errorType, name) => {
    expect(counted(errorType)).toEqual([name]);
  });

  test('count every error that the catalogue names, by a pattern that CloudWatch takes', () => {
    for (const [name, metric] of Object.entries(GATEWAY_METRICS)) {
      for (const errorType of metric.errors) expect(counted(errorType)).toEqual([name]);
      expect(filterPattern(metric).length).toBeLessThanOrEqual(MAX_FILTER_PATTERN);
    }
  });
});
