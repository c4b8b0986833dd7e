/** Handlers that ask a model what their event says, one way or the other. */

import { ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { type GuardedContext, runTools } from '../../middleware/index.ts';

/** A handler before it is guarded. */
export type Handler = (event: object, context: GuardedContext) => Promise<object>;

/** An answer in JSON. */
export const answered = (body: unknown): object => ({
  statusCode: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body ?? null),
});

const promptOf = (event: object): string => {
  const { messages } = JSON.parse((event as { body: string }).body) as { messages: { content: { text: string }[] }[] };
  return messages[0]?.content[0]?.text ?? '';
};

/** A call of a model with the prompt of an event. */
export const inputOf = (event: object, modelId: string) => ({
  modelId,
  messages: [{ role: 'user' as const, content: [{ text: promptOf(event) }] }],
  inferenceConfig: { maxTokens: 100 },
});

/** Asks a model, and waits for its whole reply. */
export const asking =
  (modelId: string): Handler =>
  async (event, { bedrock }) =>
    answered((await bedrock.send(new ConverseCommand(inputOf(event, modelId)))).output);

/** Passes a model's stream on as server-sent events. */
export const streaming =
  (modelId: string): Handler =>
  async (event, { bedrock }) => {
    const { stream } = await bedrock.send(new ConverseStreamCommand(inputOf(event, modelId)));
    const body = (async function* () {
      for await (const part of stream ?? []) yield `data: ${JSON.stringify(part)}\n\n`;
    })();
    return { statusCode: 200, headers: { 'content-type': 'text/event-stream' }, body };
  };

const spec = { description: 'x', inputSchema: { json: { type: 'object' } } };
const tools = {
  find: { spec, run: () => ({ found: 1 }) },
  fail: {
    spec,
    run: () => {
      throw new Error('no');
    },
  },
  pay: { spec, run: () => ({}) },
};

/** Lets a model call the tools `find`, which works, `fail`, which fails, and `pay`. */
export const agent =
  (modelId: string): Handler =>
  async (event, { bedrock }) =>
    answered(await runTools({ bedrock, input: inputOf(event, modelId), tools, limits: { turns: 2 } }));
