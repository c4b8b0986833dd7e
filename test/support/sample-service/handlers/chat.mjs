/** Answers a question: a REST route, in one piece. */

import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';

export const bedrock = new BedrockRuntimeClient({});

export const handler = async (event) => {
  const { question } = JSON.parse(event.body);
  const reply = await bedrock.send(
    new ConverseCommand({
      modelId: process.env.MODEL_ID,
      system: [{ text: process.env.SYSTEM_PROMPT }],
      messages: [{ role: 'user', content: [{ text: question }] }],
    }),
  );
  return {
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ answer: reply.output.message.content[0].text }),
  };
};
