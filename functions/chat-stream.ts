import { ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { type GuardedContext, guardHandler, type ValidatedEvent } from '../middleware/index.ts';
import type { ChatRequest } from './service/chat-request.ts';
import { type Chat, chatOf, model } from './service/policy.ts';
import { streamingWithServiceSecrets } from './service/secrets.ts';
import { serverSentEvents } from './service/server-sent-events.ts';
import { services } from './service/services.ts';

const chatStreamWith =
  ({ system }: Chat) =>
  async ({ body }: ValidatedEvent<typeof ChatRequest>, { bedrock, bulwark }: GuardedContext): Promise<object> => {
    const inferenceConfig = { maxTokens: body.maxTokens };
    const { stream } = await bedrock.send(
      new ConverseStreamCommand({ modelId: model, system, messages: body.messages, inferenceConfig }),
    );
    const { requestId, session } = bulwark;
    return {
      statusCode: 200,
      headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
      body: serverSentEvents(stream, { requestId, session }),
    };
  };

export const handler = streamingWithServiceSecrets((secrets) => {
  const chat = chatOf(secrets);
  return guardHandler(chatStreamWith(chat), { ...chat.policy, stream: {} }, services);
});
