/** Signature Version 4 as the service checks it. Source: IAM User Guide, "Create a signed AWS API request". */

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { BedrockError } from './errors.ts';

/** A request as it arrived. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, percent-encoded as sent. */
  readonly url: string;
  /** Names in lower case; over HTTP/2 with `:authority` in place of `host`. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

/** Who may call, and what time it is. */
export interface SignatureRules {
  /** Secret access keys by access key id. */
  readonly credentials: Readonly<Record<string, string>>;
  /** Whether any bearer key is let in. */
  readonly allowBearer: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Name of the service in the credential's scope. @default 'bedrock' */
  readonly service?: string;
}

const MAX_SKEW_MS = 300_000;

const BEARER = /^Bearer /i;
/** `AWS4-HMAC-SHA256 Credential=AKID/20261124/eu-central-1/bedrock/aws4_request, SignedHeaders=host, Signature=00…` */
const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/,]{1,128})\/(\d{8})\/([^/,]{1,64})\/([^/,]{1,64})\/aws4_request, ?SignedHeaders=([^,]{1,2048}), ?Signature=([0-9a-f]{64})$/;
const AMZ_DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/; // 20261124T101500Z

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const hmac = (key: string | Buffer, content: string): Buffer => createHmac('sha256', key).update(content).digest();

const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const badSignature = (message: string): BedrockError => new BedrockError('InvalidSignatureException', message);

/** The path is encoded once on the wire and once more here, as for every service but S3. */
const canonicalRequest = ({ method, url, headers }: SignedRequest, signed: readonly string[], hash: string): string => {
  const [path = '/', query = ''] = url.split('?', 2);
  const canonicalPath = path.split('/').map(encode).join('/');
  const parameters = [...new URLSearchParams(query)].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  const lines = signed.map((name) => `${name}:${String(headers[name]).trim().replaceAll(/\s+/g, ' ')}`);
  return [method, canonicalPath, parameters.join('&'), ...lines, '', signed.join(';'), hash].join('\n');
};

/** Headers that a signature must cover: the host, and all that speak to AWS. */
const mustBeSigned = (headers: SignedRequest['headers']): readonly string[] => [
  headers[':authority'] === undefined ? 'host' : ':authority',
  ...Object.keys(headers).filter((name) => name.startsWith('x-amz-')),
];

/**
 * Lets a request pass whose signature holds.
 *
 * @throws BedrockError with the type that AWS answers with, always status 403.
 */
export const verifySignature = (request: SignedRequest, rules: SignatureRules): void => {
  const { credentials, allowBearer, now, service: expected = 'bedrock' } = rules;
  const { headers, body } = request;
  const authorization = String(headers['authorization'] ?? '');
  if (BEARER.test(authorization)) {
    if (allowBearer) return;
    throw new BedrockError('AccessDeniedException', 'Not authorized to perform: bedrock:CallWithBearerToken.');
  }
  const match = AUTHORIZATION.exec(authorization);
  if (match === null)
    throw new BedrockError('MissingAuthenticationTokenException', 'The request has no authentication token.');
  const [, keyId = '', day = '', region = '', service = '', names = '', signature = ''] = match;
  const secret = Object.hasOwn(credentials, keyId) ? credentials[keyId] : undefined;
  if (secret === undefined)
    throw new BedrockError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  if (service !== expected) throw badSignature(`Credential should be scoped to correct service: '${expected}'.`);

  const amzDate = String(headers['x-amz-date'] ?? '');
  const at = Date.parse(amzDate.replace(AMZ_DATE, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(now() - at) <= MAX_SKEW_MS) || !amzDate.startsWith(day))
    throw badSignature(`Signature expired: ${amzDate} is not within 5 min. of the server time.`);

  const signed = names.split(';');
  if (mustBeSigned(headers).some((name) => !signed.includes(name)))
    throw badSignature('A header that must be signed is not signed.');
  const hash = sha256(body);
  if ((headers['x-amz-content-sha256'] ?? hash) !== hash)
    throw badSignature("The provided 'x-amz-content-sha256' header does not match what was computed.");

  const scope = `${day}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', amzDate, scope, sha256(canonicalRequest(request, signed, hash))].join('\n');
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  if (!timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex')))
    throw badSignature('The request signature we calculated does not match the signature you provided.');
};
