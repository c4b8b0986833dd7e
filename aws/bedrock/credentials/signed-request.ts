/** What a request must be when it leaves: whatever the environment said, this is what is sent. */

import { type CredentialReason, isLongLivedKey } from './environment.ts';
import { isPrivateConnection } from './loopback.ts';

/** A signature of the function's own role. A bearer key in its place could not be tied to a role. */
const SIGV4 = 'AWS4-HMAC-SHA256 ';

/** AWS4-HMAC-SHA256 Credential=ASIA…/20260101/… (IAM user guide, "Elements of an API request signature"). */
const CREDENTIAL = /[ ,]Credential=([\w-]{1,128})\//;

/** The fields of a signed HTTP request that are looked at. */
interface SignedRequest {
  readonly protocol?: string;
  readonly hostname?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What is looked at of the headers of a request that may have been changed after it was signed: names of any case, twice. */
interface Signature {
  authorization: string;
  authorizations: number;
  sessionToken: string;
}

const AUTHORIZATION = 'authorization';
const SESSION_TOKEN = 'x-amz-security-token';

const signatureIn = (headers: Readonly<Record<string, string>>): Signature => {
  const signature: Signature = { authorization: '', authorizations: 0, sessionToken: '' };
  for (const name of Object.keys(headers)) {
    if (name.length !== AUTHORIZATION.length && name.length !== SESSION_TOKEN.length) continue;
    const lower = name.toLowerCase();
    if (lower === SESSION_TOKEN) signature.sessionToken = headers[name] ?? '';
    if (lower !== AUTHORIZATION) continue;
    signature.authorization = headers[name] ?? '';
    signature.authorizations += 1;
  }
  return signature;
};

/**
 * Why a request must not be sent; `undefined` when it may.
 *
 * @param inLambda Whether this is Lambda, where a role gives temporary keys.
 */
export const signedRequestProblem = (
  request: unknown,
  inLambda: boolean,
): Exclude<CredentialReason, 'bearer-key'> | 'not-sigv4' | undefined => {
  const { protocol = '', hostname = '', headers = {} } = (request ?? {}) as SignedRequest;
  const { authorization, authorizations, sessionToken } = signatureIn(headers);
  const accessKeyId = CREDENTIAL.exec(authorization)?.[1];
  if (!authorization.startsWith(SIGV4) || accessKeyId === undefined || authorizations > 1) return 'not-sigv4';
  if (!isPrivateConnection(protocol, hostname)) return 'plain-http';
  return inLambda && (isLongLivedKey(accessKeyId) || sessionToken === '') ? 'long-lived-key' : undefined;
};
