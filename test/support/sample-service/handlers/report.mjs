/** Answers a question of another function (direct invocation) or of a rule (EventBridge): no HTTP, a plain object. */

import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';

export const bedrock = new BedrockRuntimeClient({});

export const handler = async (event) => {
  const { question } = event.detail ?? event;
  const reply = await bedrock.send(
    new ConverseCommand({
      modelId: process.env.MODEL_ID,
      system: [{ text: process.env.SYSTEM_PROMPT }],
      messages: [{ role: 'user', content: [{ text: question }] }],
    }),
  );
  return { answer: reply.output.message.content[0].text };
};
