/** Cohere Command R. Source: Bedrock User Guide, "Cohere Command R and Command R+ models". */

import { createHash } from 'node:crypto';
import { toolUseTokens } from '../model/generate.ts';
import { type Block, listOf, type Message, type ModelRequest, member } from '../model/request.ts';
import { toolUsesOf } from './chat-completion.ts';
import { dataText } from './chat-messages.ts';
import { chunkEvent, type Dialect, invocationMetrics, type Reply, textOfReply } from './dialect.ts';
import { checkFields, type Fields, FRACTION } from './fields.ts';
import { inferenceOf } from './inference.ts';
import { piecesOf } from './pieces.ts';

const FIELDS: Fields = {
  message: { type: 'String', isRequired: true },
  chat_history: { type: 'JSONArray' },
  documents: { type: 'JSONArray' },
  search_queries_only: { type: 'Boolean' },
  preamble: { type: 'String' },
  max_tokens: { type: 'Integer', minimum: 1, maximum: 4096 },
  temperature: FRACTION,
  p: { type: 'Number', minimum: 0.01, maximum: 0.99 },
  k: { type: 'Number', minimum: 0, maximum: 500 },
  prompt_truncation: { type: 'String' },
  frequency_penalty: FRACTION,
  presence_penalty: FRACTION,
  seed: { type: 'Integer' },
  return_prompt: { type: 'Boolean' },
  tools: { type: 'JSONArray' },
  tool_results: { type: 'JSONArray' },
  stop_sequences: { type: 'JSONArray' },
  raw_prompting: { type: 'Boolean' },
};

const TYPES: Readonly<Record<string, string>> = { str: 'string', int: 'integer', float: 'number', bool: 'boolean' };

const readTool = (tool: Block): Block => {
  const parameters = Object.entries(member(tool, 'parameter_definitions')) as [string, Block][];
  const properties = parameters.map(([name, { type }]) => [name, { type: TYPES[String(type)] ?? String(type) }]);
  const required = parameters.filter(([, definition]) => definition['required'] === true).map(([name]) => name);
  const json = { type: 'object', properties: Object.fromEntries(properties), required };
  return { toolSpec: { name: tool['name'], description: tool['description'], inputSchema: { json } } };
};

const readTurn = (turn: Block): Message => ({
  role: turn['role'] === 'CHATBOT' ? 'assistant' : 'user',
  content: [{ text: turn['message'] }],
});

/** A document is an object of texts, of which one may be its title. */
const readDocument = ({ title, ...texts }: Block): Block => ({
  document: { name: String(title ?? 'document'), source: { text: Object.values(texts).map(dataText).join('\n') } },
});

/** Calls and their results: a turn of each side. */
const readResults = (results: readonly Block[]): readonly Message[] => [
  {
    role: 'assistant',
    content: results.map((result, index) => {
      const { name, parameters } = member(result, 'call');
      return { toolUse: { toolUseId: `call_${index}`, name, input: parameters } };
    }),
  },
  {
    role: 'user',
    content: results.map((result, index) => ({
      toolResult: { toolUseId: `call_${index}`, content: listOf(result, 'outputs').map((json) => ({ json })) },
    })),
  },
];

const read = (body: Block): ModelRequest => {
  checkFields(body, FIELDS);
  const { message, preamble, max_tokens: maxTokens, stop_sequences: stops } = body;
  const results = listOf(body, 'tool_results');
  const tools = listOf(body, 'tools').map(readTool);
  const content = [{ text: message }, ...listOf(body, 'documents').map(readDocument)];
  return {
    messages: [
      ...listOf(body, 'chat_history').map(readTurn),
      ...(message === '' && results.length > 0 ? [] : [{ role: 'user', content }]),
      ...(results.length > 0 ? readResults(results) : []),
    ],
    ...(preamble !== undefined && { system: [{ text: preamble }] }),
    ...(tools.length > 0 && { toolConfig: { tools } }),
    inferenceConfig: inferenceOf(maxTokens, stops),
  };
};

/** Why an answer ended, as both dialects of Cohere say it, but for calls of tools. */
export const cohereFinish = ({ stopReason }: Reply): string => {
  if (stopReason === 'max_tokens') return 'MAX_TOKENS';
  return stopReason === 'stop_sequence' ? 'STOP_SEQUENCE' : 'COMPLETE';
};

/** An id that says which answer it is. */
export const cohereId = ({ blocks }: Reply): string =>
  createHash('sha256').update(JSON.stringify(blocks)).digest('hex').slice(0, 32);

const whole = (reply: Reply): object => {
  const calls = toolUsesOf(reply).map(({ name, input }) => ({ name, parameters: input }));
  return {
    response_id: cohereId(reply),
    generation_id: cohereId(reply),
    text: textOfReply(reply),
    ...(calls.length > 0 && { tool_calls: calls }),
    finish_reason: cohereFinish(reply),
  };
};

/** Command R and R+. */
export const cohereCommandR: Dialect = {
  read,
  reply: whole,
  *events(reply) {
    const event = (type: string, more: object): object => ({ event_type: type, is_finished: false, ...more });
    yield chunkEvent(event('stream-start', { generation_id: cohereId(reply) }));
    for (const { text, tokens } of piecesOf(textOfReply(reply)))
      yield chunkEvent(event('text-generation', { text }), tokens);
    const calls = toolUsesOf(reply);
    const toolCalls = calls.map(({ name, input }) => ({ name, parameters: input }));
    const tokens = calls.reduce((sum, call) => sum + toolUseTokens(call), 0);
    if (calls.length > 0) yield chunkEvent(event('tool-calls-generation', { tool_calls: toolCalls }), tokens);
    yield chunkEvent({
      ...event('stream-end', { is_finished: true, finish_reason: cohereFinish(reply), response: whole(reply) }),
      ...invocationMetrics(reply),
    });
  },
};
