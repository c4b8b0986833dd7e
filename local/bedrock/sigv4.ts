/** Signature Version 4 as the service checks it. Source: AWS General Reference, "Signing AWS API requests". */

import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** A request as it arrived. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, percent-encoded as sent. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

const SERVICE = 'bedrock';
const MAX_SKEW_MS = 300_000;

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/,]{1,128})\/(\d{8})\/([^/,]{1,64})\/([^/,]{1,64})\/aws4_request, ?SignedHeaders=([^,]{1,1024}), ?Signature=([0-9a-f]{64})$/;
const AMZ_DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/; // 20261124T101500Z

const sha256 = (content: string | Buffer): string => createHash('sha256').update(content).digest('hex');
const hmac = (key: string | Buffer, content: string): Buffer => createHmac('sha256', key).update(content).digest();

const encode = (text: string): string =>
  encodeURIComponent(text).replaceAll(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const canonicalRequest = ({ method, url, headers, body }: SignedRequest, signed: readonly string[]): string => {
  const [path = '/', query = ''] = url.split('?');
  const parameters = [...new URLSearchParams(query)].map(([name, value]) => `${encode(name)}=${encode(value)}`).sort();
  return [
    method,
    path.split('/').map(encode).join('/'),
    parameters.join('&'),
    ...signed.map(
      (name) =>
        `${name}:${String(headers[name] ?? '')
          .trim()
          .replaceAll(/\s+/g, ' ')}`,
    ),
    '',
    signed.join(';'),
    sha256(body),
  ].join('\n');
};

/** Why a request is refused, or `undefined` when its signature holds. */
export const signatureProblem = (
  request: SignedRequest,
  secrets: Readonly<Record<string, string>>,
  now = Date.now(),
): string | undefined => {
  const match = AUTHORIZATION.exec(String(request.headers['authorization'] ?? ''));
  if (match === null) return 'Missing Authentication Token';
  const [, keyId = '', date = '', region = '', service = '', names = '', signature = ''] = match;
  const secret = Object.hasOwn(secrets, keyId) ? secrets[keyId] : undefined;
  if (secret === undefined) return 'The security token included in the request is invalid.';
  const amzDate = String(request.headers['x-amz-date'] ?? '');
  const at = Date.parse(amzDate.replace(AMZ_DATE, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(now - at) <= MAX_SKEW_MS)) return 'Signature expired.';
  if (service !== SERVICE) return `Credential should be scoped to correct service: '${SERVICE}'.`;
  const declared = request.headers['x-amz-content-sha256'];
  if (declared !== undefined && declared !== sha256(request.body)) return 'The payload does not match its hash.';
  const scope = `${date}/${region}/${service}/aws4_request`;
  const toSign = ['AWS4-HMAC-SHA256', amzDate, scope, sha256(canonicalRequest(request, names.split(';')))].join('\n');
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(hmac, `AWS4${secret}`);
  return timingSafeEqual(hmac(key, toSign), Buffer.from(signature, 'hex'))
    ? undefined
    : 'The request signature we calculated does not match the signature you provided.';
};
