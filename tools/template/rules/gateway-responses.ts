/** Refusals of the gateway itself, which no function sees. */

import { VALUES } from '../specification/values.ts';
import { type Fields, isFields } from '../template.ts';
import { type Rule, type Seen, targetsOf } from './rule.ts';

/** Status of each. Where it is another than AWS's own, the reason stands beside it. */
const STATUS: Readonly<Record<string, number>> = {
  ACCESS_DENIED: 403,
  API_CONFIGURATION_ERROR: 500,
  AUTHORIZER_CONFIGURATION_ERROR: 500,
  AUTHORIZER_FAILURE: 500,
  BAD_REQUEST_BODY: 400,
  BAD_REQUEST_PARAMETERS: 400,
  DEFAULT_4XX: 400,
  DEFAULT_5XX: 500,
  // AWS says 403: a client then does not know that a new token would do.
  EXPIRED_TOKEN: 401,
  // AWS says 504 for both: only one of them is a matter of time.
  INTEGRATION_FAILURE: 502,
  INTEGRATION_TIMEOUT: 504,
  INVALID_API_KEY: 403,
  INVALID_SIGNATURE: 401,
  // AWS says 403: it is what an unknown path gets.
  MISSING_AUTHENTICATION_TOKEN: 404,
  QUOTA_EXCEEDED: 429,
  REQUEST_TOO_LARGE: 413,
  RESOURCE_NOT_FOUND: 404,
  THROTTLED: 429,
  UNAUTHORIZED: 401,
  UNSUPPORTED_MEDIA_TYPE: 415,
  WAF_FILTERED: 403,
};

/** Headers of each, and of some. */
const headersOf = (status: number): Readonly<Record<string, RegExp>> => ({
  'Content-Type': /^'application\/problem\+json'$/,
  'Cache-Control': /^'no-store'$/,
  ...(status === 401 ? { 'WWW-Authenticate': /^'Bearer\b.*'$/ } : {}),
  ...(status === 429 ? { 'Retry-After': /^'\d+'$/ } : {}),
});

/** Variables that tell a caller more than that it was refused: why an authorizer said no, what a validator read. */
const TELLING = /\$(?:context\.(?!requestId\b)|stageVariables|input|util)/;

const bodyOf = (template: unknown): Readonly<Record<string, unknown>> | undefined => {
  try {
    const body: unknown = JSON.parse(String(template));
    return isFields(body) ? body : undefined;
  } catch {
    return undefined;
  }
};

const responseProblems = ({ id, properties, raw }: Seen): readonly string[] => {
  const type = String(properties['ResponseType']);
  const status = STATUS[type];
  const parameters = isFields(properties['ResponseParameters']) ? properties['ResponseParameters'] : {};
  const templates = isFields(properties['ResponseTemplates']) ? properties['ResponseTemplates'] : {};
  const body = bodyOf(templates['application/json']);
  return [
    ...(String(properties['StatusCode']) === String(status)
      ? []
      : [`${id}: answers ${properties['StatusCode']} for ${type}`]),
    ...Object.entries(headersOf(status ?? 0))
      .filter(([name, shape]) => !shape.test(String(parameters[`gatewayresponse.header.${name}`])))
      .map(([name]) => `${id}: header ${name}`),
    ...(body !== undefined &&
    body['status'] === status &&
    /^urn:[\w:-]+$/.test(String(body['type'])) &&
    String(body['type']).endsWith(`:${body['code']}`)
      ? []
      : [`${id}: is no problem+json of its status`]),
    ...(body?.['requestId'] === '$context.requestId' ? [] : [`${id}: names no request`]),
    ...(TELLING.test(JSON.stringify(properties)) ? [`${id}: tells why`] : []),
    ...(targetsOf(raw['RestApiId']).length === 1 ? [] : [`${id}: is of no API of this template`]),
  ];
};

/** Rules about refusals of the gateway. */
export const GATEWAY_RESPONSE_RULES: readonly Rule[] = [
  {
    name: 'gateway responses',
    why: 'clients of one service meet two shapes of errors, and an authorizer’s message tells an attacker how far it came',
    types: ['AWS::ApiGateway::GatewayResponse'],
    check: (view) => {
      const responses = view.of('AWS::ApiGateway::GatewayResponse');
      const given = responses.map(({ properties }) => properties['ResponseType']);
      const wanted =
        view.of('AWS::ApiGateway::RestApi').length === 0
          ? []
          : (VALUES['AWS::ApiGateway::GatewayResponse/ResponseType'] ?? []);
      // Browsers of another origin read a refusal only with these headers: all of them have them, or none.
      const corsOf = ({ properties }: Seen): string =>
        JSON.stringify(
          Object.entries((properties['ResponseParameters'] ?? {}) as Fields)
            .filter(([name]) => /Access-Control-|Vary/.test(name))
            .toSorted(),
        );
      const [first] = responses;
      const common =
        responses
          .map(corsOf)
          .toSorted(
            (a, b) =>
              responses.filter((each) => corsOf(each) === b).length -
              responses.filter((each) => corsOf(each) === a).length,
          )[0] ?? (first === undefined ? '' : corsOf(first));
      return [
        ...responses.flatMap(responseProblems),
        ...wanted.filter((type) => !given.includes(type)).map((type) => `GatewayResponse: none for ${type}`),
        ...given
          .filter((type, index) => given.indexOf(type) !== index)
          .map((type) => `GatewayResponse: two for ${type}`),
        ...responses
          .filter((each) => corsOf(each) !== common)
          .map(({ id }) => `${id}: cannot be read by the web pages that the others answer`),
      ];
    },
  },
];
