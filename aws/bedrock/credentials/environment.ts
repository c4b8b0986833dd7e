/** Which credentials and endpoints the environment of a function may hold. */

import { isPrivateEndpoint } from './loopback.ts';

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What is wrong with credentials, or with the way to Bedrock. */
export type CredentialReason = 'bearer-key' | 'long-lived-key' | 'plain-http';

/** Something that an environment must not hold: named by its variable, never by its value. */
export interface CredentialProblem {
  readonly reason: CredentialReason;
  readonly variable: string;
}

/** A key of an IAM user: it never expires. Those of a role begin with ASIA (IAM user guide, "IAM identifiers"). */
const LONG_LIVED_KEY = /^AKIA/i;

/** Endpoints of what the kit sends prompts, and fetches keys, with. */
const ENDPOINTS = ['AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_BEDROCK_RUNTIME', 'AWS_ENDPOINT_URL_SECRETS_MANAGER'];

const isSet = (env: Environment, name: string): boolean => (env[name] ?? '') !== '';

/** Whether this is Lambda, or says so (Lambda developer guide, "Defined runtime environment variables"). */
export const isLambda = (env: Environment): boolean =>
  isSet(env, 'AWS_LAMBDA_FUNCTION_NAME') || isSet(env, 'LAMBDA_TASK_ROOT');

/** Whether an access key id is one of an IAM user. */
export const isLongLivedKey = (accessKeyId: string): boolean => LONG_LIVED_KEY.test(accessKeyId);

/** Keys without a session token are of no role, wherever they come from. Without keys, others may provide them. */
const keyProblem = (env: Environment): CredentialProblem | undefined => {
  if (!isLambda(env)) return undefined;
  if (isLongLivedKey((env['AWS_ACCESS_KEY_ID'] ?? '').trim()))
    return { reason: 'long-lived-key', variable: 'AWS_ACCESS_KEY_ID' };
  const hasKey = isSet(env, 'AWS_ACCESS_KEY_ID') || isSet(env, 'AWS_SECRET_ACCESS_KEY');
  return hasKey && !isSet(env, 'AWS_SESSION_TOKEN')
    ? { reason: 'long-lived-key', variable: 'AWS_SESSION_TOKEN' }
    : undefined;
};

/**
 * What an environment holds that a guarded client must not be made in: a Bedrock API key, which is tied to no role; keys
 * of an IAM user in Lambda, where a role gives temporary ones; an endpoint that prompts would go to in the clear.
 */
export const credentialProblems = (env: Environment): readonly CredentialProblem[] => {
  const key = keyProblem(env);
  return [
    ...(isSet(env, 'AWS_BEARER_TOKEN_BEDROCK')
      ? [{ reason: 'bearer-key', variable: 'AWS_BEARER_TOKEN_BEDROCK' } as const]
      : []),
    ...(key === undefined ? [] : [key]),
    ...ENDPOINTS.filter((name) => isSet(env, name) && !isPrivateEndpoint(env[name] ?? '')).map(
      (variable) => ({ reason: 'plain-http', variable }) as const,
    ),
  ];
};

const COMPLAINTS: Readonly<Record<string, string>> = {
  AWS_BEARER_TOKEN_BEDROCK: 'AWS_BEARER_TOKEN_BEDROCK must not be set: calls are signed by the role of the function',
  AWS_ACCESS_KEY_ID: 'AWS_ACCESS_KEY_ID must not be a long-lived key in Lambda: its role gives temporary ones',
  AWS_SESSION_TOKEN: 'AWS_SESSION_TOKEN is missing in Lambda: keys without it are long-lived',
};

/** What a cold start says of a problem: the variable, and what is wrong with it. */
export const complaintOf = ({ variable }: CredentialProblem): string =>
  COMPLAINTS[variable] ?? `${variable} must begin with https://, or be http:// on loopback`;

/**
 * @throws TypeError that names the variables, and none of their values.
 */
export const assertCredentials = (owner: string, env: Environment): void => {
  const problems = credentialProblems(env);
  if (problems.length > 0) throw new TypeError(`${owner}: ${problems.map(complaintOf).join('; ')}`);
};
