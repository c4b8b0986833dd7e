import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import type { APIGatewayProxyResult } from 'aws-lambda';
import { tokenBound } from '../core/quota/index.ts';
import { definePolicy, type GuardedContext, guardHandler, type ValidatedEvent } from '../middleware/index.ts';
import { ChatRequest } from './service/chat-request.ts';
import { budgets, digestKey, macKey, modelId, systemPrompt, tableName } from './service/settings.ts';

const model = modelId();
const system = [{ text: systemPrompt() }];

const policy = definePolicy({
  caller: { require: 'user-or-key' },
  body: { schema: ChatRequest },
  confirmAboveTokens: 20_000,
  quota: { table: tableName(), budgets: budgets(), overheadTokens: tokenBound({ system }) },
  model: { models: [model], maxTokens: 4096 },
  keys: { digest: digestKey(), mac: macKey() },
});

const chat = async (
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

export const handler = guardHandler(chat, policy);
