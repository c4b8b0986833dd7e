/**
 * What the environment of a function may not ask of Powertools. Source: Powertools for AWS Lambda (TypeScript),
 * "Environment variables".
 */

import { type Environment, isLambda } from '../bedrock/credentials/environment.ts';

/** What Powertools takes for yes. */
const YES: ReadonlySet<string> = new Set(['1', 'y', 'yes', 't', 'true', 'on']);

const isOn = (env: Environment, name: string): boolean => YES.has((env[name] ?? '').trim().toLowerCase());

const isSet = (env: Environment, name: string): boolean => (env[name] ?? '').trim() !== '';

/**
 * What is wrong, each with its variable and never with a value: whole events in the log, headers and prompts with them; and
 * in Lambda metrics that are switched off, and every alarm with them.
 */
export const telemetryProblems = (env: Environment): readonly string[] => {
  const disabled = 'POWERTOOLS_METRICS_DISABLED';
  const isBlind = isLambda(env) && (isSet(env, disabled) ? isOn(env, disabled) : isOn(env, 'POWERTOOLS_DEV'));
  return [
    ...(isOn(env, 'POWERTOOLS_LOGGER_LOG_EVENT')
      ? ['POWERTOOLS_LOGGER_LOG_EVENT must not be on: it would log tokens and prompts']
      : []),
    ...(isBlind
      ? [`${isSet(env, disabled) ? disabled : 'POWERTOOLS_DEV'} must not be on in Lambda: no alarm would see anything`]
      : []),
  ];
};

/**
 * @throws TypeError that names the variables, and none of their values.
 */
export const assertTelemetry = (owner: string, env: Environment): void => {
  const problems = telemetryProblems(env);
  if (problems.length > 0) throw new TypeError(`${owner}: ${problems.join('; ')}`);
};
