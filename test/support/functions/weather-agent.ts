import { guardHandler, runTools } from '../../../middleware/index.ts';

const modelId = 'amazon.nova-lite-v1:0';
const inputSchema = { json: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } };
const spec = { description: 'Tells the weather of a city.', inputSchema };
const weather = { spec, run: (args: unknown) => `It rains in ${String((args as { city?: unknown }).city)}.` };
export const handler = guardHandler(
  (event: { body: string }, { bedrock }) =>
    runTools({ bedrock, input: { modelId, messages: JSON.parse(event.body).messages }, tools: { weather } }),
  { model: { models: [modelId], tools: { weather: { effect: 'read' } } } },
);
