/** HTTP requests as Lambda events. Shapes: API Gateway and Lambda developer guides, and the files in `events/`. */

import { randomUUID } from 'node:crypto';
import type { HttpRequest, Identity, Route, Source } from './types.ts';

const ACCOUNT = '123456789012';
const API = 'local12345';
const TEXT_TYPE = /^(?:text\/|application\/(?:[\w.+-]{0,64}json|xml|javascript|x-www-form-urlencoded))/i; // application/json

const grouped = (pairs: Iterable<readonly [string, string]>): Record<string, string[]> => {
  const groups = new Map<string, string[]>();
  for (const [name, value] of pairs) groups.set(name, [...(groups.get(name) ?? []), value]);
  return Object.fromEntries(groups);
};

const mapped = (
  groups: Readonly<Record<string, readonly string[]>>,
  pick: (values: readonly string[]) => string,
): Record<string, string> => Object.fromEntries(Object.entries(groups).map(([name, values]) => [name, pick(values)]));

const last = (values: readonly string[]): string => values.at(-1) ?? '';
const orNull = <T extends object>(value: T): T | null => (Object.keys(value).length === 0 ? null : value);

/** API Gateway writes header names of REST APIs in their canonical case only where it adds them; here all are. */
const canonical = (name: string): string => name.replaceAll(/(?:^|-)[a-z]/g, (start) => start.toUpperCase());

const forwarded = ({ sourceIp }: HttpRequest): readonly (readonly [string, string])[] => [
  ['X-Forwarded-For', sourceIp],
  ['X-Forwarded-Port', '443'],
  ['X-Forwarded-Proto', 'https'],
];

/** Cognito's claims as REST APIs pass them: all text, times as dates. */
const restClaims = (claims: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  ...Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [
      name,
      name === 'exp' || name === 'iat'
        ? new Date(Number(value) * 1000).toUTCString().replace('GMT', 'UTC')
        : String(value),
    ]),
  ),
  scopes: null,
});

const userAgentOf = (request: HttpRequest): string =>
  request.headers.find(([name]) => name.toLowerCase() === 'user-agent')?.[1] ?? '';

const restEvent = (request: HttpRequest, { path, method }: Route, { claims, apiKeyId }: Identity): object => {
  const names = [...request.headers.map(([name, value]) => [canonical(name), value] as const), ...forwarded(request)];
  const headers = grouped(names);
  const query = grouped(new URLSearchParams(request.query));
  return {
    resource: path,
    path,
    httpMethod: method,
    headers: mapped(headers, last),
    multiValueHeaders: headers,
    queryStringParameters: orNull(mapped(query, last)),
    multiValueQueryStringParameters: orNull(query),
    pathParameters: null,
    stageVariables: null,
    requestContext: {
      accountId: ACCOUNT,
      apiId: API,
      ...(claims === undefined ? {} : { authorizer: { claims: restClaims(claims) } }),
      domainName: 'localhost',
      domainPrefix: 'localhost',
      extendedRequestId: randomUUID(),
      httpMethod: method,
      identity: {
        accessKey: null,
        accountId: null,
        apiKey: null,
        apiKeyId: apiKeyId ?? null,
        caller: null,
        cognitoAuthenticationProvider: null,
        cognitoAuthenticationType: null,
        cognitoIdentityId: null,
        cognitoIdentityPoolId: null,
        principalOrgId: null,
        sourceIp: request.sourceIp,
        user: null,
        userAgent: userAgentOf(request),
        userArn: null,
      },
      path: `/dev${path}`,
      protocol: 'HTTP/1.1',
      requestId: randomUUID(),
      requestTime: new Date().toUTCString(),
      requestTimeEpoch: Date.now(),
      resourceId: 'local',
      resourcePath: path,
      stage: 'dev',
    },
    body: request.body.length === 0 ? null : request.body.toString(),
    isBase64Encoded: false,
  };
};

const v2Event = (source: Source, request: HttpRequest, { path, method }: Route, { claims }: Identity): object => {
  const url = source === 'function-url';
  const headers = grouped(
    [...request.headers, ...forwarded(request)].map(([name, value]) => [name.toLowerCase(), value] as const),
  );
  const { cookie: cookies, ...others } = headers;
  const isText = request.body.length === 0 || TEXT_TYPE.test(last(headers['content-type'] ?? []));
  const routeKey = url ? '$default' : `${method} ${path}`;
  const query = mapped(grouped(new URLSearchParams(request.query)), (values) => values.join(','));
  return {
    version: '2.0',
    routeKey,
    rawPath: path,
    rawQueryString: request.query,
    ...(cookies === undefined ? {} : { cookies: cookies.flatMap((line) => line.split('; ')) }),
    headers: mapped(others, (values) => values.join(',')),
    ...(Object.keys(query).length === 0 ? {} : { queryStringParameters: query }),
    requestContext: {
      accountId: url ? 'anonymous' : ACCOUNT,
      apiId: API,
      ...(claims === undefined
        ? {}
        : {
            authorizer: {
              jwt: {
                claims: Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, String(value)])),
                scopes: null,
              },
            },
          }),
      domainName: url ? `${API}.lambda-url.eu-central-1.on.aws` : `${API}.execute-api.eu-central-1.amazonaws.com`,
      domainPrefix: API,
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: request.sourceIp, userAgent: userAgentOf(request) },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: new Date().toUTCString(),
      timeEpoch: Date.now(),
    },
    ...(request.body.length === 0 ? {} : { body: request.body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: !isText,
  };
};

/** The event that the front door of `route` makes of a request. */
export const eventOf = (request: HttpRequest, route: Route, identity: Identity): object =>
  route.source === 'rest-v1' ? restEvent(request, route, identity) : v2Event(route.source, request, route, identity);
