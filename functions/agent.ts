import type { APIGatewayProxyResult } from 'aws-lambda';
import { type GuardedContext, guardHandler, runTools, type ValidatedEvent } from '../middleware/index.ts';
import { agentPolicyOf } from './service/agent-policy.ts';
import type { AgentRequest } from './service/agent-request.ts';
import { tools } from './service/agent-tools.ts';
import { type Chat, chatOf, model } from './service/policy.ts';
import { withServiceSecrets } from './service/secrets.ts';
import { services } from './service/services.ts';

const agentWith =
  ({ system }: Chat) =>
  async (
    { body }: ValidatedEvent<typeof AgentRequest>,
    { bedrock, bulwark }: GuardedContext,
  ): Promise<APIGatewayProxyResult> => {
    bedrock.approve(body.approvals ?? []);
    const inferenceConfig = { maxTokens: body.maxTokens };
    const { message, usage, turns, calls, stopReason } = await runTools({
      bedrock,
      input: { modelId: model, system, messages: body.messages, inferenceConfig },
      tools,
    });
    const { requestId, session } = bulwark;
    return {
      statusCode: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ message, usage, turns, calls, stopReason, requestId, session }),
    };
  };

export const handler = withServiceSecrets((secrets) => {
  const chat = chatOf(secrets);
  return guardHandler(agentWith(chat), agentPolicyOf(chat), services);
});
