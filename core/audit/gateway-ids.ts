/** Ids that the front door and the trace give a request, as far as they are of the shape that AWS gives them. */

/** Ids of the front door. */
export interface GatewayIds {
  /** A client of a REST API can choose it; only one of API Gateway's own shape is taken. */
  readonly requestId?: string;
  /** No client can choose it: the id to find the request by in the access log. */
  readonly extendedRequestId?: string;
}

const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i; // 3f2504e0-4f89-11d3-9a0c-0305e82c3301
const EXTENDED = /^[\w-]{15}=$/; // JKJaXmPLvHcESHA=
const TRACE_ROOT = /(?:^|;)\s?Root=(1-[\da-f]{8}-[\da-f]{24})(?:;|$)/i; // Root=1-5759e988-bd862e3fe1be46a994272793

/** Longest trace header that is looked at, in UTF-16 units. */
const MAX_TRACE_HEADER = 512;

const shaped = (value: unknown, shape: RegExp): string | undefined =>
  typeof value === 'string' && shape.test(value) ? value : undefined;

/**
 * The ids in an event's `requestContext`. Whatever else stands in their place is content that somebody chose, and is left
 * out. Source: API Gateway developer guide, "Variables for data models, authorizers, … and access logging".
 */
export const gatewayIdsOf = (context: Readonly<Record<string, unknown>>): GatewayIds | undefined => {
  const given = Object.hasOwn(context, 'requestId') ? context['requestId'] : undefined;
  const extended = Object.hasOwn(context, 'extendedRequestId') ? context['extendedRequestId'] : undefined;
  const requestId = shaped(given, UUID);
  // HTTP APIs have an extended id only, and call it the request's.
  const extendedRequestId = shaped(extended, EXTENDED) ?? shaped(given, EXTENDED);
  if (requestId === undefined && extendedRequestId === undefined) return undefined;
  return {
    ...(requestId !== undefined && { requestId }),
    ...(extendedRequestId !== undefined && { extendedRequestId }),
  };
};

/** The root of an X-Ray trace header. Source: X-Ray developer guide, "Tracing header". */
export const traceRootOf = (header: string | undefined): string | undefined =>
  header === undefined || header.length > MAX_TRACE_HEADER ? undefined : TRACE_ROOT.exec(header)?.[1];
