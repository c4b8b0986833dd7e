/** What Bedrock refuses about a request to a model, with messages that name the house as real ones do. */

import { invalid } from './errors.ts';
import { type Block, listOf, type Message, type ModelRequest, member } from './model/request.ts';
import { promptParts, promptTokens } from './model/tokens.ts';

/** Tokens that the model writes at most. */
export const MODEL_MAXIMUM = 128_000;
/** Tokens that the model reads at most. */
const CONTEXT_WINDOW = 200_000;
const MAX_CACHE_POINTS = 4;

const ROLES: readonly string[] = ['user', 'assistant', 'system'];
const TOOL_NAME = /^[a-zA-Z0-9_-]{1,64}$/; // look_up

/** Members that a content block may have. */
const BLOCKS: ReadonlySet<string> = new Set(
  'text image document video audio toolUse toolResult guardContent cachePoint reasoningContent citationsContent searchResult toolAddition toolRemoval'.split(
    ' ',
  ),
);

type Fail = (sentence: string) => never;

const isObject = (value: unknown): value is Block =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const checkBlock = (block: unknown, place: string, fail: Fail): void => {
  const [name = '', ...others] = isObject(block) ? Object.keys(block) : [];
  if (!BLOCKS.has(name) || others.length > 0)
    fail(`The ContentBlock object at ${place} must set exactly one of the following keys: ${[...BLOCKS].join(', ')}.`);
  const { text } = block as Block;
  if (name === 'text' && (typeof text !== 'string' || text.trim() === ''))
    fail(`The text field in the ContentBlock object at ${place} is blank. Add text to the text field, and try again.`);
};

const idsOf = (message: Message | undefined, name: 'toolUse' | 'toolResult'): readonly unknown[] =>
  (message?.content ?? [])
    .filter((block) => block[name] !== undefined)
    .map((block) => member(block, name)['toolUseId']);

/** Every result answers a call of the turn before, and every call is answered in the turn after. */
const checkToolTurns = (messages: readonly Message[], toolConfig: unknown, fail: Fail): void => {
  for (const [index, message] of messages.entries()) {
    const called = idsOf(messages[index - 1], 'toolUse');
    const answered = idsOf(message, 'toolResult');
    if (answered.some((id) => !called.includes(id)))
      fail(
        `The number of toolResult blocks at messages.${index}.content exceeds the number of toolUse blocks of previous turn.`,
      );
    const missing = called.filter((id) => !answered.includes(id));
    if (missing.length > 0)
      fail(`Expected toolResult blocks at messages.${index}.content for the following Ids: ${missing.join(', ')}`);
    const usesTools = answered.length > 0 || idsOf(message, 'toolUse').length > 0;
    if (usesTools && toolConfig === undefined)
      fail('The toolConfig field must be defined when using toolUse and toolResult content blocks.');
  }
};

const checkMessages = (messages: unknown, fail: Fail): void => {
  if (!Array.isArray(messages))
    throw fail(
      "1 validation error detected: Value null at 'messages' failed to satisfy constraint: Member must not be null",
    );
  for (const [index, message] of messages.entries()) {
    const { role, content } = isObject(message) ? message : {};
    if (!ROLES.includes(String(role)))
      fail(
        `1 validation error detected: Value at 'messages.${index}.role' failed to satisfy constraint: Member must satisfy enum value set: [user, assistant, system]`,
      );
    if (!Array.isArray(content) || content.length === 0)
      throw fail(
        `The content field in the Message object at messages.${index} is empty. Add a ContentBlock object to the content field and try again.`,
      );
    for (const [at, block] of content.entries()) checkBlock(block, `messages.${index}.content.${at}`, fail);
    if (role !== 'system' && role === messages[index - 1]?.role)
      fail('A conversation must alternate between user and assistant roles. Make sure the conversation alternates.');
  }
  if (messages.find(({ role }) => role !== 'system')?.role !== 'user')
    fail(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
};

const checkNumber = (name: string, value: unknown, maximum: number, fail: Fail): void => {
  if (value !== undefined && !(typeof value === 'number' && value >= 0 && value <= maximum))
    fail(`1 validation error detected: Value at 'inferenceConfig.${name}' failed to satisfy constraint`);
};

const checkInferenceConfig = (config: Block, fail: Fail): void => {
  const { maxTokens = 1, stopSequences = [] } = config;
  if (typeof maxTokens !== 'number' || !Number.isInteger(maxTokens) || maxTokens < 1)
    fail(
      "1 validation error detected: Value at 'inferenceConfig.maxTokens' failed to satisfy constraint: Member must have value greater than or equal to 1",
    );
  if ((maxTokens as number) > MODEL_MAXIMUM)
    fail(`The maximum tokens you requested exceeds the model limit of ${MODEL_MAXIMUM}. Try again with a lower value.`);
  checkNumber('temperature', config['temperature'], 1, fail);
  checkNumber('topP', config['topP'], 1, fail);
  if (
    !Array.isArray(stopSequences) ||
    stopSequences.some((sequence) => typeof sequence !== 'string' || sequence === '')
  )
    fail("1 validation error detected: Value at 'inferenceConfig.stopSequences' failed to satisfy constraint");
};

const checkToolConfig = (config: Block, fail: Fail): void => {
  if (listOf(config, 'tools').length === 0) fail('The toolConfig.tools field must have at least 1 item.');
  for (const [index, tool] of listOf(config, 'tools').entries()) {
    const { name } = member(tool, 'toolSpec');
    if (tool['toolSpec'] !== undefined && !TOOL_NAME.test(String(name)))
      fail(
        `Value at 'toolConfig.tools.${index}.toolSpec.name' failed to satisfy regular expression pattern: ${TOOL_NAME.source}`,
      );
  }
};

/** At most four cache points; what is to stay longer comes first. Source: User Guide, "Prompt caching". */
const checkCachePoints = (request: ModelRequest, fail: Fail): void => {
  const ttls = promptParts(request)
    .filter(({ cachePoint }) => cachePoint !== undefined)
    .map(({ cachePoint }) => cachePoint?.['ttl'] ?? '5m');
  if (ttls.some((ttl) => ttl !== '5m' && ttl !== '1h'))
    fail(
      "1 validation error detected: Value at 'cachePoint.ttl' failed to satisfy constraint: Member must satisfy enum value set: [5m, 1h]",
    );
  if (ttls.length > MAX_CACHE_POINTS)
    fail(`A maximum of ${MAX_CACHE_POINTS} cache points may be provided. Found ${ttls.length}.`);
  if (ttls.lastIndexOf('1h') > ttls.indexOf('5m') && ttls.includes('5m'))
    fail("A cache point with ttl='1h' must not come after a cache point with ttl='5m'.");
};

/**
 * Lets a request pass that Bedrock would answer.
 *
 * @throws BedrockError `ValidationException`
 */
export const checkRequest = (body: unknown, modelId: string): ModelRequest => {
  const fail: Fail = (sentence) => {
    throw invalid(modelId, sentence);
  };
  if (!isObject(body)) return fail('Malformed input request, please reformat your input and try again.');
  checkMessages(body['messages'], fail);
  if (body['system'] !== undefined && !Array.isArray(body['system']))
    fail("1 validation error detected: Value at 'system' failed to satisfy constraint: Member must be a list");
  for (const [index, block] of listOf(body, 'system').entries()) checkBlock(block, `system.${index}`, fail);
  checkInferenceConfig(member(body, 'inferenceConfig'), fail);
  if (body['toolConfig'] !== undefined) checkToolConfig(member(body, 'toolConfig'), fail);
  const request = body as Block & ModelRequest;
  const talk = request.messages.filter(({ role }) => role !== 'system');
  checkToolTurns(talk, body['toolConfig'], fail);
  checkCachePoints(request, fail);
  const tokens = promptTokens(request);
  if (tokens > CONTEXT_WINDOW)
    fail(`Input is too long for requested model: ${tokens} tokens > ${CONTEXT_WINDOW} maximum.`);
  return request;
};
