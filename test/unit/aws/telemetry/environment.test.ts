/** What the environment of a function may not ask of Powertools. */

import { afterEach, expect, test, vi } from 'vitest';
import { telemetryProblems } from '../../../../aws/telemetry/environment.ts';
import { guardHandler } from '../../../../middleware/index.ts';
import { recordTelemetry } from '../../../support/telemetry.ts';

const LAMBDA = { AWS_LAMBDA_FUNCTION_NAME: 'f' };

test.each([
  ['events in the log', { POWERTOOLS_LOGGER_LOG_EVENT: 'true' }, ['POWERTOOLS_LOGGER_LOG_EVENT']],
  ['events in the log, by another word', { POWERTOOLS_LOGGER_LOG_EVENT: ' On ' }, ['POWERTOOLS_LOGGER_LOG_EVENT']],
  ['no metrics in Lambda', { ...LAMBDA, POWERTOOLS_METRICS_DISABLED: '1' }, ['POWERTOOLS_METRICS_DISABLED']],
  ['no metrics in Lambda, as if at home', { ...LAMBDA, POWERTOOLS_DEV: 'true' }, ['POWERTOOLS_DEV']],
  [
    'both',
    { ...LAMBDA, POWERTOOLS_DEV: 'true', POWERTOOLS_LOGGER_LOG_EVENT: 'yes' },
    ['POWERTOOLS_LOGGER_LOG_EVENT', 'POWERTOOLS_DEV'],
  ],
])('%s is a problem', (_, env, variables) => {
  const problems = telemetryProblems(env);
  expect(problems.map((problem) => problem.split(' ')[0])).toEqual(variables);
});

test.each([
  ['nothing', {}],
  ['no events', { POWERTOOLS_LOGGER_LOG_EVENT: 'false' }],
  ['no metrics at home', { POWERTOOLS_METRICS_DISABLED: 'true', POWERTOOLS_DEV: 'true' }],
  ['metrics after all', { ...LAMBDA, POWERTOOLS_DEV: 'true', POWERTOOLS_METRICS_DISABLED: 'false' }],
])('%s is none', (_, env) => {
  expect(telemetryProblems(env)).toEqual([]);
});

afterEach(() => vi.unstubAllEnvs());

test('a guarded handler is not made where events would be logged, and in monitor mode says so', () => {
  vi.stubEnv('POWERTOOLS_LOGGER_LOG_EVENT', 'true');
  const handler = async (_: object) => ({ statusCode: 200, body: '' });
  expect(() => guardHandler(handler)).toThrow(/^guardHandler: POWERTOOLS_LOGGER_LOG_EVENT must not be on/);
  const telemetry = recordTelemetry();
  guardHandler(handler, { mode: 'monitor' }, { telemetry });
  expect(telemetry.lines).toContainEqual({
    message: 'telemetry',
    fields: { problems: [expect.stringContaining('POWERTOOLS_LOGGER_LOG_EVENT')] },
  });
});
