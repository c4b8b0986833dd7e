/** What went wrong at the table, in one line: the error's name, and what to do. */

import { harmlessLine } from '../output.ts';

/** Where it happened. */
export interface Place {
  readonly table: string;
  readonly region: string;
}

const ACTION = /\bdynamodb:\w{1,40}/; // dynamodb:UpdateItem

/** What AWS says of a refusal names the user: only the action is told. */
const deniedAction = (message: string): string =>
  ACTION.exec(message)?.[0] ?? 'dynamodb:GetItem and dynamodb:UpdateItem';

const CREDENTIALS =
  'AWS does not accept these credentials, or there are none: check AWS_PROFILE, or sign in again (aws sso login)';
const UNREACHABLE = 'DynamoDB gives no answer: check AWS_REGION, AWS_ENDPOINT_URL_DYNAMODB and the network';
const BUSY = 'the table is too busy: try again';

const ADVICE: Readonly<Record<string, (place: Place, message: string) => string>> = {
  AccessDeniedException: ({ table }, message) =>
    `these credentials lack ${deniedAction(message)} on the keys of ${table} that are needed: see budgetAdmin in infra/statements.yml`,
  ResourceNotFoundException: ({ table, region }) =>
    `there is no table ${table} in Region ${region}: check --table or BULWARK_TABLE, and AWS_REGION`,
  ValidationException: ({ table }) => `${table} is no quota table of this version: its key must be pk, a string`,
  CredentialsProviderError: () => CREDENTIALS,
  ExpiredTokenException: () => CREDENTIALS,
  UnrecognizedClientException: () => CREDENTIALS,
  InvalidSignatureException: () => CREDENTIALS,
  ProvisionedThroughputExceededException: () => BUSY,
  RequestLimitExceeded: () => BUSY,
  ThrottlingException: () => BUSY,
  TimeoutError: () => UNREACHABLE,
};

/** An error of connecting, such as ECONNREFUSED, also within an aggregate of several addresses. */
const codeOf = (error: object): string | undefined => {
  const { code, errors } = error as { code?: unknown; errors?: readonly { code?: unknown }[] };
  const found = typeof code === 'string' ? code : errors?.[0]?.code;
  return typeof found === 'string' && /^E[A-Z_]+$/.test(found) ? found : undefined;
};

/** Tells an error of the table or of the AWS SDK. */
export const tableError = (thrown: unknown, place: Place): string => {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = codeOf(error);
  const name = code ?? error.name;
  const advice = Object.hasOwn(ADVICE, name) ? ADVICE[name] : undefined;
  if (advice !== undefined) return harmlessLine(`${name}: ${advice(place, error.message)}`);
  if (code !== undefined) return harmlessLine(`${name}: ${UNREACHABLE}`);
  if (error.message === 'Region is missing') return 'Region is missing: set AWS_REGION, or a profile that has one';
  return harmlessLine(error.name === 'Error' ? error.message : `${name}: ${error.message}`);
};
