/**
 * Parameters of a call beside its texts. Everything that is not named here is refused, new parameters of the API too.
 * Source: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */

import { blockType, type ContentBlock, type ConverseInput, member } from './types.ts';

/** A guardrail of the account, and its version. */
export interface GuardrailRule {
  readonly guardrailIdentifier: string;
  readonly guardrailVersion: string;
}

/** Which parameters a call may name. */
export interface ParameterRules {
  /** Service tiers. @default none */
  readonly serviceTiers?: readonly string[] | undefined;
  /** Latencies of `performanceConfig`. @default none */
  readonly performance?: readonly string[] | undefined;
  /** Fields of `additionalModelRequestFields`, by their names at the top. @default none */
  readonly additionalFields?: readonly string[] | undefined;
  /** The guardrail that every call has: a call may name it, and no other. @default whatever a call names */
  readonly guardrail?: GuardrailRule | undefined;
}

const PARAMETERS: ReadonlySet<string> = new Set([
  'modelId',
  'messages',
  'system',
  'inferenceConfig',
  'toolConfig',
  'guardrailConfig',
  'requestMetadata',
  'serviceTier',
  'performanceConfig',
  'additionalModelRequestFields',
  'additionalModelResponseFieldPaths',
]);

/**
 * Fields of a model's own reply that a call may ask for: which of the call's own stop sequences ended it. Any other might
 * hold text of the model, and nobody cleans it there. The Vercel AI SDK asks each Anthropic model for this one.
 */
const RESPONSE_FIELDS: ReadonlySet<unknown> = new Set(['/delta/stop_sequence', '/stop_sequence']);

/** Fields of `inferenceConfig`. */
const INFERENCE: ReadonlySet<string> = new Set(['maxTokens', 'temperature', 'topP', 'stopSequences']);

/**
 * Fields of a model's own request that would take the place of what the kit has checked: its texts, tools and bounds. No
 * policy admits them.
 */
export const NEVER_ADDITIONAL: ReadonlySet<string> = new Set([
  'messages',
  'prompt',
  'message',
  'chat_history',
  'preamble',
  'documents',
  'inputText',
  'system',
  'tools',
  'tool_choice',
  'toolConfig',
  'functions',
  'max_tokens',
  'max_new_tokens',
  'max_gen_len',
  'maxTokens',
  'max_completion_tokens',
  'max_tokens_to_sample',
  'inferenceConfig',
  'n',
  'num_generations',
  'stream',
  'model',
  'mcp_servers',
  'container',
  'amazon-bedrock-guardrailConfig',
  'textGenerationConfig',
  'maxTokenCount',
  'max_output_tokens',
  'instructions',
  'input',
  'suffix',
  'images',
  'tool_results',
]);

/** Whether an object has no field but those that are named. What is undefined is not sent. */
const hasOnly = (fields: ContentBlock, names: ReadonlySet<string>): boolean => {
  for (const name of Object.keys(fields)) if (!names.has(name) && fields[name] !== undefined) return false;
  return true;
};

/** The one member of `value`, where its value is of the list. */
const isListed = (value: unknown, name: string, listed: readonly string[] = []): boolean => {
  if (value === undefined) return true;
  const named = blockType(value) === name ? (value as ContentBlock)[name] : undefined;
  return listed.some((each) => each === named);
};

const areAdditionalAdmitted = (fields: unknown, admitted: readonly string[] = []): boolean => {
  if (fields === undefined) return true;
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) return false;
  return Object.keys(fields).every((name) => admitted.includes(name) && !NEVER_ADDITIONAL.has(name));
};

const areResponseFieldsAdmitted = (paths: unknown): boolean =>
  paths === undefined || (Array.isArray(paths) && paths.every((path) => RESPONSE_FIELDS.has(path)));

/**
 * Whether a call names no guardrail, or the one of the rules; without a rule, any. A trace would tell what was found, and
 * a stream that is judged `async` is read before it is judged.
 */
const isGuardrailAdmitted = (input: ConverseInput, rule: GuardrailRule | undefined): boolean => {
  const config = member(input, 'guardrailConfig');
  if (config === undefined || rule === undefined) return true;
  const { guardrailIdentifier, guardrailVersion, trace = 'disabled', streamProcessingMode = 'sync', ...more } = config;
  return (
    guardrailIdentifier === rule.guardrailIdentifier &&
    guardrailVersion === rule.guardrailVersion &&
    trace === 'disabled' &&
    streamProcessingMode === 'sync' &&
    Object.keys(more).length === 0
  );
};

/** Begins the names of metadata that the kit sets itself. */
export const METADATA_PREFIX = 'bulwark';

/** The name under which model invocation logs have the invocation's id. */
export const REQUEST_ID_METADATA: string = `${METADATA_PREFIX}_request_id`;

/** Entries of metadata that are left to a call, of the 16 that Bedrock takes. */
const MAX_METADATA = 12;

/** What Bedrock takes as metadata, by its API reference: `team`, `cost-centre 7`. */
const METADATA_TEXT = /^[a-zA-Z0-9\s:_@$#=/+,.-]{1,256}$/;

const isMetadataAdmitted = (metadata: unknown): boolean => {
  if (metadata === undefined) return true;
  if (typeof metadata !== 'object' || metadata === null || Array.isArray(metadata)) return false;
  const entries = Object.entries(metadata);
  return (
    entries.length <= MAX_METADATA &&
    entries.every(
      ([name, value]) =>
        METADATA_TEXT.test(name) &&
        !name.toLowerCase().startsWith(METADATA_PREFIX) &&
        typeof value === 'string' &&
        (value === '' || METADATA_TEXT.test(value)),
    )
  );
};

/** What is wrong with the parameters of a call, in the kit's own word; `undefined` when they may be sent. */
export const parameterProblem = (input: ConverseInput, rules: ParameterRules): string | undefined => {
  const given = input as ContentBlock;
  if (!hasOnly(given, PARAMETERS) || !hasOnly(member(input, 'inferenceConfig') ?? {}, INFERENCE)) return 'parameter';
  if (!areResponseFieldsAdmitted(given['additionalModelResponseFieldPaths'])) return 'parameter';
  if (!isListed(given['serviceTier'], 'type', rules.serviceTiers)) return 'service-tier';
  if (!isListed(given['performanceConfig'], 'latency', rules.performance)) return 'performance';
  if (!areAdditionalAdmitted(given['additionalModelRequestFields'], rules.additionalFields)) return 'additional-field';
  if (!isGuardrailAdmitted(input, rules.guardrail)) return 'guardrail';
  return isMetadataAdmitted(given['requestMetadata']) ? undefined : 'request-metadata';
};
