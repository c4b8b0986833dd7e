/** What a function returned, as the front doors read it. */

import type { InvokeResult } from '../function-host/index.ts';
import { type Refusal, refusalResponse } from './refusal.ts';
import type { HttpResponse, Source } from './types.ts';

type Fields = Readonly<Record<string, unknown>>;

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/** Header pairs, or `undefined` where one cannot be sent: a line break in a value would make new headers. */
export const headerPairs = ({
  headers = {},
  multiValueHeaders = {},
  cookies = [],
}: Fields): HttpResponse['headers'] | undefined => {
  const pairs = [
    ...Object.entries((headers ?? {}) as Fields).map(([name, value]) => [name, String(value)] as const),
    ...Object.entries((multiValueHeaders ?? {}) as Record<string, readonly unknown[]>).flatMap(([name, values]) =>
      values.map((value) => [name, String(value)] as const),
    ),
    ...(cookies as readonly unknown[]).map((cookie) => ['set-cookie', String(cookie)] as const),
  ];
  return pairs.every(([name, value]) => NAME.test(name) && VALUE.test(value)) ? pairs : undefined;
};

const asProxyResponse = (value: unknown, source: Source): Fields | undefined => {
  const isObject = typeof value === 'object' && value !== null;
  if (isObject && Number.isInteger((value as Fields)['statusCode'])) return value as Fields;
  if (source === 'rest-v1') return undefined;
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body };
};

/** The response to send for what an invocation came to. */
export const responseOf = (result: InvokeResult, source: Source): HttpResponse => {
  const refuse = (refusal: Refusal): HttpResponse => refusalResponse(source, refusal);
  if (!result.ok)
    return refuse(result.errorType === 'Sandbox.Timedout' ? 'INTEGRATION_TIMEOUT' : 'INTEGRATION_FAILURE');
  const response = asProxyResponse(result.value, source);
  const headers = response === undefined ? undefined : headerPairs(response);
  const { body = '', statusCode } = response ?? {};
  if (response === undefined || headers === undefined || (body !== null && typeof body !== 'string'))
    return refuse('INTEGRATION_FAILURE');
  const status = statusCode as number;
  if (status < 100 || status > 599) return refuse('INTEGRATION_FAILURE');
  return { status, headers, body: Buffer.from(body ?? '', response['isBase64Encoded'] === true ? 'base64' : 'utf8') };
};
