/** Which operation the URL of a signed request asks for. Its host is never asked: the guarded client has an endpoint of its own. */

/** Last part of the path of an operation that is answered. */
export type OperationName = 'converse' | 'converse-stream' | 'invoke' | 'invoke-with-response-stream';

/** What a request asks for. */
export interface FetchRoute {
  readonly operation: OperationName;
  /** Decoded once; the command encodes it again in its own way. */
  readonly modelId: string;
}

/** `/model/eu.amazon.nova-lite-v1%3A0/converse`: one segment a model, in one spelling, and nothing behind it. */
const PATH = /^\/model\/([^/]{1,6144})\/(converse|converse-stream|invoke|invoke-with-response-stream)$/;

/**
 * `arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.amazon.nova-lite-v1:0`, the characters and the length of
 * the service model's `modelId`: what needed more than one decoding is none.
 */
const MODEL_ID = /^[A-Za-z0-9][A-Za-z0-9._:/-]{0,2047}$/;

/** `a/../b`: no model has one, and what takes it for a path would take it for another. */
const DOT_SEGMENT = /\/\.{1,2}(?:\/|$)/;

const decoded = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};

/** The operation and the model of a request, or `undefined` where it is none of the four. */
export const routeOf = (method: string, address: string): FetchRoute | undefined => {
  const { protocol, pathname, search, hash } = new URL(address);
  if (method !== 'POST' || (protocol !== 'https:' && protocol !== 'http:') || search !== '' || hash !== '')
    return undefined;
  const [, segment = '', operation] = PATH.exec(pathname) ?? [];
  const modelId = decoded(segment);
  if (operation === undefined || modelId === undefined) return undefined;
  if (!MODEL_ID.test(modelId) || DOT_SEGMENT.test(modelId)) return undefined;
  return { operation: operation as OperationName, modelId };
};
