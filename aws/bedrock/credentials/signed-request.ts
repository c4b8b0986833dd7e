/** What a request must be when it leaves: whatever the environment said, this is what is sent. */

import { type CredentialReason, type Environment, isLambda, isLongLivedKey } from './environment.ts';
import { isPrivateConnection } from './loopback.ts';

/** A signature of the function's own role. A bearer key in its place could not be tied to a role. */
const SIGV4 = 'AWS4-HMAC-SHA256 ';

/** AWS4-HMAC-SHA256 Credential=ASIA…/20260101/… (IAM user guide, "Elements of an API request signature"). */
const CREDENTIAL = /[ ,]Credential=(?<accessKeyId>[\w-]{1,128})\//;

/** The fields of a signed HTTP request that are looked at. */
interface SignedRequest {
  readonly protocol?: string;
  readonly hostname?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Values of a header, whose name may be of any case, and there twice, in a request that was changed after it was signed. */
const valuesOf = (headers: Readonly<Record<string, string>>, name: string): readonly string[] =>
  Object.entries(headers).flatMap(([key, value]) => (key.toLowerCase() === name ? [value] : []));

/** Why a request must not be sent; `undefined` when it may. */
export const signedRequestProblem = (
  request: unknown,
  env: Environment,
): Exclude<CredentialReason, 'bearer-key'> | 'not-sigv4' | undefined => {
  const { protocol = '', hostname = '', headers = {} } = (request ?? {}) as SignedRequest;
  const [authorization = '', ...more] = valuesOf(headers, 'authorization');
  const { accessKeyId } = CREDENTIAL.exec(authorization)?.groups ?? {};
  if (!authorization.startsWith(SIGV4) || accessKeyId === undefined || more.length > 0) return 'not-sigv4';
  if (!isPrivateConnection(protocol, hostname)) return 'plain-http';
  if (!isLambda(env)) return undefined;
  const [sessionToken = ''] = valuesOf(headers, 'x-amz-security-token');
  return isLongLivedKey(accessKeyId) || sessionToken === '' ? 'long-lived-key' : undefined;
};
