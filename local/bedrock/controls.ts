/** What a request asks of the service around the model: guardrail, tier, latency, metadata; in fields or in headers. */

import { invalid } from './errors.ts';
import type { NamedGuardrail } from './guardrails/inline-guardrail.ts';
import { type Block, member } from './model/request.ts';
import type { Operation } from './routes.ts';

/** Controls of a request as they were sent, checked only when a model answers. */
export interface RequestControls {
  readonly guardrail: NamedGuardrail;
  readonly serviceTier?: string;
  /** Of `performanceConfig`. */
  readonly latency?: string;
  /** An object of strings, if it is right; text that is no JSON as it is. */
  readonly requestMetadata?: unknown;
}

/** Headers of a request, names in lower case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};

/** A control that is set, as text; nothing when it is not. */
const set = <Name extends string>(name: Name, value: unknown): Partial<Record<Name, string>> =>
  (value === undefined ? {} : { [name]: String(value) }) as Partial<Record<Name, string>>;

const ofHeaders = (headers: RequestHeaders): RequestControls => {
  const named = (name: string): unknown => headers[`x-amzn-bedrock-${name}`];
  const metadata = named('request-metadata');
  const trace = named('trace');
  return {
    guardrail: {
      ...set('identifier', named('guardrailidentifier')),
      ...set('version', named('guardrailversion')),
      ...(trace !== undefined && { trace: String(trace).toLowerCase() }),
    },
    ...set('serviceTier', named('service-tier')),
    ...set('latency', named('performanceconfig-latency')),
    ...(metadata !== undefined && { requestMetadata: parsed(String(metadata)) }),
  };
};

const ofFields = (body: Block): RequestControls => {
  const { guardrailIdentifier, guardrailVersion, trace } = member(body, 'guardrailConfig');
  const { requestMetadata } = body;
  return {
    guardrail: {
      ...set('identifier', guardrailIdentifier),
      ...set('version', guardrailVersion),
      ...set('trace', trace),
    },
    ...set('serviceTier', member(body, 'serviceTier')['type']),
    ...set('latency', member(body, 'performanceConfig')['latency']),
    ...(requestMetadata !== undefined && { requestMetadata }),
  };
};

/** Controls of a request: InvokeModel has them in headers, Converse in fields. */
export const controlsOf = (operation: Operation, headers: RequestHeaders, body: unknown): RequestControls => {
  if (operation.startsWith('InvokeModel')) return ofHeaders(headers);
  return ofFields(typeof body === 'object' && body !== null ? (body as Block) : {});
};

/** Source of these and the next: API Reference, "Converse" and "InvokeModel". */
const GUARDRAIL =
  /^(?:[a-z0-9]{1,64}|arn:aws(?:-[^:]{1,16})?:bedrock:[a-z0-9-]{1,20}:\d{12}:guardrail\/[a-z0-9]{1,64})$/; // gr1
const VERSION = /^(?:[1-9]\d{0,7}|DRAFT)$/;
const METADATA_KEY = /^[a-zA-Z0-9\s:_@$#=/+,\-.]{1,256}$/;
const METADATA_VALUE = /^[a-zA-Z0-9\s:_@$#=/+,\-.]{0,256}$/;
const MAX_METADATA = 16;
const VALUES = {
  trace: ['enabled', 'disabled', 'enabled_full'],
  serviceTier: ['priority', 'default', 'flex', 'reserved'],
  latency: ['standard', 'optimized'],
} as const;

const isMetadata = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.keys(value).length <= MAX_METADATA &&
  Object.entries(value).every(
    ([key, text]) => METADATA_KEY.test(key) && typeof text === 'string' && METADATA_VALUE.test(text),
  );

/**
 * Lets controls pass that the service takes.
 *
 * @throws BedrockError `ValidationException`
 */
export const checkControls = (controls: RequestControls, body: Block, modelId: string): void => {
  const { guardrail, serviceTier, latency, requestMetadata } = controls;
  const { identifier, version, trace } = guardrail;
  const require = (isSo: boolean, name: string): void => {
    if (!isSo) throw invalid(modelId, `1 validation error detected: Value at '${name}' failed to satisfy constraint`);
  };
  const oneOf = (name: keyof typeof VALUES, value: string | undefined): void =>
    require(value === undefined || (VALUES[name] as readonly string[]).includes(value), name);
  require((identifier === undefined) === (version === undefined), 'guardrailVersion');
  require(identifier === undefined || GUARDRAIL.test(identifier), 'guardrailIdentifier');
  require(version === undefined || VERSION.test(version), 'guardrailVersion');
  require(identifier !== undefined || body['amazon-bedrock-guardrailConfig'] === undefined, 'guardrailIdentifier');
  require(requestMetadata === undefined || isMetadata(requestMetadata), 'requestMetadata');
  oneOf('trace', trace);
  oneOf('serviceTier', serviceTier);
  oneOf('latency', latency);
};
