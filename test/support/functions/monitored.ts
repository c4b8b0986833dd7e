/** A chat function as somebody wrote it before the kit, guarded in monitor mode: its log is what `bulwark report` reads. */

import { type BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { guardClient, guardHandler } from '../../../middleware/index.ts';
import { converseReply, fakeBedrock } from '../bedrock.ts';

/** What the function is asked; the model says what it is told to. */
export interface MonitoredRequest {
  readonly text: string;
  readonly model?: string;
  readonly answer?: string;
}

const MODEL = 'amazon.nova-lite-v1:0';

const { client } = fakeBedrock((request) => {
  const said = (request.body['messages'] as unknown as { content: { text: string }[] }[])[0]?.content[0]?.text ?? '';
  return converseReply([{ text: said.split('answer: ')[1] ?? 'A pear is a fruit.' }]);
});

const bedrock: BedrockRuntimeClient = guardClient(client);

const chat = async (event: { body: string }) => {
  const { text, model = MODEL, answer } = JSON.parse(event.body) as MonitoredRequest;
  const content = [{ text: answer === undefined ? text : `${text} answer: ${answer}` }];
  const reply = await bedrock.send(new ConverseCommand({ modelId: model, messages: [{ role: 'user', content }] }));
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(reply.output?.message),
  };
};

export const handler = guardHandler(chat, {
  mode: 'monitor',
  service: 'orchard',
  caller: { require: 'user' },
  quota: { budgets: [{ name: 'hour-requests', per: 'user', unit: 'requests', window: 'hour', limit: 20 }] },
  model: { models: [MODEL] },
  keys: { digest: 'd'.repeat(32), mac: 'm'.repeat(32) },
});
