import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { type GuardedContext, guardHandler, type ValidatedEvent } from '../middleware/index.ts';
import type { ChatRequest } from './service/chat-request.ts';
import { type Chat, chatOf, model } from './service/policy.ts';
import { withServiceSecrets } from './service/secrets.ts';
import { services } from './service/services.ts';

/** Answers a chat with one call of Converse. */
export const chatWith =
  ({ system }: Chat) =>
  async (
    { body }: ValidatedEvent<typeof ChatRequest>,
    { bedrock, bulwark }: GuardedContext,
  ): Promise<APIGatewayProxyResult> => {
    const inferenceConfig = { maxTokens: body.maxTokens };
    const reply = await bedrock.send(
      new ConverseCommand({ modelId: model, system, messages: body.messages, inferenceConfig }),
    );
    const { requestId, session } = bulwark;
    return {
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message: reply.output?.message, usage: reply.usage, requestId, session }),
    };
  };

export const handler = withServiceSecrets((secrets) => {
  const chat = chatOf(secrets);
  return guardHandler(chatWith(chat), chat.policy, services);
});
