/**
 * An InvokeModel call as the Converse call that it stands for, and back.
 * Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html
 */

import type { ConverseCommandInput, InvokeModelCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { BulwarkError } from '../../core/errors.ts';
import {
  type BodyCall,
  type BodyFormat,
  bodyRefused,
  type Fields,
  fieldsIn,
  formatOf,
  readBody,
  unknownBody,
} from '../../core/invoke-model/index.ts';
import type { CallSetting } from './call-engines.ts';
import type { ClientRules } from './client-rules.ts';
import { namedModel } from './model-id.ts';

/** A call that was read. */
export interface Invocation {
  readonly format: BodyFormat;
  /** What the guards of Converse see of it. */
  readonly call: ConverseCommandInput;
  /** Where it is made: what the guards of Converse cannot know of it is in the rules. */
  readonly setting: CallSetting;
  /**
   * The call as it goes out.
   *
   * @throws BulwarkError `content_not_allowed`; `model_not_allowed` for a model whose bodies are of another format.
   */
  write(sent: ConverseCommandInput): InvokeModelCommandInput;
}

const MEMBERS: ReadonlySet<string> = new Set([
  'modelId',
  'body',
  'contentType',
  'accept',
  'trace',
  'guardrailIdentifier',
  'guardrailVersion',
  'performanceConfigLatency',
  'serviceTier',
  'requestMetadata',
]);

const JSON_TYPE = 'application/json';

/** `application/json; charset=utf-8`, as callers write it. */
const IS_JSON = /^application\/json(?:\s{0,8};\s{0,8}charset="?utf-8"?)?$/i;

const checkMembers = (input: InvokeModelCommandInput): void => {
  for (const [name, value] of Object.entries(input))
    if (value !== undefined && !MEMBERS.has(name)) throw bodyRefused('parameter');
  const { contentType = JSON_TYPE, accept = JSON_TYPE } = input;
  if (!IS_JSON.test(contentType) || (accept !== '*/*' && !IS_JSON.test(accept))) throw bodyRefused('content-type');
};

const metadataIn = (json: string): Fields => {
  const metadata = typeof json === 'string' ? fieldsIn(json) : undefined;
  if (metadata === undefined) throw bodyRefused('request-metadata');
  return metadata;
};

/** Parameters beside the body, as Converse has them. */
const parametersOf = (input: InvokeModelCommandInput): Fields => {
  const { trace, guardrailIdentifier, guardrailVersion, performanceConfigLatency, serviceTier, requestMetadata } =
    input;
  const guardrail = {
    ...(guardrailIdentifier !== undefined && { guardrailIdentifier }),
    ...(guardrailVersion !== undefined && { guardrailVersion }),
    ...(trace !== undefined && { trace: String(trace).toLowerCase() }),
  };
  return {
    ...(Object.keys(guardrail).length > 0 && { guardrailConfig: guardrail }),
    ...(performanceConfigLatency !== undefined && { performanceConfig: { latency: performanceConfigLatency } }),
    ...(serviceTier !== undefined && { serviceTier: { type: serviceTier } }),
    ...(requestMetadata !== undefined && { requestMetadata: metadataIn(requestMetadata) }),
  };
};

/** {@link parametersOf} the other way. */
const writeParameters = (sent: ConverseCommandInput): Omit<InvokeModelCommandInput, 'body' | 'modelId'> => {
  const { guardrailConfig: guardrail, performanceConfig, serviceTier, requestMetadata } = sent;
  const { guardrailIdentifier, guardrailVersion, trace } = guardrail ?? {};
  return {
    ...(guardrailIdentifier !== undefined && { guardrailIdentifier }),
    ...(guardrailVersion !== undefined && { guardrailVersion }),
    ...(trace !== undefined && { trace: trace.toUpperCase() as 'ENABLED' }),
    ...(performanceConfig?.latency !== undefined && { performanceConfigLatency: performanceConfig.latency }),
    ...(serviceTier?.type !== undefined && { serviceTier: serviceTier.type }),
    ...(requestMetadata !== undefined && { requestMetadata: JSON.stringify(requestMetadata) }),
  };
};

/** The format of a body that no family has: none, unless the rules admit those, and nothing has to bound them. */
const unknownFormat = ({ scope, rules }: CallSetting, streamed: boolean): BodyFormat => {
  if (rules.unknownBodies !== 'screen' || streamed) throw bodyRefused('body-shape');
  if (scope.allowance !== undefined) throw bodyRefused('body-unbounded');
  return unknownBody;
};

/**
 * Rules for a call in this format. A body that nobody knows has no place for instructions, which marks need; and the
 * tokens of a raw prompt are not those that CountTokens counts of its turns.
 */
const rulesFor = (format: BodyFormat, { countTokensAbove, ...rules }: ClientRules): ClientRules => {
  if (format === unknownBody) return { ...rules, spotlight: false, canary: false };
  return { ...rules, ...(format.unattributed === undefined && countTokensAbove !== undefined && { countTokensAbove }) };
};

/**
 * Reads a call. Its body is read once: what goes out is written from what was read.
 *
 * @throws BulwarkError `content_not_allowed` for what cannot be read, or has a field, role, block or value that is not known.
 */
export const readInvocation = (setting: CallSetting, given: InvokeModelCommandInput, streamed: boolean): Invocation => {
  const input = { ...given };
  checkMembers(input);
  const modelId = String(input.modelId ?? '');
  const body = readBody(input.body);
  const formatFor = (id: string): BodyFormat | undefined => formatOf(namedModel(id, setting.rules.profiles), body);
  const format = formatFor(modelId) ?? unknownFormat(setting, streamed);
  const call = { ...format.read(body), ...parametersOf(input), modelId: input.modelId } as ConverseCommandInput;
  const unattributed = format.unattributed?.(call as BodyCall);
  return {
    format,
    call,
    setting: {
      ...setting,
      rules: rulesFor(format, setting.rules),
      ...(unattributed !== undefined && { unattributed }),
    },
    write(sent) {
      const { modelId: target = '' } = sent;
      if (target !== modelId && formatFor(target) !== format)
        throw new BulwarkError('model_not_allowed', { reason: 'body-family' });
      return {
        ...writeParameters(sent),
        modelId: target,
        contentType: JSON_TYPE,
        accept: JSON_TYPE,
        body: new TextEncoder().encode(JSON.stringify(format.write(body, sent as BodyCall))),
      };
    },
  };
};
